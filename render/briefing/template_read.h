/*
 * template_read.h - the fields of one template, read over those of the one that it extends.
 */
#ifndef RENDER_BRIEFING_TEMPLATE_READ_H
#define RENDER_BRIEFING_TEMPLATE_READ_H

#include "render/briefing/template.h"

struct yaml_node;

/** What a template that extends none begins with: A4, one map, only what can never be off. */
struct template template_bare(void);

/** A copy with everything of its own; template_finish(). */
struct template template_copy(const struct template *template);
void template_finish(struct template *template);

/** Reads a file's fields over what is there, all but its id, file and hash. All mistakes are added to the
 * problems. */
void template_read_over(struct template *template, const struct yaml_node *root, struct problems *problems);

#endif
