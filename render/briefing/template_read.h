/*
 * template_read.h - the fields of one template, read over those of the one that it extends.
 */
#ifndef RENDER_BRIEFING_TEMPLATE_READ_H
#define RENDER_BRIEFING_TEMPLATE_READ_H

#include "render/briefing/template.h"

struct yaml_node;

/** Reads a file's fields over what is there, all but its id, file and hash. All mistakes are added to the
 * problems. */
void template_read_over(struct template *template, const struct yaml_node *root, struct problems *problems);

/** Of these the places, room, shares, map and grids. */
void template_read_layout(struct template *template, const struct yaml_node *root, struct problems *problems);

#endif
