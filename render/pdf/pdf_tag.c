#include "render/pdf/pdf_tag.h"

#include <assert.h>

const char *pdf_tag_of_node(enum page_tag tag)
{
    static const char *const names[PAGE_TAG_COUNT] = {
        [PAGE_TAG_HEADER] = "Sect",   [PAGE_TAG_SECTION] = "Sect",   [PAGE_TAG_LIST] = "L",
        [PAGE_TAG_TABLE] = "Table",   [PAGE_TAG_ROW] = "TR",         [PAGE_TAG_TITLE] = "H1",
        [PAGE_TAG_HEADING] = "H2",    [PAGE_TAG_SUBHEADING] = "H3",  [PAGE_TAG_PARAGRAPH] = "P",
        [PAGE_TAG_LIST_ITEM] = "LI",  [PAGE_TAG_HEADER_CELL] = "TH", [PAGE_TAG_CELL] = "TD",
        [PAGE_TAG_FIGURE] = "Figure",
    };
    assert((unsigned)tag < PAGE_TAG_COUNT);
    return names[tag];
}

const char *pdf_tag_of_leaf(enum page_tag tag)
{
    return tag == PAGE_TAG_LIST_ITEM ? "LBody" : pdf_tag_of_node(tag);
}
