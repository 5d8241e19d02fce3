/*
 * pdf_object.h - makes the objects that a PDF is made of: the words of libqpdf, shorter.
 *
 * An object is a number that libqpdf gives out; it holds until the file is closed.
 */
#ifndef RENDER_PDF_OBJECT_H
#define RENDER_PDF_OBJECT_H

#include <stddef.h>

struct _qpdf_data; /* an open file, to libqpdf: qpdf_data */

/** A new dictionary that others can point to, with its /Type; NULL: none. */
unsigned pdf_object_new(struct _qpdf_data *file, const char *type);

/** A new stream that others can point to; copies the bytes. Not compressed yet. */
unsigned pdf_object_new_stream(struct _qpdf_data *file, const void *bytes, size_t length);

/** Sets a key of a dictionary, or of a stream's. Names without their slash. */
void pdf_object_set(struct _qpdf_data *file, unsigned object, const char *key, unsigned value);
void pdf_object_set_name(struct _qpdf_data *file, unsigned object, const char *key, const char *name);
void pdf_object_set_text(struct _qpdf_data *file, unsigned object, const char *key, const char *text);
void pdf_object_set_integer(struct _qpdf_data *file, unsigned object, const char *key, long long value);

/** What the PDF says in its own words: "<</Marked true>>". */
void pdf_object_set_parsed(struct _qpdf_data *file, unsigned object, const char *key, const char *words);

/** An array of numbers, each with so many decimals. */
unsigned pdf_object_numbers(struct _qpdf_data *file, const double *numbers, size_t count, int decimals);

/** The dictionary below a key, made when it is not there. */
unsigned pdf_object_dictionary(struct _qpdf_data *file, unsigned object, const char *key);

#endif
