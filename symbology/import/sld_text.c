/*
 * sld_text.c - the TextSymbolizer: what it says, its letters, and where it stands.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/memory.h"
#include "geo/base/number.h"
#include "geo/base/xml.h"
#include "symbology/import/label_template.h"
#include "symbology/import/sld_symbolizer.h"
#include "symbology/import/sld_value.h"
#include "symbology/import/style_draft.h"

#define MOST_TEMPLATE_BYTES 1000 /* style.h */
#define DEFAULT_SIZE_PX 10       /* OGC 05-077r4, 11.4.3 */

static const struct colour black = {0, 0, 0, 255};
static const struct colour white = {255, 255, 255, 255};

/* Letters between attributes; line breaks of the file become blanks, those at the ends of the label go. */
static void append_letters(struct buffer *template, const char *letters, bool is_at_start, bool is_at_end)
{
    struct buffer text;
    buffer_init(&text, MOST_TEMPLATE_BYTES);
    bool is_blank = is_at_start;
    for (; *letters != '\0'; letters++) {
        bool is_space = strchr(" \t\r\n", *letters) != NULL;
        if (!is_space) {
            buffer_append(&text, letters, 1);
        } else if (!is_blank) {
            buffer_append(&text, " ", 1);
        }
        is_blank = is_space;
    }
    while (is_at_end && text.length > 0 && text.bytes[text.length - 1] == ' ') {
        text.bytes[--text.length] = '\0';
    }
    char *escaped = label_template_of_text(text.bytes ? text.bytes : "");
    buffer_append_text(template, escaped);
    free(escaped);
    buffer_finish(&text);
}

static void append_expression(const struct sld_scope *scope, const struct xml_node *element,
                              struct buffer *template)
{
    const char *kind = xml_name(element);
    const char *function = xml_attribute(element, "name");
    if (strcmp(kind, "PropertyName") == 0 || strcmp(kind, "ValueReference") == 0) {
        char *name = sld_property_name(element);
        char *attribute = label_template_of_attribute(name);
        buffer_append_text(template, attribute ? attribute : "");
        free(attribute);
        free(name);
    } else if (strcmp(kind, "Literal") == 0) {
        char *text = xml_text(element);
        char *escaped = label_template_of_text(text);
        buffer_append_text(template, *text ? escaped : " ");
        free(escaped);
        free(text);
    } else if (function && (strcmp(function, "Concatenate") == 0 || strcmp(function, "strConcat") == 0 ||
                            strcmp(function, "concat") == 0)) {
        for (const struct xml_node *part = xml_first(element); part; part = xml_next(part)) {
            append_expression(scope, part, template);
        }
    } else {
        style_lose(scope->losses, sld_origin(scope, element), "%s %.60s in a label is not carried over", kind,
                   function ? function : "");
    }
}

/* Owned; NULL: it says nothing. */
static char *read_template(const struct sld_scope *scope, const struct xml_node *label)
{
    struct buffer template;
    buffer_init(&template, MOST_TEMPLATE_BYTES);
    const struct xml_node *part = xml_first(label);
    append_letters(&template, xml_text_first(label), true, !part);
    for (; part; part = xml_next(part)) {
        append_expression(scope, part, &template);
        append_letters(&template, xml_text_behind(part), false, !xml_next(part));
    }
    if (template.is_full || template.length == 0) {
        style_lose(scope->losses, sld_origin(scope, label),
                   template.is_full ? "the label is too long: left out" : "the label says nothing: left out");
        buffer_finish(&template);
        return NULL;
    }
    return buffer_take(&template, NULL);
}

static bool is_word(const struct sld_scope *scope, const struct xml_node *font, const char *parameter,
                    const char *const words[])
{
    char *text = sld_text(scope, sld_parameter(font, parameter));
    bool is_found = false;
    for (size_t i = 0; text && words[i]; i++) {
        is_found |= strcmp(text, words[i]) == 0;
    }
    free(text);
    return is_found;
}

static void read_font(const struct sld_scope *scope, const struct xml_node *font, struct text_look *look)
{
    static const char *const bold[] = {"bold", "bolder", "600", "700", "800", "900", NULL};
    static const char *const italic[] = {"italic", "oblique", NULL};
    const struct xml_node *family = sld_parameter(font, "font-family");
    look->size_px = sld_length_px(scope, sld_parameter(font, "font-size"), DEFAULT_SIZE_PX);
    look->is_bold = is_word(scope, font, "font-weight", bold);
    look->is_italic = is_word(scope, font, "font-style", italic);
    char *name = family ? xml_text(family) : NULL;
    if (name) {
        style_lose(scope->losses, sld_origin(scope, family),
                   "the font '%.60s' is not taken over: the map has one of its own", name);
    }
    free(name);
}

static void read_halo(const struct sld_scope *scope, const struct xml_node *halo, struct text_look *look)
{
    if (halo) {
        look->halo = sld_colour(scope, xml_find(halo, "Fill"), "fill", "fill-opacity", white);
        look->halo_px = sld_length_px(scope, xml_find(halo, "Radius"), 1);
    }
}

static void read_along(const struct sld_scope *scope, const struct xml_node *placement,
                       struct draft_label *label)
{
    static const char *const known[] = {"IsRepeated", "Gap", NULL};
    char *repeated = sld_text(scope, xml_find(placement, "IsRepeated"));
    sld_lose_unknown(scope, placement, known);
    label->is_along = true;
    label->spacing_px = sld_length_px(scope, xml_find(placement, "Gap"), -1);
    if (repeated && (strcmp(repeated, "false") == 0 || strcmp(repeated, "0") == 0)) {
        label->spacing_px = 0;
    }
    free(repeated);
}

/* The anchor is the place within the text that stands on the point, from its lower left corner. */
static void read_beside(const struct sld_scope *scope, const struct xml_node *placement,
                        struct draft_label *label)
{
    const struct xml_node *anchor = xml_find(placement, "AnchorPoint");
    const struct xml_node *moved = xml_find(placement, "Displacement");
    const struct xml_node *rotation = xml_find(placement, "Rotation");
    double x = sld_number(scope, xml_find(anchor, "AnchorPointX"), 0);
    double y = sld_number(scope, xml_find(anchor, "AnchorPointY"), 0.5);
    double right_px = moved ? sld_length_px(scope, xml_find(moved, "DisplacementX"), 0) : 0;
    double up_px = moved ? sld_length_px(scope, xml_find(moved, "DisplacementY"), 0) : 0;
    bool is_aside = fabs(x - 0.5) > fabs(y - 0.5);
    label->place = is_aside ? (x < 0.5 ? "right" : "left") : y < 0.5 ? "above" : y > 0.5 ? "below" : "centre";
    label->offset_px = fmax(fabs(right_px), fabs(up_px));
    if (strcmp(label->place, "centre") == 0 && label->offset_px > 0) {
        bool is_moved_aside = fabs(right_px) > fabs(up_px);
        label->place = is_moved_aside ? (right_px > 0 ? "right" : "left") : up_px > 0 ? "above" : "below";
        label->offset_px = fmax(label->offset_px - label->look.size_px / 2, 0);
    }
    if (rotation && (xml_first(rotation) || sld_number(scope, rotation, 0) != 0)) {
        style_lose(scope->losses, sld_origin(scope, rotation),
                   "a turned label is not carried over: it is upright");
    }
}

/* GeoServer's own settings, of which two have a counterpart here. */
static void read_vendor_options(const struct sld_scope *scope, const struct xml_node *symbolizer,
                                struct draft_label *label)
{
    for (const struct xml_node *option = xml_first(symbolizer); option; option = xml_next(option)) {
        const char *name = xml_attribute(option, "name");
        if (strcmp(xml_name(option), "VendorOption") != 0 || !name) {
            continue;
        }
        char *text = xml_text(option);
        double number = 0;
        if (strcmp(name, "autoWrap") == 0 && number_parse(text, &number) && number > 0) {
            label->max_width_px = number;
        } else if (strcmp(name, "repeat") == 0 && number_parse(text, &number) && number >= 0) {
            label->spacing_px = number;
        } else if (strcmp(name, "followLine") != 0 || !label->is_along) {
            style_lose(scope->losses, sld_origin(scope, option), "VendorOption %.60s is ignored", name);
        }
        free(text);
    }
}

void sld_text_read(const struct sld_scope *scope, const struct xml_node *element, struct draft_rule *rule)
{
    static const char *const known[] = {"Name", "Description", "Geometry",       "Label",        "Font",
                                        "Halo", "Fill",        "LabelPlacement", "VendorOption", NULL};
    const struct xml_node *label = xml_find(element, "Label");
    const struct xml_node *placement = xml_find(element, "LabelPlacement");
    const struct xml_node *along = xml_find(placement, "LinePlacement");
    struct draft_label read = {.offset_px = -1, .spacing_px = -1};
    sld_lose_unknown(scope, element, known);
    read.text = label ? read_template(scope, label) : NULL;
    if (!read.text) {
        return;
    }
    read.look.colour = sld_colour(scope, xml_find(element, "Fill"), "fill", "fill-opacity", black);
    read_font(scope, xml_find(element, "Font"), &read.look);
    read_halo(scope, xml_find(element, "Halo"), &read.look);
    if (along) {
        read_along(scope, along, &read);
    } else if (xml_find(placement, "PointPlacement")) {
        read_beside(scope, xml_find(placement, "PointPlacement"), &read);
    }
    read_vendor_options(scope, element, &read);
    rule->label = read;
}
