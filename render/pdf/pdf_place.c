/*
 * pdf_place.c - a viewport has the corners of its box in degrees of the CRS's own datum. The best practice of
 * OGC of before (LGIDict) is not written: it has no name for the projection and datum of RD, and readers that
 * know both take it first.
 */
#include "render/pdf/pdf_place.h"

#include <qpdf/qpdf-c.h>
#include <stdlib.h>
#include <string.h>

#include "render/pdf/pdf_marks.h"
#include "render/pdf/pdf_object.h"

#define PT_PER_MM (72.0 / 25.4)
#define DEGREE_DECIMALS 11 /* a thousandth of a millimetre */

static unsigned crs_object(struct _qpdf_data *file, const struct pdf_place *place)
{
    unsigned crs = pdf_object_new(file, "PROJCS");
    if (strncmp(place->crs_code, "EPSG:", 5) == 0) {
        pdf_object_set_integer(file, crs, "EPSG", strtol(place->crs_code + 5, NULL, 10));
    }
    pdf_object_set(file, crs, "WKT", qpdf_oh_new_string(file, place->crs_wkt));
    return crs;
}

static unsigned measure_object(struct _qpdf_data *file, const struct pdf_place *place)
{
    static const double unit[8] = {0, 0, 0, 1, 1, 1, 1, 0};
    double degrees[8];
    for (int i = 0; i < 4; i++) {
        degrees[2 * i] = place->corners_deg[i].y;
        degrees[2 * i + 1] = place->corners_deg[i].x;
    }
    unsigned measure = pdf_object_new(file, "Measure");
    pdf_object_set_name(file, measure, "Subtype", "GEO");
    pdf_object_set(file, measure, "Bounds", pdf_object_numbers(file, unit, 8, 0));
    pdf_object_set(file, measure, "LPTS", pdf_object_numbers(file, unit, 8, 0));
    pdf_object_set(file, measure, "GPTS", pdf_object_numbers(file, degrees, 8, DEGREE_DECIMALS));
    pdf_object_set_parsed(file, measure, "PDU", "[/KM /SQKM /DEG]");
    pdf_object_set(file, measure, "GCS", crs_object(file, place));
    return measure;
}

void pdf_place_write(struct _qpdf_data *file, const struct pdf_page *page, size_t number, double height_pt)
{
    if (page->place_count == 0) {
        return;
    }
    unsigned viewports = qpdf_oh_new_array(file);
    for (size_t i = 0; i < page->place_count; i++) {
        const struct pdf_place *place = &page->places[i];
        struct bbox box = place->box_mm;
        double corners[4] = {box.min_x * PT_PER_MM, height_pt - box.max_y * PT_PER_MM, box.max_x * PT_PER_MM,
                             height_pt - box.min_y * PT_PER_MM};
        unsigned viewport = pdf_object_new(file, "Viewport");
        pdf_object_set(file, viewport, "BBox", pdf_object_numbers(file, corners, 4, 5));
        if (place->title) {
            pdf_object_set_text(file, viewport, "Name", place->title);
        }
        pdf_object_set(file, viewport, "Measure", measure_object(file, place));
        qpdf_oh_append_item(file, viewports, viewport);
    }
    pdf_object_set(file, qpdf_get_page_n(file, number), "VP", viewports);
}
