/*
 * feature_labels.h - the text beside a feature's symbol, composed and measured once.
 *
 * Belongs to one thread. Kept by feature as plot_shapes.h does.
 */
#ifndef RENDER_FEATURE_LABELS_H
#define RENDER_FEATURE_LABELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "render/text/text.h"
#include "symbology/symbol.h"

struct feature;

/** Immutable, reference counted. */
struct feature_label {
    const char *text; /* NULL: the feature has none */
    struct text_look look;
    struct text_size size;
    const struct symbol_entry *entry; /* borrowed: by whose rules it is composed and set; may be NULL */
    enum palette palette;
    double scale;
    enum symbol_detail detail;     /* in which the symbol beside it is drawn */
    uint32_t number;               /* that stands for its text; 0: none */
    bool is_name_only;             /* its second line is left out */
    bool is_cut;                   /* it is longer than what stands on a map, text_lines.h */
    const struct feature *feature; /* one reference */
    int32_t reference_count;
};

struct feature_labels;

/** The engine is borrowed and must outlive it. @param most_bytes  of what is kept */
struct feature_labels *feature_labels_new(struct text_engine *engine, size_t most_bytes);
void feature_labels_free(struct feature_labels *labels);

/**
 * @param entry   NULL: the symbol set lacks it
 * @param detail  DETAIL_BY_SCALE when no symbol stands beside it
 * @return one reference for the caller; never NULL
 */
struct feature_label *feature_labels_get(struct feature_labels *labels, const struct feature *feature,
                                         const struct symbol_entry *entry, enum symbol_detail detail,
                                         enum palette palette, double scale);

/**
 * The same for asking how large it is: nothing is kept, so it is cheap for labels that may have no place.
 * @return borrowed until the next call and while the feature lives; not to be referred to. NULL when its text
 * must be shaped or broken into lines first
 */
struct feature_label *feature_labels_sketch(struct feature_labels *labels, const struct feature *feature,
                                            const struct symbol_entry *entry, enum symbol_detail detail,
                                            enum palette palette, double scale);

/** The label of a feature, or a sketch of it, without its second line. One reference; not kept. NULL: it has
 * none, or no name. */
struct feature_label *feature_labels_get_name(const struct feature_labels *labels,
                                              const struct feature_label *whole);

/** The number that stands for the text (feature_numbers.h), bold. One reference; kept as the text is. */
struct feature_label *feature_labels_get_number(struct feature_labels *labels, const struct feature *feature,
                                                const struct symbol_entry *entry, uint32_t number,
                                                enum palette palette, double scale);

/** The name of one part of a feature's template, area_template_part_name(). One reference; not kept. */
struct feature_label *feature_labels_get_part(const struct feature_labels *labels,
                                              const struct feature *feature, const struct symbol_entry *entry,
                                              uint32_t part, enum palette palette, double scale);

/** The number on a badge that stands for so many symbols; a feature is one of them. One reference; not kept.
 */
struct feature_label *feature_labels_get_count(const struct feature_labels *labels,
                                               const struct feature *feature, uint32_t count,
                                               enum palette palette, double scale);
struct feature_label *feature_label_ref(struct feature_label *label);
void feature_label_unref(struct feature_label *label);

/** Lets go of what nobody else refers to, when that has become much. */
void feature_labels_trim(struct feature_labels *labels);

#endif
