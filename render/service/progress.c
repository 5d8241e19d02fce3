/*
 * progress.c - "tiles  [#########...........]  45 %  1234 of 2700, 12 s left"
 */
#include "render/service/progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "geo/base/moment.h"

#define BAR_WIDTH 24
#define TURN_MS 100
#define ESTIMATE_AFTER_MS 2000

void progress_init(struct progress *progress, const char *what, bool has_counts)
{
    bool is_shown = isatty(STDERR_FILENO) == 1;
    *progress = (struct progress){.what = what, .has_counts = has_counts, .is_shown = is_shown};
    progress->started_ms = monotonic_now_ms();
}

/** What stands behind the percentage: counts, and how long it may still take. */
static void describe(const struct progress *progress, char text[static 80], uint64_t done, uint64_t total)
{
    text[0] = '\0';
    int length = 0;
    if (progress->has_counts) {
        length = snprintf(text, 80, "  %" PRIu64 " of %" PRIu64, done, total);
    }
    int64_t passed_ms = monotonic_now_ms() - progress->started_ms;
    if (passed_ms < ESTIMATE_AFTER_MS || done == 0 || done >= total) {
        return;
    }
    double rest_s = (double)passed_ms / 1000 / (double)done * (double)(total - done);
    bool is_long = rest_s >= 100;
    snprintf(text + length, 80 - (size_t)length, ", %.0f %s left", is_long ? rest_s / 60 : rest_s,
             is_long ? "min" : "s");
}

void progress_tell(struct progress *progress, uint64_t done, uint64_t total)
{
    int64_t now_ms = monotonic_now_ms();
    if (!progress->is_shown || (done < total && now_ms - progress->told_ms < TURN_MS)) {
        return;
    }
    double part = total ? (double)done / (double)total : 1;
    char bar[BAR_WIDTH + 1] = "";
    for (int i = 0; i < BAR_WIDTH; i++) {
        bar[i] = i < part * BAR_WIDTH ? '#' : '.';
    }
    char words[80];
    describe(progress, words, done, total);
    int width = fprintf(stderr, "\r%s  [%s] %3.0f %%%s", progress->what, bar, part * 100, words) - 1;
    fprintf(stderr, "%*s", width < progress->width ? progress->width - width : 0, "");
    fflush(stderr);
    progress->width = width;
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
