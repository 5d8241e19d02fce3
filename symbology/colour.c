/*
 * colour.c - colours are read strictly; the formulas are those of WCAG 2.1.
 */
#include "symbology/colour.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"

/* The value of a hexadecimal digit, or -1. */
static int digit_value(char digit)
{
    if (digit >= '0' && digit <= '9') {
        return digit - '0';
    }
    if (digit >= 'a' && digit <= 'f') {
        return digit - 'a' + 10;
    }
    return digit >= 'A' && digit <= 'F' ? digit - 'A' + 10 : -1;
}

/* Reads all digits; returns how many, or 0 when one is none or there are more than eight. */
static size_t read_digits(const char *text, int digits[static 8])
{
    size_t count = strlen(text);
    if (count > 8) {
        return 0;
    }
    for (size_t i = 0; i < count; i++) {
        digits[i] = digit_value(text[i]);
        if (digits[i] < 0) {
            return 0;
        }
    }
    return count;
}

bool colour_parse(const char *text, struct colour *colour, struct fault *fault)
{
    if (strcmp(text, "none") == 0) {
        *colour = (struct colour){0, 0, 0, 0};
        return true;
    }
    int d[8] = {0};
    size_t count = text[0] == '#' ? read_digits(text + 1, d) : 0;
    if (count == 3) {
        *colour = (struct colour){(uint8_t)(d[0] * 17), (uint8_t)(d[1] * 17), (uint8_t)(d[2] * 17), 255};
        return true;
    }
    if (count != 6 && count != 8) {
        fault_set(fault, FAULT_INPUT, "'%.40s' is no colour: write #RGB, #RRGGBB, #RRGGBBAA or none", text);
        return false;
    }
    int alpha = count == 8 ? d[6] * 16 + d[7] : 255;
    *colour = (struct colour){(uint8_t)(d[0] * 16 + d[1]), (uint8_t)(d[2] * 16 + d[3]),
                              (uint8_t)(d[4] * 16 + d[5]), (uint8_t)alpha};
    return true;
}

char *colour_format(struct colour colour, char text[static 10])
{
    int length = snprintf(text, 10, "#%02X%02X%02X", colour.red, colour.green, colour.blue);
    if (colour.alpha != 255) {
        snprintf(text + length, 10 - (size_t)length, "%02X", colour.alpha);
    }
    return text;
}

void colour_append_svg(struct colour colour, const char *attribute, struct buffer *svg)
{
    if (colour.alpha == 0) {
        buffer_appendf(svg, " %s=\"none\"", attribute);
        return;
    }
    buffer_appendf(svg, " %s=\"#%02X%02X%02X\"", attribute, colour.red, colour.green, colour.blue);
    if (colour.alpha < 255) {
        buffer_appendf(svg, " %s-opacity=\"%.3g\"", attribute, colour.alpha / 255.0);
    }
}

static double linear(uint8_t channel)
{
    double value = channel / 255.0;
    return value <= 0.03928 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
}

double colour_luminance(struct colour colour)
{
    return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue);
}

double colour_contrast(struct colour a, struct colour b)
{
    double light = fmax(colour_luminance(a), colour_luminance(b));
    double dark = fmin(colour_luminance(a), colour_luminance(b));
    return (light + 0.05) / (dark + 0.05);
}
