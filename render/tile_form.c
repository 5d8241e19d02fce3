/*
 * tile_form.c - the table of formats.
 */
#include "render/tile_form.h"

#include <assert.h>

struct format_facts {
    const char *extension;
    const char *content_type;
};

static const struct format_facts formats[TILE_FORMAT_COUNT] = {
    [TILE_PNG] = {"png", "image/png"},
    [TILE_PNG_SMALL] = {"png", "image/png"},
    [TILE_WEBP] = {"webp", "image/webp"},
    [TILE_JPEG] = {"jpg", "image/jpeg"},
    [TILE_MVT] = {"mvt", "application/vnd.mapbox-vector-tile"},
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
