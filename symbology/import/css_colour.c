/*
 * css_colour.c - the text is taken in small letters; functions take commas or blanks between their values.
 */
#include "symbology/import/css_colour.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/number.h"

#define MOST_LETTERS 80

struct named_colour {
    const char *name;
    uint32_t rgb;
};

/* CSS Color Module Level 4, 6.1. In the order of the alphabet. */
static const struct named_colour names[] = {
    {"aliceblue", 0xF0F8FF},
    {"antiquewhite", 0xFAEBD7},
    {"aqua", 0x00FFFF},
    {"aquamarine", 0x7FFFD4},
    {"azure", 0xF0FFFF},
    {"beige", 0xF5F5DC},
    {"bisque", 0xFFE4C4},
    {"black", 0x000000},
    {"blanchedalmond", 0xFFEBCD},
    {"blue", 0x0000FF},
    {"blueviolet", 0x8A2BE2},
    {"brown", 0xA52A2A},
    {"burlywood", 0xDEB887},
    {"cadetblue", 0x5F9EA0},
    {"chartreuse", 0x7FFF00},
    {"chocolate", 0xD2691E},
    {"coral", 0xFF7F50},
    {"cornflowerblue", 0x6495ED},
    {"cornsilk", 0xFFF8DC},
    {"crimson", 0xDC143C},
    {"cyan", 0x00FFFF},
    {"darkblue", 0x00008B},
    {"darkcyan", 0x008B8B},
    {"darkgoldenrod", 0xB8860B},
    {"darkgray", 0xA9A9A9},
    {"darkgreen", 0x006400},
    {"darkgrey", 0xA9A9A9},
    {"darkkhaki", 0xBDB76B},
    {"darkmagenta", 0x8B008B},
    {"darkolivegreen", 0x556B2F},
    {"darkorange", 0xFF8C00},
    {"darkorchid", 0x9932CC},
    {"darkred", 0x8B0000},
    {"darksalmon", 0xE9967A},
    {"darkseagreen", 0x8FBC8F},
    {"darkslateblue", 0x483D8B},
    {"darkslategray", 0x2F4F4F},
    {"darkslategrey", 0x2F4F4F},
    {"darkturquoise", 0x00CED1},
    {"darkviolet", 0x9400D3},
    {"deeppink", 0xFF1493},
    {"deepskyblue", 0x00BFFF},
    {"dimgray", 0x696969},
    {"dimgrey", 0x696969},
    {"dodgerblue", 0x1E90FF},
    {"firebrick", 0xB22222},
    {"floralwhite", 0xFFFAF0},
    {"forestgreen", 0x228B22},
    {"fuchsia", 0xFF00FF},
    {"gainsboro", 0xDCDCDC},
    {"ghostwhite", 0xF8F8FF},
    {"gold", 0xFFD700},
    {"goldenrod", 0xDAA520},
    {"gray", 0x808080},
    {"green", 0x008000},
    {"greenyellow", 0xADFF2F},
    {"grey", 0x808080},
    {"honeydew", 0xF0FFF0},
    {"hotpink", 0xFF69B4},
    {"indianred", 0xCD5C5C},
    {"indigo", 0x4B0082},
    {"ivory", 0xFFFFF0},
    {"khaki", 0xF0E68C},
    {"lavender", 0xE6E6FA},
    {"lavenderblush", 0xFFF0F5},
    {"lawngreen", 0x7CFC00},
    {"lemonchiffon", 0xFFFACD},
    {"lightblue", 0xADD8E6},
    {"lightcoral", 0xF08080},
    {"lightcyan", 0xE0FFFF},
    {"lightgoldenrodyellow", 0xFAFAD2},
    {"lightgray", 0xD3D3D3},
    {"lightgreen", 0x90EE90},
    {"lightgrey", 0xD3D3D3},
    {"lightpink", 0xFFB6C1},
    {"lightsalmon", 0xFFA07A},
    {"lightseagreen", 0x20B2AA},
    {"lightskyblue", 0x87CEFA},
    {"lightslategray", 0x778899},
    {"lightslategrey", 0x778899},
    {"lightsteelblue", 0xB0C4DE},
    {"lightyellow", 0xFFFFE0},
    {"lime", 0x00FF00},
    {"limegreen", 0x32CD32},
    {"linen", 0xFAF0E6},
    {"magenta", 0xFF00FF},
    {"maroon", 0x800000},
    {"mediumaquamarine", 0x66CDAA},
    {"mediumblue", 0x0000CD},
    {"mediumorchid", 0xBA55D3},
    {"mediumpurple", 0x9370DB},
    {"mediumseagreen", 0x3CB371},
    {"mediumslateblue", 0x7B68EE},
    {"mediumspringgreen", 0x00FA9A},
    {"mediumturquoise", 0x48D1CC},
    {"mediumvioletred", 0xC71585},
    {"midnightblue", 0x191970},
    {"mintcream", 0xF5FFFA},
    {"mistyrose", 0xFFE4E1},
    {"moccasin", 0xFFE4B5},
    {"navajowhite", 0xFFDEAD},
    {"navy", 0x000080},
    {"oldlace", 0xFDF5E6},
    {"olive", 0x808000},
    {"olivedrab", 0x6B8E23},
    {"orange", 0xFFA500},
    {"orangered", 0xFF4500},
    {"orchid", 0xDA70D6},
    {"palegoldenrod", 0xEEE8AA},
    {"palegreen", 0x98FB98},
    {"paleturquoise", 0xAFEEEE},
    {"palevioletred", 0xDB7093},
    {"papayawhip", 0xFFEFD5},
    {"peachpuff", 0xFFDAB9},
    {"peru", 0xCD853F},
    {"pink", 0xFFC0CB},
    {"plum", 0xDDA0DD},
    {"powderblue", 0xB0E0E6},
    {"purple", 0x800080},
    {"rebeccapurple", 0x663399},
    {"red", 0xFF0000},
    {"rosybrown", 0xBC8F8F},
    {"royalblue", 0x4169E1},
    {"saddlebrown", 0x8B4513},
    {"salmon", 0xFA8072},
    {"sandybrown", 0xF4A460},
    {"seagreen", 0x2E8B57},
    {"seashell", 0xFFF5EE},
    {"sienna", 0xA0522D},
    {"silver", 0xC0C0C0},
    {"skyblue", 0x87CEEB},
    {"slateblue", 0x6A5ACD},
    {"slategray", 0x708090},
    {"slategrey", 0x708090},
    {"snow", 0xFFFAFA},
    {"springgreen", 0x00FF7F},
    {"steelblue", 0x4682B4},
    {"tan", 0xD2B48C},
    {"teal", 0x008080},
    {"thistle", 0xD8BFD8},
    {"tomato", 0xFF6347},
    {"turquoise", 0x40E0D0},
    {"violet", 0xEE82EE},
    {"wheat", 0xF5DEB3},
    {"white", 0xFFFFFF},
    {"whitesmoke", 0xF5F5F5},
    {"yellow", 0xFFFF00},
    {"yellowgreen", 0x9ACD32},
};

static uint8_t channel_of(double value)
{
    return (uint8_t)lround(isnan(value) ? 0 : fmin(fmax(value, 0), 255));
}

struct colour css_colour_of(double red, double green, double blue, double opacity)
{
    return (struct colour){channel_of(red), channel_of(green), channel_of(blue), channel_of(opacity * 255)};
}

/* CSS Color Module Level 4, 7.1: channel n of 0 (red), 8 (green), 4 (blue). */
static double hsl_channel(double n, double hue_deg, double saturation, double lightness)
{
    double k = fmod(n + hue_deg / 30, 12);
    double spread = saturation * fmin(lightness, 1 - lightness);
    return lightness - spread * fmax(-1, fmin(fmin(k - 3, 9 - k), 1));
}

struct colour css_colour_of_hsl(double hue_deg, double saturation, double lightness, double opacity)
{
    double hue = fmod(fmod(hue_deg, 360) + 360, 360);
    saturation = fmin(fmax(saturation, 0), 1);
    lightness = fmin(fmax(lightness, 0), 1);
    return css_colour_of(255 * hsl_channel(0, hue, saturation, lightness),
                         255 * hsl_channel(8, hue, saturation, lightness),
                         255 * hsl_channel(4, hue, saturation, lightness), opacity);
}

struct colour css_colour_fade(struct colour colour, double opacity)
{
    colour.alpha = channel_of(colour.alpha * opacity);
    return colour;
}

static bool parse_hex(const char *digits, struct colour *colour)
{
    size_t count = strlen(digits);
    if ((count != 3 && count != 4 && count != 6 && count != 8) ||
        strspn(digits, "0123456789abcdef") != count) {
        return false;
    }
    bool is_short = count <= 4;
    bool has_alpha = count == 4 || count == 8;
    unsigned long value = strtoul(digits, NULL, 16);
    unsigned channels[4] = {255, 255, 255, 255};
    for (int i = has_alpha ? 3 : 2; i >= 0; i--) {
        channels[i] = is_short ? (unsigned)(value & 15) * 17 : (unsigned)(value & 255);
        value >>= is_short ? 4 : 8;
    }
    *colour = (struct colour){(uint8_t)channels[0], (uint8_t)channels[1], (uint8_t)channels[2],
                              (uint8_t)channels[3]};
    return true;
}

struct css_value {
    double number;
    bool is_percent;
};

/* The values between the brackets; returns how many, 0 when something else stands there. */
static int read_values(const char *text, struct css_value values[static 4])
{
    int count = 0;
    for (text += strspn(text, " "); *text != ')'; text += strspn(text, " ,/")) {
        if (count == 4 || !number_read(&text, &values[count].number)) {
            return 0;
        }
        values[count].is_percent = *text == '%';
        text += values[count].is_percent;
        text += strncmp(text, "deg", 3) == 0 ? 3 : 0;
        count++;
    }
    return text[1 + strspn(text + 1, " ")] == '\0' ? count : 0;
}

static double share_of(struct css_value value, double whole)
{
    return value.is_percent ? value.number / 100 * whole : value.number;
}

static bool parse_function(const char *text, struct colour *colour)
{
    bool is_hsl = strncmp(text, "hsl", 3) == 0;
    if (!is_hsl && strncmp(text, "rgb", 3) != 0) {
        return false;
    }
    text += 3;
    text += *text == 'a';
    text += strspn(text, " ");
    struct css_value values[4];
    int count = *text == '(' ? read_values(text + 1, values) : 0;
    if (count < 3) {
        return false;
    }
    double opacity = count == 4 ? share_of(values[3], 1) : 1;
    *colour =
        is_hsl ? css_colour_of_hsl(values[0].number, values[1].number / 100, values[2].number / 100, opacity)
               : css_colour_of(share_of(values[0], 255), share_of(values[1], 255), share_of(values[2], 255),
                               opacity);
    return true;
}

static int compare_names(const void *name, const void *entry)
{
    return strcmp(name, ((const struct named_colour *)entry)->name);
}

static bool find_name(const char *name, struct colour *colour)
{
    const struct named_colour *found =
        bsearch(name, names, sizeof names / sizeof names[0], sizeof names[0], compare_names);
    if (found) {
        *colour = (struct colour){(uint8_t)(found->rgb >> 16), (uint8_t)(found->rgb >> 8),
                                  (uint8_t)found->rgb, 255};
    }
    return found != NULL;
}

bool css_colour_parse(const char *text, struct colour *colour)
{
    char small[MOST_LETTERS];
    text += strspn(text, " \t\r\n");
    size_t length = strlen(text);
    while (length > 0 && strchr(" \t\r\n", text[length - 1])) {
        length--;
    }
    if (length == 0 || length >= sizeof small) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        small[i] = (char)tolower((unsigned char)text[i]);
    }
    small[length] = '\0';
    if (strcmp(small, "transparent") == 0) {
        *colour = (struct colour){0, 0, 0, 0};
        return true;
    }
    return small[0] == '#' ? parse_hex(small + 1, colour)
                           : parse_function(small, colour) || find_name(small, colour);
}
