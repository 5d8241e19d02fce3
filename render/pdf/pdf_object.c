#include "render/pdf/pdf_object.h"

#include <qpdf/qpdf-c.h>
#include <stdio.h>

#define NAME_BYTES 128

/** As libqpdf wants it. */
static const char *slashed(const char *name, char text[static NAME_BYTES])
{
    snprintf(text, NAME_BYTES, "/%s", name);
    return text;
}

unsigned pdf_object_new(struct _qpdf_data *file, const char *type)
{
    unsigned object = qpdf_make_indirect_object(file, qpdf_oh_new_dictionary(file));
    if (type) {
        pdf_object_set_name(file, object, "Type", type);
    }
    return object;
}

unsigned pdf_object_new_stream(struct _qpdf_data *file, const void *bytes, size_t length)
{
    unsigned stream = qpdf_oh_new_stream(file);
    qpdf_oh_replace_stream_data(file, stream, bytes, length, qpdf_oh_new_null(file), qpdf_oh_new_null(file));
    return stream;
}

void pdf_object_set(struct _qpdf_data *file, unsigned object, const char *key, unsigned value)
{
    char name[NAME_BYTES];
    unsigned dictionary = qpdf_oh_is_stream(file, object) ? qpdf_oh_get_dict(file, object) : object;
    qpdf_oh_replace_key(file, dictionary, slashed(key, name), value);
}

void pdf_object_set_name(struct _qpdf_data *file, unsigned object, const char *key, const char *name)
{
    char text[NAME_BYTES];
    pdf_object_set(file, object, key, qpdf_oh_new_name(file, slashed(name, text)));
}

void pdf_object_set_text(struct _qpdf_data *file, unsigned object, const char *key, const char *text)
{
    pdf_object_set(file, object, key, qpdf_oh_new_unicode_string(file, text));
}

void pdf_object_set_integer(struct _qpdf_data *file, unsigned object, const char *key, long long value)
{
    pdf_object_set(file, object, key, qpdf_oh_new_integer(file, value));
}

void pdf_object_set_parsed(struct _qpdf_data *file, unsigned object, const char *key, const char *words)
{
    pdf_object_set(file, object, key, qpdf_oh_parse(file, words));
}

unsigned pdf_object_numbers(struct _qpdf_data *file, const double *numbers, size_t count, int decimals)
{
    unsigned array = qpdf_oh_new_array(file);
    for (size_t i = 0; i < count; i++) {
        qpdf_oh_append_item(file, array, qpdf_oh_new_real_from_double(file, numbers[i], decimals));
    }
    return array;
}

unsigned pdf_object_dictionary(struct _qpdf_data *file, unsigned object, const char *key)
{
    char name[NAME_BYTES];
    unsigned found = qpdf_oh_get_key(file, object, slashed(key, name));
    if (!qpdf_oh_is_dictionary(file, found)) {
        found = qpdf_oh_new_dictionary(file);
        pdf_object_set(file, object, key, found);
    }
    return found;
}
