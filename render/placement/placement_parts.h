/*
 * placement_parts.h - where the names of a template's parts stand: the radius on each ring, "B3" in each
 * cell.
 */
#ifndef RENDER_PLACEMENT_PARTS_H
#define RENDER_PLACEMENT_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "render/placement/label_places.h"

struct scene_feature;

/** How many parts with names a feature shows at this zoom; 0 when it has none, or some are too small to see.
 */
size_t placement_parts_count(const struct scene_feature *feature);

/** The place that a part belongs to: the north of a ring, the middle of a cell. */
struct point placement_parts_anchor(const struct scene_feature *feature, uint32_t part);

/** May its name stand in the district? That of a cell in one only, that of a ring once in each it enters. */
bool placement_parts_may_be_named(const struct scene_feature *feature, uint32_t part, struct bbox district);

/**
 * On the ring itself, best in the north; in the middle of what of a cell lies in the district. Without any
 * place when the part is too small.
 */
struct label_places placement_parts_places(const struct scene_feature *feature, uint32_t part,
                                           struct text_size size, struct bbox district);

/** Is a part so large that its name would be missed? A ring may be and have no place for it. */
bool placement_parts_deserves_name(const struct scene_feature *feature, uint32_t part, struct text_size size);

#endif
