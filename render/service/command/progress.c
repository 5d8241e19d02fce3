/*
 * progress.c - "tiles  [#########...........]  45 %  1234 of 2700, 310/s, 15.2 MB, 12 s left"
 */
#include "render/service/command/progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "geo/base/buffer.h"
#include "geo/base/moment.h"

#define BAR_WIDTH 24
#define TURN_MS 100
#define LINE_TURN_MS 10000
#define ESTIMATE_AFTER_MS 2000
#define WORDS_MOST_BYTES 200

void progress_init(struct progress *progress, const char *what, bool has_counts)
{
    bool is_terminal = isatty(STDERR_FILENO) == 1;
    *progress = (struct progress){.what = what, .has_counts = has_counts, .is_terminal = is_terminal};
    progress->started_ms = monotonic_now_ms();
    progress->told_ms = is_terminal ? 0 : progress->started_ms;
}

static void describe_rest(double rest_s, struct buffer *words)
{
    bool is_hours = rest_s >= 6000;
    bool is_minutes = rest_s >= 100;
    buffer_appendf(words, ", %.0f %s left",
                   is_hours     ? rest_s / 3600
                   : is_minutes ? rest_s / 60
                                : rest_s,
                   is_hours     ? "h"
                   : is_minutes ? "min"
                                : "s");
}

/** What stands behind the percentage: counts, how fast, how much, and how long it may still take. */
static void describe(const struct progress *progress, struct buffer *words, uint64_t done, uint64_t total)
{
    double passed_s = (double)(monotonic_now_ms() - progress->started_ms) / 1000;
    bool is_estimated = passed_s * 1000 >= ESTIMATE_AFTER_MS && done > 0;
    if (progress->has_counts) {
        buffer_appendf(words, "  %" PRIu64 " of %" PRIu64, done, total);
    }
    if (progress->has_counts && is_estimated) {
        buffer_appendf(words, ", %.0f/s", (double)done / passed_s);
    }
    if (progress->bytes > 0) {
        buffer_appendf(words, ", %.1f", (double)progress->bytes / 1e6);
        if (progress->expected_bytes > progress->bytes) {
            buffer_appendf(words, " of about %.1f", (double)progress->expected_bytes / 1e6);
        }
        buffer_append_text(words, " MB");
    }
    if (is_estimated && done < total) {
        describe_rest(passed_s / (double)done * (double)(total - done), words);
    }
}

static void renew_line(struct progress *progress, double part, const char *words)
{
    char bar[BAR_WIDTH + 1] = "";
    for (int i = 0; i < BAR_WIDTH; i++) {
        bar[i] = i < part * BAR_WIDTH ? '#' : '.';
    }
    int width = fprintf(stderr, "\r%s  [%s] %3.0f %%%s", progress->what, bar, part * 100, words) - 1;
    fprintf(stderr, "%*s", width < progress->width ? progress->width - width : 0, "");
    fflush(stderr);
    progress->width = width;
}

void progress_tell(struct progress *progress, uint64_t done, uint64_t total)
{
    int64_t now_ms = monotonic_now_ms();
    int64_t passed_ms = now_ms - progress->told_ms;
    bool is_due = progress->is_terminal ? done >= total || passed_ms >= TURN_MS
                                        : progress->has_counts && passed_ms >= LINE_TURN_MS;
    if (!is_due) {
        return;
    }
    double part = total ? (double)done / (double)total : 1;
    struct buffer words;
    buffer_init(&words, WORDS_MOST_BYTES);
    describe(progress, &words, done, total);
    if (progress->is_terminal) {
        renew_line(progress, part, words.bytes ? words.bytes : "");
    } else {
        fprintf(stderr, "%s %3.0f %%%s\n", progress->what, part * 100, words.bytes ? words.bytes : "");
    }
    buffer_finish(&words);
    progress->told_ms = now_ms;
}

void progress_clear(struct progress *progress)
{
    if (progress->width > 0) {
        fprintf(stderr, "\r%*s\r", progress->width, "");
        fflush(stderr);
    }
    progress->width = 0;
}
