#include "render/print/text_join.h"

#include <stddef.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"

bool text_says(const char *text)
{
    return text && text[0];
}

char *text_take(struct buffer *buffer)
{
    size_t length;
    return buffer_take(buffer, &length);
}

void text_append_part(struct buffer *buffer, const char *separator, const char *text)
{
    if (!text_says(text)) {
        return;
    }
    if (buffer->length > 0) {
        buffer_append_text(buffer, separator);
    }
    buffer_append_text(buffer, text);
}

char *text_joined(const char *separator, const char *a, const char *b)
{
    struct buffer buffer;
    buffer_init(&buffer, TEXT_JOIN_CEILING_BYTES);
    text_append_part(&buffer, separator, a);
    text_append_part(&buffer, separator, b);
    return text_take(&buffer);
}

char *text_stacked(const char *first, const char *second)
{
    bool is_same = text_says(first) && text_says(second) && strcmp(first, second) == 0;
    return text_joined("\n", first, is_same ? NULL : second);
}

char *text_moment(int64_t moment_ms)
{
    char text[32] = "–";
    if (moment_ms != MOMENT_NONE && moment_ms != MOMENT_FOREVER) {
        moment_format_local(moment_ms, text);
    }
    return memory_copy_text(text);
}
