/*
 * sheet_split.c - rows and columns are cut alike, each for itself: a run is a row of lengths that covers a
 * stretch.
 */
#include "render/grid/sheet_split.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "render/grid/grid_value.h"

#define MOST_IN_RUN 1e6 /* more is refused before it is counted exactly */
#define TOLERANCE 1e-9  /* of a length: an area as large as a sheet is one sheet */

/** Sheets side by side. */
struct run {
    double start; /* of the first */
    double length;
    double step; /* from one to the next */
    double count;
};

static double snapped_down(double value, double step)
{
    return step > 0 ? floor(value / step + TOLERANCE) * step : value;
}

/** Covers least … most; what is too much lies evenly on both sides, as far as it is not snapped. */
static struct run run_over(double least, double most, double length, double overlap, double snap)
{
    struct run run = {.length = length, .step = snapped_down(length - overlap, snap), .count = 1};
    double slack = TOLERANCE * length;
    if (run.step <= 0) {
        return run;
    }
    run.count = fmax(1, ceil((most - least - length - slack) / run.step) + 1);
    for (int more = 0; more < 3; more++) { /* snapping may ask for one more */
        double total = length + (run.count - 1) * run.step;
        run.start = snapped_down(least - (total - (most - least)) / 2, snap);
        if (run.start + total < most - slack && run.start + snap <= least + slack) {
            run.start += snap;
        }
        if (run.start + total >= most - slack) {
            break;
        }
        run.count++;
    }
    return run;
}

static bool check_order(const struct sheet_order *order, struct fault *fault)
{
    if (bbox_is_empty(order->area) || !bbox_is_finite(order->area)) {
        fault_set(fault, FAULT_INPUT, "an atlas needs an area");
        return false;
    }
    bool is_sheet = order->width_mm > 0 && order->height_mm > 0 && order->scale_denominator > 0 &&
                    order->metres_per_unit > 0;
    if (!is_sheet) {
        fault_set(fault, FAULT_INPUT, "the sheets of an atlas need a size and a scale");
        return false;
    }
    if (!(order->overlap_mm >= 0 && order->overlap_mm < fmin(order->width_mm, order->height_mm) / 2)) {
        fault_set(fault, FAULT_INPUT, "an overlap of %g mm is not possible: from 0 to half a sheet",
                  order->overlap_mm);
        return false;
    }
    return true;
}

static bool check_runs(const struct sheet_order *order, struct run across, struct run along,
                       struct fault *fault)
{
    if (!(across.step > 0 && along.step > 0)) {
        fault_set(fault, FAULT_INPUT,
                  "sheets of %g x %g mm at 1:%.0f are too small to lie on multiples of %g", order->width_mm,
                  order->height_mm, order->scale_denominator, order->snap_units);
        return false;
    }
    double count = across.count * along.count;
    if (across.count > MOST_IN_RUN || along.count > MOST_IN_RUN || count > (double)order->most) {
        fault_set(
            fault, FAULT_LIMIT,
            "the atlas would have %.0f sheets (%.0f x %.0f) and %zu are allowed: take a smaller area, a "
            "coarser scale or larger paper",
            count, across.count, along.count, order->most);
        return false;
    }
    return true;
}

static size_t neighbour(const struct sheet_split *split, const struct sheet *sheet, enum sheet_side side)
{
    static const int rows[SHEET_SIDE_COUNT] = {-1, -1, 0, 1, 1, 1, 0, -1};
    static const int columns[SHEET_SIDE_COUNT] = {0, 1, 1, 1, 0, -1, -1, -1};
    long row = (long)sheet->row + rows[side];
    long column = (long)sheet->column + columns[side];
    bool is_there = row >= 0 && row < (long)split->rows && column >= 0 && column < (long)split->columns;
    return is_there ? (size_t)row * split->columns + (size_t)column : SHEET_NONE;
}

static void name_sheet(const struct sheet_split *split, struct sheet *sheet, enum sheet_names names)
{
    char letters[24];
    if (names == SHEET_NUMBERS) {
        snprintf(sheet->name, sizeof sheet->name, "%zu", sheet->row * split->columns + sheet->column + 1);
    } else {
        snprintf(sheet->name, sizeof sheet->name, "%.6s%zu", grid_value_letters((long)sheet->column, letters),
                 split->rows - sheet->row);
    }
}

static void fill_sheet(const struct sheet_split *split, struct sheet *sheet, struct run across,
                       struct run along, enum sheet_names names)
{
    double west = across.start + (double)sheet->column * across.step;
    double south = along.start + (double)(split->rows - 1 - sheet->row) * along.step;
    sheet->box = (struct bbox){west, south, west + across.length, south + along.length};
    name_sheet(split, sheet, names);
    for (int side = 0; side < SHEET_SIDE_COUNT; side++) {
        sheet->neighbours[side] = neighbour(split, sheet, (enum sheet_side)side);
    }
}

bool sheet_split_make(const struct sheet_order *order, struct sheet_split *split, struct fault *fault)
{
    *split = (struct sheet_split){0};
    if (!check_order(order, fault)) {
        return false;
    }
    double units_per_mm = order->scale_denominator / 1000 / order->metres_per_unit;
    double overlap = order->overlap_mm * units_per_mm;
    struct bbox area = order->area;
    struct run across =
        run_over(area.min_x, area.max_x, order->width_mm * units_per_mm, overlap, order->snap_units);
    struct run along =
        run_over(area.min_y, area.max_y, order->height_mm * units_per_mm, overlap, order->snap_units);
    if (!check_runs(order, across, along, fault)) {
        return false;
    }
    split->columns = (size_t)across.count;
    split->rows = (size_t)along.count;
    split->count = split->rows * split->columns;
    split->sheets = memory_new(split->count, sizeof *split->sheets);
    split->box = bbox_empty();
    for (size_t i = 0; i < split->count; i++) {
        struct sheet *sheet = &split->sheets[i];
        sheet->row = i / split->columns;
        sheet->column = i % split->columns;
        fill_sheet(split, sheet, across, along, order->names);
        split->box = bbox_union(split->box, sheet->box);
    }
    return true;
}

void sheet_split_finish(struct sheet_split *split)
{
    free(split->sheets);
    *split = (struct sheet_split){0};
}

struct point sheet_snap_centre(struct point centre, double width_units, double height_units,
                               double step_units)
{
    if (!(step_units > 0)) {
        return centre;
    }
    double west = round((centre.x - width_units / 2) / step_units) * step_units;
    double south = round((centre.y - height_units / 2) / step_units) * step_units;
    return (struct point){west + width_units / 2, south + height_units / 2};
}
