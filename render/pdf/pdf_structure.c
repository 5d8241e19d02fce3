/*
 * pdf_structure.c - a node is made before its children, which stand after it in the marks.
 */
#include "render/pdf/pdf_structure.h"

#include <qpdf/qpdf-c.h>
#include <stdio.h>
#include <stdlib.h>

#include "geo/base/memory.h"
#include "render/pdf/pdf_marks.h"
#include "render/pdf/pdf_object.h"
#include "render/pdf/pdf_tag.h"

struct writing {
    struct _qpdf_data *file;
    const struct pdf_marks *marks;
    unsigned document;
    unsigned *elements; /* of each node */
    unsigned *kids;     /* arrays, of each node that is a group */
    unsigned *parents;  /* arrays, of each page: the element of each leaf */
};

static unsigned new_element(struct _qpdf_data *file, const char *tag, unsigned parent)
{
    unsigned element = pdf_object_new(file, "StructElem");
    pdf_object_set_name(file, element, "S", tag);
    pdf_object_set(file, element, "P", parent);
    return element;
}

/** The last cell of a row takes the columns that the row lacks. */
static int columns_of(const struct pdf_marks *marks, const struct pdf_node *cell)
{
    const struct pdf_node *row = cell->parent == PDF_NO_NODE ? NULL : &marks->nodes[cell->parent];
    if (!row || row->parent == PDF_NO_NODE || cell->number + 1 < row->child_count) {
        return 1;
    }
    return marks->nodes[row->parent].widest_child - row->child_count + 1;
}

static void describe(const struct writing *writing, const struct pdf_node *node, unsigned element)
{
    if (node->alternative) {
        pdf_object_set_text(writing->file, element, "Alt", node->alternative);
    }
    bool is_header = node->tag == PAGE_TAG_HEADER_CELL;
    bool is_cell = is_header || node->tag == PAGE_TAG_CELL;
    int columns = is_cell ? columns_of(writing->marks, node) : 1;
    char span[32] = "";
    if (columns > 1) {
        snprintf(span, sizeof span, "/ColSpan %d", columns);
    }
    if (is_header || columns > 1) {
        char words[80];
        snprintf(words, sizeof words, "<</O /Table %s %s>>", is_header ? "/Scope /Column" : "", span);
        pdf_object_set_parsed(writing->file, element, "A", words);
    }
}

/** The element that holds the ink: of an item of a list its body. */
static unsigned holder_of(const struct writing *writing, const struct pdf_node *node, unsigned element)
{
    if (node->tag != PAGE_TAG_LIST_ITEM) {
        return element;
    }
    unsigned body = new_element(writing->file, pdf_tag_of_leaf(node->tag), element);
    pdf_object_set(writing->file, element, "K", body);
    return body;
}

static void write_leaf(const struct writing *writing, const struct pdf_node *node, unsigned element)
{
    unsigned holder = holder_of(writing, node, element);
    pdf_object_set(writing->file, holder, "Pg", qpdf_get_page_n(writing->file, node->page));
    pdf_object_set_integer(writing->file, holder, "K", node->leaf);
    qpdf_oh_append_item(writing->file, writing->parents[node->page], holder);
}

static void write_node(struct writing *writing, size_t index)
{
    const struct pdf_node *node = &writing->marks->nodes[index];
    bool is_top = node->parent == PDF_NO_NODE;
    unsigned parent = is_top ? writing->document : writing->elements[node->parent];
    unsigned element = new_element(writing->file, pdf_tag_of_node(node->tag), parent);
    writing->elements[index] = element;
    describe(writing, node, element);
    if (!is_top) {
        qpdf_oh_append_item(writing->file, writing->kids[node->parent], element);
    }
    if (node->leaf >= 0) {
        write_leaf(writing, node, element);
    } else {
        writing->kids[index] = qpdf_oh_new_array(writing->file);
        pdf_object_set(writing->file, element, "K", writing->kids[index]);
    }
}

/** Of one page: only its headers, or only the others. */
static void append_top(const struct writing *writing, unsigned array, size_t page, bool wants_headers)
{
    for (size_t i = 0; i < writing->marks->node_count; i++) {
        const struct pdf_node *node = &writing->marks->nodes[i];
        bool is_header = node->tag == PAGE_TAG_HEADER;
        if (node->parent == PDF_NO_NODE && node->page == page && is_header == wants_headers) {
            qpdf_oh_append_item(writing->file, array, writing->elements[i]);
        }
    }
}

static unsigned top_of(const struct writing *writing)
{
    unsigned array = qpdf_oh_new_array(writing->file);
    for (size_t page = 0; page < writing->marks->page_count; page++) {
        append_top(writing, array, page, true);
        append_top(writing, array, page, false);
    }
    return array;
}

/** Where a reader finds the elements of a page's leaves. */
static unsigned parent_tree(const struct writing *writing)
{
    struct _qpdf_data *file = writing->file;
    unsigned numbers = qpdf_oh_new_array(file);
    for (size_t page = 0; page < writing->marks->page_count; page++) {
        qpdf_oh_append_item(file, numbers, qpdf_oh_new_integer(file, (long long)page));
        qpdf_oh_append_item(file, numbers, qpdf_make_indirect_object(file, writing->parents[page]));
        pdf_object_set_integer(file, qpdf_get_page_n(file, page), "StructParents", (long long)page);
        pdf_object_set_name(file, qpdf_get_page_n(file, page), "Tabs", "S");
    }
    unsigned tree = pdf_object_new(file, NULL);
    pdf_object_set(file, tree, "Nums", numbers);
    return tree;
}

static void write_tree(struct writing *writing, unsigned root)
{
    const struct pdf_marks *marks = writing->marks;
    for (size_t i = 0; i < marks->page_count; i++) {
        writing->parents[i] = qpdf_oh_new_array(writing->file);
    }
    for (size_t i = 0; i < marks->node_count; i++) {
        write_node(writing, i);
    }
    pdf_object_set(writing->file, writing->document, "K", top_of(writing));
    pdf_object_set(writing->file, root, "K", writing->document);
    pdf_object_set(writing->file, root, "ParentTree", parent_tree(writing));
    pdf_object_set_integer(writing->file, root, "ParentTreeNextKey", (long long)marks->page_count);
}

void pdf_structure_write(struct _qpdf_data *file, const struct pdf_marks *marks)
{
    unsigned root = pdf_object_new(file, "StructTreeRoot");
    struct writing writing = {.file = file,
                              .marks = marks,
                              .document = new_element(file, "Document", root),
                              .elements = memory_new(marks->node_count, sizeof(unsigned)),
                              .kids = memory_new(marks->node_count, sizeof(unsigned)),
                              .parents = memory_new(marks->page_count, sizeof(unsigned))};
    write_tree(&writing, root);
    pdf_object_set(file, qpdf_get_root(file), "StructTreeRoot", root);
    pdf_object_set_parsed(file, qpdf_get_root(file), "MarkInfo", "<</Marked true>>");
    free(writing.elements);
    free(writing.kids);
    free(writing.parents);
}
