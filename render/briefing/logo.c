/*
 * logo.c - a PNG is judged by its header and by where it ends, an SVG as well-formed XML by its root.
 */
#include "render/briefing/logo.h"

#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "geo/base/hash.h"
#include "geo/base/memory.h"
#include "geo/base/problems.h"
#include "geo/base/xml.h"

#define PNG_HEADER_BYTES 33 /* signature and IHDR */
#define PNG_END_BYTES 12    /* IEND */

static const unsigned char png_signature[8] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

static uint32_t big_endian(const char *bytes)
{
    const unsigned char *at = (const unsigned char *)bytes;
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static bool is_png(const struct logo *logo)
{
    return logo->length >= sizeof png_signature &&
           memcmp(logo->bytes, png_signature, sizeof png_signature) == 0;
}

static bool check_png(struct logo *logo, struct fault *fault)
{
    bool is_whole = logo->length >= PNG_HEADER_BYTES + PNG_END_BYTES &&
                    memcmp(logo->bytes + 12, "IHDR", 4) == 0 &&
                    memcmp(logo->bytes + logo->length - 8, "IEND", 4) == 0;
    uint64_t width = is_whole ? big_endian(logo->bytes + 16) : 0;
    uint64_t height = is_whole ? big_endian(logo->bytes + 20) : 0;
    if (width == 0 || height == 0) {
        fault_set(fault, FAULT_INPUT, "is a broken PNG");
        return false;
    }
    if (width > LOGO_DOTS_MAX || height > LOGO_DOTS_MAX || width * height > LOGO_DOTS_MAX) {
        fault_set(fault, FAULT_LIMIT, "has %llu x %llu dots, and %d million in all are allowed",
                  (unsigned long long)width, (unsigned long long)height, LOGO_DOTS_MAX / 1000000);
        return false;
    }
    logo->shape = (double)width / (double)height;
    return true;
}

/** Two numbers of a viewBox or of width and height; 0 when they say nothing (100%). */
static double shape_of_svg(const struct xml_node *root)
{
    const char *box = xml_attribute(root, "viewBox");
    double sides[4] = {0};
    const char *at = box ? box : "";
    for (int i = 0; i < 4; i++) {
        char *end;
        sides[i] = strtod(at, &end);
        at = end + strspn(end, " ,\t\r\n");
    }
    if (sides[2] > 0 && sides[3] > 0) {
        return sides[2] / sides[3];
    }
    const char *width = xml_attribute(root, "width");
    const char *height = xml_attribute(root, "height");
    bool is_said = width && height && !strchr(width, '%') && !strchr(height, '%');
    double high = is_said ? strtod(height, NULL) : 0;
    return high > 0 ? strtod(width, NULL) / high : 0;
}

/**
 * What a logo cannot have: pictures (those of elsewhere are never read, and would be missing in silence) and
 * filters, some of which take for ever to draw.
 */
static bool check_elements(const struct xml_node *element, struct fault *fault)
{
    static const char *const refused[] = {"image", "feImage", "filter", "foreignObject"};
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        if (strcmp(xml_name(element), refused[i]) == 0) {
            fault_set(fault, FAULT_INPUT,
                      "is an SVG with <%s>, which a logo cannot have: draw it as paths, or give a PNG",
                      refused[i]);
            return false;
        }
    }
    for (const struct xml_node *child = xml_first(element); child; child = xml_next(child)) {
        if (!check_elements(child, fault)) {
            return false;
        }
    }
    return true;
}

static bool check_svg(struct logo *logo, struct fault *fault)
{
    struct problems problems;
    problems_init(&problems);
    struct xml_document *document = xml_document_parse("", logo->bytes, logo->length, &problems);
    const struct xml_node *root = document ? xml_document_root(document) : NULL;
    bool is_svg = root && strcmp(xml_name(root), "svg") == 0;
    logo->shape = is_svg ? shape_of_svg(root) : 0;
    if (!document) {
        fault_set(fault, FAULT_INPUT, "is neither a PNG nor a whole SVG: %s",
                  problems.count > 0 ? problems.items[0].sentence : "it cannot be read");
    } else if (!is_svg) {
        fault_set(fault, FAULT_INPUT, "is XML, but no SVG");
    } else if (!(logo->shape > 0)) {
        fault_set(fault, FAULT_INPUT, "is an SVG that has neither a viewBox nor a width and a height");
    }
    bool is_good = is_svg && logo->shape > 0 && check_elements(root, fault);
    xml_document_free(document);
    problems_finish(&problems);
    return is_good;
}

static bool check_shape(const struct logo *logo, struct fault *fault)
{
    if (logo->shape <= LOGO_SHAPE_MAX && 1 / logo->shape <= LOGO_SHAPE_MAX) {
        return true;
    }
    fault_set(fault, FAULT_INPUT, "is too long and narrow: at most %.0f times as long as wide",
              LOGO_SHAPE_MAX);
    return false;
}

struct logo *logo_read(const char *path, struct fault *fault)
{
    struct logo logo = {0};
    logo.bytes = file_read(path, LOGO_BYTES_MAX, &logo.length, fault);
    if (!logo.bytes) {
        return NULL;
    }
    logo.is_svg = !is_png(&logo);
    bool is_good = logo.is_svg ? check_svg(&logo, fault) : check_png(&logo, fault);
    if (!is_good || !check_shape(&logo, fault)) {
        free(logo.bytes);
        return NULL;
    }
    struct logo *result = memory_new(1, sizeof *result);
    *result = logo;
    return result;
}

/** Does a file that is there lie in a folder or below it, all links followed? */
static bool lies_within(const char *path, const char *folder)
{
    char *whole = realpath(path, NULL);
    char *around = realpath(folder, NULL);
    size_t length = around ? strlen(around) : 0;
    bool is_within = whole && around && strncmp(whole, around, length) == 0 &&
                     (whole[length] == '/' || strcmp(around, "/") == 0);
    free(whole);
    free(around);
    return is_within;
}

struct logo *logo_read_beside(const char *file, const char *name, struct fault *fault)
{
    char *path = file_path_beside(file, name);
    char *folder = file_path_beside(file, ".");
    struct logo *logo = NULL;
    if (file_exists(path) && !lies_within(path, folder)) {
        fault_set(fault, FAULT_DENIED, "lies outside the folder of the template");
    } else {
        logo = logo_read(path, fault);
    }
    free(path);
    free(folder);
    return logo;
}

struct logo *logo_copy(const struct logo *logo)
{
    if (!logo) {
        return NULL;
    }
    struct logo *copy = memory_new(1, sizeof *copy);
    *copy = *logo;
    copy->bytes = memory_new(logo->length + 1, 1);
    memcpy(copy->bytes, logo->bytes, logo->length);
    return copy;
}

void logo_free(struct logo *logo)
{
    if (logo) {
        free(logo->bytes);
        free(logo);
    }
}

uint64_t logo_hash(uint64_t hash, const struct logo *logo)
{
    return logo ? hash_bytes(hash, logo->bytes, logo->length) : hash;
}
