/*
 * picture_case.c - one reader for each block of the file; a case that asks for something unknown is an error.
 */
#include "tests/pictures/picture_case.h"

#include <math.h>
#include <stdlib.h>

#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/base/problems.h"
#include "geo/base/yaml.h"

/** A sequence of two numbers; untouched when it is absent. */
static void read_pair(const struct yaml_node *node, const char *key, double *first, double *second,
                      struct problems *problems)
{
    const struct yaml_node *pair = yaml_read_sequence(node, key, problems);
    if (pair && yaml_count(pair) != 2) {
        yaml_problem(pair, problems, "must be two numbers");
    } else if (pair) {
        *first = strtod(yaml_text(yaml_at(pair, 0)), NULL);
        *second = strtod(yaml_text(yaml_at(pair, 1)), NULL);
    }
}

static int read_int(const struct yaml_node *node, const char *key, int least, int most, int fallback,
                    struct problems *problems)
{
    return (int)yaml_read_number(node, key, least, most, fallback, problems);
}

static void read_window(struct picture_case *picture, const struct yaml_node *root, struct problems *problems)
{
    double width = 256;
    double height = 256;
    picture->crs_code = yaml_read_text(root, "crs", "EPSG:28992", problems);
    picture->centre = (struct point){100000, 410000};
    read_pair(root, "centre", &picture->centre.x, &picture->centre.y, problems);
    read_pair(root, "size", &width, &height, problems);
    picture->width_px = (int)width;
    picture->height_px = (int)height;
    picture->scale_denominator = yaml_read_number(root, "scale", 100, 1e9, 10000, problems);
    picture->pixel_ratio = read_int(root, "ratio", 1, 3, 1, problems);
}

static void read_look(struct picture_case *picture, const struct yaml_node *root, struct problems *problems)
{
    struct fault fault;
    const char *palette = yaml_read_text(root, "palette", "default", problems);
    const char *language = yaml_read_text(root, "language", "nl", problems);
    const char *background = yaml_read_text(root, "background", "#FFFFFF", problems);
    if (!palette_parse(palette, &picture->palette)) {
        yaml_problem(root, problems, "there is no palette '%s'", palette);
    }
    if (!language_parse(language, &picture->language)) {
        yaml_problem(root, problems, "there is no language '%s'", language);
    }
    if (!colour_parse(background, &picture->background, &fault)) {
        yaml_problem(root, problems, "%s", fault.message);
    }
}

static void read_tiles(struct picture_case *picture, const struct yaml_node *root, struct problems *problems)
{
    const struct yaml_node *tiles = yaml_read_mapping(root, "tiles", problems);
    if (!tiles) {
        yaml_problem(root, problems, "tiles needs a block 'tiles'");
        return;
    }
    picture->tile_matrix_set = yaml_read_text(tiles, "set", NULL, problems);
    picture->first_tile.zoom = (uint32_t)yaml_read_number(tiles, "zoom", 0, 30, NAN, problems);
    picture->first_tile.column = (uint32_t)yaml_read_number(tiles, "column", 0, 1e9, NAN, problems);
    picture->first_tile.row = (uint32_t)yaml_read_number(tiles, "row", 0, 1e9, NAN, problems);
    picture->tiles_across = read_int(tiles, "across", 1, 4, 2, problems);
}

static void read_briefing(struct picture_case *picture, const struct yaml_node *root,
                          struct problems *problems)
{
    const struct yaml_node *briefing = yaml_read_mapping(root, "briefing", problems);
    const char *paper = yaml_read_text(briefing, "paper", "A5", problems);
    const char *format = yaml_read_text(briefing, "format", "png", problems);
    picture->is_landscape = yaml_read_bool(briefing, "landscape", true, problems);
    picture->dpi = read_int(briefing, "dpi", 72, 300, 96, problems);
    picture->svg_width_px = read_int(briefing, "width", 100, 2000, 794, problems);
    if (!paper_parse(paper, &picture->paper)) {
        yaml_problem(briefing, problems, "there is no paper '%s'", paper);
    }
    if (!briefing_format_parse(format, &picture->format) || picture->format == BRIEFING_PDF) {
        yaml_problem(briefing, problems, "format must be png or svg");
    }
}

static void read_symbol(struct picture_case *picture, const struct yaml_node *root, struct problems *problems)
{
    const struct yaml_node *symbol = yaml_read_mapping(root, "symbol", problems);
    picture->symbol_code = yaml_read_text(symbol, "code", NULL, problems);
    picture->symbol_width_px = read_int(symbol, "width", 8, 1024, 128, problems);
}

static void read_kind(struct picture_case *picture, const struct yaml_node *root, struct problems *problems)
{
    static const char *const kinds[] = {"window", "tiles", "legend", "briefing", "symbol", "sheet", NULL};
    picture->kind = (enum picture_kind)yaml_read_choice(root, "draw", kinds, PICTURE_WINDOW, problems);
    switch (picture->kind) {
    case PICTURE_TILES:
        read_tiles(picture, root, problems);
        break;
    case PICTURE_LEGEND:
        picture->legend_columns =
            read_int(yaml_read_mapping(root, "legend", problems), "columns", 1, 4, 1, problems);
        break;
    case PICTURE_BRIEFING:
        read_briefing(picture, root, problems);
        break;
    case PICTURE_SYMBOL:
        read_symbol(picture, root, problems);
        break;
    default:
        break;
    }
}

static void read_tolerance(struct picture_case *picture, const struct yaml_node *root,
                           struct problems *problems)
{
    const struct yaml_node *node = yaml_read_mapping(root, "tolerance", problems);
    picture->tolerance.channel = read_int(node, "channel", 0, 255, TOLERANCE_CHANNEL, problems);
    picture->tolerance.share = yaml_read_number(node, "share", 0, 1, TOLERANCE_SHARE, problems);
}

struct picture_case *picture_case_read(const char *path, struct problems *problems)
{
    static const char *const known[] = {"shows",    "draw",   "crs",       "centre",   "scale",
                                        "size",     "ratio",  "palette",   "language", "background",
                                        "grid",     "layers", "features",  "tiles",    "legend",
                                        "briefing", "symbol", "tolerance", NULL};
    static const char *const grids[] = {"any", "needed", "none", NULL};
    struct yaml_document *document = yaml_document_read(path, problems);
    if (!document) {
        return NULL;
    }
    struct picture_case *picture = memory_new(1, sizeof *picture);
    const struct yaml_node *root = yaml_document_root(document);
    picture->document = document;
    yaml_check_keys(root, known, problems);
    picture->shows = yaml_read_text(root, "shows", NULL, problems);
    picture->grid = (enum case_grid)yaml_read_choice(root, "grid", grids, CASE_GRID_ANY, problems);
    picture->layers = yaml_read_sequence(root, "layers", problems);
    picture->features = yaml_read_sequence(root, "features", problems);
    read_window(picture, root, problems);
    read_look(picture, root, problems);
    read_kind(picture, root, problems);
    read_tolerance(picture, root, problems);
    if (problems->error_count > 0) {
        picture_case_free(picture);
        return NULL;
    }
    return picture;
}

void picture_case_free(struct picture_case *picture)
{
    if (picture) {
        yaml_document_free(picture->document);
        free(picture);
    }
}
