/*
 * glyph_path_read.c - reads path data (SVG 1.1, 8.3): each command takes its numbers and moves the place.
 */
#include <ctype.h>
#include <string.h>

#include "geo/base/number.h"
#include "symbology/glyph_path.h"

struct reading {
    struct glyph_path *path;
    const char *text;
    char command;         /* as it stands, so in lower case when it is relative */
    char before;          /* the command before it, in upper case */
    struct point control; /* the last of the curve before it */
};

static void skip_separators(struct reading *reading)
{
    reading->text += strspn(reading->text, " \t\r\n\f,");
}

static bool read_number(struct reading *reading, double *number)
{
    skip_separators(reading);
    return number_read(&reading->text, number);
}

/* Of an arc: one digit, with nothing needed behind it. */
static bool read_flag(struct reading *reading, bool *flag)
{
    skip_separators(reading);
    *flag = *reading->text == '1';
    if (*reading->text != '0' && *reading->text != '1') {
        return false;
    }
    reading->text++;
    return true;
}

static bool is_relative(const struct reading *reading)
{
    return islower((unsigned char)reading->command);
}

static bool read_point(struct reading *reading, struct point *point)
{
    struct point origin = is_relative(reading) ? reading->path->place : (struct point){0, 0};
    if (!read_number(reading, &point->x) || !read_number(reading, &point->y)) {
        return false;
    }
    *point = (struct point){origin.x + point->x, origin.y + point->y};
    return true;
}

static bool read_level(struct reading *reading)
{
    struct point to = reading->path->place;
    double number = 0;
    if (!read_number(reading, &number)) {
        return false;
    }
    if (toupper((unsigned char)reading->command) == 'H') {
        to.x = number + (is_relative(reading) ? to.x : 0);
    } else {
        to.y = number + (is_relative(reading) ? to.y : 0);
    }
    glyph_path_line(reading->path, to);
    return true;
}

/* The control point of the curve before, mirrored; the place itself when what came before is none of the
 * kinds. */
static struct point mirrored_control(const struct reading *reading, const char *kinds)
{
    struct point place = reading->path->place;
    if (reading->before == '\0' || !strchr(kinds, reading->before)) {
        return place;
    }
    return (struct point){2 * place.x - reading->control.x, 2 * place.y - reading->control.y};
}

static bool read_cubic(struct reading *reading, bool is_smooth)
{
    struct point first = mirrored_control(reading, "CS");
    struct point to;
    if ((!is_smooth && !read_point(reading, &first)) || !read_point(reading, &reading->control) ||
        !read_point(reading, &to)) {
        return false;
    }
    glyph_path_curve(reading->path, first, reading->control, to);
    return true;
}

static bool read_quadratic(struct reading *reading, bool is_smooth)
{
    struct point from = reading->path->place;
    struct point control = mirrored_control(reading, "QT");
    struct point to;
    if ((!is_smooth && !read_point(reading, &control)) || !read_point(reading, &to)) {
        return false;
    }
    reading->control = control;
    glyph_path_curve(reading->path, point_between(from, control, 2.0 / 3),
                     point_between(to, control, 2.0 / 3), to);
    return true;
}

static bool read_arc(struct reading *reading)
{
    struct glyph_arc arc;
    struct point to;
    if (!read_number(reading, &arc.radius_x) || !read_number(reading, &arc.radius_y) ||
        !read_number(reading, &arc.rotation_deg) || !read_flag(reading, &arc.is_large) ||
        !read_flag(reading, &arc.is_clockwise) || !read_point(reading, &to)) {
        return false;
    }
    glyph_path_arc(reading->path, &arc, to);
    return true;
}

static bool read_move_or_line(struct reading *reading)
{
    struct point to;
    if (!read_point(reading, &to)) {
        return false;
    }
    if (toupper((unsigned char)reading->command) == 'M') {
        glyph_path_move(reading->path, to);
        reading->command = is_relative(reading) ? 'l' : 'L'; /* what further pairs mean */
        return true;
    }
    glyph_path_line(reading->path, to);
    return true;
}

static bool read_segment(struct reading *reading)
{
    switch (toupper((unsigned char)reading->command)) {
    case 'M':
    case 'L':
        return read_move_or_line(reading);
    case 'H':
    case 'V':
        return read_level(reading);
    case 'C':
        return read_cubic(reading, false);
    case 'S':
        return read_cubic(reading, true);
    case 'Q':
        return read_quadratic(reading, false);
    case 'T':
        return read_quadratic(reading, true);
    case 'A':
        return read_arc(reading);
    case 'Z':
        glyph_path_close(reading->path);
        reading->command = '\0'; /* numbers cannot follow */
        return true;
    default:
        return false;
    }
}

/* Takes a command letter when there is one; otherwise the last goes on. False when there is none. */
static bool take_command(struct reading *reading)
{
    if (isalpha((unsigned char)*reading->text)) {
        reading->command = *reading->text++;
    }
    return reading->command != '\0';
}

void glyph_path_read(struct glyph_path *path, const char *data)
{
    struct reading reading = {.path = path, .text = data};
    skip_separators(&reading);
    bool is_good = *reading.text == '\0' || *reading.text == 'M' || *reading.text == 'm';
    while (is_good && !path->refusal && *reading.text != '\0') {
        is_good = take_command(&reading);
        char command = (char)toupper((unsigned char)reading.command);
        is_good = is_good && read_segment(&reading);
        reading.before = command;
        skip_separators(&reading);
    }
    if (!is_good && !path->refusal) {
        path->refusal = "has path data that is not understood";
    }
}
