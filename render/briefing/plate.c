/*
 * plate.c - the layout of a briefing moves and shortens blocks as it does on paper; here is only what a sheet
 * of any size needs besides: a template, and parts to be given up, one after the other, while the rest has no
 * room.
 */
#include "render/briefing/plate.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "data/map.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "render/briefing/briefing.h"
#include "render/briefing/briefing_pages.h"
#include "render/briefing/document_identity.h"
#include "render/briefing/frame.h"
#include "render/briefing/header_block.h"
#include "render/briefing/layout.h"
#include "render/briefing/legend_block.h"
#include "render/briefing/map_page.h"
#include "render/briefing/marginalia.h"
#include "render/briefing/template_value.h"
#include "render/canvas/page.h"
#include "render/legend/legend.h"
#include "render/print/pen.h"
#include "render/renderer.h"
#include "render/report.h"

#define BODY_DOTS 9.8 /* height of letters that a screen can still show */
#define BODY_MM 2.22  /* the same letters on A4 */
#define MAP_LEAST_WIDTH_MM 18.0
#define MAP_LEAST_HEIGHT_MM 12.0
#define ROOM_STEP 0.04 /* of the sheet: what a side gets more, while its blocks are short of room */
#define ROOM_MOST 0.34
#define TEXT_LEAST_MM 45.0 /* of a text that is shortened: in less what is left tells nothing. On A4 */
#define NO_ROOM "the sheet has no room for it"

struct plate {
    struct template template;
    struct paper_own sheet;
    enum place small_print; /* where it says what its coordinates are, if it must */
    struct layout layout;
    struct report report; /* what was given up, moved or shortened */
};

static const enum element elements[PLATE_PART_COUNT] = {
    [PLATE_TITLE] = ELEMENT_TITLE,         [PLATE_LEGEND] = ELEMENT_LEGEND,
    [PLATE_ATTRIBUTION] = ELEMENT_SOURCES, [PLATE_COMPASS] = ELEMENT_NORTH,
    [PLATE_SCALE_BAR] = ELEMENT_SCALE,     [PLATE_SITUATION_MAP] = ELEMENT_OVERVIEW,
};

const char *const *plate_part_names(void)
{
    static const char *const names[PLATE_PART_COUNT + 1] = {
        [PLATE_TITLE] = "map-title",
        [PLATE_LEGEND] = "map-legend",
        [PLATE_ATTRIBUTION] = "map-attribution",
        [PLATE_COMPASS] = "map-compass",
        [PLATE_SCALE_BAR] = "scale-bar",
        [PLATE_SITUATION_MAP] = "situation-map",
    };
    return names;
}

const char *const *plate_place_names(void)
{
    static const char *const names[PLACE_AROUND + 1] = {
        [PLACE_TOP_LEFT] = "topLeft",           [PLACE_TOP_CENTER] = "topCenter",
        [PLACE_TOP_RIGHT] = "topRight",         [PLACE_CENTER_LEFT] = "middleLeft",
        [PLACE_CENTER_RIGHT] = "middleRight",   [PLACE_BOTTOM_LEFT] = "bottomLeft",
        [PLACE_BOTTOM_CENTER] = "bottomCenter", [PLACE_BOTTOM_RIGHT] = "bottomRight",
    };
    return names;
}

bool plate_has_marginalia(const struct plate_wish *wish)
{
    for (int i = 0; i < PLATE_PART_COUNT; i++) {
        if (wish->places[i] != PLACE_OFF) {
            return true;
        }
    }
    return wish->grid_count > 0;
}

struct paper_own plate_sheet(double width_mm, double height_mm, double mm_per_dot)
{
    double unit = paper_unit_of_size((struct paper_size){width_mm, height_mm});
    return (struct paper_own){width_mm, height_mm, fmax(unit, BODY_DOTS * mm_per_dot / BODY_MM)};
}

static bool is_taken(const struct plate_wish *wish, enum place place)
{
    for (int i = 0; i < PLATE_PART_COUNT; i++) {
        if (wish->places[i] == place) {
            return true;
        }
    }
    return false;
}

/** Above the map, where nothing else stands. */
static enum place place_of_times(const struct plate_wish *wish)
{
    static const enum place places[] = {PLACE_TOP_RIGHT, PLACE_TOP_LEFT, PLACE_TOP_CENTER};
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        if (!is_taken(wish, places[i])) {
            return places[i];
        }
    }
    return PLACE_TOP_RIGHT;
}

/** What its lines are stands with other small print, beside or below the map. */
static enum place place_of_grid(const struct plate_wish *wish)
{
    static const enum plate_part parts[] = {PLATE_ATTRIBUTION, PLATE_SCALE_BAR, PLATE_COMPASS, PLATE_LEGEND};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        enum place place = wish->places[parts[i]];
        if (place >= PLACE_CENTER_LEFT && place < PLACE_AROUND) {
            return place;
        }
    }
    return PLACE_BOTTOM_LEFT;
}

/** A legend in a corner above the map is a column beside it: the strip it would need were empty else. */
static enum place place_of_legend(enum place asked)
{
    return asked == PLACE_TOP_LEFT    ? PLACE_CENTER_LEFT
           : asked == PLACE_TOP_RIGHT ? PLACE_CENTER_RIGHT
                                      : asked;
}

static struct template template_of(const struct plate_wish *wish, enum marking marking)
{
    struct template template = template_bare();
    template.id = memory_copy_text("plate");
    template.numbering = NUMBERING_NEVER;
    template.grid_count = wish->grid_count;
    for (size_t i = 0; i < wish->grid_count; i++) {
        template.grids[i] = wish->grids[i];
    }
    for (int turn = 0; turn < 2; turn++) {
        enum place *places = template.places[turn];
        for (int i = 0; i < PLATE_PART_COUNT; i++) {
            places[elements[i]] = wish->places[i];
        }
        places[ELEMENT_LEGEND] = place_of_legend(wish->places[PLATE_LEGEND]);
        places[ELEMENT_TIMES] = place_of_times(wish);
        places[ELEMENT_MARKING] = marking > MARKING_CLEAR ? PLACE_TOP_RIGHT : PLACE_OFF;
        places[ELEMENT_GRID] = wish->grid_count > 0 ? place_of_grid(wish) : PLACE_OFF;
    }
    return template;
}

static void find_layout(struct plate *plate)
{
    struct layout_sheet sheet = {.template = &plate->template, .own = plate->sheet};
    struct fault fault;
    bool is_found = layout_frame(sheet, &plate->layout, &fault);
    assert(is_found); /* it fails only for a map of a given size */
}

struct plate *plate_new(const struct plate_wish *wish, struct paper_own sheet, enum marking marking)
{
    struct plate *plate = memory_new(1, sizeof *plate);
    plate->template = template_of(wish, marking);
    plate->small_print = place_of_grid(wish);
    plate->sheet = sheet;
    report_init(&plate->report);
    find_layout(plate);
    return plate;
}

void plate_free(struct plate *plate)
{
    if (plate) {
        template_finish(&plate->template);
        report_finish(&plate->report);
        free(plate);
    }
}

struct bbox plate_map_mm(const struct plate *plate)
{
    return plate->layout.maps[0];
}

static enum place place_of(const struct plate *plate, enum plate_part part)
{
    return plate->template.places[0][elements[part]];
}

/** Gives a part up. */
static enum plate_state drop(struct plate *plate, enum plate_part part, const char *reason)
{
    report_add(&plate->report, REPORT_DID_NOT_FIT, plate_part_names()[part], "is left out: %s", reason);
    for (int turn = 0; turn < 2; turn++) {
        plate->template.places[turn][elements[part]] = PLACE_OFF;
    }
    plate->template.room = (struct template_room){0}; /* the others may do with what is usual */
    find_layout(plate);
    return PLATE_OTHER_MAP;
}

/** What can best be done without, first. */
static const enum plate_part dispensable[PLATE_PART_COUNT] = {
    PLATE_SITUATION_MAP, PLATE_ATTRIBUTION, PLATE_LEGEND, PLATE_SCALE_BAR, PLATE_COMPASS, PLATE_TITLE};

static enum plate_state drop_any(struct plate *plate, struct fault *fault)
{
    for (int i = 0; i < PLATE_PART_COUNT; i++) {
        if (place_of(plate, dispensable[i]) != PLACE_OFF) {
            return drop(plate, dispensable[i], NO_ROOM);
        }
    }
    fault_set(fault, FAULT_INPUT,
              "a sheet of %.0f x %.0f mm is too small for what always stands around a map with marginalia: "
              "the moment of the situation, its marking and what it is made of",
              plate->sheet.width_mm, plate->sheet.height_mm);
    return PLATE_FAILED;
}

/** A bar would lie where lengths are wrong, an arrow where nobody knows north. */
static enum plate_state drop_untrue(struct plate *plate, struct renderer *renderer,
                                    const struct briefing_order *order)
{
    struct fault fault;
    double angle_deg;
    bool has_bar = place_of(plate, PLATE_SCALE_BAR) != PLACE_OFF;
    bool has_arrow = place_of(plate, PLATE_COMPASS) != PLACE_OFF;
    if (has_bar && !frame_is_true(renderer, order->crs_code, order->centre, &fault)) {
        return drop(plate, PLATE_SCALE_BAR, fault.message);
    }
    if (has_arrow && !frame_true_north(renderer, order->crs_code, order->centre, &angle_deg, &fault)) {
        return drop(plate, PLATE_COMPASS, fault.message);
    }
    return PLATE_SETTLED;
}

/** Names the CRS where its places are not quite true: the warning stands with it. */
static enum plate_state warn_of_datum(struct plate *plate, struct renderer *renderer,
                                      const struct briefing_order *order)
{
    enum place *place = &plate->template.places[0][ELEMENT_DATUM];
    if (*place != PLACE_OFF || !frame_lacks_rd_grid(renderer, order->crs_code)) {
        return PLATE_SETTLED;
    }
    *place = plate->template.places[1][ELEMENT_DATUM] = plate->small_print;
    find_layout(plate);
    return PLATE_OTHER_MAP;
}

static void report_part(struct plate *plate, const struct map_page *page, const struct pen *pen,
                        const struct layout_block *block, enum plate_part part)
{
    const char *name = plate_part_names()[part];
    size_t left = part == PLATE_LEGEND
                      ? legend_count(page->legend) - legend_block_fit(&page->legend_block, pen, block->box)
                      : 0;
    if (left > 0) {
        report_add(&plate->report, REPORT_DID_NOT_FIT, name, "lacks %zu of its entries", left);
    } else if (block->is_short && part == PLATE_ATTRIBUTION) {
        report_add(&plate->report, REPORT_DID_NOT_FIT, name, "is shortened");
    } else if (block->place != place_of(plate, part)) {
        report_add(&plate->report, REPORT_DID_NOT_FIT, name, "stands at %s: the sheet is too narrow",
                   plate_place_names()[block->place]);
    }
}

static void report_parts(struct plate *plate, const struct map_page *page, const struct pen *pen)
{
    for (int i = 0; i < page->layout.block_count; i++) {
        const struct layout_block *block = &page->layout.blocks[i];
        for (int part = 0; part < PLATE_PART_COUNT; part++) {
            if (!bbox_is_empty(block->box) && (block->elements & element_bit(elements[part])) != 0) {
                report_part(plate, page, pen, block, (enum plate_part)part);
            }
        }
    }
}

/** The side of the map on which a place is, and how much of the sheet it has there. */
static double *room_at(struct plate *plate, enum place place, double *part)
{
    struct template_room *room = &plate->template.room;
    struct bbox cell = plate->layout.cells[place];
    struct bbox page = plate->layout.furniture.page;
    bool is_column = place == PLACE_CENTER_LEFT || place == PLACE_CENTER_RIGHT;
    *part = is_column ? bbox_width(cell) / bbox_width(page) : bbox_height(cell) / bbox_height(page);
    return place == PLACE_CENTER_LEFT    ? &room->left
           : place == PLACE_CENTER_RIGHT ? &room->right
           : place <= PLACE_TOP_RIGHT    ? &room->top
                                         : &room->bottom;
}

/** Gives a side more room, where a block of it is short of that. */
static bool grow(struct plate *plate, const struct map_page *page)
{
    for (int i = 0; i < page->layout.block_count; i++) {
        const struct layout_block *block = &page->layout.blocks[i];
        bool is_lacking = block->is_short || block->is_moved;
        double part;
        double *room = is_lacking && block->place < PLACE_AROUND ? room_at(plate, block->place, &part) : NULL;
        double wanted = room ? fmin(fmax(part, *room) + ROOM_STEP, ROOM_MOST) : 0;
        if (room && wanted > fmax(part, *room) + ROOM_STEP / 8) {
            *room = wanted;
            find_layout(plate);
            return true;
        }
    }
    return false;
}

/** Found no place, or so little that it tells nothing. */
static bool is_homeless(const struct layout_block *block, double unit)
{
    bool is_text = block->kind == BLOCK_SOURCES;
    return block->is_moved || (is_text && block->is_short && bbox_width(block->box) < TEXT_LEAST_MM * unit);
}

/** Gives up one part that has no place, so that others have more room. */
static bool drop_homeless(struct plate *plate, const struct map_page *page)
{
    for (int i = 0; i < PLATE_PART_COUNT; i++) {
        for (int k = 0; k < page->layout.block_count; k++) {
            const struct layout_block *block = &page->layout.blocks[k];
            if ((block->elements & element_bit(elements[dispensable[i]])) != 0 &&
                is_homeless(block, plate->sheet.unit)) {
                drop(plate, dispensable[i], NO_ROOM);
                return true;
            }
        }
    }
    return false;
}

/** What the footer says of the sheet may be too long for a narrow one. */
static void report_identity(struct plate *plate, const struct map_page *page, const struct pen *pen)
{
    struct marginalia marginalia = {.identity_place = PLACE_BOTTOM_LEFT, .identity = page->content.identity};
    if (!marginalia_identity_fits(pen, &page->layout.furniture, &marginalia)) {
        report_add(&plate->report, REPORT_DID_NOT_FIT, "identity", "is cut in the footer");
    }
}

static bool has_map(const struct plate *plate)
{
    struct bbox map = plate_map_mm(plate);
    return bbox_width(map) >= MAP_LEAST_WIDTH_MM && bbox_height(map) >= MAP_LEAST_HEIGHT_MM;
}

/** Do title and times stand there in full, and the footer below the header? */
static enum plate_state judge(struct plate *plate, const struct map_page *page, const struct pen *pen,
                              struct fault *fault)
{
    const struct layout_block *title = layout_find(&page->layout, BLOCK_TITLE);
    const struct layout_block *times = layout_find(&page->layout, BLOCK_TIMES);
    if (title && !title_block_fits(pen, &page->content, title->box)) {
        return drop(plate, PLATE_TITLE, NO_ROOM);
    }
    if (!times || !times_block_fits(pen, &page->content, times->box)) {
        return drop_any(plate, fault);
    }
    if (grow(plate, page) || drop_homeless(plate, page)) {
        return PLATE_OTHER_MAP;
    }
    report_parts(plate, page, pen);
    report_identity(plate, page, pen);
    return PLATE_SETTLED;
}

static struct pen pen_of(const struct plate *plate, struct renderer *renderer,
                         const struct briefing_order *order)
{
    return (struct pen){renderer_text_engine(renderer),
                        NULL,
                        plate->sheet.unit,
                        order->language,
                        .colours = &plate->template.colours,
                        .has_second_language = order->has_second_language,
                        .second_language = order->second_language};
}

enum plate_state plate_settle(struct plate *plate, struct renderer *renderer,
                              const struct briefing_order *order, struct fault *fault)
{
    if (!has_map(plate)) {
        return drop_any(plate, fault);
    }
    if (drop_untrue(plate, renderer, order) != PLATE_SETTLED ||
        warn_of_datum(plate, renderer, order) != PLATE_SETTLED) {
        return PLATE_OTHER_MAP;
    }
    struct map_page page;
    struct map_page_wish wish = {.renderer = renderer, .order = order, .template = &plate->template};
    struct pen pen = pen_of(plate, renderer, order);
    enum plate_state state = PLATE_FAILED;
    if (map_page_begin(&page, &wish, fault)) {
        map_page_foretell(&page);
        map_page_lay_out(&page, &pen);
        state = judge(plate, &page, &pen, fault);
    }
    map_page_finish(&page);
    return state;
}

char *plate_make(struct plate *plate, struct renderer *renderer, const struct briefing_order *order,
                 size_t *length, struct report *report, struct fault *fault)
{
    struct briefing_document document;
    if (!briefing_pages_make(renderer, order, &plate->template, &document, report, fault)) {
        return NULL;
    }
    report_merge(report, &plate->report);
    *length = document.length;
    return document.bytes;
}

static struct page_document *open_bare(struct renderer *renderer, const struct briefing_order *order,
                                       struct fault *fault)
{
    static const enum page_format formats[] = {
        [BRIEFING_PDF] = PAGE_PDF, [BRIEFING_SVG] = PAGE_SVG, [BRIEFING_PNG] = PAGE_PNG};
    struct document_identity identity;
    const char *title = multilingual_text(&order->map->title, order->language);
    struct page_metadata metadata = {
        .title = title, .author = order->map->organisation, .made_ms = order->made_ms};
    document_identity_fill(&identity, order, map_marking(order->map), 0, &metadata);
    metadata.checksum = NULL;
    metadata.is_sealable = false;
    return page_document_new(formats[order->format], order->own_paper.width_mm, order->own_paper.height_mm,
                             order->dpi, renderer_text_engine(renderer), &metadata, fault);
}

char *plate_make_bare(struct renderer *renderer, const struct briefing_order *order, size_t *length,
                      struct report *report, struct fault *fault)
{
    struct bbox sheet = {0, 0, order->own_paper.width_mm, order->own_paper.height_mm};
    struct frame frame;
    if (!frame_find(renderer, order, sheet, &frame, fault)) {
        return NULL;
    }
    struct page_document *document = open_bare(renderer, order, fault);
    if (document) {
        page_document_without_paper(document);
    }
    char *bytes = document && frame_paint_map(renderer, &frame, order, document, sheet, report, fault)
                      ? page_document_take(document, length, fault)
                      : NULL;
    page_document_free(document);
    return bytes;
}
