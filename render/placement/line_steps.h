/*
 * line_steps.h - the steps from point to point of all lines and edges on a page, and which of them are near a
 * box.
 *
 * Each question ends at the first step that answers it. All together look at no more steps than there is
 * work for: whoever draws ten thousand lines through each other waits no longer for their names than for the
 * lines. After that every answer is the cautious one, "no". Steps are counted, not time, so the same lines
 * have the same answers.
 */
#ifndef RENDER_LINE_STEPS_H
#define RENDER_LINE_STEPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/bbox.h"
#include "geo/point.h"

struct line_steps;
struct scene_feature;

/** A step of a line or edge. */
struct line_step {
    struct point from;
    struct point to;
    const struct scene_feature *feature;
    float reach_px;  /* of all its paint */
    float stroke_px; /* of its strokes alone: between its marks it is not wider */
    bool is_painted; /* edges of areas may not be */
    bool is_sign;    /* of the head of an arrow, or of a line with drawings on it */
};

/** Only what has paint within the frame is kept. */
struct line_steps *line_steps_new(struct bbox frame_px);
void line_steps_free(struct line_steps *steps);

/** All steps of a feature one behind the other. */
void line_steps_add(struct line_steps *steps, struct line_step step);

/** No step will be added any more; now it may be asked. */
void line_steps_finish(struct line_steps *steps);

/** Is no stroke of another feature nearer to a box than so much? */
bool line_steps_others_keep_off(struct line_steps *steps, const struct scene_feature *feature,
                                struct bbox box_px, double away_px);

/** Are no strokes of another feature nearer than so much, of those whose paint comes within looked_px, and
 * does no paint of theirs lie in the box? */
bool line_steps_others_are_further(struct line_steps *steps, const struct scene_feature *feature,
                                   struct bbox box_px, double away_px, double looked_px);

/** How far the strokes of a feature are from a box; looked_px when that is further, 0 or less when it is
 * touched. */
double line_steps_own_px(struct line_steps *steps, const struct scene_feature *feature, struct bbox box_px,
                         double looked_px);

/** Is no paint of a sign in a box? */
bool line_steps_have_no_sign(struct line_steps *steps, struct bbox box_px);

/** Are no strokes of a sign in a box? */
bool line_steps_have_no_sign_stroke(struct line_steps *steps, struct bbox box_px);

/** Has all been looked at that may be? */
bool line_steps_are_spent(const struct line_steps *steps);

/** So many were looked at. */
uint64_t line_steps_looked(const struct line_steps *steps);

#endif
