#include "symbology/import/label_template.h"

#include <string.h>

#include "geo/base/buffer.h"

#define MOST_BYTES (64u << 10)

char *label_template_of_attribute(const char *name)
{
    if (name[0] == '\0' || strpbrk(name, "{}")) {
        return NULL;
    }
    struct buffer text;
    buffer_init(&text, MOST_BYTES);
    buffer_appendf(&text, "{%s}", name);
    return buffer_take(&text, NULL);
}

static void append_letters(struct buffer *text, const char *letters, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        buffer_append(text, letters + i, 1);
        if (letters[i] == '{' || letters[i] == '[') {
            buffer_append(text, letters + i, 1);
        }
    }
}

char *label_template_of_text(const char *text)
{
    struct buffer escaped;
    buffer_init(&escaped, MOST_BYTES);
    append_letters(&escaped, text, strlen(text));
    return buffer_take(&escaped, NULL);
}

char *label_template_of_tokens(const char *text)
{
    struct buffer template;
    buffer_init(&template, MOST_BYTES);
    while (*text != '\0') {
        size_t letters = strcspn(text, "{");
        append_letters(&template, text, letters);
        text += letters;
        size_t name = *text == '{' ? strcspn(text + 1, "{}") : 0;
        if (name > 0 && text[name + 1] == '}') {
            buffer_append(&template, text, name + 2);
            text += name + 2;
        } else if (*text == '{') {
            append_letters(&template, text++, 1);
        }
    }
    return buffer_take(&template, NULL);
}
