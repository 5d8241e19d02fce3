/*
 * placement_along.h - the texts along a line, or the edge of an area, in a placement.
 *
 * A name gets one text in its turn among the labels. When all labels have their places, names are repeated
 * along long lines, and letters of entries set, where there is still room. So no repetition takes the place
 * of a name.
 */
#ifndef RENDER_PLACEMENT_ALONG_H
#define RENDER_PLACEMENT_ALONG_H

#include <stdbool.h>
#include <stdint.h>

#include "geo/bbox.h"

struct box_grid;
struct map_view;
struct placement_lines;
struct renderer;
struct scene_feature;
struct text_alongs;

/** At most so many texts stand along one feature; on a line so long they stand further apart. */
#define PLACEMENT_ALONG_MOST 400

/** When so many texts have been repeated at a zoom, less important features get one text each. */
#define PLACEMENT_ALONG_BUDGET 8000

/** One feature whose texts are being set. */
struct placement_along {
    struct renderer *renderer;
    const struct map_view *view;
    const struct scene_feature *feature;
    struct bbox district;                /* px: texts stand whole inside; empty: anywhere */
    struct box_grid *taken;              /* what is set is added */
    struct placement_lines *shown_lines; /* NULL: any place will do */
    uint32_t number;                     /* of the wish: its number there */
    struct text_alongs *alongs;          /* what is set is added */
    struct bbox looked;                  /* px: in and out: grows around all places that are tried */
};

/** Does the entry of a feature want text along its geometry: its name, or its letters? */
bool placement_along_wants_name(const struct scene_feature *feature);
bool placement_along_wants_letters(const struct scene_feature *feature);

/** Has it a part so long? */
bool placement_along_is_long(const struct scene_feature *feature, double least_px);

/** Sets a name once; beside a line rather on its other side than nowhere. False when no stretch has room for
 * it: then it stands where labels of lines do. */
bool placement_along_name(struct placement_along *along, const char *name);

/** Sets letters, or a name that was set once already, as often as their spacing says. @param most in all */
void placement_along_repeat(struct placement_along *along, const char *text, int most);

#endif
