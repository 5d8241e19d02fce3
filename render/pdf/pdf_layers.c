#include "render/pdf/pdf_layers.h"

#include <qpdf/qpdf-c.h>
#include <stdio.h>
#include <stdlib.h>

#include "geo/base/memory.h"
#include "render/pdf/pdf_marks.h"
#include "render/pdf/pdf_object.h"

/** Each layer with its title; 0: it has no ink. Owned. */
static unsigned *new_groups(struct _qpdf_data *file, const struct pdf_marks *marks, const bool *inked_layers)
{
    unsigned *groups = memory_new(marks->layer_count, sizeof *groups);
    for (size_t i = 0; i < marks->layer_count; i++) {
        if (!inked_layers[i]) {
            continue;
        }
        groups[i] = pdf_object_new(file, "OCG");
        pdf_object_set_text(file, groups[i], "Name", marks->layers[i].title);
    }
    return groups;
}

static unsigned array_of(struct _qpdf_data *file, const unsigned *groups, size_t count)
{
    unsigned array = qpdf_oh_new_array(file);
    for (size_t i = count; i > 0; i--) {
        if (groups[i - 1]) {
            qpdf_oh_append_item(file, array, groups[i - 1]);
        }
    }
    return array;
}

/** PDF/A asks for a name of the configuration, and that its order has all layers. */
static void write_catalogue(struct _qpdf_data *file, const unsigned *groups, size_t count)
{
    unsigned configuration = qpdf_oh_new_dictionary(file);
    pdf_object_set_text(file, configuration, "Name", "Plottafel");
    pdf_object_set(file, configuration, "Order", array_of(file, groups, count));
    unsigned properties = qpdf_oh_new_dictionary(file);
    pdf_object_set(file, properties, "OCGs", array_of(file, groups, count));
    pdf_object_set(file, properties, "D", configuration);
    pdf_object_set(file, qpdf_get_root(file), "OCProperties", properties);
}

static void write_page(struct _qpdf_data *file, const struct pdf_page *page, size_t number,
                       const unsigned *groups)
{
    unsigned resources = pdf_object_dictionary(file, qpdf_get_page_n(file, number), "Resources");
    for (size_t i = 0; i < page->mark_count; i++) {
        if (page->marks[i].kind == PDF_MARK_LAYER_BEGIN && groups[page->marks[i].index]) {
            char name[32];
            snprintf(name, sizeof name, "L%zu", page->marks[i].index);
            pdf_object_set(file, pdf_object_dictionary(file, resources, "Properties"), name,
                           groups[page->marks[i].index]);
        }
    }
}

static bool has_any(const struct pdf_marks *marks, const bool *inked_layers)
{
    for (size_t i = 0; i < marks->layer_count; i++) {
        if (inked_layers[i]) {
            return true;
        }
    }
    return false;
}

void pdf_layers_write(struct _qpdf_data *file, const struct pdf_marks *marks, const bool *inked_layers)
{
    if (!has_any(marks, inked_layers)) {
        return;
    }
    unsigned *groups = new_groups(file, marks, inked_layers);
    write_catalogue(file, groups, marks->layer_count);
    for (size_t i = 0; i < marks->page_count; i++) {
        write_page(file, &marks->pages[i], i, groups);
    }
    free(groups);
}
