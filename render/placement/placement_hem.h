/*
 * placement_hem.h - symbols so hemmed in by others that no label has room beside them.
 *
 * In the heart of a crowd not even a part of a label has room. Then it need not be composed and measured to
 * know that it has no place: most labels of a crowd are found so.
 */
#ifndef RENDER_PLACEMENT_HEM_H
#define RENDER_PLACEMENT_HEM_H

#include <stdbool.h>

struct placement_texts;
struct placement_wish;

/** Is it known without a look at the label itself that it has no place? What has been looked at is noted. */
bool placement_hem_is_tight(const struct placement_texts *texts, struct placement_wish *wish);

#endif
