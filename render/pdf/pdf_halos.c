/*
 * pdf_halos.c - letters that stand upright side by side are shown from one to the next in whole units of
 * their outlines, which is short; where they stand is counted from the first, so that roundings do not add
 * up.
 */
#include "render/pdf/pdf_halos.h"

#include <math.h>
#include <qpdf/qpdf-c.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/memory.h"
#include "render/pdf/pdf_object.h"

#define STROKE_ROOM (16 * PDF_OUTLINE_UNITS) /* around an outline */

void pdf_halos_finish(struct pdf_halos *halos)
{
    for (size_t i = 0; i < halos->outline_count; i++) {
        free(halos->outlines[i].ink);
    }
    free(halos->outlines);
    free(halos->letters);
    free(halos->halos);
    *halos = (struct pdf_halos){0};
}

size_t pdf_halos_find(const struct pdf_halos *halos, const void *font, unsigned long glyph)
{
    for (size_t i = 0; i < halos->outline_count; i++) {
        if (halos->outlines[i].glyph == glyph && halos->outlines[i].font == font) {
            return i;
        }
    }
    return PDF_NO_OUTLINE;
}

size_t pdf_halos_add_outline(struct pdf_halos *halos, const struct pdf_outline *outline)
{
    halos->outlines = memory_resize(halos->outlines, halos->outline_count + 1, sizeof *halos->outlines);
    halos->outlines[halos->outline_count] = *outline;
    return halos->outline_count++;
}

void pdf_halos_add_letter(struct pdf_halos *halos, const struct pdf_letter *letter)
{
    if (halos->letter_count == halos->letter_capacity) {
        halos->letter_capacity = halos->letter_capacity * 2 + 64;
        halos->letters = memory_resize(halos->letters, halos->letter_capacity, sizeof *halos->letters);
    }
    halos->letters[halos->letter_count++] = *letter;
}

size_t pdf_halos_add(struct pdf_halos *halos, double width)
{
    const struct pdf_halo *last = halos->halo_count > 0 ? &halos->halos[halos->halo_count - 1] : NULL;
    struct pdf_halo halo = {.first_letter = last ? last->first_letter + last->letter_count : 0,
                            .width = width};
    halo.letter_count = halos->letter_count - halo.first_letter;
    halos->halos = memory_resize(halos->halos, halos->halo_count + 1, sizeof *halos->halos);
    halos->halos[halos->halo_count] = halo;
    return halos->halo_count++;
}

/** Can it be shown from where the first one stands? */
static bool is_beside(const struct pdf_letter *first, const struct pdf_letter *letter)
{
    return letter->xx == first->xx && letter->yx == first->yx && letter->xy == first->xy &&
           letter->yy == first->yy && first->xx * first->yy != first->xy * first->yx;
}

/** Units of outlines from the first letter to another. */
static void units_between(const struct pdf_letter *first, const struct pdf_letter *letter, long *x, long *y)
{
    double across = letter->x0 - first->x0;
    double down = letter->y0 - first->y0;
    double share = first->xx * first->yy - first->xy * first->yx;
    *x = lround((across * first->yy - down * first->xy) / share * PDF_OUTLINE_UNITS);
    *y = lround((down * first->xx - across * first->yx) / share * PDF_OUTLINE_UNITS);
}

/** Writes the letters from one on that stand beside it; how many they are. */
static size_t write_run(const struct pdf_letter *letters, size_t count, double width, struct buffer *ink,
                        bool *used)
{
    const struct pdf_letter *first = letters;
    double unit = 1.0 / PDF_OUTLINE_UNITS;
    buffer_appendf(ink, "q\n%.7f %.7f %.7f %.7f %.2f %.2f cm\n%.0f w\n", first->xx * unit, first->yx * unit,
                   first->xy * unit, first->yy * unit, first->x0, first->y0, width * PDF_OUTLINE_UNITS);
    long reached_x = 0;
    long reached_y = 0;
    size_t i = 0;
    for (; i < count && is_beside(first, &letters[i]); i++) {
        long x;
        long y;
        units_between(first, &letters[i], &x, &y);
        if (x != reached_x || y != reached_y) {
            buffer_appendf(ink, "1 0 0 1 %ld %ld cm\n", x - reached_x, y - reached_y);
        }
        buffer_appendf(ink, "/G%zu Do\n", letters[i].outline);
        used[letters[i].outline] = true;
        reached_x = x;
        reached_y = y;
    }
    buffer_append_text(ink, "Q\n");
    return i;
}

void pdf_halos_ink(const struct pdf_halos *halos, size_t number, struct buffer *ink, bool *used)
{
    const struct pdf_halo *halo = &halos->halos[number];
    const struct pdf_letter *letters = halos->letters + halo->first_letter;
    for (size_t i = 0; i < halo->letter_count;) {
        i += write_run(letters + i, halo->letter_count - i, halo->width, ink, used);
    }
}

static unsigned new_form(struct _qpdf_data *file, const struct pdf_outline *outline)
{
    unsigned form = pdf_object_new_stream(file, outline->ink, strlen(outline->ink));
    pdf_object_set_name(file, form, "Type", "XObject");
    pdf_object_set_name(file, form, "Subtype", "Form");
    const double box[4] = {outline->box[0] - STROKE_ROOM, outline->box[1] - STROKE_ROOM,
                           outline->box[2] + STROKE_ROOM, outline->box[3] + STROKE_ROOM};
    pdf_object_set(file, form, "BBox", pdf_object_numbers(file, box, 4, 0));
    pdf_object_set(file, form, "Resources", qpdf_oh_new_dictionary(file));
    return form;
}

void pdf_halos_write(struct _qpdf_data *file, const struct pdf_halos *halos, unsigned page, const bool *used,
                     unsigned *forms)
{
    for (size_t i = 0; i < halos->outline_count; i++) {
        if (!used[i]) {
            continue;
        }
        char name[32];
        snprintf(name, sizeof name, "G%zu", i);
        forms[i] = forms[i] ? forms[i] : new_form(file, &halos->outlines[i]);
        unsigned resources = pdf_object_dictionary(file, page, "Resources");
        pdf_object_set(file, pdf_object_dictionary(file, resources, "XObject"), name, forms[i]);
    }
}
