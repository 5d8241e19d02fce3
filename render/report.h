/*
 * report.h - what a picture does not show although it should (law 7).
 *
 * Collected while a picture is made; printed on the briefing, sent in the answer's header.
 */
#ifndef RENDER_REPORT_H
#define RENDER_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum report_kind {
    REPORT_LAYER_FAILED,     /* subject: layer id; sentence: why */
    REPORT_NUMBERS_UNPLACED, /* subject: feature id; nothing on the map says its casualties, count or plate */
    REPORT_LABEL_UNPLACED,   /* subject: feature id */
    REPORT_LABEL_SHORTENED,  /* subject: feature id; the map says only part of its label */
    REPORT_SYMBOL_FALLBACK,  /* subject: feature id; drawn as letters */
    REPORT_SYMBOL_SMALL,     /* subject: feature id; drawn small because it is crowded */
    REPORT_SYMBOL_COUNTED,   /* subject: feature id; not drawn: a badge with a number stands for it and others
                              */
    REPORT_SYMBOL_HIDDEN,    /* subject: feature id; others are painted over it */
    REPORT_LETTERS_MISSING,  /* subject: feature or layer id; boxes stand for letters that no font has */
    REPORT_BEYOND_SCALE,     /* subject: layer id; finer than it is meant for */
    REPORT_LAYER_OUTSIDE,    /* subject: layer id; its data do not reach the picture */
    REPORT_LAYER_PARTIAL,    /* subject: layer id; its data reach only part of the picture */
    REPORT_THINNED,          /* subject: plot; closer tiles have more of it */
    REPORT_FEATURES_LEFT_OUT, /* subject: plot; sentence: how many are not drawn, and why */
    REPORT_NO_RD_GRID,        /* coordinates up to 0.25 m off */
    REPORT_DID_NOT_FIT,       /* subject: a part of a page; sentence: what of it was left out */
    REPORT_OUTSIDE,           /* subject: map; how many features of its plots lie outside the page's map */
    REPORT_ROOM_EMPTY,        /* subject: template; its map has one size, and the paper is much larger */
    REPORT_GRID_UNNAMED,      /* subject: grid and line; its value or name has no room on the page */
    REPORT_RUN_OUT,           /* subject: map; its validity was over when it was made */
    REPORT_NO_PREVIOUS,       /* subject: map; changes since the previous briefing, and there is none */
    REPORT_KIND_COUNT
};

struct report_item {
    enum report_kind kind;
    const char *subject;  /* owned by the report; an id, by which machines go */
    const char *title;    /* owned by the report; what a reader calls it; NULL: nobody said */
    const char *sentence; /* owned by the report; English, for logs and headers */
    uint64_t count;       /* of the features of the subject that it is about; 0: not said */
};

struct report_text;

struct report {
    struct report_item *items; /* owned; in order of kind and subject, without repeats */
    size_t count;
    struct report_text *texts; /* owned: what the items say */
    bool counts_features;      /* whoever asked wants no names of features: they may be counted instead */
    uint64_t counted[REPORT_KIND_COUNT]; /* features that are told of without an item */
};

void report_init(struct report *report);
void report_finish(struct report *report);
void report_add(struct report *report, enum report_kind kind, const char *subject, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void report_add_text(struct report *report, enum report_kind kind, const char *subject, const char *sentence);
void report_add_item(struct report *report, const struct report_item *item); /* copied */
/** So many features more that an item is about. */
void report_count_item(struct report *report, enum report_kind kind, const char *subject, size_t count);
void report_set_title(struct report *report, size_t index, const char *title); /* copied */
const char *report_title(const struct report_item *item);                      /* else its subject */

/** What is said of it, to stand behind its title: without "layer 'ID': " in front. Borrowed. */
const char *report_sentence(const struct report_item *item);
void report_add_count(struct report *report, enum report_kind kind, size_t count); /* of other features */
void report_merge(struct report *report, const struct report *other);
size_t report_count(const struct report *report, enum report_kind kind); /* named or not */
const char *report_kind_name(enum report_kind kind);                     /* "layer-failed" */

#endif
