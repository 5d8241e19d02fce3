/*
 * plate.h - a map on a sheet of any size with what is asked for around it, made by the engine of briefings:
 * what OGC API Maps calls marginalia.
 *
 * Its template is made on the spot. The situation's moment, the marking above TLP:CLEAR and the banner of an
 * exercise are always there. A sheet that is too small loses parts until the others have room: nothing is cut
 * and nothing covers the map; what is left out, shortened or moved is named in the report.
 *
 *     plate_new()
 *     plate_map_mm()    so the caller knows how large the map is, and which scale the order needs
 *     plate_settle()    has all of it room now? Otherwise a part was given up and the map is larger: ask
 * again plate_make()
 */
#ifndef RENDER_BRIEFING_PLATE_H
#define RENDER_BRIEFING_PLATE_H

#include <stdbool.h>
#include <stddef.h>

#include "data/marking.h"
#include "geo/bbox.h"
#include "render/briefing/element.h"
#include "render/grid/grid.h"
#include "render/print/paper.h"

struct briefing_order;
struct fault;
struct plate;
struct renderer;
struct report;

enum plate_part {
    PLATE_TITLE,
    PLATE_LEGEND,
    PLATE_ATTRIBUTION,
    PLATE_COMPASS,
    PLATE_SCALE_BAR,
    PLATE_SITUATION_MAP,
    PLATE_PART_COUNT
};

/** "map-title"; NULL-terminated, as OGC API Maps calls them. */
const char *const *plate_part_names(void);

/** "topLeft"; NULL-terminated, by enum place up to PLACE_AROUND. */
const char *const *plate_place_names(void);

struct plate_wish {
    enum place places[PLATE_PART_COUNT]; /* one around the map, or PLACE_OFF */
    enum grid_kind grids[GRID_MOST];
    size_t grid_count;
};

bool plate_has_marginalia(const struct plate_wish *wish);

/** How large type is on a sheet whose dots are so many mm: large enough to be read on a screen too. */
struct paper_own plate_sheet(double width_mm, double height_mm, double mm_per_dot);

/** @param marking of the map. Owned, plate_free(). */
struct plate *plate_new(const struct plate_wish *wish, struct paper_own sheet, enum marking marking);
void plate_free(struct plate *plate);

/** The neat line of the map on the sheet. */
struct bbox plate_map_mm(const struct plate *plate);

enum plate_state { PLATE_FAILED, PLATE_SETTLED, PLATE_OTHER_MAP };

/**
 * Does everything have room around the map of this order, whose own_paper is the sheet? PLATE_OTHER_MAP: ask
 * again, for a part is given up or got more room, and plate_map_mm() is another. INPUT: the sheet is too
 * small for what is always there.
 */
enum plate_state plate_settle(struct plate *plate, struct renderer *renderer,
                              const struct briefing_order *order, struct fault *fault);

/** The sheet, in the order's format. Owned bytes; NULL on fault. */
char *plate_make(struct plate *plate, struct renderer *renderer, const struct briefing_order *order,
                 size_t *length, struct report *report, struct fault *fault);

/** Only the map, over the whole sheet. */
char *plate_make_bare(struct renderer *renderer, const struct briefing_order *order, size_t *length,
                      struct report *report, struct fault *fault);

#endif
