/*
 * stroke_outline.h - what a pen covers that is drawn along a path.
 */
#ifndef RENDER_STROKE_OUTLINE_H
#define RENDER_STROKE_OUTLINE_H

struct coverage;
struct path;
struct stroke;

/** How far the outline of a stroke may reach from its points: an end that is square, or a mitre. */
double stroke_outline_reach_px(const struct stroke *stroke);

/** Adds the outline of a stroke (width, cap, join) along every part of a path; to be taken as a union. */
void stroke_outline_add(struct coverage *coverage, const struct path *path, const struct stroke *stroke);

#endif
