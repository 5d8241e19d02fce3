/*
 * marking.c - one table; the order of the enum is the order of restriction.
 */
#include "data/marking.h"

#include <assert.h>
#include <string.h>
#include <strings.h>

static const char prefix[] = "TLP:";

struct marking_row {
    const char *text;
    struct colour colour; /* of the letters on black: FIRST, TLP 2.0, 2022 */
};

static const struct marking_row rows[MARKING_COUNT] = {
    [MARKING_CLEAR] = {"TLP:CLEAR", {0xFF, 0xFF, 0xFF, 0xFF}},
    [MARKING_GREEN] = {"TLP:GREEN", {0x33, 0xFF, 0x00, 0xFF}},
    [MARKING_AMBER] = {"TLP:AMBER", {0xFF, 0xC0, 0x00, 0xFF}},
    [MARKING_AMBER_STRICT] = {"TLP:AMBER+STRICT", {0xFF, 0xC0, 0x00, 0xFF}},
    [MARKING_RED] = {"TLP:RED", {0xFF, 0x2B, 0x2B, 0xFF}},
};

const char *marking_text(enum marking marking)
{
    assert(marking >= 0 && marking < MARKING_COUNT);
    return rows[marking].text;
}

bool marking_parse(const char *text, enum marking *marking)
{
    size_t skip = strncasecmp(text, prefix, strlen(prefix)) == 0 ? strlen(prefix) : 0;
    for (int i = 0; i < MARKING_COUNT; i++) {
        if (strcasecmp(text + skip, rows[i].text + strlen(prefix)) == 0) {
            *marking = (enum marking)i;
            return true;
        }
    }
    return false;
}

enum marking marking_higher(enum marking a, enum marking b)
{
    return a > b ? a : b;
}

struct colour marking_colour(enum marking marking)
{
    assert(marking >= 0 && marking < MARKING_COUNT);
    return rows[marking].colour;
}
