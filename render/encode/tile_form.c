/*
 * tile_form.c - the table of formats.
 */
#include "render/encode/tile_form.h"

#include <assert.h>
#include <string.h>
#include <strings.h>

struct format_facts {
    const char *extension;
    const char *content_type;
    const char *name;
    const char *other_name;
};

static const struct format_facts formats[TILE_FORMAT_COUNT] = {
    [TILE_PNG] = {"png", "image/png", "png", NULL},
    [TILE_PNG_SMALL] = {"png", "image/png", "png8", "png-small"},
    [TILE_WEBP] = {"webp", "image/webp", "webp", NULL},
    [TILE_JPEG] = {"jpg", "image/jpeg", "jpg", "jpeg"},
    [TILE_MVT] = {"mvt", "application/vnd.mapbox-vector-tile", "mvt", "pbf"},
};

struct tile_form tile_form_plain(void)
{
    return (struct tile_form){.format = TILE_PNG, .pixel_ratio = 1, .size_px = TILE_SIZE_PX};
}

bool tile_form_equals(struct tile_form a, struct tile_form b)
{
    return a.format == b.format && a.pixel_ratio == b.pixel_ratio && a.size_px == b.size_px;
}

bool tile_form_is_valid(struct tile_form form)
{
    bool is_size = form.size_px == TILE_SIZE_PX || form.size_px == TILE_SIZE_LARGE_PX;
    bool is_vector = form.format == TILE_MVT;
    return (unsigned)form.format < TILE_FORMAT_COUNT && is_size && form.pixel_ratio >= 1 &&
           form.pixel_ratio <= 3 &&
           (!is_vector || (form.pixel_ratio == 1 && form.size_px == TILE_SIZE_LARGE_PX));
}

const char *tile_format_extension(enum tile_format format)
{
    assert(format < TILE_FORMAT_COUNT);
    return formats[format].extension;
}

const char *tile_format_content_type(enum tile_format format)
{
    assert(format < TILE_FORMAT_COUNT);
    return formats[format].content_type;
}

const char *tile_format_name(enum tile_format format)
{
    assert(format < TILE_FORMAT_COUNT);
    return formats[format].name;
}

bool tile_format_find(const char *name, enum tile_format *format)
{
    for (int i = 0; i < TILE_FORMAT_COUNT; i++) {
        const char *other_name = formats[i].other_name;
        if (strcmp(name, formats[i].name) == 0 || (other_name && strcmp(name, other_name) == 0)) {
            *format = (enum tile_format)i;
            return true;
        }
    }
    return false;
}

bool tile_format_find_content_type(const char *content_type, enum tile_format *format)
{
    static const char *const of_small[] = {"image/png; mode=8bit", "image/png;mode=8bit", "image/png8"};
    for (size_t i = 0; i < sizeof of_small / sizeof *of_small; i++) {
        if (strcasecmp(content_type, of_small[i]) == 0) {
            *format = TILE_PNG_SMALL;
            return true;
        }
    }
    for (int i = 0; i < TILE_FORMAT_COUNT; i++) {
        if (strcasecmp(content_type, formats[i].content_type) == 0) {
            *format = (enum tile_format)i;
            return true;
        }
    }
    return false;
}
