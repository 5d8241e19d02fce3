/*
 * paper.h - the paper sizes of ISO 216, and how large type and symbols are on them.
 *
 * A wall map is read from further away than a sheet on the table: type, rules and gaps grow with the paper,
 * but less than the paper does. They are all given for A4 and multiplied by paper_unit().
 */
#ifndef RENDER_PRINT_PAPER_H
#define RENDER_PRINT_PAPER_H

#include <stdbool.h>

enum paper { PAPER_A5, PAPER_A4, PAPER_A3, PAPER_A2, PAPER_A1, PAPER_A0, PAPER_COUNT };

const char *paper_name(enum paper paper);
bool paper_parse(const char *name, enum paper *paper);

struct paper_size {
    double width_mm;
    double height_mm;
};

struct paper_size paper_size(enum paper paper, bool is_landscape);

/** 1 for A4. */
double paper_unit(enum paper paper);

/** The same for a sheet of any size: between two papers it grows evenly; beyond the smallest it is that. */
double paper_unit_of_size(struct paper_size size);

/** A sheet that is none of these papers. width_mm 0: one of them is meant. */
struct paper_own {
    double width_mm;
    double height_mm;
    double unit;
};

/** Its own, or the paper's. */
struct paper_size paper_own_size(struct paper_own own, enum paper paper, bool is_landscape);
double paper_own_unit(struct paper_own own, enum paper paper);

/** Size of the map's symbols and labels against those on tiles. */
double paper_symbol_scale(enum paper paper);

#endif
