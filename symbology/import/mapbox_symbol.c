/*
 * mapbox_symbol.c - layers of text and icons. Lengths of text are in ems of its size.
 */
#include <jansson.h>
#include <math.h>
#include <string.h>

#include "geo/base/memory.h"
#include "symbology/import/mapbox_look.h"
#include "symbology/import/style_draft.h"

enum symbol_property {
    TEXT_FIELD,
    TEXT_SIZE,
    TEXT_COLOUR,
    TEXT_OPACITY,
    HALO_COLOUR,
    HALO_WIDTH,
    TEXT_FONT,
    TEXT_MAX_WIDTH,
    TEXT_ANCHOR,
    TEXT_OFFSET,
    PLACEMENT,
    SPACING,
    ICON_IMAGE,
    ICON_COLOUR,
    ICON_OPACITY,
    ICON_ROTATE
};

const struct mapbox_property mapbox_symbol_properties[] = {{"text-field", true, true},
                                                           {"text-size", true, false},
                                                           {"text-color", false, false},
                                                           {"text-opacity", false, false},
                                                           {"text-halo-color", false, false},
                                                           {"text-halo-width", false, false},
                                                           {"text-font", true, false},
                                                           {"text-max-width", true, false},
                                                           {"text-anchor", true, false},
                                                           {"text-offset", true, false},
                                                           {"symbol-placement", true, false},
                                                           {"symbol-spacing", true, false},
                                                           {"icon-image", true, false},
                                                           {"icon-color", false, false},
                                                           {"icon-opacity", false, false},
                                                           {"icon-rotate", true, false},
                                                           {NULL, false, false}};

#define ICON_PX 6
#define EM_OF_FALLBACK_WIDTH 10

/* The face is the map's own; only its weight and slant are taken over. */
static void set_face(const struct mapbox_look *look, struct text_look *text)
{
    static const char *const bold[] = {"Bold", "Black", "Heavy"};
    static const char *const italic[] = {"Italic", "Oblique"};
    const char *name = json_string_value(json_array_get(look->values[TEXT_FONT], 0));
    name = name ? name : mapbox_look_text(look, TEXT_FONT, "");
    for (size_t i = 0; i < sizeof bold / sizeof *bold; i++) {
        text->is_bold |= strstr(name, bold[i]) != NULL;
    }
    for (size_t i = 0; i < sizeof italic / sizeof *italic; i++) {
        text->is_italic |= strstr(name, italic[i]) != NULL;
    }
    if (*name) {
        style_lose(look->losses, look->origin,
                   "the font '%.60s' is not taken over: the map has one of its own", name);
    }
}

/* The anchor is the side of the text that is on the point: the text stands on the other. */
static const char *place_of(const char *anchor)
{
    static const char *const places[][2] = {
        {"center", "centre"}, {"left", "right"}, {"right", "left"}, {"top", "below"}, {"bottom", "above"}};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        if (strncmp(anchor, places[i][0], strlen(places[i][0])) == 0) {
            return places[i][1];
        }
    }
    return "centre";
}

/* An offset to one side says where a text stands that is anchored at its middle. */
static void set_place(const struct mapbox_look *look, struct draft_label *label)
{
    double right_px = json_number_value(json_array_get(look->values[TEXT_OFFSET], 0)) * label->look.size_px;
    double down_px = json_number_value(json_array_get(look->values[TEXT_OFFSET], 1)) * label->look.size_px;
    const char *anchor = mapbox_look_text(look, TEXT_ANCHOR, "center");
    bool is_aside = fabs(right_px) > fabs(down_px);
    label->place = place_of(anchor);
    label->offset_px = is_aside ? fabs(right_px) : fabs(down_px);
    if (strcmp(anchor, "center") == 0 && label->offset_px > 0) {
        label->place = is_aside ? right_px > 0 ? "right" : "left" : down_px > 0 ? "below" : "above";
        label->offset_px = fmax(label->offset_px - label->look.size_px / 2, 0);
    }
}

static void set_label(const struct mapbox_look *look, struct draft_rule *rule)
{
    const char *text = mapbox_look_text(look, TEXT_FIELD, "");
    struct draft_label *label = &rule->label;
    double size_px = mapbox_look_number(look, TEXT_SIZE, 16);
    if (*text == '\0' || size_px <= 0) {
        return;
    }
    label->text = memory_copy_text(text);
    label->look = (struct text_look){.size_px = size_px,
                                     .colour = mapbox_look_colour(look, TEXT_COLOUR, "#000000", TEXT_OPACITY),
                                     .halo = mapbox_look_colour(look, HALO_COLOUR, "#00000000", TEXT_OPACITY),
                                     .halo_px = mapbox_look_number(look, HALO_WIDTH, 0)};
    set_face(look, &label->look);
    label->max_width_px = mapbox_look_number(look, TEXT_MAX_WIDTH, EM_OF_FALLBACK_WIDTH) * size_px;
    const char *placement = mapbox_look_text(look, PLACEMENT, "point");
    label->is_along = strncmp(placement, "line", 4) == 0;
    label->spacing_px =
        strcmp(placement, "line-center") == 0 ? 0 : fmax(mapbox_look_number(look, SPACING, 250), 0);
    set_place(look, label);
}

/* There is no picture of it: a small disc marks the place. */
static void set_icon(const struct mapbox_look *look, struct draft_rule *rule)
{
    const char *image = mapbox_look_text(look, ICON_IMAGE, "");
    if (*image == '\0') {
        return;
    }
    style_lose(look->losses, look->origin, "the icon '%.60s' is not in the style: a small disc instead",
               image);
    rule->mark = (struct draft_mark){.shape = "circle",
                                     .size_px = ICON_PX,
                                     .fill = mapbox_look_colour(look, ICON_COLOUR, "#666666", ICON_OPACITY),
                                     .stroke = {255, 255, 255, 255},
                                     .stroke_width_px = 1};
}

void mapbox_symbol_build(const struct mapbox_look *look, struct draft_rule *rule)
{
    set_label(look, rule);
    set_icon(look, rule);
}
