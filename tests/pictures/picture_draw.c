/*
 * picture_draw.c - one function for each kind of picture. What a map and a briefing say of themselves is the
 * same in all cases; clocks are not read.
 */
#include "tests/pictures/picture_draw.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/catalogue.h"
#include "data/map.h"
#include "data/plot.h"
#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "geo/base/memory.h"
#include "geo/base/problems.h"
#include "geo/base/yaml.h"
#include "geo/crs.h"
#include "geo/scale.h"
#include "render/canvas/canvas.h"
#include "render/canvas/image.h"
#include "render/legend/legend.h"
#include "render/map_view.h"
#include "render/picture.h"
#include "render/encode/png.h"
#include "render/renderer.h"
#include "render/symbol/symbol_picture.h"
#include "symbology/symbol_library.h"
#include "tests/pictures/case_plot.h"
#include "tests/pictures/picture_case.h"
#include "tests/pictures/sheet_draw.h"

#define MOMENT_MS 1790000000000
#define MADE_MS 1790000240000
#define LAYER_MAX 16
#define LEGEND_MARGIN_PX 8
#define MOST_PIXELS (16u << 20)

struct studio {
    struct renderer *with_grid;
    struct renderer *without_grid;
    struct symbol_library *symbols;
    struct tile_matrix_sets *tile_matrix_sets;
    struct catalogue *catalogue;
};

/** A case on the easel. */
struct easel {
    struct studio *studio;
    const struct picture_case *picture;
    struct renderer *renderer; /* of the studio */
    struct map map;
    struct map_item items[LAYER_MAX + 1];
    struct pixel_grid grid;
    struct pixel_box box; /* the window, px of the grid */
    struct plot *plot;
};

static bool open_studio(struct studio *studio, const char *cases_folder, const char *grid_folder,
                        struct fault *fault)
{
    struct problems problems;
    char path[4096];
    snprintf(path, sizeof path, "%s/layers.yaml", cases_folder);
    problems_init(&problems);
    studio->with_grid = renderer_new(grid_folder, fault);
    studio->without_grid = renderer_new(NULL, fault);
    studio->tile_matrix_sets = tile_matrix_sets_new(fault);
    studio->symbols = symbol_library_new(&problems);
    studio->catalogue = catalogue_read(path, &problems);
    bool is_read = problems_to_fault(&problems, fault);
    problems_finish(&problems);
    return is_read && studio->with_grid && studio->without_grid && studio->tile_matrix_sets;
}

struct studio *studio_new(const char *cases_folder, const char *grid_folder, struct fault *fault)
{
    struct studio *studio = memory_new(1, sizeof *studio);
    if (!open_studio(studio, cases_folder, grid_folder, fault)) {
        studio_free(studio);
        return NULL;
    }
    return studio;
}

void studio_free(struct studio *studio)
{
    if (studio) {
        renderer_free(studio->with_grid);
        renderer_free(studio->without_grid);
        symbol_library_free(studio->symbols);
        tile_matrix_sets_free(studio->tile_matrix_sets);
        catalogue_free(studio->catalogue);
        free(studio);
    }
}

static struct renderer *renderer_of(const struct studio *studio, const struct picture_case *picture)
{
    return picture->grid == CASE_GRID_NONE ? studio->without_grid : studio->with_grid;
}

bool picture_can_be_drawn(const struct studio *studio, const struct picture_case *picture)
{
    struct crs_context *context = renderer_crs_context(renderer_of(studio, picture));
    bool is_wanted = picture->grid == CASE_GRID_NEEDED;
    return picture->grid == CASE_GRID_ANY || crs_context_has_rd_grid(context) == is_wanted;
}

/* ---- the easel ---- */

static void set_texts(struct map *map)
{
    map->id = (char *)"proef";
    map->title.texts[LANGUAGE_NL] = (char *)"Situatiekaart proef";
    map->title.texts[LANGUAGE_EN] = (char *)"Situation map of a trial";
    map->place.texts[LANGUAGE_NL] = (char *)"Moerdijk";
    map->marking = MARKING_GREEN;
    map->status = MAP_ESTABLISHED;
    map->version = (char *)"0.3";
    map->author = (char *)"Informatiemanager ROT";
    map->organisation = (char *)"Veiligheidsregio Proef";
    map->contact = (char *)"088-1234567";
    map->disclaimer.texts[LANGUAGE_NL] = (char *)"Oefening. Alles is verzonnen.";
    map->disclaimer.texts[LANGUAGE_EN] = (char *)"Exercise. All of it is fictional.";
}

static bool set_map(struct easel *easel, struct fault *fault)
{
    const struct yaml_node *layers = easel->picture->layers;
    struct map *map = &easel->map;
    set_texts(map);
    map->background = easel->picture->background;
    map->palette = easel->picture->palette;
    map->items = easel->items;
    for (size_t i = 0; layers && i < yaml_count(layers) && i < LAYER_MAX; i++) {
        const char *id = yaml_text(yaml_at(layers, i));
        const struct layer *layer = catalogue_find(easel->studio->catalogue, id);
        if (!layer) {
            fault_set(fault, FAULT_NOT_FOUND, "layers.yaml has no layer '%s'", id);
            return false;
        }
        easel->items[map->item_count++].layer = layer;
    }
    easel->items[map->item_count++].plot = (char *)"proef";
    return true;
}

static bool set_tile_window(struct easel *easel, struct fault *fault)
{
    const struct picture_case *picture = easel->picture;
    const struct tile_matrix_set *set =
        tile_matrix_sets_find(easel->studio->tile_matrix_sets, picture->tile_matrix_set);
    if (!set || !tile_address_check(set, picture->first_tile, fault)) {
        fault_set(fault, FAULT_NOT_FOUND, "there is no such tile of '%s'", picture->tile_matrix_set);
        return false;
    }
    easel->grid = tile_matrix_set_grid(set, picture->first_tile.zoom);
    easel->box = tile_pixel_box(set, picture->first_tile);
    return true;
}

static bool set_window(struct easel *easel, struct fault *fault)
{
    const struct picture_case *picture = easel->picture;
    if (picture->kind == PICTURE_TILES) {
        return set_tile_window(easel, fault);
    }
    const struct crs *crs = crs_find(renderer_crs_context(easel->renderer), picture->crs_code, fault);
    if (!crs) {
        return false;
    }
    double units_per_px = scale_units_per_px(picture->scale_denominator, crs->metres_per_unit);
    easel->grid = (struct pixel_grid){.units_per_px = units_per_px, .metres_per_unit = crs->metres_per_unit};
    memcpy(easel->grid.crs_code, crs->code, sizeof easel->grid.crs_code);
    easel->grid.origin.x = picture->centre.x - units_per_px * picture->width_px / 2;
    easel->grid.origin.y = picture->centre.y + units_per_px * picture->height_px / 2;
    easel->box = (struct pixel_box){0, 0, picture->width_px, picture->height_px};
    return true;
}

/** The plot's px are counted from the corner of the window. */
static bool set_plot(struct easel *easel, struct fault *fault)
{
    struct pixel_grid grid = easel->grid;
    grid.origin =
        pixel_grid_from_px(&easel->grid, (struct point){(double)easel->box.x, (double)easel->box.y});
    easel->plot = case_plot_new(easel->picture->features, &grid, easel->studio->symbols,
                                renderer_crs_context(easel->renderer), fault);
    return easel->plot != NULL;
}

static struct map_view view_of(const struct easel *easel)
{
    const struct plot *plot = easel->plot;
    struct map_view view = map_view_of(&easel->map, easel->studio->symbols, &plot, 1, MOMENT_MS, easel->grid);
    view.language = easel->picture->language;
    return view;
}

/* ---- kinds of pictures ---- */

static struct image *draw_window(struct easel *easel, struct fault *fault)
{
    struct map_view view = view_of(easel);
    return picture_render(easel->renderer, &view, easel->box, easel->picture->pixel_ratio, NULL, fault);
}

/** Each tile by itself, side by side. */
static struct image *draw_tiles(struct easel *easel, struct fault *fault)
{
    const struct picture_case *picture = easel->picture;
    struct map_view view = view_of(easel);
    const struct tile_matrix_set *set =
        tile_matrix_sets_find(easel->studio->tile_matrix_sets, picture->tile_matrix_set);
    int side = easel->box.width * picture->pixel_ratio;
    struct image *image = image_new(side * picture->tiles_across, side, fault);
    struct tile_address address = picture->first_tile;
    for (int i = 0; image && i < picture->tiles_across; i++, address.column++) {
        struct image *tile =
            tile_render(easel->renderer, &view, set, address, picture->pixel_ratio, NULL, fault);
        if (!tile) {
            image_free(image);
            return NULL;
        }
        image_copy(image, tile, i * side, 0);
        image_free(tile);
    }
    return image;
}

static struct image *paint_legend(struct easel *easel, const struct legend *legend, struct fault *fault)
{
    const struct picture_case *picture = easel->picture;
    struct map_view view = view_of(easel);
    struct legend_layout layout = {.width_px = picture->width_px - 2 * LEGEND_MARGIN_PX,
                                   .height_px = picture->height_px - 2 * LEGEND_MARGIN_PX,
                                   .text_size_px = 12,
                                   .column_count = picture->legend_columns};
    struct canvas *canvas =
        canvas_new_picture(easel->box, picture->pixel_ratio, renderer_text_engine(easel->renderer), fault);
    if (!canvas) {
        return NULL;
    }
    canvas_fill_all(canvas, (struct colour){255, 255, 255, 255});
    struct point corner = {LEGEND_MARGIN_PX, LEGEND_MARGIN_PX};
    bool is_painted = legend_paint(easel->renderer, &view, legend, layout, canvas, corner, fault);
    struct image *image = is_painted ? canvas_take_picture(canvas, fault) : NULL;
    canvas_free(canvas);
    return image;
}

static struct image *draw_legend(struct easel *easel, struct fault *fault)
{
    struct map_view view = view_of(easel);
    struct legend *legend = legend_new(easel->renderer, &view, easel->box, fault);
    struct image *image = legend ? paint_legend(easel, legend, fault) : NULL;
    legend_free(legend);
    return image;
}

static struct briefing_order briefing_order_of(const struct easel *easel, const struct plot *const *plots)
{
    const struct picture_case *picture = easel->picture;
    return (struct briefing_order){.map = &easel->map,
                                   .symbols = easel->studio->symbols,
                                   .plots = plots,
                                   .plot_count = 1,
                                   .moment_ms = MOMENT_MS,
                                   .made_ms = MADE_MS,
                                   .paper = picture->paper,
                                   .is_landscape = picture->is_landscape,
                                   .crs_code = picture->crs_code,
                                   .centre = picture->centre,
                                   .scale_denominator = picture->scale_denominator,
                                   .palette = easel->map.palette,
                                   .language = picture->language,
                                   .format = picture->format,
                                   .dpi = picture->dpi,
                                   .page = 1};
}

static struct image *draw_briefing(struct easel *easel, struct fault *fault)
{
    const struct plot *plots[] = {easel->plot};
    struct briefing_order order = briefing_order_of(easel, plots);
    struct briefing_document document;
    if (!briefing_make(easel->renderer, &order, &document, NULL, fault)) {
        return NULL;
    }
    struct image *image =
        order.format == BRIEFING_SVG
            ? svg_render(document.bytes, document.length, easel->picture->svg_width_px, fault)
            : png_read(document.bytes, document.length, MOST_PIXELS, fault);
    free(document.bytes);
    return image;
}

static struct image *draw_code(const struct easel *easel, const struct symbol_code *code, struct fault *fault)
{
    const struct symbol_entry *entry = symbol_library_resolve(easel->studio->symbols, code, fault);
    struct symbol_drawing drawing;
    enum palette palette = easel->picture->palette;
    if (!entry || !(entry->geometry == GEOMETRY_POINT
                        ? symbol_compose(entry, code, DETAIL_FULL, palette, 1, &drawing, fault)
                        : symbol_compose_swatch(entry, code, palette, 64, 32, &drawing, fault))) {
        return NULL;
    }
    struct image *image =
        svg_render(drawing.svg, strlen(drawing.svg), easel->picture->symbol_width_px, fault);
    symbol_drawing_finish(&drawing);
    return image;
}

static struct image *draw_symbol(struct easel *easel, struct fault *fault)
{
    struct symbol_code code;
    if (!symbol_code_parse(easel->picture->symbol_code, &code, fault)) {
        return NULL;
    }
    struct image *image = draw_code(easel, &code, fault);
    symbol_code_finish(&code);
    return image;
}

static struct image *draw_sheet(struct easel *easel, struct fault *fault)
{
    const struct symbol_set *set = symbol_library_find(easel->studio->symbols, "nl", 1);
    return sheet_draw(easel->renderer, set, easel->picture->palette, easel->picture->background, fault);
}

struct image *picture_draw(struct studio *studio, const struct picture_case *picture, struct fault *fault)
{
    static struct image *(*const drawers[])(struct easel * easel, struct fault * fault) = {
        [PICTURE_WINDOW] = draw_window,     [PICTURE_TILES] = draw_tiles,   [PICTURE_LEGEND] = draw_legend,
        [PICTURE_BRIEFING] = draw_briefing, [PICTURE_SYMBOL] = draw_symbol, [PICTURE_SHEET] = draw_sheet,
    };
    struct easel easel = {.studio = studio, .picture = picture, .renderer = renderer_of(studio, picture)};
    struct image *image = NULL;
    if (set_map(&easel, fault) && set_window(&easel, fault) && set_plot(&easel, fault)) {
        image = drawers[picture->kind](&easel, fault);
    }
    renderer_forget(easel.renderer);
    plot_unref(easel.plot);
    return image;
}
