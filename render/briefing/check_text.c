#include "render/briefing/check_text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define SCHEME "plottafel:verify/"

void check_text_write(const char *id, const uint64_t *checksum, char text[static CHECK_TEXT_BYTES])
{
    text[0] = '\0';
    if (!id || !id[0] || strlen(id) >= CHECK_ID_BYTES) {
        return;
    }
    size_t used = (size_t)snprintf(text, CHECK_TEXT_BYTES, SCHEME "%s", id);
    if (checksum) {
        snprintf(text + used, CHECK_TEXT_BYTES - used, "/%016" PRIx64, *checksum);
    }
}

static bool copy_part(const char *start, size_t length, char *part, size_t size)
{
    if (length == 0 || length >= size) {
        return false;
    }
    memcpy(part, start, length);
    part[length] = '\0';
    return true;
}

bool check_text_read(const char *text, char id[static CHECK_ID_BYTES], char checksum[static CHECK_SUM_BYTES])
{
    size_t scheme = strlen(SCHEME);
    checksum[0] = '\0';
    if (strncmp(text, SCHEME, scheme) != 0) {
        return false;
    }
    const char *start = text + scheme;
    size_t length = strcspn(start, "/");
    const char *sum = start[length] ? start + length + 1 : NULL;
    return copy_part(start, length, id, CHECK_ID_BYTES) &&
           (!sum || copy_part(sum, strlen(sum), checksum, CHECK_SUM_BYTES));
}
