/*
 * log.c - one line is composed aside and written with one write(), so lines never mix.
 *
 * The rate of each event is counted in a fixed set of slots; two events that share a slot share
 * its budget, which only ever leaves out more.
 */
#include "geo/base/log.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "geo/base/buffer.h"
#include "geo/base/hash.h"
#include "geo/base/moment.h"

#define MOST_TEXT_BYTES 2000
#define MOST_LINES_A_SECOND 20
#define SLOT_COUNT 256

struct rate {
    int64_t second;
    unsigned written;
    unsigned left_out;
};

static struct {
    pthread_mutex_t lock;
    enum log_format format;
    enum log_level least;
    bool has_limit;
    struct rate rates[SLOT_COUNT];
} sink = {.lock = PTHREAD_MUTEX_INITIALIZER, .format = LOG_PLAIN, .least = LOG_INFO, .has_limit = true};

static const char *const level_names[] = {"debug", "info", "warning", "error"};

void log_open(enum log_format format, enum log_level least)
{
    pthread_mutex_lock(&sink.lock);
    sink.format = format;
    sink.least = least;
    pthread_mutex_unlock(&sink.lock);
}

void log_lift_limit(void)
{
    pthread_mutex_lock(&sink.lock);
    sink.has_limit = false;
    pthread_mutex_unlock(&sink.lock);
}

static struct rate *find_rate(const char *event)
{
    return &sink.rates[hash_text(HASH_START, event) % SLOT_COUNT];
}

/* May this line be written? If so *left_out is the number of lines that were not, before it. */
static bool allow(const char *event, unsigned *left_out)
{
    struct rate *rate = find_rate(event);
    int64_t second = monotonic_now_ms() / 1000;
    if (rate->second != second) {
        rate->second = second;
        rate->written = 0;
    }
    if (sink.has_limit && rate->written >= MOST_LINES_A_SECOND) {
        rate->left_out++;
        return false;
    }
    rate->written++;
    *left_out = rate->left_out;
    rate->left_out = 0;
    return true;
}

static void compose_json(struct buffer *line, enum log_level level, const char *event, const char *text,
                         unsigned left_out)
{
    char now[32];
    buffer_appendf(line, "{\"@timestamp\":\"%s\",\"log.level\":\"%s\",\"event.action\":",
                   moment_format(moment_now_ms(), now), level_names[level]);
    buffer_append_json(line, event);
    buffer_append_text(line, ",\"message\":");
    buffer_append_json(line, text);
    if (left_out > 0) {
        buffer_appendf(line, ",\"plottafel.left_out\":%u", left_out);
    }
    buffer_append_text(line, "}\n");
}

static void compose_plain(struct buffer *line, enum log_level level, const char *text, unsigned left_out)
{
    if (level != LOG_INFO) {
        buffer_appendf(line, "%s: ", level_names[level]);
    }
    buffer_append_line(line, text);
    if (left_out > 0) {
        buffer_appendf(line, " (%u more like this were left out)", left_out);
    }
    buffer_append_text(line, "\n");
}

static void write_all(const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = write(STDERR_FILENO, bytes, length);
        if (written <= 0) {
            return; /* nobody reads: there is nowhere to say so */
        }
        bytes += written;
        length -= (size_t)written;
    }
}

void log_write(enum log_level level, const char *event, const char *format, ...)
{
    pthread_mutex_lock(&sink.lock);
    unsigned left_out = 0;
    bool is_wanted = level >= sink.least && allow(event, &left_out);
    enum log_format chosen = sink.format;
    pthread_mutex_unlock(&sink.lock);
    if (!is_wanted) {
        return;
    }
    char text[MOST_TEXT_BYTES + 1];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    struct buffer line;
    buffer_init(&line, 8 * MOST_TEXT_BYTES);
    if (chosen == LOG_JSON) {
        compose_json(&line, level, event, text, left_out);
    } else {
        compose_plain(&line, level, text, left_out);
    }
    write_all(line.bytes ? line.bytes : "", line.length);
    buffer_finish(&line);
}
