#include "render/pdf/pdf_finish.h"

#include <qpdf/qpdf-c.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "render/encode/gzip.h"
#include "render/pdf/pdf_colour_profile.h"
#include "render/pdf/pdf_content.h"
#include "render/pdf/pdf_halos.h"
#include "render/pdf/pdf_images.h"
#include "render/pdf/pdf_layers.h"
#include "render/pdf/pdf_marks.h"
#include "render/pdf/pdf_metadata.h"
#include "render/pdf/pdf_object.h"
#include "render/pdf/pdf_place.h"
#include "render/pdf/pdf_structure.h"

#define CONTENT_BYTES_MAX ((size_t)512 << 20)

struct finishing {
    qpdf_data file;
    const struct pdf_extras *extras;
    struct pdf_inked inked; /* outlines: of the page at hand */
    unsigned *forms;        /* of each outline of a halo; 0: not made yet */
};

static bool is_failure(qpdf_data file, QPDF_ERROR_CODE code, struct fault *fault)
{
    if ((code & QPDF_ERRORS) == 0) {
        return false;
    }
    qpdf_error error = qpdf_get_error(file);
    fault_set(fault, FAULT_INTERNAL, "finishing a PDF: %s",
              error ? qpdf_get_error_full_text(file, error) : "no reason is given");
    return true;
}

static bool replace_content(qpdf_data file, size_t number, const struct buffer *content, struct fault *fault)
{
    size_t length;
    char *packed = zlib_pack(content->bytes, content->length, &length, fault);
    if (!packed) {
        return false;
    }
    unsigned stream = pdf_object_new_stream(file, "", 0);
    qpdf_oh_replace_stream_data(file, stream, (const unsigned char *)packed, length,
                                qpdf_oh_new_name(file, "/FlateDecode"), qpdf_oh_new_null(file));
    free(packed);
    pdf_object_set(file, qpdf_get_page_n(file, number), "Contents", stream);
    return true;
}

static bool finish_page(struct finishing *finishing, size_t number, struct fault *fault)
{
    qpdf_data file = finishing->file;
    const struct pdf_marks *marks = finishing->extras->marks;
    const struct pdf_halos *halos = finishing->extras->halos;
    memset(finishing->inked.outlines, 0, halos->outline_count * sizeof *finishing->inked.outlines);
    unsigned page = qpdf_get_page_n(file, number);
    unsigned char *bytes = NULL;
    size_t length = 0;
    if (is_failure(file, qpdf_oh_get_page_content_data(file, page, &bytes, &length), fault)) {
        return false;
    }
    struct buffer content;
    buffer_init(&content, CONTENT_BYTES_MAX);
    bool is_done = pdf_content_rewrite(marks, halos, number, (const char *)bytes, length, &content,
                                       &finishing->inked, fault);
    free(bytes);
    if (is_done && content.is_full) {
        fault_set(fault, FAULT_LIMIT, "page %zu of a PDF is larger than %zu MiB", number + 1,
                  CONTENT_BYTES_MAX >> 20);
        is_done = false;
    }
    is_done = is_done && replace_content(file, number, &content, fault);
    buffer_finish(&content);
    if (is_done) {
        unsigned box = qpdf_oh_get_key(file, page, "/MediaBox");
        double height_pt = qpdf_oh_get_numeric_value(file, qpdf_oh_get_array_item(file, box, 3));
        pdf_place_write(file, &marks->pages[number], number, height_pt);
        pdf_halos_write(file, halos, page, finishing->inked.outlines, finishing->forms);
    }
    return is_done;
}

static bool finish_pages(struct finishing *finishing, struct fault *fault)
{
    const struct pdf_marks *marks = finishing->extras->marks;
    int count = qpdf_get_num_pages(finishing->file);
    if (count < 0 || (size_t)count != marks->page_count) {
        fault_set(fault, FAULT_INTERNAL, "a PDF has %d pages instead of %zu", count, marks->page_count);
        return false;
    }
    for (size_t i = 0; i < marks->page_count; i++) {
        if (!finish_page(finishing, i, fault)) {
            return false;
        }
    }
    return true;
}

static void write_metadata(qpdf_data file, const struct pdf_extras *extras)
{
    size_t length;
    char *packet = pdf_metadata_packet(extras->metadata, extras->program, &length);
    unsigned stream = pdf_object_new_stream(file, packet, length);
    free(packet);
    pdf_object_set_name(file, stream, "Type", "Metadata");
    pdf_object_set_name(file, stream, "Subtype", "XML");
    pdf_object_set(file, qpdf_get_root(file), "Metadata", stream);
}

static void write_colour_profile(qpdf_data file)
{
    size_t length;
    char *profile = pdf_colour_profile(&length);
    unsigned stream = pdf_object_new_stream(file, profile, length);
    free(profile);
    pdf_object_set_integer(file, stream, "N", 3);
    unsigned intent = pdf_object_new(file, "OutputIntent");
    pdf_object_set_name(file, intent, "S", "GTS_PDFA1");
    pdf_object_set_text(file, intent, "OutputConditionIdentifier", "sRGB");
    pdf_object_set_text(file, intent, "Info", "sRGB IEC61966-2.1");
    pdf_object_set(file, intent, "DestOutputProfile", stream);
    pdf_object_set(file, qpdf_get_root(file), "OutputIntents", qpdf_oh_wrap_in_array(file, intent));
}

static void write_catalogue(qpdf_data file, const struct pdf_extras *extras, const bool *inked_layers)
{
    const char *language = extras->metadata->language;
    pdf_object_set_text(file, qpdf_get_root(file), "Lang", language ? language : "und");
    pdf_object_set_parsed(file, qpdf_get_root(file), "ViewerPreferences", "<</DisplayDocTitle true>>");
    pdf_layers_write(file, extras->marks, inked_layers);
    pdf_structure_write(file, extras->marks);
    write_metadata(file, extras);
    write_colour_profile(file);
}

static char *write_file(qpdf_data file, size_t *length, struct fault *fault)
{
    if (is_failure(file, qpdf_init_write_memory(file), fault)) {
        return NULL;
    }
    qpdf_set_object_stream_mode(file, qpdf_o_generate);
    qpdf_set_stream_data_mode(file, qpdf_s_compress);
    qpdf_set_decode_level(file, qpdf_dl_none);
    qpdf_set_newline_before_endstream(file, QPDF_TRUE); /* PDF/A */
    qpdf_set_deterministic_ID(file, QPDF_TRUE);
    qpdf_force_pdf_version(file, "1.7");
    if (is_failure(file, qpdf_write(file), fault)) {
        return NULL;
    }
    *length = qpdf_get_buffer_length(file);
    return memory_copy_bytes(qpdf_get_buffer(file), *length);
}

char *pdf_finish(const char *bytes, size_t length, const struct pdf_extras *extras, size_t *finished_length,
                 struct fault *fault)
{
    qpdf_data file = qpdf_init();
    qpdf_set_suppress_warnings(file, QPDF_TRUE); /* cairo names some resources twice */
    char *finished = NULL;
    struct finishing finishing = {
        .file = file,
        .extras = extras,
        .inked = {.layers = memory_new(extras->marks->layer_count, sizeof(bool)),
                  .outlines = memory_new(extras->halos->outline_count, sizeof(bool))},
        .forms = memory_new(extras->halos->outline_count, sizeof(unsigned))};
    if (!is_failure(file, qpdf_read_memory(file, "page", bytes, length, NULL), fault) &&
        finish_pages(&finishing, fault)) {
        pdf_images_write(file, extras->images);
        write_catalogue(file, extras, finishing.inked.layers);
        finished = write_file(file, finished_length, fault);
    }
    free(finishing.inked.layers);
    free(finishing.inked.outlines);
    free(finishing.forms);
    qpdf_cleanup(&file);
    return finished;
}
