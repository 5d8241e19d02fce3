/*
 * page.c - one cairo surface for the whole document, PDF and SVG into memory. A page's canvases share its
 * context: each saves it, cuts it to its box and puts px of the map where they belong; freeing the canvas
 * restores it.
 *
 * Nothing of the moment or the process gets into the bytes: the date is the one that is told, and the numbers
 * that cairo gives to parts of an SVG, which count on through the life of the process, are counted anew
 * (svg_ids.h).
 *
 * cairo knows neither layers nor places, nor what a figure shows. Where a layer or a leaf begins or ends, a
 * mark is left in the ink of a PDF before more is painted; what was meant by it is noted (pdf_marks.h) and
 * put in its stead when the document is done (pdf_finish.h). Tags of cairo's own would each become an object.
 */
#include "render/canvas/page.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <cairo.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "geo/scale.h"
#include "render/canvas/canvas_internal.h"
#include "render/canvas/image.h"
#include "render/encode/picture_packet.h"
#include "render/encode/png.h"
#include "render/pdf/pdf_finish.h"
#include "render/pdf/pdf_halos.h"
#include "render/pdf/pdf_images.h"
#include "render/pdf/pdf_marks.h"
#include "render/pdf/pdf_metadata.h"
#include "render/symbol/svg_ids.h"
#include "render/text/text_halo.h"

#define PROGRAM "Plottafel " PLOTTAFEL_VERSION
#define DOCUMENT_BYTES_MAX ((size_t)512 << 20)
#define SIDE_MAX_MM 5000.0
#define DPI_USUAL 300
#define DPI_MIN 10
#define DPI_MAX 1200
#define MM_PER_INCH 25.4
#define METADATA_MOST_BYTES 4096
#define PT_PER_MM (72.0 / MM_PER_INCH)

struct page_document {
    enum page_format format;
    double units_per_mm; /* points, or dots of a PNG */
    double dpi;
    struct text_engine *engine; /* borrowed */
    struct buffer bytes;
    struct image *image;    /* PNG */
    struct pdf_marks marks; /* of a PDF, like what follows */
    bool has_new_marks;     /* that are not in the ink yet */
    struct pdf_images images;
    struct pdf_halos halos;
    struct page_metadata metadata; /* a copy */
    struct fault image_fault;      /* why a picture could not be kept; code 0: all were */
    cairo_surface_t *surface;
    cairo_t *cairo;
};

/**
 * For each thing that is painted cairo adds its box to what of a page is ink. Where all of it is at once,
 * that costs nothing. The box is taken out of the ink again.
 */
static void lay_ground(struct page_document *document)
{
    if (document->format == PAGE_PDF) {
        document->marks.pages[document->marks.page_count - 1].has_ground = true;
        cairo_rectangle(document->cairo, 0, 0, SIDE_MAX_MM * PT_PER_MM, SIDE_MAX_MM * PT_PER_MM);
        cairo_fill(document->cairo);
    }
}

static cairo_status_t write_bytes(void *context, const unsigned char *bytes, unsigned length)
{
    struct buffer *buffer = context;
    buffer_append(buffer, bytes, length);
    return buffer->is_full ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

static void set_text(cairo_surface_t *surface, cairo_pdf_metadata_t field, const char *text)
{
    struct buffer line;
    buffer_init(&line, METADATA_MOST_BYTES);
    if (text) {
        buffer_append_line(&line, text);
    }
    if (line.length > 0) {
        cairo_pdf_surface_set_metadata(surface, field, line.bytes);
    }
    buffer_finish(&line);
}

/** Without a date cairo would ask the clock, so there always is one. */
static void set_metadata(cairo_surface_t *surface, const struct page_metadata *metadata)
{
    char date[32];
    bool is_dated = metadata && metadata->made_ms != MOMENT_NONE;
    int64_t made_ms = is_dated ? metadata->made_ms - metadata->made_ms % 1000 : 0;
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, moment_format(made_ms, date));
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, PROGRAM);
    if (metadata) {
        set_text(surface, CAIRO_PDF_METADATA_TITLE, metadata->title);
        set_text(surface, CAIRO_PDF_METADATA_AUTHOR, metadata->author);
        set_text(surface, CAIRO_PDF_METADATA_SUBJECT, metadata->subject);
        set_text(surface, CAIRO_PDF_METADATA_KEYWORDS, metadata->keywords);
    }
}

static cairo_surface_t *open_picture(struct page_document *document, double width_mm, double height_mm,
                                     struct fault *fault)
{
    int width = (int)lround(width_mm * document->units_per_mm);
    int height = (int)lround(height_mm * document->units_per_mm);
    document->image = image_new(width, height, fault);
    if (!document->image) {
        return NULL;
    }
    for (size_t i = 0; i < (size_t)width * (size_t)height; i++) {
        document->image->pixels[i] = 0xffffffffu; /* paper */
    }
    return cairo_image_surface_create_for_data((unsigned char *)document->image->pixels, CAIRO_FORMAT_ARGB32,
                                               width, height, document->image->stride_px * 4);
}

static cairo_surface_t *open_surface(struct page_document *document, double width_mm, double height_mm,
                                     const struct page_metadata *metadata, struct fault *fault)
{
    if (document->format == PAGE_PNG) {
        document->units_per_mm = document->dpi / MM_PER_INCH;
        return open_picture(document, width_mm, height_mm, fault);
    }
    document->units_per_mm = PT_PER_MM;
    double width_pt = width_mm * PT_PER_MM;
    double height_pt = height_mm * PT_PER_MM;
    if (document->format == PAGE_SVG) {
        return cairo_svg_surface_create_for_stream(write_bytes, &document->bytes, width_pt, height_pt);
    }
    cairo_surface_t *surface =
        cairo_pdf_surface_create_for_stream(write_bytes, &document->bytes, width_pt, height_pt);
    set_metadata(surface, metadata);
    return surface;
}

static bool is_sound(struct page_document *document, struct fault *fault)
{
    cairo_status_t status = cairo_status(document->cairo);
    if (status == CAIRO_STATUS_SUCCESS) {
        status = cairo_surface_status(document->surface);
    }
    if (document->image_fault.code != FAULT_NONE) {
        *fault = document->image_fault;
        return false;
    }
    if (document->bytes.is_full) {
        fault_set(fault, FAULT_LIMIT, "the document is larger than %zu MiB", DOCUMENT_BYTES_MAX >> 20);
        return false;
    }
    if (status != CAIRO_STATUS_SUCCESS) {
        fault_set(fault, status == CAIRO_STATUS_NO_MEMORY ? FAULT_MEMORY : FAULT_INTERNAL,
                  "painting a page: %s", cairo_status_to_string(status));
        return false;
    }
    return true;
}

static bool check_size(double width_mm, double height_mm, enum page_format format, double dpi,
                       struct fault *fault)
{
    bool has_size = width_mm >= 1 && height_mm >= 1 && width_mm <= SIDE_MAX_MM && height_mm <= SIDE_MAX_MM;
    if (!has_size) {
        fault_set(fault, FAULT_LIMIT, "a page of %g x %g mm: each side must be 1 to %g mm", width_mm,
                  height_mm, SIDE_MAX_MM);
        return false;
    }
    if (format == PAGE_PNG && !(dpi >= DPI_MIN && dpi <= DPI_MAX)) {
        fault_set(fault, FAULT_LIMIT, "%g dpi: must be %d to %d", dpi, DPI_MIN, DPI_MAX);
        return false;
    }
    return true;
}

struct page_document *page_document_new(enum page_format format, double width_mm, double height_mm,
                                        double dpi, struct text_engine *engine,
                                        const struct page_metadata *metadata, struct fault *fault)
{
    if (!check_size(width_mm, height_mm, format, dpi, fault)) {
        return NULL;
    }
    struct page_document *document = memory_new(1, sizeof *document);
    document->format = format;
    document->dpi = dpi > 0 ? dpi : DPI_USUAL;
    document->engine = engine;
    buffer_init(&document->bytes, DOCUMENT_BYTES_MAX);
    document->marks = pdf_marks_new();
    document->metadata = pdf_metadata_copy(metadata);
    document->surface = open_surface(document, width_mm, height_mm, metadata, fault);
    if (document->surface) {
        document->cairo = cairo_create(document->surface);
        lay_ground(document);
    }
    if (!document->surface || !is_sound(document, fault)) {
        page_document_free(document);
        return NULL;
    }
    return document;
}

void page_document_free(struct page_document *document)
{
    if (document) {
        cairo_destroy(document->cairo);
        cairo_surface_destroy(document->surface);
        image_free(document->image);
        pdf_marks_finish(&document->marks);
        pdf_images_finish(&document->images);
        text_halo_release_fonts(&document->halos);
        pdf_halos_finish(&document->halos);
        pdf_metadata_finish(&document->metadata);
        buffer_finish(&document->bytes);
        free(document);
    }
}

void page_document_without_paper(struct page_document *document)
{
    const struct image *image = document->image;
    if (image) {
        cairo_surface_flush(document->surface);
        memset(image->pixels, 0, (size_t)image->stride_px * (size_t)image->height * sizeof image->pixels[0]);
        cairo_surface_mark_dirty(document->surface);
    }
}

struct canvas *page_canvas(struct page_document *document, struct bbox box_mm, struct point corner_px,
                           struct fault *fault)
{
    if (!is_sound(document, fault)) {
        return NULL;
    }
    cairo_t *cairo = document->cairo;
    cairo_save(cairo);
    cairo_scale(cairo, document->units_per_mm, document->units_per_mm);
    cairo_rectangle(cairo, box_mm.min_x, box_mm.min_y, bbox_width(box_mm), bbox_height(box_mm));
    cairo_clip(cairo);
    cairo_translate(cairo, box_mm.min_x, box_mm.min_y);
    cairo_scale(cairo, SCALE_PIXEL_MM, SCALE_PIXEL_MM);
    cairo_translate(cairo, -corner_px.x, -corner_px.y);
    struct bbox window = {corner_px.x, corner_px.y, corner_px.x + bbox_width(box_mm) / SCALE_PIXEL_MM,
                          corner_px.y + bbox_height(box_mm) / SCALE_PIXEL_MM};
    struct canvas *canvas = canvas_new_vector(cairo, window, document->engine);
    canvas->page = document;
    return canvas;
}

struct page_document *page_of_canvas(const struct canvas *canvas)
{
    return canvas->page;
}

enum page_image page_keep_image(struct page_document *document, const struct image *image,
                                struct image *stand_in)
{
    static const enum page_image answers[] = {[PDF_IMAGE_NOTHING] = PAGE_IMAGE_NOTHING,
                                              [PDF_IMAGE_KEPT] = PAGE_IMAGE_KEPT,
                                              [PDF_IMAGE_FAILED] = PAGE_IMAGE_NOTHING};
    if (!document || document->format != PAGE_PDF) {
        return PAGE_IMAGE_NOT_KEPT;
    }
    return answers[pdf_images_keep(&document->images, image, stand_in->pixels, &document->image_fault)];
}

struct pdf_halos *page_halos(struct page_document *document)
{
    return document->format == PAGE_PDF ? &document->halos : NULL;
}

double page_dots_per_px(const struct page_document *document)
{
    return document->dpi / MM_PER_INCH * SCALE_PIXEL_MM;
}

static bool has_marks(const struct page_document *document)
{
    return document && document->format == PAGE_PDF;
}

/** Of the page: within what can be seen of it now, or else on a page of which all can be. */
static struct point place_of_mark(cairo_t *cairo)
{
    struct bbox sight;
    cairo_clip_extents(cairo, &sight.min_x, &sight.min_y, &sight.max_x, &sight.max_y);
    if (!(bbox_width(sight) > 1 && bbox_height(sight) > 1)) {
        cairo_reset_clip(cairo);
        cairo_clip_extents(cairo, &sight.min_x, &sight.min_y, &sight.max_x, &sight.max_y);
    }
    struct point centre = bbox_centre(sight);
    return (struct point){floor(centre.x), floor(centre.y)};
}

/** A box filled with nothing would not come into the ink. */
static void see_source(cairo_t *cairo)
{
    double alpha;
    bool is_colour =
        cairo_pattern_get_rgba(cairo_get_source(cairo), NULL, NULL, NULL, &alpha) == CAIRO_STATUS_SUCCESS;
    if (is_colour && alpha == 0) {
        cairo_set_source_rgb(cairo, 0, 0, 0);
    }
}

void page_ink(struct page_document *document)
{
    if (!document->has_new_marks) {
        return;
    }
    cairo_t *cairo = document->cairo;
    cairo_save(cairo);
    cairo_identity_matrix(cairo);
    see_source(cairo);
    struct point place = place_of_mark(cairo);
    cairo_new_path(cairo);
    cairo_rectangle(cairo, place.x, place.y, PDF_MARK_WIDTH, PDF_MARK_HEIGHT);
    cairo_fill(cairo);
    cairo_restore(cairo);
    pdf_marks_inked(&document->marks);
    document->has_new_marks = false;
}

void page_layer_begin(struct page_document *document, const char *id, const char *title)
{
    if (has_marks(document)) {
        document->has_new_marks |= pdf_marks_layer_begin(&document->marks, id, title);
    }
}

void page_layer_end(struct page_document *document)
{
    if (has_marks(document)) {
        document->has_new_marks |= pdf_marks_layer_end(&document->marks);
    }
}

void page_tag_begin(struct page_document *document, enum page_tag tag, const char *alternative)
{
    if (has_marks(document)) {
        document->has_new_marks |= pdf_marks_tag_begin(&document->marks, tag, alternative);
    }
}

void page_tag_end(struct page_document *document)
{
    if (has_marks(document)) {
        document->has_new_marks |= pdf_marks_tag_end(&document->marks);
    }
}

void page_place(struct page_document *document, struct bbox box_mm, const struct page_place *place)
{
    if (has_marks(document)) {
        pdf_marks_add_place(&document->marks, box_mm, place);
    }
}

bool page_next(struct page_document *document, struct fault *fault)
{
    if (document->format != PAGE_PDF) {
        fault_set(fault, FAULT_INPUT, "only a PDF has several pages");
        return false;
    }
    page_ink(document);
    cairo_show_page(document->cairo);
    pdf_marks_next_page(&document->marks);
    lay_ground(document);
    return is_sound(document, fault);
}

static char *take_png(struct page_document *document, struct work *work, size_t *length, struct fault *fault)
{
    cairo_surface_flush(document->surface);
    return png_write_told(document->image, (int)lround(document->dpi / MM_PER_INCH * 1000), work, length,
                          fault);
}

/** Takes over the bytes. */
static char *finish_pdf(const struct page_document *document, char *bytes, size_t length,
                        size_t *finished_length, struct fault *fault)
{
    struct pdf_extras extras = {.metadata = &document->metadata,
                                .program = PROGRAM,
                                .marks = &document->marks,
                                .images = &document->images,
                                .halos = &document->halos};
    char *finished = pdf_finish(bytes, length, &extras, finished_length, fault);
    free(bytes);
    return finished;
}

/** Takes over the bytes. Those of a plate, or of a page behind the first, say nothing of themselves. */
static char *finish_picture(const struct page_document *document, char *bytes, size_t *length)
{
    const char *type = document->format == PAGE_PNG ? "image/png" : "image/svg+xml";
    if (!bytes || !document->metadata.is_sealable) {
        return bytes;
    }
    size_t packet_length;
    char *packet = pdf_metadata_packet_of_picture(&document->metadata, PROGRAM, type, &packet_length);
    bytes = picture_packet_put(bytes, length, packet, packet_length);
    free(packet);
    return bytes;
}

static char *take_svg(struct page_document *document, size_t *length)
{
    char *bytes = buffer_take(&document->bytes, length);
    char *renumbered = svg_ids_renumber(bytes, *length, length);
    free(bytes);
    return finish_picture(document, renumbered, length);
}

char *page_document_take_told(struct page_document *document, struct work *work, size_t *length,
                              struct fault *fault)
{
    if (document->format != PAGE_PNG) {
        page_ink(document);
        cairo_show_page(document->cairo);
        cairo_surface_finish(document->surface);
    }
    if (!is_sound(document, fault)) {
        return NULL;
    }
    if (document->format == PAGE_PNG) {
        return finish_picture(document, take_png(document, work, length, fault), length);
    }
    if (document->format == PAGE_SVG) {
        return take_svg(document, length);
    }
    char *bytes = buffer_take(&document->bytes, length);
    return finish_pdf(document, bytes, *length, length, fault);
}

char *page_document_take(struct page_document *document, size_t *length, struct fault *fault)
{
    return page_document_take_told(document, NULL, length, fault);
}
