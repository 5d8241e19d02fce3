/*
 * glyph_style.c - what is read is counted in bytes, so that neither long attributes nor classes that are
 * named again and again make reading long.
 */
#include "symbology/glyph_style.h"

#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "geo/base/table.h"
#include "geo/base/xml.h"
#include "symbology/glyph_css.h"
#include "symbology/glyph_paint.h"
#include "symbology/glyph_report.h"

#define MOST_SHEETS 8
#define MOST_READ_BYTES (8u << 20) /* of attributes and classes, each time that they are used */

struct painting {
    struct glyph_styles *styles;
    const struct xml_node *element;
    struct glyph_paint *paint;
    struct glyph_report *report;
};

void glyph_styles_init(struct glyph_styles *styles)
{
    *styles = (struct glyph_styles){.classes = table_new(free)};
}

void glyph_styles_finish(struct glyph_styles *styles)
{
    table_free(styles->classes);
}

void glyph_styles_read(struct glyph_styles *styles, const struct xml_node *sheet, struct glyph_report *report)
{
    char *text = xml_text(sheet);
    if (++styles->sheet_count > MOST_SHEETS || !glyph_css_read_classes(text, styles->classes)) {
        glyph_report_warn(report, sheet, "CSS other than simple rules for classes was left out");
    }
    free(text);
}

/* Is there still time to read a text? */
static bool may_read(struct painting *painting, const char *text)
{
    painting->styles->read_bytes += strlen(text) + 1;
    if (painting->styles->read_bytes > MOST_READ_BYTES) {
        glyph_report_fail(
            painting->report, painting->element,
            "has more than 8 MiB of attributes and classes, each counted as often as it is used");
        return false;
    }
    return true;
}

static void take_property(void *context, const char *name, const char *value)
{
    struct painting *painting = context;
    const char *complaint = glyph_paint_set(painting->paint, name, value);
    if (complaint) {
        glyph_report_warn(painting->report, painting->element, "%s", complaint);
    }
}

static void apply_classes(struct painting *painting, const char *names)
{
    static const char blanks[] = " \t\r\n";
    bool goes_on = true;
    for (names += strspn(names, blanks); *names != '\0' && goes_on; names += strspn(names, blanks)) {
        size_t length = strcspn(names, blanks);
        char *name = memory_copy_bytes(names, length);
        const char *declarations = table_find(painting->styles->classes, name);
        goes_on = !declarations || may_read(painting, declarations);
        if (declarations && goes_on) {
            glyph_css_read(declarations, take_property, painting);
        }
        free(name);
        names += length;
    }
}

/* Attributes first, then classes, then the element's own style: each is stronger than the one before. */
void glyph_styles_apply(struct glyph_styles *styles, const struct xml_node *element,
                        struct glyph_paint *paint, struct glyph_report *report)
{
    struct painting painting = {styles, element, paint, report};
    const char *name = NULL;
    for (size_t i = 0; (name = xml_attribute_name(element, i)) != NULL; i++) {
        if (!may_read(&painting, xml_attribute_at(element, i))) {
            return;
        }
        if (name[0] == 'o' && name[1] == 'n') {
            glyph_report_warn(report, element, "the event handler '%.20s' was left out", name);
        } else {
            take_property(&painting, name, xml_attribute_at(element, i));
        }
    }
    const char *classes = xml_attribute(element, "class");
    const char *style = xml_attribute(element, "style");
    if (classes) {
        apply_classes(&painting, classes);
    }
    if (style) {
        glyph_css_read(style, take_property, &painting);
    }
}
