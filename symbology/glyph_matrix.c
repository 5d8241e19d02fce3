/*
 * glyph_matrix.c - a list of transforms is one matrix: the first of the list is the outermost (SVG 1.1, 7.6).
 */
#include "symbology/glyph_matrix.h"

#include <math.h>
#include <string.h>

#include "geo/base/number.h"

#define MOST_NUMBERS 6
#define RAD_PER_DEG (M_PI / 180)

static const char separators[] = " \t\r\n,";

struct glyph_matrix glyph_matrix_shift(double x, double y)
{
    return (struct glyph_matrix){1, 0, 0, 1, x, y};
}

struct glyph_matrix glyph_matrix_within(struct glyph_matrix outer, struct glyph_matrix inner)
{
    return (struct glyph_matrix){
        outer.a * inner.a + outer.c * inner.b,           outer.b * inner.a + outer.d * inner.b,
        outer.a * inner.c + outer.c * inner.d,           outer.b * inner.c + outer.d * inner.d,
        outer.a * inner.e + outer.c * inner.f + outer.e, outer.b * inner.e + outer.d * inner.f + outer.f};
}

struct point glyph_matrix_apply(struct glyph_matrix matrix, struct point point)
{
    return (struct point){matrix.a * point.x + matrix.c * point.y + matrix.e,
                          matrix.b * point.x + matrix.d * point.y + matrix.f};
}

double glyph_matrix_scale(struct glyph_matrix matrix)
{
    return sqrt(fabs(matrix.a * matrix.d - matrix.b * matrix.c));
}

struct glyph_matrix glyph_matrix_fit(struct bbox from, struct bbox into)
{
    double scale = fmin(bbox_width(into) / bbox_width(from), bbox_height(into) / bbox_height(from));
    struct point source = bbox_centre(from);
    struct point target = bbox_centre(into);
    return (struct glyph_matrix){
        scale, 0, 0, scale, target.x - scale * source.x, target.y - scale * source.y};
}

static struct glyph_matrix rotation(const double *numbers)
{
    double turn_rad = numbers[0] * RAD_PER_DEG;
    struct glyph_matrix turn = {cos(turn_rad), sin(turn_rad), -sin(turn_rad), cos(turn_rad), 0, 0};
    struct glyph_matrix back = glyph_matrix_shift(-numbers[1], -numbers[2]);
    struct glyph_matrix forth = glyph_matrix_shift(numbers[1], numbers[2]);
    return glyph_matrix_within(forth, glyph_matrix_within(turn, back));
}

/* Numbers that are not given are 0. False when there is no such function with that many numbers. */
static bool make(const char *name, size_t length, const double *numbers, int count,
                 struct glyph_matrix *matrix)
{
    if (length == 6 && memcmp(name, "matrix", 6) == 0 && count == 6) {
        *matrix =
            (struct glyph_matrix){numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]};
    } else if (length == 9 && memcmp(name, "translate", 9) == 0 && (count == 1 || count == 2)) {
        *matrix = glyph_matrix_shift(numbers[0], numbers[1]);
    } else if (length == 5 && memcmp(name, "scale", 5) == 0 && (count == 1 || count == 2)) {
        *matrix = (struct glyph_matrix){numbers[0], 0, 0, count == 1 ? numbers[0] : numbers[1], 0, 0};
    } else if (length == 6 && memcmp(name, "rotate", 6) == 0 && (count == 1 || count == 3)) {
        *matrix = rotation(numbers);
    } else if (length == 5 && memcmp(name, "skewX", 5) == 0 && count == 1) {
        *matrix = (struct glyph_matrix){1, 0, tan(numbers[0] * RAD_PER_DEG), 1, 0, 0};
    } else if (length == 5 && memcmp(name, "skewY", 5) == 0 && count == 1) {
        *matrix = (struct glyph_matrix){1, tan(numbers[0] * RAD_PER_DEG), 0, 1, 0, 0};
    } else {
        return false;
    }
    return true;
}

/* Reads "(1 2, 3)". */
static bool read_numbers(const char **text, double numbers[static MOST_NUMBERS], int *count)
{
    *text += strspn(*text, " \t\r\n");
    if (**text != '(') {
        return false;
    }
    ++*text;
    *text += strspn(*text, separators);
    for (*count = 0; **text != ')'; ++*count) {
        if (*count == MOST_NUMBERS || !number_read(text, &numbers[*count])) {
            return false;
        }
        *text += strspn(*text, separators);
    }
    ++*text;
    return true;
}

bool glyph_matrix_parse(const char *text, struct glyph_matrix *matrix)
{
    *matrix = glyph_matrix_shift(0, 0);
    text += strspn(text, separators);
    if (strcmp(text, "none") == 0) {
        return true;
    }
    while (*text != '\0') {
        const char *name = text;
        size_t length = strcspn(text, " \t\r\n(");
        double numbers[MOST_NUMBERS] = {0};
        int count = 0;
        struct glyph_matrix next;
        text += length;
        if (!read_numbers(&text, numbers, &count) || !make(name, length, numbers, count, &next)) {
            return false;
        }
        *matrix = glyph_matrix_within(*matrix, next);
        text += strspn(text, separators);
    }
    return true;
}
