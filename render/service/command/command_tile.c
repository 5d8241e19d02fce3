/*
 * command_tile.c - plottafel tile: one square of a map.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/tile_matrix_set.h"
#include "render/service/command/command.h"
#include "render/service/config.h"
#include "render/service/worker/drawing.h"
#include "render/service/command/options.h"
#include "render/service/worker/order.h"
#include "render/service/command/output.h"

#define NAMES_MOST_BYTES 300

static const struct option options_table[] = {
    {"output", 'o', true, "FILE", "the tile: .png, .webp, .jpg or .mvt; - is standard output"},
    {"format", 0, false, "NAME",
     "png, png8 (at most 256 colours), webp, jpg or mvt; as FILE is named when not given"},
    {"tile-size", 0, false, "PX", "256 or 512: the picture of the four tiles of the next zoom"},
    {"as-of", 0, false, "TIME", "the moment that is drawn, 2026-10-08T12:45:00+02:00; now when not given"},
    {"revision", 0, false, "N", "an earlier revision; N,M for a map with several plots"},
    {"language", 0, false, "CODE", "nl, en, fr or de"},
    {"palette", 0, false, "NAME",
     "default, print, mono, colour-blind or imagery; the map's own when not given"},
    {NULL, 0, false, NULL, NULL},
};

/** Takes the part of an address before the next slash; false when there is none or it is too long. */
static bool take_part(const char **address, char *part, size_t capacity)
{
    size_t length = strcspn(*address, "/");
    if (length == 0 || length >= capacity) {
        return false;
    }
    memcpy(part, *address, length);
    part[length] = '\0';
    *address += length;
    *address += **address == '/';
    return true;
}

static bool read_number(const char *text, char **end, uint32_t *number)
{
    if (*text < '0' || *text > '9') {
        return false;
    }
    unsigned long value = strtoul(text, end, 10);
    *number = (uint32_t)value;
    return value <= UINT32_MAX;
}

/** "98/110" or "98/110@2x" */
static bool read_place(const char *text, struct order_tile *tile)
{
    char *end;
    if (!read_number(text, &end, &tile->address.column) || *end != '/' ||
        !read_number(end + 1, &end, &tile->address.row)) {
        return false;
    }
    bool has_ratio = end[0] == '@' && (end[1] == '2' || end[1] == '3') && strcmp(end + 2, "x") == 0;
    if (has_ratio) {
        tile->form.pixel_ratio = (uint8_t)(end[1] - '0');
    }
    return *end == '\0' || has_ratio;
}

static const struct tile_matrix_set *find_set(const struct config *config, const char *id,
                                              struct fault *fault)
{
    const struct tile_matrix_sets *sets = config->tile_matrix_sets;
    const struct tile_matrix_set *set = tile_matrix_sets_find(sets, id);
    if (set) {
        return set;
    }
    struct buffer names;
    buffer_init(&names, NAMES_MOST_BYTES);
    for (size_t i = 0; i < tile_matrix_sets_count(sets); i++) {
        buffer_appendf(&names, "%s%s", i ? ", " : "", tile_matrix_sets_at(sets, i)->id);
    }
    fault_set(fault, FAULT_NOT_FOUND, "there is no tile matrix set '%s'; there is: %s", id, names.bytes);
    buffer_finish(&names);
    return NULL;
}

/** What an address says, before it is asked whether there is such a set and zoom. */
struct tile_words {
    char set[48];
    char zoom[16];
};

static bool read_address(const char *address, struct tile_words *words, struct order_tile *tile,
                         struct fault *fault)
{
    const char *next = address;
    if (take_part(&next, words->set, sizeof(words->set)) &&
        take_part(&next, words->zoom, sizeof(words->zoom)) && read_place(next, tile)) {
        return true;
    }
    fault_set(fault, FAULT_INPUT,
              "'%.100s' is no tile: it must be TILEMATRIXSET/ZOOM/COLUMN/ROW, with @2x or @3x if "
              "wanted, such as NetherlandsRDNewQuad/8/112/142",
              address);
    return false;
}

static bool find_tile(const struct config *config, const struct tile_words *words, struct order_tile *tile,
                      struct fault *fault)
{
    const struct tile_matrix_set *set = find_set(config, words->set, fault);
    if (!set) {
        return false;
    }
    if (!tile_matrix_set_find_zoom(set, words->zoom, &tile->address.zoom)) {
        fault_set(fault, FAULT_OUTSIDE, "tile matrix set '%s' has no zoom '%s': it has %s to %s", set->id,
                  words->zoom, set->matrices[0].id, set->matrices[set->matrix_count - 1].id);
        return false;
    }
    snprintf(tile->tile_matrix_set, sizeof(tile->tile_matrix_set), "%s", set->id);
    return tile_address_check(set, tile->address, fault);
}

static int draw(const struct options *options, const struct config *config, const struct tile_words *words,
                struct order *order)
{
    struct fault fault;
    if (!find_tile(config, words, &order->tile, &fault)) {
        return command_fault(&fault);
    }
    return drawing_run_map(options, config, order);
}

/** Is a vector tile asked for? Its name and --format may not say different things, as with pictures. */
static bool is_vector(const struct options *options)
{
    const char *path = options_value(options, "output");
    const char *format = options_value(options, "format");
    bool is_named = output_has_ending(path, "mvt") || output_has_ending(path, "pbf");
    bool is_asked = format && strcmp(format, "mvt") == 0;
    return is_named ? !format || is_asked : is_asked && strcmp(path, "-") == 0;
}

static bool read_vector_form(const struct options *options, struct tile_form *form, struct fault *fault)
{
    form->format = TILE_MVT;
    form->size_px = TILE_SIZE_LARGE_PX;
    if (form->pixel_ratio != 1 || options_has(options, "tile-size")) {
        fault_set(fault, FAULT_INPUT, "a vector tile has no pixel ratio and no --tile-size");
        return false;
    }
    return true;
}

static bool read_form(const struct options *options, struct tile_form *form, struct fault *fault)
{
    if (is_vector(options)) {
        return read_vector_form(options, form, fault);
    }
    return output_picture_format(options_value(options, "output"), options_value(options, "format"),
                                 &form->format, fault) &&
           drawing_read_tile_size(options, &form->size_px, fault);
}

static int run(const struct options *options)
{
    struct order order;
    struct tile_words words;
    struct fault fault;
    order_init(&order, ORDER_TILE);
    if (!read_address(options->arguments[1], &words, &order.tile, &fault) ||
        !read_form(options, &order.tile.form, &fault)) {
        return command_wrong_usage(options, &fault);
    }
    struct config *config = command_read_config(options);
    int status = config ? draw(options, config, &words, &order) : COMMAND_FAULT;
    config_free(config);
    return status;
}

const struct command command_tile = {
    .name = "tile",
    .sentence = "Draws one tile of a map",
    .arguments = "MAP TILEMATRIXSET/ZOOM/COLUMN/ROW[@2x|@3x]",
    .argument_least = 2,
    .argument_most = 2,
    .options = options_table,
    .notes =
        "Tile matrix sets: NetherlandsRDNewQuad, WebMercatorQuad, EuropeanETRS89_LAEAQuad, WorldCRS84Quad.\n"
        "Column 0, row 0 is the north-west corner. @2x and @3x have two and three times as many\n"
        "dots on the same ground. An .mvt is a vector tile, packed by gzip.\n",
    .example = "plottafel tile situation NetherlandsRDNewQuad/8/112/142@2x -o tile.png",
    .run = run,
};
