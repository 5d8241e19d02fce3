#include "render/grid/grid_value.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "geo/mgrs.h"
#include "render/grid/grid_spacing.h"
#include "render/print/words.h"

#define DEGREE 360000 /* hundredths of a second */
#define MINUTE 6000
#define SECOND 100

static double spacing_of(const struct grid_lines *lines, const struct grid_line *line)
{
    return line->is_easting ? lines->spacing_x : lines->spacing_y;
}

static char decimal_sign(enum language language)
{
    return language == LANGUAGE_EN ? '.' : ',';
}

/** What lines that are less than a metre apart have behind their metres: ",05", to a millimetre. */
static char *write_fraction(long millimetres, double spacing, enum language language, char text[static 8])
{
    static const long parts[] = {1000, 100, 10, 1};
    int decimals = spacing >= 1 ? 0 : spacing >= 0.1 ? 1 : spacing >= 0.01 ? 2 : 3;
    text[0] = '\0';
    if (decimals > 0) {
        snprintf(text, 8, "%c%0*ld", decimal_sign(language), decimals, millimetres % 1000 / parts[decimals]);
    }
    return text;
}

/** "102" or "102,5"; in full "102" and "500 m". */
static struct grid_text kilometres(double value, double spacing, bool is_full, enum language language)
{
    struct grid_text text = {0};
    if (!is_full) {
        char number[32];
        int decimals = (int)fmin(6, fmax(0, ceil(3 - log10(spacing) - 1e-9)));
        words_number(value / 1000, decimals, language, number);
        snprintf(text.main, sizeof text.main, "%.23s", number);
        return text;
    }
    char fraction[8];
    long millimetres = lround(fabs(value) * 1000);
    long metres = millimetres / 1000;
    const char *sign = value < 0 ? "-" : "";
    write_fraction(millimetres, spacing, language, fraction);
    if (metres < 1000) {
        snprintf(text.main, sizeof text.main, "%s%ld%s", sign, metres, fraction);
        snprintf(text.tail, sizeof text.tail, "m");
        return text;
    }
    snprintf(text.main, sizeof text.main, "%s%ld", sign, metres / 1000);
    snprintf(text.tail, sizeof text.tail, "%03ld%s m", metres % 1000, fraction);
    return text;
}

/** The figures of kilometres and tens of them are large. */
static struct grid_text utm(const struct grid_lines *lines, const struct grid_line *line, bool is_full,
                            enum language language)
{
    struct grid_text text = {0};
    double spacing = spacing_of(lines, line);
    char fraction[8];
    long millimetres = lround(fabs(line->value) * 1000); /* beyond the zone's edge there is no line */
    long metres = millimetres / 1000;
    write_fraction(millimetres, spacing, language, fraction);
    bool has_lead = lines->kind == GRID_UTM || spacing >= MGRS_SQUARE_M;
    if (has_lead && metres >= 100000) {
        snprintf(text.lead, sizeof text.lead, "%ld", metres / 100000);
    }
    snprintf(text.main, sizeof text.main, "%02ld", metres / 1000 % 100);
    if (is_full && lines->kind == GRID_UTM) {
        snprintf(text.tail, sizeof text.tail, "%03ld%s m%c", metres % 1000, fraction,
                 line->is_easting ? 'E' : 'N');
    } else if (spacing < 1000) {
        snprintf(text.tail, sizeof text.tail, "%03ld%s", metres % 1000, fraction);
    }
    return text;
}

/** "20″" or "20,5″" of the parts below a minute. */
static int write_seconds(int64_t parts, int64_t spacing, enum language language, char *text, size_t size)
{
    int64_t rest = parts % MINUTE;
    if (spacing % SECOND == 0) {
        return snprintf(text, size, "%02" PRId64 "″", rest / SECOND);
    }
    int decimals = spacing % 10 == 0 ? 1 : 2;
    int64_t decimal = decimals == 1 ? rest % SECOND / 10 : rest % SECOND;
    return snprintf(text, size, "%02" PRId64 "%c%0*" PRId64 "″", rest / SECOND, decimal_sign(language),
                    decimals, decimal);
}

/** Neither side of 0 and 180 degrees has letters. */
static const char *side_letters(const struct grid_line *line, enum language language)
{
    if (line->value == 0 || fabs(line->value) == 180) {
        return "";
    }
    if (line->is_easting) {
        return words_text(line->value < 0 ? WORD_WEST_LONGITUDE : WORD_EAST_LONGITUDE, language);
    }
    return words_text(line->value < 0 ? WORD_SOUTH_LATITUDE : WORD_NORTH_LATITUDE, language);
}

/** "4°35′" and small "20″ E". */
static struct grid_text degrees_in_full(int64_t parts, int64_t spacing, const char *side,
                                        enum language language)
{
    struct grid_text text = {0};
    int used = snprintf(text.main, sizeof text.main, "%" PRId64 "°", parts / DEGREE);
    if (spacing % DEGREE != 0) {
        snprintf(text.main + used, sizeof text.main - (size_t)used, "%02" PRId64 "′",
                 parts % DEGREE / MINUTE);
    }
    used = spacing % MINUTE != 0 ? write_seconds(parts, spacing, language, text.tail, sizeof text.tail) : 0;
    const char *blank = used > 0 && side[0] != '\0' ? " " : "";
    snprintf(text.tail + used, sizeof text.tail - (size_t)used, "%s%s", blank, side);
    return text;
}

/** The last parts only: "5°", "35′", "20″"; a whole minute among seconds "35′00″". */
static struct grid_text degrees_in_short(int64_t parts, int64_t spacing, enum language language)
{
    struct grid_text text = {0};
    int used = 0;
    if (spacing % DEGREE == 0) {
        snprintf(text.main, sizeof text.main, "%" PRId64 "°", parts / DEGREE);
        return text;
    }
    if (spacing % MINUTE == 0 || parts % MINUTE == 0) {
        used = snprintf(text.main, sizeof text.main, "%02" PRId64 "′", parts % DEGREE / MINUTE);
    }
    if (spacing % MINUTE != 0) {
        write_seconds(parts, spacing, language, text.main + used, sizeof text.main - (size_t)used);
    }
    return text;
}

static struct grid_text degrees(const struct grid_lines *lines, const struct grid_line *line, bool is_full,
                                enum language language)
{
    int64_t parts = llround(fabs(line->value) * GRID_SPACING_PARTS_PER_DEGREE);
    int64_t spacing = llround(spacing_of(lines, line) * GRID_SPACING_PARTS_PER_DEGREE);
    return is_full ? degrees_in_full(parts, spacing, side_letters(line, language), language)
                   : degrees_in_short(parts, spacing, language);
}

struct grid_text grid_value(const struct grid_lines *lines, const struct grid_line *line, bool is_full,
                            enum language language)
{
    switch (lines->kind) {
    case GRID_UTM:
    case GRID_MGRS:
        return utm(lines, line, is_full, language);
    case GRID_GRATICULE:
        return degrees(lines, line, is_full, language);
    default:
        return kilometres(line->value, spacing_of(lines, line), is_full, language);
    }
}

bool grid_value_is_round(const struct grid_lines *lines, const struct grid_line *line)
{
    int64_t parts = llround(fabs(line->value) * GRID_SPACING_PARTS_PER_DEGREE);
    int64_t spacing = llround(spacing_of(lines, line) * GRID_SPACING_PARTS_PER_DEGREE);
    return lines->kind == GRID_GRATICULE && spacing % DEGREE != 0 && parts % DEGREE == 0;
}

char *grid_value_letters(long column, char text[static 24])
{
    char reversed[16];
    int length = 0;
    for (long rest = column; rest >= 0 && length < 15; rest = rest / 26 - 1) {
        reversed[length++] = (char)('A' + rest % 26);
    }
    for (int i = 0; i < length; i++) {
        text[i] = reversed[length - 1 - i];
    }
    text[length] = '\0';
    return text;
}
