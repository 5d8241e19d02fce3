#include "render/briefing/block.h"

#include <assert.h>

enum block_kind block_of(enum element element)
{
    static const enum block_kind blocks[ELEMENT_COUNT] = {
        [ELEMENT_TITLE] = BLOCK_TITLE,         [ELEMENT_LOGO] = BLOCK_LOGO,
        [ELEMENT_TIMES] = BLOCK_TIMES,         [ELEMENT_STATUS] = BLOCK_FACTS,
        [ELEMENT_ACTIVITY] = BLOCK_FACTS,      [ELEMENT_LEGEND] = BLOCK_LEGEND,
        [ELEMENT_SCALE] = BLOCK_SCALE,         [ELEMENT_NORTH] = BLOCK_SCALE,
        [ELEMENT_OVERVIEW] = BLOCK_INSETS,     [ELEMENT_COMPLETENESS] = BLOCK_COMPLETENESS,
        [ELEMENT_AUTHOR] = BLOCK_FACTS,        [ELEMENT_DATUM] = BLOCK_FACTS,
        [ELEMENT_GRID] = BLOCK_FACTS,          [ELEMENT_LINK] = BLOCK_INSETS,
        [ELEMENT_SOURCES] = BLOCK_SOURCES,     [ELEMENT_DISCLAIMER] = BLOCK_DISCLAIMER,
        [ELEMENT_TABLES] = BLOCK_KIND_COUNT,   [ELEMENT_MARKING] = BLOCK_KIND_COUNT,
        [ELEMENT_IDENTITY] = BLOCK_KIND_COUNT,
    };
    assert(element < ELEMENT_COUNT);
    return blocks[element];
}
