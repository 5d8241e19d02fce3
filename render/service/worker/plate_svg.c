/*
 * plate_svg.c - the viewBox is another, and all that is drawn stands in one group that is scaled to it.
 */
#include "render/service/worker/plate_svg.h"

#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/number.h"

#define VIEW_BOX "viewBox=\"0 0 "
#define END "</svg>"

/** Where the last tag begins. */
static const char *find_end(const char *svg, size_t length)
{
    for (const char *end = svg + length - strlen(END); end > svg; end--) {
        if (memcmp(end, END, strlen(END)) == 0) {
            return end;
        }
    }
    return svg + length;
}

char *plate_svg_in_dots(const char *svg, size_t length, int width, int height, size_t *new_length)
{
    struct buffer dots;
    double units[2];
    buffer_init(&dots, length + 200);
    const char *box = memmem(svg, length, VIEW_BOX, strlen(VIEW_BOX));
    const char *rest = box ? box + strlen(VIEW_BOX) : svg;
    bool has_box = box && number_read(&rest, &units[0]) && *rest == ' ' && rest++ &&
                   number_read(&rest, &units[1]) && units[0] > 0 && units[1] > 0;
    const char *inside = has_box ? memchr(rest, '>', length - (size_t)(rest - svg)) : NULL;
    if (!inside) {
        buffer_append(&dots, svg, length);
        return buffer_take(&dots, new_length);
    }
    const char *end = find_end(svg, length);
    buffer_append(&dots, svg, (size_t)(box - svg));
    buffer_appendf(&dots, VIEW_BOX "%d %d", width, height);
    buffer_append(&dots, rest, (size_t)(inside + 1 - rest));
    buffer_appendf(&dots, "\n<g transform=\"scale(%.9g %.9g)\">", width / units[0], height / units[1]);
    buffer_append(&dots, inside + 1, (size_t)(end - inside - 1));
    buffer_append_text(&dots, "</g>\n");
    buffer_append(&dots, end, (size_t)(svg + length - end));
    return buffer_take(&dots, new_length);
}
