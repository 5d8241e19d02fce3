#include "render/placement/placement_lost.h"

#include "data/feature.h"
#include "geo/shape.h"
#include "render/placement/placement_wishes.h"
#include "render/scene/feature_labels.h"
#include "render/scene/feature_symbol.h"
#include "symbology/symbol.h"

/* Of the code, as far as the entry has a use for them. */
static unsigned given_slots(const struct placement_wish *wish)
{
    const struct feature *feature = wish->placed.feature;
    unsigned given = 0;
    for (int slot = 0; slot < SLOT_COUNT; slot++) {
        const char *text = feature->code.texts[slot];
        if (SYMBOL_NUMBER_SLOTS & 1u << slot && text && text[0]) {
            bool is_told = !wish->placed.entry || symbol_text_of(wish->placed.entry, &feature->code, slot);
            given |= is_told ? 1u << slot : 0;
        }
    }
    return given;
}

static unsigned slots_of_label(const struct placement_wish *wish)
{
    const struct placed_text *text = wish->placed.text;
    bool is_placed = text->label || wish->name_count > 0;
    if (!is_placed || !wish->label) {
        return 0;
    }
    if (wish->label->number > 0) {
        return SYMBOL_NUMBER_SLOTS;
    }
    if (wish->label->is_cut) {
        return 0;
    }
    unsigned said = symbol_label_numbers(wish->placed.entry, wish->label->detail);
    /* what is said beside a full symbol too stands in the second line */
    return wish->label->is_name_only ? said & ~symbol_label_numbers(wish->placed.entry, DETAIL_FULL) : said;
}

static bool belongs_here(const struct placement_wish *wish)
{
    const struct placed *placed = &wish->placed;
    bool is_seen = !wish->is_point || placed->has_symbol || placed->is_double || wish->is_counted;
    return wish->is_named && !wish->is_part && wish->is_home && is_seen;
}

unsigned placement_lost_slots(const struct placement_wish *wish)
{
    const struct placed *placed = &wish->placed;
    if (!belongs_here(wish)) {
        return 0;
    }
    unsigned given = given_slots(wish);
    if (given == 0) {
        return 0;
    }
    bool has_picture = !wish->is_counted && (placed->has_symbol || placed->is_double);
    unsigned shown = has_picture ? feature_symbol_slots(placed) : 0;
    return given & ~shown & ~(wish->is_counted ? 0 : slots_of_label(wish));
}
