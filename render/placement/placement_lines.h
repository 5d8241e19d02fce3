/*
 * placement_lines.h - where the lines and edges of areas run that a page shows, so that none is named by the
 * label of another.
 *
 * A label belongs to the line that it stands nearest to: who reads it as that of another line takes the wrong
 * road. So the label of a line or area stands nearer to its own line than to all others, and on no other; or
 * a leader says which is its own. Labels of symbols keep off the heads of arrows and the drawings on lines
 * where they can.
 *
 * Pages only: they are decided once and as a whole. On tiles a line that changes would move labels along all
 * of its length.
 */
#ifndef RENDER_PLACEMENT_LINES_H
#define RENDER_PLACEMENT_LINES_H

#include <stdbool.h>

#include "geo/bbox.h"
#include "symbology/stroke.h"

struct map_view;
struct placement_lines;
struct scene;
struct scene_feature;

/** Of what is painted in the frame of the view. NULL: it has none. The features are borrowed. */
struct placement_lines *placement_lines_new(const struct map_view *view, const struct scene *scene);
void placement_lines_free(struct placement_lines *lines);

/** How far a line's paint reaches beside it: all but its ends. */
double placement_lines_reach_px(struct line_look look);

/** The same of its strokes alone, without marks and signs. */
double placement_lines_stroke_px(struct line_look look);

/** Is a text of the feature nearer to its line, or inside its area, than to any other line? Any is when lines
 * is NULL, as to all of these questions. */
bool placement_lines_are_told_apart(struct placement_lines *lines, const struct scene_feature *feature,
                                    struct bbox room_px);

/** Is the middle of a box inside the area of the feature? */
bool placement_lines_is_inside(const struct scene_feature *feature, struct bbox box_px);

/** Are the strokes of no other line than the feature's within so much of a box? */
bool placement_lines_keep_off(struct placement_lines *lines, const struct scene_feature *feature,
                              struct bbox box_px, double away_px);

/** Is neither the head of an arrow nor a line with drawings on it in a box? These may stand anywhere along
 * it. */
bool placement_lines_have_no_sign(struct placement_lines *lines, struct bbox box_px);

/** The same but for what may stand between the drawings on a line, beside its strokes. */
bool placement_lines_have_no_head(struct placement_lines *lines, struct bbox box_px);

/** Are there more lines than there is work for (line_steps.h)? Then all answers are "no", and labels that are
 * still without a place stay so. */
bool placement_lines_are_spent(const struct placement_lines *lines);

#endif
