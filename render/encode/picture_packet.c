/*
 * picture_packet.c - an SVG has it as the first of its elements, where no text of the picture can stand.
 */
#include "render/encode/picture_packet.h"

#include <stdbool.h>
#include <string.h>

#include "geo/base/memory.h"
#include "render/encode/png_packet.h"

#define SVG_HEAD_MOST_BYTES ((size_t)4096)

static const char opening[] = "<metadata>\n";
static const char closing[] = "</metadata>\n";

/** Behind the tag that opens an SVG and the end of its line; NULL: it is none. */
static const char *svg_place(const char *bytes, size_t length)
{
    size_t looked_at = length < SVG_HEAD_MOST_BYTES ? length : SVG_HEAD_MOST_BYTES;
    const char *tag = memmem(bytes, looked_at, "<svg", 4);
    const char *end = tag ? memchr(tag, '>', looked_at - (size_t)(tag - bytes)) : NULL;
    if (!end) {
        return NULL;
    }
    bool has_line = end + 1 < bytes + length && end[1] == '\n';
    return end + (has_line ? 2 : 1);
}

static char *put_into_svg(char *bytes, size_t *length, const char *packet, size_t packet_length)
{
    const char *place = svg_place(bytes, *length);
    if (!place) {
        return bytes;
    }
    size_t before = (size_t)(place - bytes);
    size_t opening_length = strlen(opening);
    size_t more = opening_length + packet_length + strlen(closing);
    char *file = memory_resize(bytes, *length + more, 1);
    char *at = file + before;
    memmove(at + more, at, *length - before);
    memcpy(at, opening, opening_length);
    memcpy(at + opening_length, packet, packet_length);
    memcpy(at + opening_length + packet_length, closing, strlen(closing));
    *length += more;
    return file;
}

char *picture_packet_put(char *bytes, size_t *length, const char *packet, size_t packet_length)
{
    if (packet_length > PICTURE_PACKET_MOST_BYTES) {
        return bytes;
    }
    if (png_packet_has_place(bytes, *length)) {
        return png_packet_put(bytes, length, packet, packet_length);
    }
    return put_into_svg(bytes, length, packet, packet_length);
}

static const char *find_in_svg(const char *bytes, size_t length, size_t *packet_length)
{
    const char *place = svg_place(bytes, length);
    size_t opening_length = strlen(opening);
    size_t left = place ? length - (size_t)(place - bytes) : 0;
    if (left < opening_length || memcmp(place, opening, opening_length) != 0) {
        return NULL;
    }
    const char *packet = place + opening_length;
    left -= opening_length;
    left = left < PICTURE_PACKET_MOST_BYTES ? left : PICTURE_PACKET_MOST_BYTES;
    const char *end = memmem(packet, left, closing, strlen(closing));
    *packet_length = end ? (size_t)(end - packet) : 0;
    return end ? packet : NULL;
}

const char *picture_packet_find(const char *bytes, size_t length, size_t *packet_length)
{
    return png_packet_has_place(bytes, length) ? png_packet_find(bytes, length, packet_length)
                                               : find_in_svg(bytes, length, packet_length);
}
