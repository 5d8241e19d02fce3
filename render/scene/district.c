/*
 * district.c - arithmetic of squares.
 */
#include "render/scene/district.h"

#include <assert.h>
#include <math.h>

#include "render/map_view.h"
#include "render/placement/placement_badges.h"
#include "render/renderer_internal.h"
#include "symbology/symbol.h"

#define FINE_EDGE_PX 1024.0
#define FINE_BELOW 150000.0 /* scale denominator */

double district_edge_px(const struct map_view *view)
{
    return view->scale_denominator < FINE_BELOW ? FINE_EDGE_PX : DISTRICT_MOST_PX;
}

static int64_t number_of(double px, double edge_px)
{
    return (int64_t)floor(px / edge_px);
}

/* The last that a side ending at px reaches into. */
static int64_t last_number(double px, double edge_px, int64_t first)
{
    int64_t last = (int64_t)ceil(px / edge_px) - 1;
    return last > first ? last : first;
}

struct districts districts_touched(struct renderer *renderer, const struct map_view *view, struct bbox box)
{
    double edge = district_edge_px(view);
    struct districts districts = {.only = view->frame_px, .edge_px = edge, .column_count = 1, .row_count = 1};
    districts.is_only = !bbox_is_empty(view->frame_px) || !renderer_is_tiled(renderer, &view->grid);
    if (!districts.is_only) {
        assert(!bbox_is_empty(box));
        districts.first_column = number_of(box.min_x, edge);
        districts.first_row = number_of(box.min_y, edge);
        districts.column_count =
            (size_t)(last_number(box.max_x, edge, districts.first_column) - districts.first_column) + 1;
        districts.row_count =
            (size_t)(last_number(box.max_y, edge, districts.first_row) - districts.first_row) + 1;
    }
    return districts;
}

size_t districts_count(const struct districts *districts)
{
    return districts->column_count * districts->row_count;
}

struct bbox districts_at(const struct districts *districts, size_t index)
{
    assert(index < districts_count(districts));
    if (districts->is_only) {
        return districts->only;
    }
    double edge = districts->edge_px;
    double x = (double)(districts->first_column + (int64_t)(index % districts->column_count)) * edge;
    double y = (double)(districts->first_row + (int64_t)(index / districts->column_count)) * edge;
    return (struct bbox){x, y, x + edge, y + edge};
}

struct bbox district_around(struct renderer *renderer, const struct map_view *view, struct bbox box)
{
    struct districts districts = districts_touched(renderer, view, box);
    assert(districts_count(&districts) == 1);
    return districts_at(&districts, 0);
}

bool district_holds(struct bbox district, struct point place)
{
    return bbox_is_empty(district) || (place.x >= district.min_x && place.x < district.max_x &&
                                       place.y >= district.min_y && place.y < district.max_y);
}

bool district_contains(struct bbox district, struct bbox box)
{
    return bbox_is_empty(district) || bbox_contains(district, box);
}

struct bbox district_part(struct bbox district, struct bbox box)
{
    return bbox_is_empty(district) ? box : bbox_intersection(district, box);
}

struct bbox district_of_texts(struct renderer *renderer, const struct map_view *view, struct bbox district)
{
    if (bbox_is_empty(district) || !bbox_is_empty(view->frame_px)) {
        return district;
    }
    struct bbox matrix = renderer_matrix_px(renderer, &view->grid);
    struct bbox part = bbox_is_empty(matrix) ? district : bbox_intersection(matrix, district);
    return bbox_is_empty(part) ? district : part;
}

/* A badge gathers what is in its cell, and some of what is beside it. */
static double cells_px(const struct map_view *view)
{
    return view->crowded == MAP_CROWDED_COUNT ? PLACEMENT_BADGE_LOOK_PX : 0;
}

double district_margin_px(const struct map_view *view)
{
    return view->symbol_scale * (3 * DISTRICT_NUMBERS_REACH_PX + 2 * DISTRICT_SYMBOL_REACH_PX) +
           cells_px(view);
}

/* What a dot looks like depends on no other symbol, nor does that of which the code says how it is drawn. */
static int symbols_across(const struct map_view *view)
{
    return symbol_detail_at(view->scale_denominator) == DETAIL_DOT ? 1 : 3;
}

double district_small_margin_px(const struct map_view *view)
{
    return view->symbol_scale * symbols_across(view) * DISTRICT_SYMBOL_REACH_PX + cells_px(view);
}
