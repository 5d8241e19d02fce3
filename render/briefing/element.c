#include "render/briefing/element.h"

#include <assert.h>
#include <stddef.h>

static const char *const elements[ELEMENT_COUNT + 1] = {
    [ELEMENT_TITLE] = "title",       [ELEMENT_LOGO] = "logo",
    [ELEMENT_TIMES] = "times",       [ELEMENT_STATUS] = "status",
    [ELEMENT_ACTIVITY] = "activity", [ELEMENT_LEGEND] = "legend",
    [ELEMENT_SCALE] = "scale",       [ELEMENT_NORTH] = "north",
    [ELEMENT_OVERVIEW] = "overview", [ELEMENT_COMPLETENESS] = "completeness",
    [ELEMENT_AUTHOR] = "author",     [ELEMENT_DATUM] = "datum",
    [ELEMENT_GRID] = "grid",         [ELEMENT_LINK] = "link",
    [ELEMENT_SOURCES] = "sources",   [ELEMENT_DISCLAIMER] = "disclaimer",
    [ELEMENT_TABLES] = "tables",     [ELEMENT_MARKING] = "marking",
    [ELEMENT_IDENTITY] = "identity",
};

static const char *const places[PLACE_COUNT + 1] = {
    [PLACE_TOP_LEFT] = "top-left",
    [PLACE_TOP_CENTER] = "top-center",
    [PLACE_TOP_RIGHT] = "top-right",
    [PLACE_CENTER_LEFT] = "center-left",
    [PLACE_CENTER_RIGHT] = "center-right",
    [PLACE_BOTTOM_LEFT] = "bottom-left",
    [PLACE_BOTTOM_CENTER] = "bottom-center",
    [PLACE_BOTTOM_RIGHT] = "bottom-right",
    [PLACE_PAGE] = "page",
    [PLACE_OFF] = "off",
};

const char *const *element_names(void)
{
    return elements;
}

const char *const *place_names(void)
{
    return places;
}

static bool is_top(enum place place)
{
    return place <= PLACE_TOP_RIGHT;
}

bool element_allows(enum element element, enum place place)
{
    assert(element < ELEMENT_COUNT && place < PLACE_COUNT);
    switch (element) {
    case ELEMENT_TIMES: /* a map without its moment is not to be decided on */
        return place < PLACE_AROUND;
    case ELEMENT_TITLE:
    case ELEMENT_LOGO:
        return place < PLACE_AROUND || place == PLACE_OFF;
    case ELEMENT_TABLES:
        return place == PLACE_PAGE || place == PLACE_OFF;
    case ELEMENT_MARKING:
        return is_top(place) || place == PLACE_OFF;
    case ELEMENT_IDENTITY:
        return place >= PLACE_BOTTOM_LEFT && place <= PLACE_BOTTOM_RIGHT;
    default:
        return true;
    }
}

const char *element_allowed_words(enum element element)
{
    switch (element) {
    case ELEMENT_TIMES:
        return "must stand beside the map: a briefing without its moment cannot be decided on";
    case ELEMENT_TITLE:
    case ELEMENT_LOGO:
        return "must be a place beside the map, or off";
    case ELEMENT_TABLES:
        return "must be page or off: tables flow over pages of their own";
    case ELEMENT_MARKING:
        return "must be top-left, top-center or top-right (in both bands), or off";
    case ELEMENT_IDENTITY:
        return "must be bottom-left, bottom-center or bottom-right: a briefing without identity cannot be "
               "checked";
    default:
        return "may be anywhere";
    }
}
