/*
 * mvt_reader.h - reads vector tiles for tests, by the text of the specification and not by our writer.
 *
 * Included by one file of a program. What is not as the specification says fails the test.
 */
#ifndef TESTS_SUPPORT_MVT_READER_H
#define TESTS_SUPPORT_MVT_READER_H

#include <check.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "geo/shape.h"

#define MVT_READ_TAGS 64

/** A message, or what is left of it. */
struct mvt_bytes {
    const unsigned char *at;
    const unsigned char *end;
};

struct mvt_feature {
    char layer[128];
    uint64_t id;
    struct shape *shape; /* units of the tile; owned */
    char *keys[MVT_READ_TAGS];
    char *values[MVT_READ_TAGS]; /* numbers as "%g"; owned, as the keys */
    size_t tag_count;
};

/** All features of a tile. */
struct mvt_tile {
    struct mvt_feature *features;
    size_t count;
    size_t layer_count;
};

static inline uint64_t mvt_read_varint(struct mvt_bytes *bytes)
{
    uint64_t number = 0;
    for (int shift = 0; shift < 64; shift += 7) {
        ck_assert_msg(bytes->at < bytes->end, "a number breaks off");
        unsigned char byte = *bytes->at++;
        number |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80) {
            return number;
        }
    }
    ck_abort_msg("a number has more than 64 bits");
    return 0;
}

static inline int64_t mvt_read_signed(struct mvt_bytes *bytes)
{
    uint64_t number = mvt_read_varint(bytes);
    return (int64_t)(number >> 1) ^ -(int64_t)(number & 1);
}

/** The bytes of a field of that form. */
static inline struct mvt_bytes mvt_read_bytes(struct mvt_bytes *bytes)
{
    uint64_t length = mvt_read_varint(bytes);
    ck_assert_uint_le(length, (uint64_t)(bytes->end - bytes->at));
    struct mvt_bytes part = {bytes->at, bytes->at + length};
    bytes->at += length;
    return part;
}

static inline char *mvt_read_text(struct mvt_bytes *bytes)
{
    struct mvt_bytes text = mvt_read_bytes(bytes);
    return memory_copy_bytes(text.at, (size_t)(text.end - text.at));
}

/** Passes over a field of a form. */
static inline void mvt_skip(struct mvt_bytes *bytes, unsigned form)
{
    if (form == 0) {
        mvt_read_varint(bytes);
    } else if (form == 2) {
        mvt_read_bytes(bytes);
    } else {
        size_t length = form == 1 ? 8 : 4;
        ck_assert(form == 1 || form == 5);
        ck_assert_uint_le(length, (size_t)(bytes->end - bytes->at));
        bytes->at += length;
    }
}

static inline char *mvt_read_value(struct mvt_bytes value)
{
    uint64_t key = mvt_read_varint(&value);
    char text[64];
    double number;
    switch (key) {
    case 1 << 3 | 2:
        return mvt_read_text(&value);
    case 3 << 3 | 1:
        memcpy(&number, value.at, 8);
        snprintf(text, sizeof text, "%g", number);
        return memory_copy_text(text);
    case 6 << 3 | 0:
        snprintf(text, sizeof text, "%lld", (long long)mvt_read_signed(&value));
        return memory_copy_text(text);
    default:
        ck_abort_msg("a value is none that we write: %llu", (unsigned long long)key);
    }
    return NULL;
}

/** 4.3.4: what each kind of geometry is made of. */
static inline struct shape *mvt_read_geometry(struct mvt_bytes bytes, uint64_t kind)
{
    ck_assert(kind >= 1 && kind <= 3);
    struct shape *shape = shape_new((enum shape_kind)(kind - 1));
    size_t room = (size_t)(bytes.end - bytes.at) + 2;
    struct point *points = memory_new(room, sizeof *points);
    size_t count = 0;
    int64_t x = 0;
    int64_t y = 0;
    while (bytes.at < bytes.end) {
        uint64_t word = mvt_read_varint(&bytes);
        unsigned command = word & 7;
        uint64_t repeats = word >> 3;
        ck_assert_uint_gt(repeats, 0);
        if (command == 7) {
            ck_assert(kind == 3 && repeats == 1 && count >= 3);
            points[count++] = points[0];
            double area = 0;
            for (size_t i = 0; i + 1 < count; i++) {
                area += points[i].x * points[i + 1].y - points[i + 1].x * points[i].y;
            }
            ck_assert_double_ne(area, 0);
            ck_assert_msg(area > 0 || shape->part_count > 0, "the first ring is a hole");
            shape_add_part(shape, points, count, area < 0);
            count = 0;
            continue;
        }
        ck_assert(command == 1 || command == 2);
        if (command == 1 && kind == 2 && count > 0) {
            shape_add_part(shape, points, count, false);
            count = 0;
        }
        ck_assert_msg(command == 1 ? count == 0 && (kind == 1 || repeats == 1) : count == 1,
                      "a part of kind %u begins or goes on where it must not", (unsigned)kind);
        for (uint64_t i = 0; i < repeats; i++) {
            int64_t across = mvt_read_signed(&bytes);
            int64_t down = mvt_read_signed(&bytes);
            ck_assert_msg(command == 1 || across != 0 || down != 0, "a step leads nowhere");
            x += across;
            y += down;
            points[count++] = (struct point){(double)x, (double)y};
            if (kind == 1) {
                shape_add_part(shape, points, 1, false);
                count = 0;
            }
        }
    }
    if (kind == 2) {
        ck_assert_uint_ge(count, 2);
        shape_add_part(shape, points, count, false);
    }
    ck_assert(kind != 3 || count == 0);
    ck_assert_uint_gt(shape->part_count, 0);
    free(points);
    return shape;
}

/** Keys and values of a layer. */
struct mvt_dictionary {
    char *texts[4096];
    size_t count;
};

static inline void mvt_dictionary_add(struct mvt_dictionary *dictionary, char *text)
{
    ck_assert_uint_lt(dictionary->count, 4096);
    dictionary->texts[dictionary->count++] = text;
}

static inline void mvt_dictionary_finish(struct mvt_dictionary *dictionary)
{
    for (size_t i = 0; i < dictionary->count; i++) {
        free(dictionary->texts[i]);
    }
    dictionary->count = 0;
}

static inline void mvt_read_feature(struct mvt_bytes bytes, struct mvt_tile *tile, const char *layer,
                                    const struct mvt_dictionary *keys, const struct mvt_dictionary *values)
{
    tile->features = memory_resize(tile->features, tile->count + 1, sizeof *tile->features);
    struct mvt_feature *feature = &tile->features[tile->count++];
    *feature = (struct mvt_feature){.tag_count = 0};
    snprintf(feature->layer, sizeof feature->layer, "%s", layer);
    uint64_t kind = 0;
    struct mvt_bytes geometry = {NULL, NULL};
    while (bytes.at < bytes.end) {
        uint64_t field = mvt_read_varint(&bytes);
        if (field == (1 << 3 | 0)) {
            feature->id = mvt_read_varint(&bytes);
        } else if (field == (3 << 3 | 0)) {
            kind = mvt_read_varint(&bytes);
        } else if (field == (4 << 3 | 2)) {
            geometry = mvt_read_bytes(&bytes);
        } else if (field == (2 << 3 | 2)) {
            struct mvt_bytes tags = mvt_read_bytes(&bytes);
            while (tags.at < tags.end) {
                uint64_t key = mvt_read_varint(&tags);
                uint64_t value = mvt_read_varint(&tags);
                ck_assert(key < keys->count && value < values->count);
                ck_assert_uint_lt(feature->tag_count, MVT_READ_TAGS);
                feature->keys[feature->tag_count] = memory_copy_text(keys->texts[key]);
                feature->values[feature->tag_count++] = memory_copy_text(values->texts[value]);
            }
        } else {
            mvt_skip(&bytes, field & 7);
        }
    }
    feature->shape = mvt_read_geometry(geometry, kind);
}

static inline void mvt_read_layer(struct mvt_bytes layer, struct mvt_tile *tile)
{
    static struct mvt_dictionary keys;
    static struct mvt_dictionary values;
    char *name = NULL;
    uint64_t version = 0;
    uint64_t extent = 0;
    for (struct mvt_bytes bytes = layer; bytes.at < bytes.end;) {
        uint64_t field = mvt_read_varint(&bytes);
        if (field == (1 << 3 | 2)) {
            name = mvt_read_text(&bytes);
        } else if (field == (3 << 3 | 2)) {
            mvt_dictionary_add(&keys, mvt_read_text(&bytes));
        } else if (field == (4 << 3 | 2)) {
            mvt_dictionary_add(&values, mvt_read_value(mvt_read_bytes(&bytes)));
        } else if (field == (5 << 3 | 0)) {
            extent = mvt_read_varint(&bytes);
        } else if (field == (15 << 3 | 0)) {
            version = mvt_read_varint(&bytes);
        } else {
            mvt_skip(&bytes, field & 7);
        }
    }
    ck_assert_uint_eq(version, 2);
    ck_assert_uint_eq(extent, 4096);
    ck_assert_ptr_nonnull(name);
    size_t before = tile->count;
    for (struct mvt_bytes bytes = layer; bytes.at < bytes.end;) {
        uint64_t field = mvt_read_varint(&bytes);
        if (field == (2 << 3 | 2)) {
            mvt_read_feature(mvt_read_bytes(&bytes), tile, name, &keys, &values);
        } else {
            mvt_skip(&bytes, field & 7);
        }
    }
    ck_assert_msg(tile->count > before, "layer '%s' is empty", name);
    mvt_dictionary_finish(&keys);
    mvt_dictionary_finish(&values);
    free(name);
}

/** Reads a tile that is not packed; mvt_tile_finish(). */
static inline struct mvt_tile mvt_tile_read(const char *text, size_t length)
{
    struct mvt_tile tile = {.count = 0};
    struct mvt_bytes bytes = {(const unsigned char *)text, (const unsigned char *)text + length};
    while (bytes.at < bytes.end) {
        ck_assert_uint_eq(mvt_read_varint(&bytes), 3 << 3 | 2);
        mvt_read_layer(mvt_read_bytes(&bytes), &tile);
        tile.layer_count++;
    }
    return tile;
}

static inline void mvt_tile_finish(struct mvt_tile *tile)
{
    for (size_t i = 0; i < tile->count; i++) {
        for (size_t j = 0; j < tile->features[i].tag_count; j++) {
            free(tile->features[i].keys[j]);
            free(tile->features[i].values[j]);
        }
        shape_free(tile->features[i].shape);
    }
    free(tile->features);
    *tile = (struct mvt_tile){.count = 0};
}

/** The value of a key; "" without one. */
static inline const char *mvt_value(const struct mvt_feature *feature, const char *key)
{
    for (size_t i = 0; i < feature->tag_count; i++) {
        if (strcmp(feature->keys[i], key) == 0) {
            return feature->values[i];
        }
    }
    return "";
}

#endif
