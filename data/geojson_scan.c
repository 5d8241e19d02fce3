/*
 * geojson_scan.c - brackets, strings and words of JSON, without their meaning.
 */
#include "data/geojson_scan.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "geo/base/fault.h"
#include "geo/base/memory.h"

enum { DEPTH_MOST = 64, WORD_MOST_BYTES = 16 };

struct cursor {
    const char *at;
    const char *end;
    int line;
    size_t values; /* so far, of the feature or frame at hand */
    size_t most_values;
    struct fault *fault;
};

static bool refuse(struct cursor *cursor, enum fault_code code, const char *sentence)
{
    fault_set(cursor->fault, code, "%s", sentence);
    return false;
}

static bool is_at(const struct cursor *cursor, char byte)
{
    return cursor->at < cursor->end && *cursor->at == byte;
}

static bool count_value(struct cursor *cursor)
{
    if (++cursor->values > cursor->most_values) {
        fault_set(cursor->fault, FAULT_LIMIT, "has more than %zu values", cursor->most_values);
        return false;
    }
    return true;
}

static void skip_space(struct cursor *cursor)
{
    for (; cursor->at < cursor->end && strchr(" \t\r\n", *cursor->at) && *cursor->at; cursor->at++) {
        cursor->line += *cursor->at == '\n';
    }
}

/* From the opening quote to behind the closing one. */
static bool skip_string(struct cursor *cursor)
{
    for (cursor->at++; cursor->at < cursor->end; cursor->at++) {
        char byte = *cursor->at;
        if (byte == '"') {
            cursor->at++;
            return true;
        }
        if (byte == '\n') {
            break;
        }
        bool has_more = cursor->end - cursor->at > 1;
        cursor->at += byte == '\\' && has_more;
    }
    return refuse(cursor, FAULT_INPUT, "a text has no closing '\"'");
}

static bool is_not_finite(const char *word)
{
    word += *word == '-' || *word == '+';
    return strcasecmp(word, "nan") == 0 || strcasecmp(word, "inf") == 0 || strcasecmp(word, "infinity") == 0;
}

/* A number, true, false or null; others are left to the parser, but NaN is called by its name. */
static bool skip_word(struct cursor *cursor)
{
    const char *first = cursor->at;
    while (cursor->at < cursor->end && *cursor->at && !strchr(" \t\r\n,:[]{}\"", *cursor->at)) {
        cursor->at++;
    }
    size_t length = (size_t)(cursor->at - first);
    if (length == 0) {
        return refuse(cursor, FAULT_INPUT, "a value is missing");
    }
    char word[WORD_MOST_BYTES] = "";
    memcpy(word, first, length < sizeof word ? length : sizeof word - 1);
    if (length < sizeof word && is_not_finite(word)) {
        fault_set(cursor->fault, FAULT_INPUT, "%s is not a JSON number: leave the value out", word);
        return false;
    }
    return true;
}

/* Takes one opening or closing bracket; open holds those that are not yet closed. */
static bool take_bracket(struct cursor *cursor, char open[static DEPTH_MOST], size_t *depth)
{
    char byte = *cursor->at++;
    if (byte == '[' || byte == '{') {
        if (*depth == DEPTH_MOST) {
            fault_set(cursor->fault, FAULT_LIMIT, "is nested deeper than %d levels", DEPTH_MOST);
            return false;
        }
        open[(*depth)++] = byte;
        return count_value(cursor);
    }
    char opening = byte == ']' ? '[' : '{';
    if (open[*depth - 1] != opening) {
        fault_set(cursor->fault, FAULT_INPUT, "'%c' closes a '%c'", byte, open[*depth - 1]);
        return false;
    }
    (*depth)--;
    return true;
}

static bool take_inside(struct cursor *cursor, char open[static DEPTH_MOST], size_t *depth)
{
    switch (*cursor->at) {
    case '[':
    case '{':
    case ']':
    case '}':
        return take_bracket(cursor, open, depth);
    case '"':
        return skip_string(cursor);
    case ',':
        cursor->at++;
        return count_value(cursor);
    case ':':
        cursor->at++;
        return true;
    default:
        return skip_word(cursor);
    }
}

static bool skip_container(struct cursor *cursor)
{
    char open[DEPTH_MOST];
    size_t depth = 0;
    do {
        skip_space(cursor);
        if (cursor->at == cursor->end) {
            fault_set(cursor->fault, FAULT_INPUT, "a '%c' is not closed", open[depth - 1]);
            return false;
        }
        if (!take_inside(cursor, open, &depth)) {
            return false;
        }
    } while (depth > 0);
    return true;
}

static bool skip_value(struct cursor *cursor)
{
    skip_space(cursor);
    if (is_at(cursor, '[') || is_at(cursor, '{')) {
        return skip_container(cursor);
    }
    return is_at(cursor, '"') ? skip_string(cursor) : skip_word(cursor);
}

static void append_slice(struct geojson_scan *scan, struct geojson_slice slice)
{
    if (scan->feature_count == scan->feature_capacity) {
        scan->feature_capacity = scan->feature_capacity ? 2 * scan->feature_capacity : 64;
        scan->features = memory_resize(scan->features, scan->feature_capacity, sizeof *scan->features);
    }
    scan->features[scan->feature_count++] = slice;
}

static bool take_feature(struct geojson_scan *scan, struct cursor *cursor)
{
    skip_space(cursor);
    cursor->values = 0;
    struct geojson_slice slice = {.bytes = cursor->at, .line = cursor->line};
    if (!skip_value(cursor)) {
        fault_prefix(cursor->fault, "feature %zu: ", scan->feature_count + 1);
        return false;
    }
    slice.length = (size_t)(cursor->at - slice.bytes);
    append_slice(scan, slice);
    return true;
}

/* From behind the '[' of "features" to its ']'. */
static bool take_features(struct geojson_scan *scan, struct cursor *cursor, size_t most_features)
{
    scan->has_features = true;
    skip_space(cursor);
    if (is_at(cursor, ']')) {
        return true;
    }
    size_t frame_values = cursor->values;
    for (;;) {
        if (scan->feature_count == most_features) {
            fault_set(cursor->fault, FAULT_LIMIT, "has more than %zu features", most_features);
            return false;
        }
        if (!take_feature(scan, cursor)) {
            return false;
        }
        skip_space(cursor);
        if (!is_at(cursor, ',')) {
            break;
        }
        cursor->at++;
    }
    cursor->values = frame_values;
    return is_at(cursor, ']') || refuse(cursor, FAULT_INPUT, "',' or ']' is missing behind a feature");
}

/* Leaves the features out of the frame, but not their line breaks. */
static void append_frame(struct geojson_scan *scan, const char *first, const char *end, int lines_left_out)
{
    for (int i = 0; i < lines_left_out; i++) {
        buffer_append(&scan->frame, "\n", 1);
    }
    buffer_append(&scan->frame, first, (size_t)(end - first));
}

/* One member of the document. copied is how far the frame has come. */
static bool take_member(struct geojson_scan *scan, struct cursor *cursor, size_t most_features,
                        const char **copied)
{
    const char *key = cursor->at;
    if (!is_at(cursor, '"')) {
        return refuse(cursor, FAULT_INPUT, "a name in quotes is missing");
    }
    if (!skip_string(cursor)) {
        return false;
    }
    bool is_features = cursor->at - key == 10 && memcmp(key, "\"features\"", 10) == 0;
    skip_space(cursor);
    if (!is_at(cursor, ':')) {
        return refuse(cursor, FAULT_INPUT, "':' is missing behind a name");
    }
    cursor->at++;
    skip_space(cursor);
    if (!is_features || !is_at(cursor, '[')) {
        return skip_value(cursor);
    }
    cursor->at++;
    append_frame(scan, *copied, cursor->at, 0);
    int line = cursor->line;
    if (!take_features(scan, cursor, most_features)) {
        return false;
    }
    append_frame(scan, cursor->at, cursor->at + 1, cursor->line - line);
    *copied = ++cursor->at;
    return true;
}

static bool take_document(struct geojson_scan *scan, struct cursor *cursor, size_t most_features)
{
    const char *copied = cursor->at;
    skip_space(cursor);
    if (!is_at(cursor, '{')) {
        return refuse(cursor, FAULT_INPUT, "a GeoJSON document is an object and begins with '{'");
    }
    cursor->at++;
    skip_space(cursor);
    for (bool is_first = true; !is_at(cursor, '}'); is_first = false) {
        if (!is_first && !is_at(cursor, ',')) {
            return refuse(cursor, FAULT_INPUT, "',' or '}' is missing");
        }
        cursor->at += !is_first;
        skip_space(cursor);
        if (!count_value(cursor) || !take_member(scan, cursor, most_features, &copied)) {
            return false;
        }
        skip_space(cursor);
    }
    append_frame(scan, copied, cursor->end, 0);
    return true;
}

bool geojson_scan_read(struct geojson_scan *scan, const char *json, size_t length,
                       struct geojson_scan_limits limits, struct fault *fault)
{
    *scan = (struct geojson_scan){.line = 1};
    buffer_init(&scan->frame, length);
    struct cursor cursor = {json, json + length, 1, 0, limits.most_values, fault};
    if (length >= 3 && memcmp(json, "\xEF\xBB\xBF", 3) == 0) {
        cursor.at += 3; /* a byte order mark, as editors of some systems write it */
    }
    bool is_good = take_document(scan, &cursor, limits.most_features);
    scan->line = cursor.line;
    return is_good;
}

void geojson_scan_finish(struct geojson_scan *scan)
{
    buffer_finish(&scan->frame);
    free(scan->features);
}
