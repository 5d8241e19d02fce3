#include "render/service/briefing/grip.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "geo/base/fault.h"

#define LEVEL_MOST '5'

static const char *skip_blanks(const char *text)
{
    while (isspace((unsigned char)*text)) {
        text++;
    }
    return text;
}

/** What stands behind "GRIP"; the text itself when it is a number, too. NULL: it is of another kind. */
static const char *find_level(const char *text)
{
    bool is_named = strncasecmp(text, "grip", 4) == 0 && !isalpha((unsigned char)text[4]);
    bool is_number = strchr("+-.", *text) || isdigit((unsigned char)*text);
    if (is_named) {
        return skip_blanks(text + 4);
    }
    return is_number ? text : NULL;
}

bool grip_read(const char *text, char grip[static GRIP_BYTES], struct fault *fault)
{
    const char *words = skip_blanks(text);
    const char *level = *words ? find_level(words) : NULL;
    if (strlen(words) >= GRIP_BYTES) {
        fault_set(fault, FAULT_INPUT, "must be shorter than %d bytes", GRIP_BYTES);
        return false;
    }
    if (!level) {
        snprintf(grip, GRIP_BYTES, "%s", words);
        return true;
    }
    if (strcasecmp(level, "rijk") == 0) {
        snprintf(grip, GRIP_BYTES, "GRIP Rijk");
        return true;
    }
    bool is_level = *level >= '0' && *level <= LEVEL_MOST && !*skip_blanks(level + 1);
    if (!is_level) {
        fault_set(fault, FAULT_INPUT,
                  "must be 0 to 5, GRIP 0 to GRIP 5, GRIP Rijk, or words of another country, "
                  "not '%.60s'",
                  words);
        return false;
    }
    snprintf(grip, GRIP_BYTES, "GRIP %c", *level);
    return true;
}
