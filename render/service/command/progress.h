/*
 * progress.h - how far long work is, as one line that renews itself on a terminal.
 *
 * When stderr is no terminal, work that is counted tells a line each ten seconds, and other work nothing.
 */
#ifndef RENDER_SERVICE_PROGRESS_H
#define RENDER_SERVICE_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct progress {
    const char *what; /* borrowed: "tiles" */
    bool has_counts;  /* "1,234 of 2,700" says something; else only the percentage is shown */
    bool is_terminal;
    uint64_t bytes;          /* made so far, set by who tells; 0: not told */
    uint64_t expected_bytes; /* about how many it will be, set by who tells; 0: not told */
    int64_t started_ms;
    int64_t told_ms; /* when a line was last written */
    int width;       /* of the line that stands there */
};

void progress_init(struct progress *progress, const char *what, bool has_counts);

/** done of total; may be called as often as one likes. */
void progress_tell(struct progress *progress, uint64_t done, uint64_t total);

/** Takes the line away, for other words or because the work is done. */
void progress_clear(struct progress *progress);

#endif
