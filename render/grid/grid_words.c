#include "render/grid/grid_words.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "geo/crs.h"
#include "geo/utm.h"
#include "render/grid/grid_lines.h"
#include "render/grid/grid_spacing.h"
#include "render/print/words.h"

#define MOST_ZONES 6 /* that are named one by one */

static char *spacing_words(const struct grid_place *place, enum grid_kind kind, enum language language,
                           char text[static 40])
{
    double metres = kind == GRID_MAP || kind == GRID_SQUARES ? place->crs->metres_per_unit : 1;
    double spacing = grid_spacing_units(pixel_grid_scale_denominator(&place->px), metres);
    return words_distance(spacing * metres, language, text);
}

/** "2°", "30′", "0,5″" */
static int angle_words(double degrees, enum language language, char *text, size_t size)
{
    int64_t parts = llround(degrees * GRID_SPACING_PARTS_PER_DEGREE);
    char number[32];
    if (parts % 360000 == 0) {
        return snprintf(text, size, "%" PRId64 "°", parts / 360000);
    }
    if (parts % 6000 == 0) {
        return snprintf(text, size, "%" PRId64 "′", parts / 6000);
    }
    return snprintf(text, size, "%s″", words_number((double)parts / 100, 2, language, number));
}

static void add_graticule(const struct grid_place *place, enum language language, char *text, size_t size)
{
    double spacing_deg[2];
    int used = snprintf(text, size, "WGS 84");
    if (!grid_lines_graticule_spacing(place, spacing_deg, NULL)) {
        return;
    }
    used += snprintf(text + used, size - (size_t)used, " ");
    used += angle_words(spacing_deg[0], language, text + used, size - (size_t)used);
    used += snprintf(text + used, size - (size_t)used, " × ");
    angle_words(spacing_deg[1], language, text + used, size - (size_t)used);
}

/** The numbers of the zones in the frame: "31, 32". Empty when they are many. */
static void list_zones(const struct grid_place *place, char *text, size_t size)
{
    struct utm_part parts[UTM_PART_MAX];
    size_t count = utm_parts(parts);
    bool is_there[61] = {false};
    int found = 0;
    for (size_t i = 0; i < count; i++) {
        if (grid_lines_has_zone(place, &parts[i]) && !is_there[parts[i].zone.number]) {
            is_there[parts[i].zone.number] = true;
            found++;
        }
    }
    size_t used = 0;
    text[0] = '\0';
    for (int number = 1; number <= 60 && found <= MOST_ZONES; number++) {
        if (is_there[number] && used < size) {
            used += (size_t)snprintf(text + used, size - used, "%s%d", used > 0 ? ", " : "", number);
        }
    }
}

const char *grid_words_name(const struct grid *grid, const char *crs_code, enum language language)
{
    switch (grid->kind) {
    case GRID_MAP:
        return strcmp(crs_code, "EPSG:28992") == 0 ? "RD" : crs_code;
    case GRID_RD:
        return "RD";
    case GRID_UTM:
        return grid->has_mgrs_names ? "UTM/MGRS" : "UTM";
    case GRID_MGRS:
        return "MGRS";
    case GRID_GRATICULE:
        return "WGS 84";
    default:
        return words_text(WORD_GRID_SQUARES, language);
    }
}

static void add_utm(const struct grid_place *place, const struct grid *grid, enum language language,
                    char *text, size_t size)
{
    const char *name = grid_words_name(grid, place->crs->code, language);
    char zones[40];
    char named[60] = "";
    char distance[40];
    list_zones(place, zones, sizeof zones);
    if (zones[0] != '\0') {
        words_format(named, sizeof named, WORD_GRID_ZONES, language, zones);
    }
    snprintf(text, size, "%s %s%s%s", name, named, named[0] ? ", " : "",
             spacing_words(place, grid->kind, language, distance));
}

static void add_map(const struct grid_place *place, enum language language, char *text, size_t size)
{
    char distance[40];
    char every[96];
    words_format(every, sizeof every, WORD_GRID_EVERY, language,
                 spacing_words(place, GRID_MAP, language, distance));
    snprintf(text, size, "%s%s", every, words_text(WORD_GRID_VALUES, language));
}

/** The order asked for it: where there is none the page says so. */
static void add_rd(const struct grid_place *place, enum language language, char *text, size_t size)
{
    char distance[40];
    bool is_there = grid_lines_has_rd(place);
    snprintf(text, size, "RD%s %s", is_there ? "" : ":",
             is_there ? spacing_words(place, GRID_RD, language, distance)
                      : words_text(WORD_GRID_NOT_HERE, language));
}

static void add_grid(const struct grid_place *place, const struct grid *grid, enum language language,
                     char *text, size_t size)
{
    char distance[40];
    switch (grid->kind) {
    case GRID_MAP:
        add_map(place, language, text, size);
        break;
    case GRID_RD:
        add_rd(place, language, text, size);
        break;
    case GRID_GRATICULE:
        add_graticule(place, language, text, size);
        break;
    case GRID_UTM:
    case GRID_MGRS:
        add_utm(place, grid, language, text, size);
        break;
    default:
        snprintf(text, size, "%s %s", words_text(WORD_GRID_SQUARES, language),
                 spacing_words(place, grid->kind, language, distance));
    }
}

char *grid_words(const struct grid_place *place, const struct grid *grids, size_t count,
                 enum language language, char text[static GRID_WORDS_BYTES])
{
    size_t used = 0;
    text[0] = '\0';
    for (size_t i = 0; i < count && used + 4 < GRID_WORDS_BYTES; i++) {
        used += (size_t)snprintf(text + used, GRID_WORDS_BYTES - used, "%s", i > 0 ? "; " : "");
        add_grid(place, &grids[i], language, text + used, GRID_WORDS_BYTES - used);
        used = strlen(text);
    }
    return text;
}
