/*
 * glyph_paint.c - numbers come from outside and may be beyond all measure once they are scaled: each is
 * clamped or dropped before it is written.
 */
#include "symbology/glyph_paint.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "geo/base/buffer.h"
#include "geo/base/number.h"
#include "symbology/colour.h"
#include "symbology/glyph.h"
#include "symbology/glyph_path.h"

#define LEAST_OPACITY 0.1
#define LIGHT 0.5              /* luminance from which a colour is paper */
#define MOST_STROKE_WIDTH 24.0 /* the whole grid */
#define LEAST_STROKE_WIDTH 0.05

static const char *const caps[] = {"butt", "round", "square", NULL};
static const char *const joins[] = {"miter", "round", "bevel", NULL};

struct glyph_paint glyph_paint_default(void)
{
    return (struct glyph_paint){
        .fill = GLYPH_INK, .stroke_width = 1, .opacity = 1, .fill_opacity = 1, .stroke_opacity = 1};
}

static enum glyph_colour reduce(struct colour colour)
{
    if (colour.alpha < LEAST_OPACITY * 255) {
        return GLYPH_NOTHING;
    }
    return colour_luminance(colour) >= LIGHT ? GLYPH_PAPER : GLYPH_INK;
}

/* "rgb(255, 0, 0)", "rgba(100% 0% 0% / 50%)" */
static bool parse_function(const char *text, struct colour *colour)
{
    double parts[4] = {0, 0, 0, 1};
    int count = 0;
    text += strncasecmp(text, "rgba(", 5) == 0 ? 5 : 4;
    for (text += strspn(text, " ,/"); *text != ')' && count < 4; text += strspn(text, " ,/")) {
        if (!number_read(&text, &parts[count])) {
            return false;
        }
        double whole = count < 3 ? 255 : 1;
        parts[count] = *text == '%' ? parts[count] / 100 * whole : parts[count];
        parts[count] = fmin(fmax(0, parts[count]), whole);
        text += *text == '%';
        count++;
    }
    *colour =
        (struct colour){(uint8_t)parts[0], (uint8_t)parts[1], (uint8_t)parts[2], (uint8_t)(parts[3] * 255)};
    return count >= 3 && *text == ')';
}

/* The names of HTML 4, and those of other light colours that drawings have. */
static bool parse_name(const char *text, enum glyph_colour *colour)
{
    static const char *const dark[] = {"black",    "gray",     "grey",   "maroon",  "red",      "purple",
                                       "green",    "navy",     "blue",   "teal",    "olive",    "fuchsia",
                                       "magenta",  "brown",    "orange", "darkred", "darkblue", "darkgreen",
                                       "darkgray", "darkgrey", NULL};
    static const char *const light[] = {"white",     "silver",     "yellow", "lime",  "aqua",
                                        "cyan",      "ivory",      "snow",   "beige", "lightgray",
                                        "lightgrey", "whitesmoke", "gold",   NULL};
    for (int i = 0; dark[i]; i++) {
        if (strcasecmp(text, dark[i]) == 0) {
            *colour = GLYPH_INK;
            return true;
        }
    }
    for (int i = 0; light[i]; i++) {
        if (strcasecmp(text, light[i]) == 0) {
            *colour = GLYPH_PAPER;
            return true;
        }
    }
    return false;
}

/* "#F008" too, which has its opacity behind it. */
static bool parse_hex(const char *text, struct colour *colour)
{
    char twice[10] = "#";
    if (strlen(text) != 5) {
        return colour_parse(text, colour, NULL);
    }
    for (int i = 0; i < 4; i++) {
        twice[1 + 2 * i] = text[1 + i];
        twice[2 + 2 * i] = text[1 + i];
    }
    return colour_parse(twice, colour, NULL);
}

static const char *set_colour(enum glyph_colour *target, const char *text)
{
    struct colour colour;
    if (strcmp(text, "inherit") == 0) {
        return NULL;
    }
    *target = GLYPH_INK;
    if (strcasecmp(text, "currentColor") == 0 || parse_name(text, target)) {
        return NULL;
    }
    if (strcmp(text, "none") == 0 || strcmp(text, "transparent") == 0) {
        *target = GLYPH_NOTHING;
        return NULL;
    }
    bool is_function = strncasecmp(text, "rgb(", 4) == 0 || strncasecmp(text, "rgba(", 5) == 0;
    if (is_function ? parse_function(text, &colour) : text[0] == '#' && parse_hex(text, &colour)) {
        *target = reduce(colour);
        return NULL;
    }
    return strncmp(text, "url(", 4) == 0 ? "a gradient or pattern became ink"
                                         : "a colour that is not understood became ink";
}

static const char *set_choice(int *target, const char *const choices[], const char *text)
{
    for (int i = 0; choices[i]; i++) {
        if (strcmp(text, choices[i]) == 0) {
            *target = i;
        }
    }
    return NULL;
}

static const char *set_opacity(double *opacity, double around, const char *text)
{
    double number = 1;
    if (!number_read(&text, &number)) {
        return "an opacity that is not understood was left out";
    }
    number /= *text == '%' ? 100 : 1;
    *opacity = around * number;
    return number >= LEAST_OPACITY && number < 0.95 ? "a half transparent part became opaque" : NULL;
}

static const char *set_width(struct glyph_paint *paint, const char *text)
{
    double width = 0;
    if (strcmp(text, "inherit") == 0) {
        return NULL;
    }
    if (!number_read(&text, &width) || width < 0) {
        return "a stroke-width that is not understood was left out";
    }
    paint->stroke_width = width;
    return *text == '\0' || strcmp(text, "px") == 0 ? NULL : "the unit of a stroke-width was left out";
}

static const char *set_dashes(struct glyph_paint *paint, const char *text)
{
    static const char separators[] = " \t\r\n,";
    paint->dash_count = 0;
    if (strcmp(text, "none") == 0 || strcmp(text, "0") == 0) {
        return NULL;
    }
    int count = 0;
    for (text += strspn(text, separators); *text != '\0'; text += strspn(text, separators)) {
        if (count == GLYPH_MOST_DASHES || !number_read(&text, &paint->dashes[count]) ||
            paint->dashes[count] < 0) {
            return "dashes that are not understood, or more than 8 of them, became solid";
        }
        text += strncmp(text, "px", 2) == 0 ? 2 : 0;
        count++;
    }
    paint->dash_count = count;
    return NULL;
}

static const char *set_visibility(struct glyph_paint *paint, const char *name, const char *value)
{
    if (strcmp(name, "display") == 0) {
        paint->is_invisible |= strcmp(value, "none") == 0;
    } else {
        paint->is_invisible |= strcmp(value, "hidden") == 0 || strcmp(value, "collapse") == 0;
    }
    return NULL;
}

/* What would change the picture and is not carried over. */
static const char *effect_complaint(const char *name, const char *value)
{
    static const char *const effects[][2] = {
        {"filter", "a filter was left out"},       {"mask", "a mask was left out"},
        {"clip-path", "a clipPath was left out"},  {"marker", "a marker was left out"},
        {"marker-start", "a marker was left out"}, {"marker-mid", "a marker was left out"},
        {"marker-end", "a marker was left out"},   {"animation", "an animation was left out"}};
    for (size_t i = 0; i < sizeof effects / sizeof effects[0]; i++) {
        if (strcmp(name, effects[i][0]) == 0 && strcmp(value, "none") != 0) {
            return effects[i][1];
        }
    }
    return NULL;
}

const char *glyph_paint_set(struct glyph_paint *paint, const char *name, const char *value)
{
    if (strcmp(name, "fill") == 0) {
        return set_colour(&paint->fill, value);
    }
    if (strcmp(name, "stroke") == 0) {
        return set_colour(&paint->stroke, value);
    }
    if (strcmp(name, "stroke-width") == 0) {
        return set_width(paint, value);
    }
    if (strcmp(name, "stroke-dasharray") == 0) {
        return set_dashes(paint, value);
    }
    if (strcmp(name, "stroke-linecap") == 0) {
        return set_choice(&paint->cap, caps, value);
    }
    if (strcmp(name, "stroke-linejoin") == 0) {
        return set_choice(&paint->join, joins, value);
    }
    if (strcmp(name, "fill-rule") == 0) {
        paint->is_even_odd = strcmp(value, "evenodd") == 0;
        return NULL;
    }
    if (strcmp(name, "opacity") == 0) {
        return set_opacity(&paint->opacity, paint->opacity, value);
    }
    if (strcmp(name, "fill-opacity") == 0) {
        return set_opacity(&paint->fill_opacity, 1, value);
    }
    if (strcmp(name, "stroke-opacity") == 0) {
        return set_opacity(&paint->stroke_opacity, 1, value);
    }
    if (strcmp(name, "display") == 0 || strcmp(name, "visibility") == 0) {
        return set_visibility(paint, name, value);
    }
    return effect_complaint(name, value);
}

bool glyph_paint_fills(const struct glyph_paint *paint)
{
    return paint->fill != GLYPH_NOTHING && !paint->is_invisible &&
           paint->fill_opacity * paint->opacity >= LEAST_OPACITY;
}

bool glyph_paint_strokes(const struct glyph_paint *paint)
{
    return paint->stroke != GLYPH_NOTHING && !paint->is_invisible && paint->stroke_width > 0 &&
           paint->stroke_opacity * paint->opacity >= LEAST_OPACITY;
}

static const char *colour_text(bool is_painted, enum glyph_colour colour)
{
    return !is_painted ? "none" : colour == GLYPH_PAPER ? GLYPH_PAPER_COLOUR : "currentColor";
}

/* Many small dashes would take the painter longer than anybody can see. */
static const char *write_dashes(const struct glyph_paint *paint, double length, double scale,
                                double *dashes_left, struct buffer *elements)
{
    double period = 0;
    for (int i = 0; i < paint->dash_count; i++) {
        period += paint->dashes[i] * scale;
    }
    if (paint->dash_count == 0 || !(period > 0 && isfinite(period))) {
        return NULL;
    }
    double count = length / period * paint->dash_count;
    if (!(count <= *dashes_left)) {
        return "dashes that are too many became solid";
    }
    *dashes_left -= count;
    for (int i = 0; i < paint->dash_count; i++) {
        buffer_appendf(elements, "%s%.3f", i == 0 ? " stroke-dasharray=\"" : " ", paint->dashes[i] * scale);
    }
    buffer_append_text(elements, "\"");
    return NULL;
}

const char *glyph_paint_write(const struct glyph_paint *paint, const struct glyph_path *path,
                              double *dashes_left, struct buffer *elements)
{
    bool is_stroked = glyph_paint_strokes(paint);
    double scale = glyph_matrix_scale(path->to_grid);
    const char *complaint = NULL;
    buffer_appendf(elements, "<path d=\"%s\" fill=\"%s\" stroke=\"%s\"", path->data.bytes,
                   colour_text(glyph_paint_fills(paint), paint->fill),
                   colour_text(is_stroked, paint->stroke));
    buffer_append_text(elements, paint->is_even_odd ? " fill-rule=\"evenodd\"" : "");
    if (is_stroked) {
        double width = fmin(fmax(LEAST_STROKE_WIDTH, paint->stroke_width * scale), MOST_STROKE_WIDTH);
        buffer_appendf(elements, " stroke-width=\"%.3f\" stroke-linecap=\"%s\" stroke-linejoin=\"%s\"", width,
                       caps[paint->cap], joins[paint->join]);
        complaint = write_dashes(paint, path->length, scale, dashes_left, elements);
    }
    buffer_append_text(elements, "/>");
    return complaint;
}
