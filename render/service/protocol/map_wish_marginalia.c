/*
 * map_wish_marginalia.c - the draft extension of OGC API Maps: what stands around the map, and grids over it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "render/service/protocol/map_wish_internal.h"
#include "render/service/worker/order.h"

#define PLACES                                                                                               \
    "none, topLeft, topCenter, topRight, middleLeft, middleRight, bottomLeft, bottomCenter or bottomRight"

static void read_part(struct map_wish_reader *reader, enum plate_part part, const char *text)
{
    const char *const *names = plate_place_names();
    enum place *place = &reader->order->plate.marginalia.places[part];
    for (int i = 0; names[i]; i++) {
        if (strcasecmp(text, names[i]) == 0) {
            *place = (enum place)i;
            return;
        }
    }
    if (strcasecmp(text, "none") != 0) {
        map_wish_fail(reader, plate_part_names()[part], "must be " PLACES ", not '%.40s'", text);
    }
}

void map_wish_read_title_place(struct map_wish_reader *reader, const char *text)
{
    read_part(reader, PLATE_TITLE, text);
}

void map_wish_read_legend_place(struct map_wish_reader *reader, const char *text)
{
    read_part(reader, PLATE_LEGEND, text);
}

void map_wish_read_attribution_place(struct map_wish_reader *reader, const char *text)
{
    read_part(reader, PLATE_ATTRIBUTION, text);
}

void map_wish_read_compass_place(struct map_wish_reader *reader, const char *text)
{
    read_part(reader, PLATE_COMPASS, text);
}

void map_wish_read_scale_bar_place(struct map_wish_reader *reader, const char *text)
{
    read_part(reader, PLATE_SCALE_BAR, text);
}

void map_wish_read_situation_place(struct map_wish_reader *reader, const char *text)
{
    read_part(reader, PLATE_SITUATION_MAP, text);
}

/** "EPSG:25831" and its like: a zone of UTM, on ETRS89 or WGS 84. */
static bool is_utm(const char *code)
{
    long number = strncmp(code, "EPSG:", 5) == 0 ? strtol(code + 5, NULL, 10) : 0;
    return (number >= 25828 && number <= 25838) || (number >= 32601 && number <= 32660) ||
           (number >= 32701 && number <= 32760);
}

/** Which grid is meant by a CRS; the map's own is known by now (the table has crs before). */
static bool grid_kind_of(const char *code, const char *map_code, enum grid_kind *kind)
{
    static const char *const of_degrees[] = {"OGC:CRS84", "EPSG:4326", "EPSG:4258"};
    for (size_t i = 0; i < sizeof(of_degrees) / sizeof(of_degrees[0]); i++) {
        if (strcmp(code, of_degrees[i]) == 0) {
            *kind = GRID_GRATICULE;
            return true;
        }
    }
    *kind = strcmp(code, "EPSG:28992") == 0 ? GRID_RD : is_utm(code) ? GRID_UTM : GRID_MAP;
    return *kind != GRID_MAP || strcmp(code, map_code) == 0;
}

static void add_grid(struct map_wish_reader *reader, const char *text)
{
    struct plate_wish *wish = &reader->order->plate.marginalia;
    char code[32];
    enum grid_kind kind;
    if (!map_wish_crs(reader, "grid-crss", text, code)) {
        return;
    }
    if (!grid_kind_of(code, reader->order->plate.crs_code, &kind)) {
        map_wish_fail(reader, "grid-crss",
                      "no grid of %s is drawn: of the map's own CRS, EPSG:28992, zones of UTM and degrees "
                      "(OGC:CRS84, EPSG:4326, EPSG:4258) are",
                      code);
        return;
    }
    for (size_t i = 0; i < wish->grid_count; i++) {
        if (wish->grids[i] == kind) {
            return;
        }
    }
    wish->grids[wish->grid_count++] = kind;
}

void map_wish_read_grids(struct map_wish_reader *reader, const char *text)
{
    int count = 0;
    for (const char *next = text; next; next = strchr(next, ',') ? strchr(next, ',') + 1 : NULL) {
        char one[104];
        snprintf(one, sizeof(one), "%.*s", (int)strcspn(next, ","), next);
        if (++count > GRID_MOST) {
            map_wish_fail(reader, "grid-crss", "has more than %d grids", GRID_MOST);
            return;
        }
        add_grid(reader, one);
    }
}
