/*
 * layout_furniture.c - bands, header and footer of a page, and what they leave.
 */
#include <math.h>

#include "render/briefing/layout_internal.h"

#define SLIM_MARGIN_MM 3.2
#define SLIM_BAND_MM 4.9       /* at least: TLP asks for letters of 12 points */
#define SLIM_BAND_PART_MM 4.22 /* on A4: the band of the marking grows with the paper, as its letters do */
#define SLIM_GAP_MM 0.4
#define SLIM_GAP_PART_MM 0.34
#define SLIM_MARKING_PART 0.26
#define SLIM_MARKING_MM 78   /* on A4: the longest label beside the word for an exercise */
#define SLIM_ONE_LINE_MM 225 /* on A4: title, times and marking have room beside each other */

static struct paper_size size_of(const struct layout_sheet *sheet)
{
    return paper_own_size(sheet->own, sheet->paper, sheet->is_landscape);
}

static double band_height_mm(double unit)
{
    return 5.6 * fmax(unit, 0.95); /* TLP asks for letters of 12 points */
}

/** What a printer leaves white: a plate need not. */
struct margins {
    double side_mm;
    double top_mm;
};

static struct layout_furniture full_furniture(struct paper_size size, double unit, struct margins margins)
{
    double left = margins.side_mm;
    double right = size.width_mm - left;
    double band = band_height_mm(unit);
    double bottom = size.height_mm - margins.top_mm;
    struct layout_furniture furniture = {.page = {0, 0, size.width_mm, size.height_mm}};
    double top = margins.top_mm;
    furniture.marking_top = (struct bbox){left, top, right, top + band};
    furniture.marking_bottom = (struct bbox){left, bottom - band, right, bottom};
    double footer = bottom - band - unit;
    furniture.footer = (struct bbox){left, footer - 3.2 * unit, right, footer};
    furniture.body = (struct bbox){left, top + band + 1.5 * unit, right, footer - 4.7 * unit};
    furniture.header = bbox_empty();
    return furniture;
}

bool layout_slim_is_narrow(const struct layout_sheet *sheet)
{
    double width = size_of(sheet).width_mm - 2 * SLIM_MARGIN_MM;
    return width < SLIM_ONE_LINE_MM * paper_own_unit(sheet->own, sheet->paper);
}

struct layout_furniture layout_slim_furniture(const struct layout_sheet *sheet)
{
    struct paper_size size = size_of(sheet);
    double unit = paper_own_unit(sheet->own, sheet->paper);
    double band = fmax(SLIM_BAND_MM, SLIM_BAND_PART_MM * unit);
    double gap = fmax(SLIM_GAP_MM, SLIM_GAP_PART_MM * unit);
    double left = SLIM_MARGIN_MM;
    double right = size.width_mm - left;
    double bottom = size.height_mm - SLIM_MARGIN_MM;
    double top = SLIM_MARGIN_MM + band;
    double header = layout_slim_is_narrow(sheet) ? top + band : top;
    double wide = fmax(SLIM_MARKING_PART * (right - left), SLIM_MARKING_MM * fmax(unit, 0.95));
    double marking = right - fmin(wide, 0.55 * (right - left));
    struct layout_furniture furniture = {.page = {0, 0, size.width_mm, size.height_mm}};
    furniture.marking_top = (struct bbox){marking, SLIM_MARGIN_MM, right, top};
    furniture.marking_bottom = (struct bbox){marking, bottom - band, right, bottom};
    furniture.footer = (struct bbox){left, bottom - band, marking - 2 * unit, bottom};
    furniture.header = (struct bbox){left, SLIM_MARGIN_MM, marking - 2 * unit, header};
    furniture.body = (struct bbox){left, header + gap, right, bottom - band - gap};
    return furniture;
}

struct layout_furniture layout_full_furniture(const struct layout_sheet *sheet, double unit)
{
    bool is_plate = sheet->own.width_mm > 0;
    struct margins margins = {(is_plate ? 2.5 : 7) * unit, (is_plate ? 2.5 : 5) * unit};
    return full_furniture(size_of(sheet), unit, margins);
}

struct layout_furniture layout_following(enum paper paper, bool is_landscape)
{
    double unit = paper_unit(paper);
    struct layout_furniture furniture =
        full_furniture(paper_size(paper, is_landscape), unit, (struct margins){7 * unit, 5 * unit});
    furniture.header = furniture.body;
    furniture.header.max_y = furniture.header.min_y + LAYOUT_STRIP_LEAST_MM * unit;
    furniture.body.min_y = furniture.header.max_y + 3 * unit;
    return furniture;
}
