/*
 * line_text.c - reads the field text of a line or an edge.
 */
#include "symbology/line_text.h"

#include <stddef.h>

#include "geo/base/yaml.h"
#include "symbology/look_reader.h"

struct line_text line_text_read(const struct yaml_node *mapping, struct problems *problems)
{
    static const char *const known[] = {"show",   "size", "colour", "halo",    "halo_width", "bold",
                                        "italic", "side", "gap",    "spacing", NULL};
    static const char *const sources[] = {"name", "letters", NULL};
    static const char *const sides[] = {"centre", "left", "right", NULL};
    const struct colour ink = {0x1A, 0x1A, 0x1A, 255};
    const struct colour white = {255, 255, 255, 255};
    const struct yaml_node *text = yaml_read_mapping(mapping, "text", problems);
    if (!text) {
        return (struct line_text){.source = LINE_TEXT_NONE};
    }
    yaml_check_keys(text, known, problems);
    return (struct line_text){
        .source = (enum line_text_source)(1 + yaml_read_choice(text, "show", sources, 0, problems)),
        .look = {.size_px = yaml_read_number(text, "size", 4, 64, 11, problems),
                 .colour = look_read_colour(text, "colour", ink, problems),
                 .halo = look_read_colour(text, "halo", white, problems),
                 .halo_px = yaml_read_number(text, "halo_width", 0, 8, 1.5, problems),
                 .is_bold = yaml_read_bool(text, "bold", true, problems),
                 .is_italic = yaml_read_bool(text, "italic", false, problems)},
        .side = (enum line_side)yaml_read_choice(text, "side", sides, LINE_SIDE_CENTRE, problems),
        .gap_px = yaml_read_number(text, "gap", 0, 64, 2, problems),
        .spacing_px = yaml_read_number(text, "spacing", 0, 10000, 0, problems)};
}
