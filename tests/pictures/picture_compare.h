/*
 * picture_compare.h - do two pictures agree, dot by dot, and where not?
 */
#ifndef TESTS_PICTURES_PICTURE_COMPARE_H
#define TESTS_PICTURES_PICTURE_COMPARE_H

#include <stdbool.h>

struct image;

/*
 * What cairo's edges may differ by (DESIGN.md, law 2): the coverage of a dot depends on the other edges in
 * its row. A letter or symbol that moved, or a colour that changed, differs by far more.
 */
#define TOLERANCE_CHANNEL 11
#define TOLERANCE_SHARE 0.004

struct tolerance {
    int channel;  /* most that a channel of a dot may differ by, 0 … 255 */
    double share; /* most of the dots that may differ at all, 0 … 1 */
};

struct comparison {
    bool is_alike;
    char verdict[120]; /* one sentence */
    struct image
        *difference; /* owned, image_free(): 16 times as strong, black where equal; NULL: sizes differ */
};

struct comparison picture_compare(const struct image *picture, const struct image *reference,
                                  struct tolerance tolerance);

#endif
