/*
 * pdf_colour_profile.c - a profile of a display: its three primaries, adapted to D50 (Bradford), and one
 * curve for all three. The curve is sampled: version 2 knows no formula for it, and every reader takes
 * version 2.
 */
#include "render/pdf/pdf_colour_profile.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "geo/base/buffer.h"

#define PROFILE_BYTES_MAX 16384
#define CURVE_COUNT 1024
#define HEADER_BYTES 128
#define ENTRY_BYTES 12

/** Where a tag's data stand. */
struct entry {
    const char *name; /* four letters */
    uint32_t at;
    uint32_t length;
};

static void append_number(struct buffer *out, uint32_t number, int bytes)
{
    for (int i = bytes - 1; i >= 0; i--) {
        char byte = (char)(number >> (8 * i) & 0xff);
        buffer_append(out, &byte, 1);
    }
}

static void append_zeros(struct buffer *out, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        buffer_append(out, "", 1);
    }
}

/** s15Fixed16 */
static void append_fixed(struct buffer *out, double number)
{
    append_number(out, (uint32_t)(int32_t)lround(number * 65536), 4);
}

static void append_header(struct buffer *out, uint32_t length)
{
    append_number(out, length, 4);
    append_zeros(out, 4);
    append_number(out, 0x02400000, 4); /* version 2.4 */
    buffer_append_text(out, "mntrRGB XYZ ");
    static const uint16_t date[6] = {2026, 1, 1, 0, 0, 0};
    for (int i = 0; i < 6; i++) {
        append_number(out, date[i], 2);
    }
    buffer_append_text(out, "acsp");
    append_zeros(out, 28);
    append_fixed(out, 0.9642); /* D50 */
    append_fixed(out, 1);
    append_fixed(out, 0.8249);
    append_zeros(out, HEADER_BYTES - 80);
}

static void append_colour(struct buffer *out, double x, double y, double z)
{
    buffer_append_text(out, "XYZ ");
    append_zeros(out, 4);
    append_fixed(out, x);
    append_fixed(out, y);
    append_fixed(out, z);
}

static void append_curve(struct buffer *out)
{
    buffer_append_text(out, "curv");
    append_zeros(out, 4);
    append_number(out, CURVE_COUNT, 4);
    for (int i = 0; i < CURVE_COUNT; i++) {
        double value = (double)i / (CURVE_COUNT - 1);
        double light = value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
        append_number(out, (uint32_t)lround(light * 65535), 2);
    }
}

static void append_description(struct buffer *out, const char *text)
{
    uint32_t length = (uint32_t)strlen(text) + 1;
    buffer_append_text(out, "desc");
    append_zeros(out, 4);
    append_number(out, length, 4);
    buffer_append(out, text, length);
    append_zeros(out, 4 + 4 + 2 + 1 + 67); /* no name in Unicode, none for old Macs */
}

static void append_copyright(struct buffer *out, const char *text)
{
    buffer_append_text(out, "text");
    append_zeros(out, 4);
    buffer_append(out, text, strlen(text) + 1);
}

/** Notes where the next data begin: at a multiple of four. */
static struct entry begin_entry(struct buffer *data, const char *name, uint32_t start)
{
    append_zeros(data, (4 - data->length % 4) % 4);
    return (struct entry){name, start + (uint32_t)data->length, 0};
}

static void end_entry(const struct buffer *data, struct entry *entry, uint32_t start)
{
    entry->length = start + (uint32_t)data->length - entry->at;
}

#define ENTRY_COUNT 9

/** The data of all tags; red, green and blue share one curve. */
static void append_data(struct buffer *data, uint32_t start, struct entry entries[ENTRY_COUNT])
{
    static const struct {
        const char *name;
        double x, y, z;
    } colours[] = {{"wtpt", 0.9642, 1, 0.8249},
                   {"rXYZ", 0.43606567, 0.22248840, 0.01391602},
                   {"gXYZ", 0.38514709, 0.71687317, 0.09707642},
                   {"bXYZ", 0.14306641, 0.06060791, 0.71409607}};
    size_t count = 0;
    entries[count] = begin_entry(data, "desc", start);
    append_description(data, "sRGB IEC61966-2.1");
    end_entry(data, &entries[count++], start);
    entries[count] = begin_entry(data, "cprt", start);
    append_copyright(data, "No copyright, use freely");
    end_entry(data, &entries[count++], start);
    for (size_t i = 0; i < sizeof colours / sizeof colours[0]; i++) {
        entries[count] = begin_entry(data, colours[i].name, start);
        append_colour(data, colours[i].x, colours[i].y, colours[i].z);
        end_entry(data, &entries[count++], start);
    }
    entries[count] = begin_entry(data, "rTRC", start);
    append_curve(data);
    end_entry(data, &entries[count], start);
    entries[count + 1] = (struct entry){"gTRC", entries[count].at, entries[count].length};
    entries[count + 2] = (struct entry){"bTRC", entries[count].at, entries[count].length};
}

char *pdf_colour_profile(size_t *length)
{
    struct entry entries[ENTRY_COUNT];
    struct buffer data;
    struct buffer out;
    uint32_t start = HEADER_BYTES + 4 + ENTRY_COUNT * ENTRY_BYTES;
    buffer_init(&data, PROFILE_BYTES_MAX);
    buffer_init(&out, PROFILE_BYTES_MAX);
    append_data(&data, start, entries);
    append_zeros(&data, (4 - data.length % 4) % 4);
    append_header(&out, start + (uint32_t)data.length);
    append_number(&out, ENTRY_COUNT, 4);
    for (int i = 0; i < ENTRY_COUNT; i++) {
        buffer_append_text(&out, entries[i].name);
        append_number(&out, entries[i].at, 4);
        append_number(&out, entries[i].length, 4);
    }
    buffer_append(&out, data.bytes, data.length);
    buffer_finish(&data);
    return buffer_take(&out, length);
}
