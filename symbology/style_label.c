/*
 * style_label.c - what labels say and how: read, and put together for one feature.
 *
 * A template is kept as pieces. The pieces of one bracket follow each other, so a bracket is taken or left
 * as a run of pieces.
 */
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/memory.h"
#include "geo/base/problems.h"
#include "geo/base/yaml.h"
#include "symbology/look_reader.h"
#include "symbology/style_internal.h"

#define MOST_TEMPLATE_BYTES 1000
#define MOST_LABEL_BYTES 4096
#define WRAP_PX 140
#define BESIDE_WRAP_PX 100 /* beside a point there is room for half as much as above it */

/* A template being taken apart. */
struct template
{
    struct style_reading *reading;
    const struct yaml_node *node;
    struct style_label *label;
    struct buffer letters; /* since the last piece */
    size_t bracket;        /* that is open; 0: none */
    size_t bracket_count;
};

static struct style_label_part *append_part(struct style_label *label, size_t bracket)
{
    label->parts = memory_resize(label->parts, label->part_count + 1, sizeof *label->parts);
    struct style_label_part *part = &label->parts[label->part_count++];
    *part = (struct style_label_part){.attribute = STYLE_NO_ATTRIBUTE, .bracket = bracket};
    return part;
}

static void end_letters(struct template *template)
{
    if (template->letters.length > 0) {
        append_part(template->label, template->bracket)->text = buffer_take(&template->letters, NULL);
    }
}

/* Behind "{": the name up to "}". Returns what follows; NULL when there is no end. */
static const char *read_name(struct template *template, const char *name)
{
    const char *end = strchr(name, '}');
    if (!end || end == name) {
        yaml_problem(template->node, template->reading->problems,
                     "must have an attribute's name in braces, as in {name}");
        return NULL;
    }
    char *copy = memory_copy_bytes(name, (size_t)(end - name));
    append_part(template->label, template->bracket)->attribute =
        style_attribute_add(template->reading->style, copy, false);
    free(copy);
    return end + 1;
}

/* Reads one letter, name or bracket; returns what follows, NULL after a mistake. */
static const char *read_piece(struct template *template, const char *text)
{
    bool is_doubled = (*text == '{' || *text == '[') && text[1] == *text;
    if (*text == '{' && !is_doubled) {
        end_letters(template);
        return read_name(template, text + 1);
    }
    if (*text == '[' && !is_doubled) {
        end_letters(template);
        if (template->bracket > 0) {
            yaml_problem(template->node, template->reading->problems,
                         "must not have brackets within brackets");
            return NULL;
        }
        template->bracket = ++template->bracket_count;
        return text + 1;
    }
    if (*text == ']' && template->bracket > 0) {
        end_letters(template);
        template->bracket = 0;
        return text + 1;
    }
    buffer_append(&template->letters, text, 1);
    return text + (is_doubled ? 2 : 1);
}

static void read_template(struct style_reading *reading, const struct yaml_node *node,
                          struct style_label *label)
{
    struct template template = {.reading = reading, .node = node, .label = label};
    const char *text = yaml_text(node);
    if (yaml_kind(node) != YAML_SCALAR || strlen(text) > MOST_TEMPLATE_BYTES) {
        yaml_problem(node, reading->problems, "must be a text of at most %d bytes, as in \"{name} ({ref})\"",
                     MOST_TEMPLATE_BYTES);
        return;
    }
    buffer_init(&template.letters, MOST_TEMPLATE_BYTES + 1);
    while (text && *text) {
        text = read_piece(&template, text);
    }
    if (text && template.bracket > 0) {
        yaml_problem(node, reading->problems, "has a [ without a ]");
    }
    end_letters(&template);
    buffer_finish(&template.letters);
}

static void read_text(struct style_reading *reading, const struct yaml_node *mapping,
                      struct style_label *label)
{
    const struct yaml_node *text = yaml_find(mapping, "text");
    if (yaml_is_null(text)) {
        const char *field = yaml_read_text(mapping, "field", NULL, reading->problems);
        if (*field) {
            append_part(label, 0)->attribute = style_attribute_add(reading->style, field, false);
        }
        return;
    }
    if (yaml_find(mapping, "field")) {
        yaml_problem(yaml_find(mapping, "field"), reading->problems, "must not stand beside text");
    }
    read_template(reading, text, label);
}

static void read_places(const struct yaml_node *mapping, struct style_label *label, struct problems *problems)
{
    static const char *const places[] = {"above", "below", "left", "right", "centre", NULL};
    label->place = (enum style_place)yaml_read_choice(mapping, "place", places, 0, problems);
    bool is_beside = label->place == STYLE_PLACE_LEFT || label->place == STYLE_PLACE_RIGHT;
    label->max_width_px =
        yaml_read_number(mapping, "max_width", 20, 240, is_beside ? BESIDE_WRAP_PX : WRAP_PX, problems);
    label->offset_px = yaml_read_number(mapping, "offset", 0, 64, 1, problems);
    label->is_along = yaml_read_bool(mapping, "along", false, problems);
    label->spacing_px = yaml_read_number(mapping, "spacing", 0, 10000, 400, problems);
    label->priority = (int)yaml_read_number(mapping, "priority", -100, 100, 0, problems);
}

void style_read_label(struct style_reading *reading, const struct yaml_node *rule_mapping,
                      struct style_label *label)
{
    static const char *const known[] = {"field",      "text",  "size",    "colour",    "halo",
                                        "halo_width", "bold",  "italic",  "max_width", "place",
                                        "offset",     "along", "spacing", "priority",  NULL};
    const struct colour ink = {0x33, 0x33, 0x33, 255};
    const struct colour white = {255, 255, 255, 255};
    struct problems *problems = reading->problems;
    const struct yaml_node *mapping = yaml_read_mapping(rule_mapping, "label", problems);
    if (!mapping) {
        return;
    }
    yaml_check_keys(mapping, known, problems);
    read_text(reading, mapping, label);
    label->look = (struct text_look){.size_px = yaml_read_number(mapping, "size", 4, 64, 11, problems),
                                     .colour = look_read_colour(mapping, "colour", ink, problems),
                                     .halo = look_read_colour(mapping, "halo", white, problems),
                                     .halo_px = yaml_read_number(mapping, "halo_width", 0, 8, 1.5, problems),
                                     .is_bold = yaml_read_bool(mapping, "bold", false, problems),
                                     .is_italic = yaml_read_bool(mapping, "italic", false, problems)};
    read_places(mapping, label, problems);
}

void style_label_finish(struct style_label *label)
{
    for (size_t i = 0; i < label->part_count; i++) {
        free(label->parts[i].text);
    }
    free(label->parts);
}

static const char *value_of(const struct style_label_part *part, struct style_values values)
{
    const char *value = part->text ? part->text : values.texts[part->attribute];
    return value ? value : "";
}

/* The end of the run of pieces that are taken or left together, and whether they are taken. */
static size_t run_end(const struct style_label *label, size_t first, struct style_values values,
                      bool *is_taken)
{
    size_t bracket = label->parts[first].bracket;
    size_t end = first + 1;
    *is_taken = bracket == 0 || *value_of(&label->parts[first], values) != '\0';
    while (bracket > 0 && end < label->part_count && label->parts[end].bracket == bracket) {
        *is_taken = *is_taken && *value_of(&label->parts[end], values) != '\0';
        end++;
    }
    return end;
}

char *style_label_text(const struct style_label *label, struct style_values values)
{
    struct buffer text;
    buffer_init(&text, MOST_LABEL_BYTES);
    bool shows_attribute = false;
    bool is_said = false;
    for (size_t i = 0; i < label->part_count;) {
        bool is_taken = false;
        size_t end = run_end(label, i, values, &is_taken);
        for (; i < end; i++) {
            const char *value = value_of(&label->parts[i], values);
            bool is_attribute = !label->parts[i].text;
            shows_attribute = shows_attribute || is_attribute;
            is_said = is_said || (is_taken && is_attribute && *value != '\0');
            buffer_append_text(&text, is_taken ? value : "");
        }
    }
    if (text.length == 0 || (shows_attribute && !is_said)) {
        buffer_finish(&text);
        return NULL;
    }
    return buffer_take(&text, NULL);
}
