#include "geo/base/number.h"

#include <math.h>
#include <stdlib.h>

/* A number starts with a sign, a point or a digit, and "0x" is none. */
static bool starts_number(const char *text)
{
    if (*text == '+' || *text == '-') {
        text++;
    }
    if (text[0] == '0' && (text[1] == 'x' || text[1] == 'X')) {
        return false;
    }
    return *text == '.' || (*text >= '0' && *text <= '9');
}

bool number_read(const char **text, double *number)
{
    if (!starts_number(*text)) {
        return false;
    }
    char *end = NULL;
    double found = strtod(*text, &end);
    if (end == *text || !isfinite(found)) {
        return false;
    }
    *text = end;
    *number = found;
    return true;
}

bool number_parse(const char *text, double *number)
{
    double found = 0;
    if (!number_read(&text, &found) || *text != '\0') {
        return false;
    }
    *number = found;
    return true;
}
