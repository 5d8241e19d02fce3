#include "render/encode/png_packet.h"

#include <libdeflate.h>
#include <stdint.h>
#include <string.h>

#include "geo/base/memory.h"
#include "render/encode/picture_packet.h"

#define PLACE_BYTES 33 /* signature and IHDR */

/* Name of the chunk and of the text; not compressed, in no language, not translated. */
static const char head[] = "iTXtXML:com.adobe.xmp\0\0\0\0";

#define HEAD_BYTES sizeof(head) /* with the 0 at its end, the fifth after the name */

static void put_u32(char *bytes, uint32_t number)
{
    for (int i = 0; i < 4; i++) {
        bytes[i] = (char)(number >> (24 - 8 * i));
    }
}

static uint32_t get_u32(const char *bytes)
{
    uint32_t number = 0;
    for (int i = 0; i < 4; i++) {
        number = number << 8 | (unsigned char)bytes[i];
    }
    return number;
}

bool png_packet_has_place(const char *bytes, size_t length)
{
    return length >= PLACE_BYTES && memcmp(bytes, "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16) == 0;
}

char *png_packet_put(char *bytes, size_t *length, const char *packet, size_t packet_length)
{
    size_t text_length = HEAD_BYTES + packet_length;
    size_t more = 4 + text_length + 4;
    char *file = memory_resize(bytes, *length + more, 1);
    char *chunk = file + PLACE_BYTES;
    memmove(chunk + more, chunk, *length - PLACE_BYTES);
    put_u32(chunk, (uint32_t)(text_length - 4));
    memcpy(chunk + 4, head, HEAD_BYTES);
    memcpy(chunk + 4 + HEAD_BYTES, packet, packet_length);
    put_u32(chunk + 4 + text_length, libdeflate_crc32(0, chunk + 4, text_length));
    *length += more;
    return file;
}

const char *png_packet_find(const char *bytes, size_t length, size_t *packet_length)
{
    size_t start = PLACE_BYTES + 4 + HEAD_BYTES;
    if (length < start || memcmp(bytes + PLACE_BYTES + 4, head, HEAD_BYTES) != 0) {
        return NULL;
    }
    size_t text_length = get_u32(bytes + PLACE_BYTES) + (size_t)4;
    bool is_whole = text_length >= HEAD_BYTES && text_length - HEAD_BYTES <= length - start;
    *packet_length = is_whole ? text_length - HEAD_BYTES : 0;
    return is_whole ? bytes + start : NULL;
}
