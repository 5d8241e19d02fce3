/*
 * pdf_halos.h - the halos of texts in a PDF: the outline of each glyph is kept once, as a form that is
 * stroked wherever the glyph stands.
 *
 * cairo would write the outlines of every text anew, which is most of the ink of a map. So cairo gets a
 * stand-in, a box with the colour and width of the halo and a miter limit that no line has, by which the
 * letters are found again when the document is done.
 */
#ifndef RENDER_PDF_HALOS_H
#define RENDER_PDF_HALOS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct _qpdf_data;
struct buffer;

/** The miter limit of the stand-in for the first halo; the next have the next. */
#define PDF_HALO_MITER 1000000

/** Units of an outline to a unit of its letter. */
#define PDF_OUTLINE_UNITS 100

#define PDF_NO_OUTLINE SIZE_MAX

/** What is stroked of one glyph. */
struct pdf_outline {
    void *font; /* told apart by its address; borrowed */
    unsigned long glyph;
    char *ink;  /* owned: path and stroke; "": none */
    int box[4]; /* of the path: left, bottom, right, top */
};

/** One glyph of one halo: (x, y) of its font is (xx x + xy y + x0, yx x + yy y + y0) of the page. */
struct pdf_letter {
    size_t outline;
    double xx, yx, xy, yy, x0, y0;
};

struct pdf_halo {
    size_t first_letter;
    size_t letter_count;
    double width; /* of the stroke, in units of its letters */
};

struct pdf_halos {
    struct pdf_outline *outlines; /* owned, like all here */
    size_t outline_count;
    struct pdf_letter *letters; /* behind those of the last halo: of the one that is being made */
    size_t letter_count;
    size_t letter_capacity;
    struct pdf_halo *halos;
    size_t halo_count;
};

void pdf_halos_finish(struct pdf_halos *halos);

/** The number of an outline; PDF_NO_OUTLINE: it is not kept yet. */
size_t pdf_halos_find(const struct pdf_halos *halos, const void *font, unsigned long glyph);

/** Keeps an outline, whose ink it takes over. Its number. */
size_t pdf_halos_add_outline(struct pdf_halos *halos, const struct pdf_outline *outline);

void pdf_halos_add_letter(struct pdf_halos *halos, const struct pdf_letter *letter);

/** Makes a halo of the letters added since the last one. Its number. */
size_t pdf_halos_add(struct pdf_halos *halos, double width);

/**
 * Writes a halo as ink of a page; outline i is called /G<i>.
 * @param used of each outline: set when it is used, otherwise left as it is
 */
void pdf_halos_ink(const struct pdf_halos *halos, size_t number, struct buffer *ink, bool *used);

/** Gives a page the outlines that it uses; each is made for the first. @param forms 0: not made yet */
void pdf_halos_write(struct _qpdf_data *file, const struct pdf_halos *halos, unsigned page, const bool *used,
                     unsigned *forms);

#endif
