/*
 * template_value.h - a template as a value: how one begins, is copied and ends.
 */
#ifndef RENDER_BRIEFING_TEMPLATE_VALUE_H
#define RENDER_BRIEFING_TEMPLATE_VALUE_H

#include "render/briefing/template.h"

/** What a template that extends none begins with: A4, one map, only what can never be off. */
struct template template_bare(void);

/** A copy with everything of its own; template_finish(). */
struct template template_copy(const struct template *template);
void template_finish(struct template *template);

#endif
