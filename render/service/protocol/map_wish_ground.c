/*
 * map_wish_ground.c - what lies under a map: bgcolor, transparent, void-color and void-transparent, with the
 * defaults of OGC 20-058 (requirements class "Background"). A sheet with marginalia is paper, and a JPEG
 * knows nothing that is seen through: unless a colour is asked for, these show the map's own background.
 */
#include <string.h>
#include <strings.h>

#include "render/service/protocol/map_wish_internal.h"
#include "render/service/worker/order.h"
#include "symbology/import/css_colour.h"

/** "0xRRGGBB", "#RRGGBB", "RRGGBB", or a name of CSS. */
static bool read_colour(const char *text, struct colour *colour)
{
    bool has_prefix = strncasecmp(text, "0x", 2) == 0;
    const char *digits = text + (has_prefix ? 2 : *text == '#');
    if (strlen(digits) == 6 && strspn(digits, "0123456789abcdefABCDEF") == 6) {
        char plain[8] = "#";
        memcpy(plain + 1, digits, 7);
        return colour_parse(plain, colour, NULL);
    }
    bool is_name = strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") == strlen(text);
    return is_name && css_colour_parse(text, colour) && colour->alpha == 255;
}

static void take_colour(struct map_wish_reader *reader, const char *name, const char *text,
                        struct map_wish_ground *ground)
{
    ground->has_colour = read_colour(text, &ground->colour);
    if (!ground->has_colour) {
        map_wish_fail(reader, name, "must be such as 0xFFFFFF, or a colour name of CSS, not '%.40s'", text);
    }
}

static void take_transparency(struct map_wish_reader *reader, const char *name, const char *text,
                              struct map_wish_ground *ground)
{
    ground->says_transparent = true;
    ground->is_transparent = strcasecmp(text, "true") == 0;
    if (!ground->is_transparent && strcasecmp(text, "false") != 0) {
        map_wish_fail(reader, name, "must be true or false, not '%.40s'", text);
    }
}

void map_wish_read_bgcolor(struct map_wish_reader *reader, const char *text)
{
    take_colour(reader, "bgcolor", text, &reader->ground);
}

void map_wish_read_transparent(struct map_wish_reader *reader, const char *text)
{
    take_transparency(reader, "transparent", text, &reader->ground);
}

void map_wish_read_void_color(struct map_wish_reader *reader, const char *text)
{
    take_colour(reader, "void-color", text, &reader->outside);
}

void map_wish_read_void_transparent(struct map_wish_reader *reader, const char *text)
{
    take_transparency(reader, "void-transparent", text, &reader->outside);
}

static struct plate_ground settled(const struct map_wish_ground *ground, bool is_transparent)
{
    return (struct plate_ground){.kind = is_transparent       ? PLATE_GROUND_NONE
                                         : ground->has_colour ? PLATE_GROUND_COLOUR
                                                              : PLATE_GROUND_OWN,
                                 .colour = ground->colour};
}

void map_wish_settle_ground(struct map_wish_reader *reader)
{
    struct order_plate *plate = &reader->order->plate;
    const struct map_wish_ground *ground = &reader->ground;
    struct map_wish_ground outside = reader->outside;
    bool is_open = plate->format != PLATE_JPEG; /* can be seen through */
    bool is_picture = !plate_has_marginalia(&plate->marginalia);
    bool is_transparent =
        is_open && (ground->says_transparent ? ground->is_transparent : is_picture && !ground->has_colour);
    bool is_outside_open = is_open && (outside.says_transparent ? outside.is_transparent : is_transparent);
    if (!is_picture && (outside.has_colour || outside.says_transparent)) {
        map_wish_fail(reader, outside.has_colour ? "void-color" : "void-transparent",
                      "is not of sheets: what stands around a map has one background everywhere");
    }
    if (!outside.has_colour) {
        outside.has_colour = ground->has_colour;
        outside.colour = ground->colour;
    }
    plate->ground = settled(ground, is_transparent);
    plate->outside = settled(&outside, is_outside_open);
}
