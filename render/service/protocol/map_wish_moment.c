/*
 * map_wish_moment.c - one picture shows one situation: of a period its end is meant, and of one without an
 * end the situation of now.
 */
#include <stdio.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/base/moment.h"
#include "render/service/http/request.h"
#include "render/service/protocol/map_wish_internal.h"

/** False: begin or end is none, or they are the wrong way round. An open end ("", "..", "*") is now. */
static bool read_period(struct map_wish_reader *reader, const char *begin, const char *end,
                        bool (*parse)(const char *text, int64_t *moment_ms))
{
    int64_t begin_ms = INT64_MIN;
    int64_t end_ms = INT64_MAX;
    bool has_begin = begin && *begin && strcmp(begin, "..") != 0 && strcmp(begin, "*") != 0;
    bool has_end = *end && strcmp(end, "..") != 0 && strcmp(end, "*") != 0;
    bool is_right =
        (!has_begin || parse(begin, &begin_ms)) && (!has_end || parse(end, &end_ms)) && begin_ms <= end_ms;
    if (is_right && has_end) {
        reader->as_of_ms = end_ms;
    }
    return is_right;
}

static bool parse_instant(const char *text, int64_t *moment_ms)
{
    struct fault fault;
    return moment_parse(text, moment_ms, &fault);
}

void map_wish_read_datetime(struct map_wish_reader *reader, const char *text)
{
    const char *slash = strchr(text, '/');
    char begin[64];
    snprintf(begin, sizeof(begin), "%.*s", slash ? (int)(slash - text) : 0, text);
    bool has_length = !slash || (size_t)(slash - text) < sizeof(begin);
    bool is_empty = !*text || strcmp(text, "/") == 0 || strchr(text, '*') != NULL;
    if (is_empty || !has_length || !read_period(reader, begin, slash ? slash + 1 : text, parse_instant)) {
        map_wish_fail(reader, "datetime",
                      "must be a time such as 2026-10-08T12:45:00+02:00, or two with a slash between, the "
                      "earlier first, not '%.60s'",
                      text);
    }
}

/* ---- subset=time(…) ---- */

/** Also what RFC 3339 has not: a year, a month, and times without minutes or seconds, in UTC. */
static bool parse_coordinate(const char *text, int64_t *moment_ms)
{
    static const struct {
        size_t length;
        const char *rest;
    } forms[] = {{4, "-01-01T00:00:00Z"}, {7, "-01T00:00:00Z"}, {14, ":00:00Z"}, {17, ":00Z"}};
    char whole[64];
    size_t length = strlen(text);
    bool has_zone = length > 10 && text[length - 1] == 'Z';
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        if (length == forms[i].length && has_zone == (length > 10)) {
            snprintf(whole, sizeof whole, "%.*s%s", (int)(length - has_zone), text, forms[i].rest);
            return parse_instant(whole, moment_ms);
        }
    }
    return parse_instant(text, moment_ms);
}

/** "…" or what stands before a colon or the end; moves *text behind it. False when a quote is missing. */
static bool take_coordinate(const char **text, char coordinate[static 64])
{
    bool is_quoted = **text == '"';
    *text += is_quoted;
    size_t length = strcspn(*text, is_quoted ? "\"" : ":");
    bool is_right = length > 0 && length < 64 && (!is_quoted || (*text)[length] == '"');
    snprintf(coordinate, 64, "%.*s", (int)length, *text);
    *text += is_right ? length + is_quoted : 0;
    return is_right;
}

/** One time, or two with a colon between. */
static bool read_coordinates(struct map_wish_reader *reader, const char *text)
{
    char begin[64] = "";
    char end[64];
    int64_t moment_ms;
    const char *next = text;
    if (parse_coordinate(text, &moment_ms)) { /* unquoted, with colons of its own */
        return read_period(reader, NULL, text, parse_coordinate);
    }
    bool is_right = take_coordinate(&next, end);
    if (is_right && *next == ':') {
        next++;
        snprintf(begin, sizeof begin, "%s", end);
        is_right = take_coordinate(&next, end);
    }
    return is_right && !*next && read_period(reader, begin, end, parse_coordinate);
}

void map_wish_read_time_axis(struct map_wish_reader *reader, const char *text)
{
    if (request_parameter(reader->request, "datetime")) {
        map_wish_fail(reader, "subset", "only one of datetime and subset=time(…) says when");
        return;
    }
    if (!read_coordinates(reader, text)) {
        map_wish_fail(
            reader, "subset",
            "must have a time for 'time' such as time(\"2026-10-08T10:45:00Z\"), or two with a colon "
            "between, the earlier first, not '%.60s'",
            text);
    }
}
