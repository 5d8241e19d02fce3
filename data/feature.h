/*
 * feature.h - one thing of a plot: a place, a symbol code, texts, validity, owner, source.
 *
 * Immutable and reference counted: snapshots of a plot share the features that did not change. What a plot
 * holds is packed, some 400 bytes of a point, and lies in blocks (feature_block.h).
 */
#ifndef DATA_FEATURE_H
#define DATA_FEATURE_H

#include <stdbool.h>
#include <stdint.h>

#include "symbology/area_template.h"
#include "symbology/symbol_code.h"

struct feature_block; /* data/feature_block.h */
struct shape;         /* geo/shape.h */

struct feature {
    char *id;                /* unique in its plot: [A-Za-z0-9._-]{1,64} */
    struct symbol_code code; /* texts included */
    char *owner;             /* organisation that answers for it: "Veiligheidsregio Zuid-Holland Zuid" */
    char *source;            /* where it is known from, or "" */
    int64_t valid_from_ms;   /* drawn when valid_from <= moment < valid_to; MOMENT_NONE: from ever */
    int64_t valid_to_ms;     /* MOMENT_FOREVER: without end */
    uint64_t revision;       /* of the plot, that brought this version */
    int64_t recorded_ms;     /* when it was committed */
    struct shape *shape;     /* lon/lat degrees, ETRS89 */
    struct area_template *area_template; /* owned; NULL when shape was drawn by hand */
    struct feature_block *block;         /* that it lives with and whose references are its own; NULL: none */
    int32_t reference_count;             /* without block; atomic, for feature_ref() and feature_unref() */
    bool is_packed;                      /* all it owns lies in one piece of memory with it */
};

/** All fields empty, one reference. */
struct feature *feature_new(void);

/** The same in all fields, one reference: to be changed before it is shared. */
struct feature *feature_copy(const struct feature *feature);

/** The same in one piece of memory: a copy, or another reference to it when it is packed. */
struct feature *feature_pack(const struct feature *feature);
struct feature *feature_ref(const struct feature *feature);
void feature_unref(const struct feature *feature);

/** Gives the feature, which is not packed, a copy of a template. */
void feature_set_template(struct feature *feature, const struct area_template *area_template);

/** TEMPLATE_NONE when its shape was drawn by hand. */
enum area_template_kind feature_template_kind(const struct feature *feature);

bool feature_is_valid_at(const struct feature *feature, int64_t moment_ms);

/** Same place, code, texts, owner, source and validity? (revision and recording time do not count) */
bool feature_equals(const struct feature *a, const struct feature *b);

#endif
