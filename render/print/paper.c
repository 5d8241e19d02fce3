#include "render/print/paper.h"

#include <assert.h>
#include <math.h>
#include <string.h>
#include <strings.h>

struct paper_record {
    const char *name;
    double short_mm;
    double long_mm;
    double unit;
    double symbol_scale;
};

static const struct paper_record papers[PAPER_COUNT] = {
    [PAPER_A5] = {"A5", 148, 210, 0.86, 0.56}, [PAPER_A4] = {"A4", 210, 297, 1.00, 0.62},
    [PAPER_A3] = {"A3", 297, 420, 1.16, 0.68}, [PAPER_A2] = {"A2", 420, 594, 1.45, 0.80},
    [PAPER_A1] = {"A1", 594, 841, 1.85, 0.95}, [PAPER_A0] = {"A0", 841, 1189, 2.40, 1.20},
};

const char *paper_name(enum paper paper)
{
    assert(paper < PAPER_COUNT);
    return papers[paper].name;
}

bool paper_parse(const char *name, enum paper *paper)
{
    for (int i = 0; name && i < PAPER_COUNT; i++) {
        if (strcasecmp(name, papers[i].name) == 0) {
            *paper = (enum paper)i;
            return true;
        }
    }
    return false;
}

struct paper_size paper_size(enum paper paper, bool is_landscape)
{
    assert(paper < PAPER_COUNT);
    const struct paper_record *record = &papers[paper];
    return is_landscape ? (struct paper_size){record->long_mm, record->short_mm}
                        : (struct paper_size){record->short_mm, record->long_mm};
}

double paper_unit(enum paper paper)
{
    assert(paper < PAPER_COUNT);
    return papers[paper].unit;
}

/** The side of a square as large as the sheet. */
static double side_of(struct paper_size size)
{
    return sqrt(size.width_mm * size.height_mm);
}

double paper_unit_of_size(struct paper_size size)
{
    double side = side_of(size);
    for (int i = 0; i + 1 < PAPER_COUNT; i++) {
        double from = side_of(paper_size((enum paper)i, false));
        double to = side_of(paper_size((enum paper)(i + 1), false));
        if (side < to) {
            double part = fmax(0, (side - from) / (to - from));
            return papers[i].unit + part * (papers[i + 1].unit - papers[i].unit);
        }
    }
    return papers[PAPER_COUNT - 1].unit;
}

struct paper_size paper_own_size(struct paper_own own, enum paper paper, bool is_landscape)
{
    return own.width_mm > 0 ? (struct paper_size){own.width_mm, own.height_mm}
                            : paper_size(paper, is_landscape);
}

double paper_own_unit(struct paper_own own, enum paper paper)
{
    return own.width_mm > 0 ? own.unit : paper_unit(paper);
}

double paper_symbol_scale(enum paper paper)
{
    assert(paper < PAPER_COUNT);
    return papers[paper].symbol_scale;
}
