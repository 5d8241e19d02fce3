/*
 * text_width.c - advances of B612 Bold 1.008 (Airbus, OFL), in twentieths of an em.
 */
#include "symbology/text_width.h"

#include <string.h>

#define ADVANCE_PER_EM 20.0

static const unsigned char advances[95] = {
    7,  7,  8,  17, 11, 18, 14, 4,  9,  9,  11, 12, 5,  9,  6,  11, 13, 13, 13, 13, 13, 13, 13, 13,
    13, 13, 6,  5,  13, 10, 13, 11, 20, 13, 13, 12, 13, 12, 11, 13, 14, 6,  9,  12, 11, 18, 15, 16,
    12, 16, 13, 11, 12, 14, 13, 19, 13, 12, 12, 9,  11, 10, 15, 11, 11, 11, 12, 10, 12, 11, 8,  12,
    12, 6,  6,  11, 7,  18, 12, 12, 12, 12, 8,  9,  8,  12, 11, 15, 11, 11, 10, 13, 4,  12, 15};

double text_width_em(const char *text)
{
    double width = 0;
    for (const unsigned char *place = (const unsigned char *)text; *place; place++) {
        if (*place >= ' ' && *place <= '~') {
            width += advances[*place - ' '];
        } else if ((*place & 0xC0) != 0x80) {
            width += ADVANCE_PER_EM; /* the first byte of a letter outside ASCII */
        }
    }
    return width / ADVANCE_PER_EM;
}

bool text_is_flat(const char *text)
{
    for (const char *place = text; *place; place++) {
        if (strncmp(place, "\u00D7", 2) == 0) {
            place++; /* the sign for times has two bytes */
        } else if (!strchr("ABCDEFGHIKLMNOPRSTUVWXYZ0123456789 ?!.-+/", *place)) {
            return false;
        }
    }
    return true;
}
