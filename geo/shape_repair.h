/*
 * shape_repair.h - polygons on a grid of whole numbers made valid (OGC 06-103r4 6.1.11): rings that cross or
 * run back along themselves become rings that do not.
 */
#ifndef GEO_SHAPE_REPAIR_H
#define GEO_SHAPE_REPAIR_H

struct shape;

/**
 * A valid polygon with the same inside, all its coordinates whole numbers, parts too small for that left out.
 * @param polygon  of whole numbers, holes behind the ring that they lie in
 * @return owned, shape_free(); may have no parts. NULL: it is valid as it is, or cannot be mended
 */
struct shape *shape_repair_whole(const struct shape *polygon);

#endif
