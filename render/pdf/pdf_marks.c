#include "render/pdf/pdf_marks.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"

static struct pdf_page *current_page(struct pdf_marks *marks)
{
    return &marks->pages[marks->page_count - 1];
}

static void add_page(struct pdf_marks *marks)
{
    marks->pages = memory_resize(marks->pages, marks->page_count + 1, sizeof *marks->pages);
    marks->pages[marks->page_count++] = (struct pdf_page){0};
}

struct pdf_marks pdf_marks_new(void)
{
    struct pdf_marks marks = {0};
    add_page(&marks);
    return marks;
}

static void finish_page(struct pdf_page *page)
{
    for (size_t i = 0; i < page->place_count; i++) {
        free(page->places[i].title);
        free(page->places[i].crs_code);
        free(page->places[i].crs_wkt);
    }
    free(page->places);
    free(page->marks);
}

void pdf_marks_finish(struct pdf_marks *marks)
{
    for (size_t i = 0; i < marks->page_count; i++) {
        finish_page(&marks->pages[i]);
    }
    for (size_t i = 0; i < marks->layer_count; i++) {
        free(marks->layers[i].id);
        free(marks->layers[i].title);
    }
    for (size_t i = 0; i < marks->node_count; i++) {
        free(marks->nodes[i].alternative);
    }
    free(marks->pages);
    free(marks->layers);
    free(marks->nodes);
    *marks = (struct pdf_marks){0};
}

static void add_mark(struct pdf_marks *marks, enum pdf_mark_kind kind, size_t index)
{
    struct pdf_page *page = current_page(marks);
    page->marks = memory_resize(page->marks, page->mark_count + 1, sizeof *page->marks);
    page->marks[page->mark_count++] = (struct pdf_mark){kind, index, false};
}

static void push(struct pdf_marks *marks, enum pdf_open_kind kind, size_t index)
{
    assert(marks->open_count < PDF_OPEN_MAX);
    marks->open[marks->open_count++] = (struct pdf_open){kind, index};
}

static struct pdf_open pop(struct pdf_marks *marks)
{
    assert(marks->open_count > 0);
    return marks->open[--marks->open_count];
}

static size_t find_layer(struct pdf_marks *marks, const char *id, const char *title)
{
    for (size_t i = 0; i < marks->layer_count; i++) {
        if (strcmp(marks->layers[i].id, id) == 0) {
            return i;
        }
    }
    marks->layers = memory_resize(marks->layers, marks->layer_count + 1, sizeof *marks->layers);
    marks->layers[marks->layer_count] =
        (struct pdf_layer){memory_copy_text(id), memory_copy_text(title && title[0] ? title : id)};
    return marks->layer_count++;
}

bool pdf_marks_layer_begin(struct pdf_marks *marks, const char *id, const char *title)
{
    size_t layer = find_layer(marks, id, title);
    push(marks, PDF_OPEN_LAYER, layer);
    add_mark(marks, PDF_MARK_LAYER_BEGIN, layer);
    return true;
}

bool pdf_marks_layer_end(struct pdf_marks *marks)
{
    struct pdf_open open = pop(marks);
    assert(open.kind == PDF_OPEN_LAYER);
    add_mark(marks, PDF_MARK_LAYER_END, open.index);
    return true;
}

void pdf_marks_inked(struct pdf_marks *marks)
{
    struct pdf_page *page = current_page(marks);
    assert(page->mark_count > 0);
    page->marks[page->mark_count - 1].is_last = true;
}

/** The innermost tag that is open; PDF_NO_NODE: none. */
static size_t innermost_node(const struct pdf_marks *marks)
{
    for (size_t i = marks->open_count; i > 0; i--) {
        if (marks->open[i - 1].kind == PDF_OPEN_TAG) {
            return marks->open[i - 1].index;
        }
    }
    return PDF_NO_NODE;
}

static bool is_decoration(const struct pdf_marks *marks)
{
    for (size_t i = 0; i < marks->open_count; i++) {
        if (marks->open[i].kind == PDF_OPEN_DECORATION) {
            return true;
        }
    }
    return false;
}

/** Is a leaf or decoration open? What is painted is told then. */
static bool is_in_leaf(const struct pdf_marks *marks)
{
    if (is_decoration(marks)) {
        return true;
    }
    size_t node = innermost_node(marks);
    return node != PDF_NO_NODE && marks->nodes[node].leaf >= 0;
}

/** Counts a new child of a node. Its number. */
static int count_child(struct pdf_marks *marks, size_t parent)
{
    if (parent == PDF_NO_NODE) {
        return 0;
    }
    struct pdf_node *node = &marks->nodes[parent];
    int number = node->child_count++;
    if (node->parent != PDF_NO_NODE && marks->nodes[node->parent].widest_child < node->child_count) {
        marks->nodes[node->parent].widest_child = node->child_count;
    }
    return number;
}

static size_t add_node(struct pdf_marks *marks, enum page_tag tag, const char *alternative)
{
    struct pdf_node node = {.tag = tag,
                            .alternative = memory_copy_text(alternative),
                            .parent = innermost_node(marks),
                            .page = marks->page_count - 1,
                            .leaf = -1};
    node.number = count_child(marks, node.parent);
    if (tag >= PAGE_TAG_TITLE) {
        node.leaf = current_page(marks)->leaf_count++;
    }
    marks->nodes = memory_resize(marks->nodes, marks->node_count + 1, sizeof *marks->nodes);
    marks->nodes[marks->node_count] = node;
    return marks->node_count++;
}

bool pdf_marks_tag_begin(struct pdf_marks *marks, enum page_tag tag, const char *alternative)
{
    assert((unsigned)tag < PAGE_TAG_COUNT);
    if (is_in_leaf(marks)) {
        push(marks, PDF_OPEN_IGNORED, 0);
        return false;
    }
    if (tag == PAGE_TAG_DECORATION) {
        push(marks, PDF_OPEN_DECORATION, 0);
        return false;
    }
    size_t node = add_node(marks, tag, alternative);
    push(marks, PDF_OPEN_TAG, node);
    if (marks->nodes[node].leaf < 0) {
        return false;
    }
    add_mark(marks, PDF_MARK_LEAF_BEGIN, node);
    return true;
}

bool pdf_marks_tag_end(struct pdf_marks *marks)
{
    struct pdf_open open = pop(marks);
    assert(open.kind != PDF_OPEN_LAYER);
    if (open.kind != PDF_OPEN_TAG || marks->nodes[open.index].leaf < 0) {
        return false;
    }
    add_mark(marks, PDF_MARK_LEAF_END, open.index);
    return true;
}

void pdf_marks_add_place(struct pdf_marks *marks, struct bbox box_mm, const struct page_place *place)
{
    struct pdf_page *page = current_page(marks);
    struct pdf_place copy = {.box_mm = box_mm,
                             .title = memory_copy_text(place->title),
                             .crs_code = memory_copy_text(place->crs_code),
                             .crs_wkt = memory_copy_text(place->crs_wkt)};
    memcpy(copy.corners_deg, place->corners_deg, sizeof copy.corners_deg);
    page->places = memory_resize(page->places, page->place_count + 1, sizeof *page->places);
    page->places[page->place_count++] = copy;
}

void pdf_marks_next_page(struct pdf_marks *marks)
{
    assert(marks->open_count == 0);
    add_page(marks);
}
