/*
 * block.h - what of a page is measured, placed and painted as one: an element, or several that belong
 * together where a template puts them in the same place.
 *
 *     block             elements                                     written in        painted in
 *     title             title                                        content.c         header.c
 *     logo              logo                                         logo.c            header.c
 *     times             times                                        content.c         header.c
 *     legend            legend                                       render/legend     legend_block.c
 *     scale             scale, north                                                   scale_block.c
 *     insets            overview, link                               overview.c, qr.c  inset_block.c
 *     completeness      completeness                                 completeness.c    passage
 *     facts             status, activity, author, datum, grid        fact_rows.c       passage
 *     sources           sources                                      sources.c         passage
 *     disclaimer        disclaimer                                   content.c         passage
 *
 * The marking stands in the bands and the identity in the footer of every page (furniture.c), tables on pages
 * of their own (sequel.c).
 */
#ifndef RENDER_BRIEFING_BLOCK_H
#define RENDER_BRIEFING_BLOCK_H

#include "render/briefing/element.h"

/** In reading order. */
enum block_kind {
    BLOCK_TITLE,
    BLOCK_LOGO,
    BLOCK_TIMES,
    BLOCK_LEGEND,
    BLOCK_SCALE,
    BLOCK_INSETS,
    BLOCK_COMPLETENESS,
    BLOCK_FACTS,
    BLOCK_SOURCES,
    BLOCK_DISCLAIMER,
    BLOCK_KIND_COUNT
};

/** The block of an element; BLOCK_KIND_COUNT: it has none. */
enum block_kind block_of(enum element element);

/** A set of elements, one bit each. */
static inline unsigned element_bit(enum element element)
{
    return 1u << element;
}

#endif
