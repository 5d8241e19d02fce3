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
#define MOST_PROPERTIES 50000 /* of all elements, classes counted each time that they are used */

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

static bool take_property(void *context, const char *name, const char *value)
{
    struct painting *painting = context;
    if (++painting->styles->property_count > MOST_PROPERTIES) {
        glyph_report_fail(painting->report, painting->element, "has more than 50,000 properties");
        return false;
    }
    const char *complaint = glyph_paint_set(painting->paint, name, value);
    if (complaint) {
        glyph_report_warn(painting->report, painting->element, "%s", complaint);
    }
    return true;
}

static void apply_classes(struct painting *painting, const char *names)
{
    static const char blanks[] = " \t\r\n";
    bool goes_on = true;
    for (names += strspn(names, blanks); *names != '\0' && goes_on; names += strspn(names, blanks)) {
        size_t length = strcspn(names, blanks);
        char *name = memory_copy_bytes(names, length);
        const char *declarations = table_find(painting->styles->classes, name);
        goes_on = !declarations || glyph_css_read(declarations, take_property, painting);
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
