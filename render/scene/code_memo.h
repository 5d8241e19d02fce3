/*
 * code_memo.h - what symbol codes come to: thousands of features have some hundred codes, and to find the
 * entry of one and to work out how far its line reaches costs more than all else that is asked of a feature.
 */
#ifndef RENDER_CODE_MEMO_H
#define RENDER_CODE_MEMO_H

struct code_memo;
struct feature;
struct map_view;
struct symbol_entry;

/** What the code of a feature comes to in a view. */
struct code_meaning {
    const struct symbol_entry *entry; /* NULL: the symbol set lacks it */
    double
        reach_px; /* of a line or of the edge of an area: how far its paint reaches, at most; 0 of points */
};

struct code_meaning code_meaning_of(const struct map_view *view, const struct feature *feature);

/** For one view, which is borrowed. Owned, code_memo_free(). */
struct code_memo *code_memo_new(const struct map_view *view);
void code_memo_free(struct code_memo *memo);

/** The same as code_meaning_of(). */
struct code_meaning code_memo_find(struct code_memo *memo, const struct feature *feature);

#endif
