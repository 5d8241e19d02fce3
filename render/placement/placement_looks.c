/*
 * placement_looks.c - open addressing, at most half full; what tells looks apart is copied, as features go.
 */
#include "render/placement/placement_looks.h"

#include <stdlib.h>
#include <string.h>

#include "data/feature.h"
#include "geo/base/hash.h"
#include "geo/base/memory.h"
#include "render/map_view.h"
#include "render/placement/placement.h"
#include "render/scene/district.h"
#include "render/scene/feature_symbol.h"
#include "render/symbol/symbol_picture.h"

#define SLOTS_FIRST 16 /* a district of a fine zoom has few */

/* A look with what it is found by. */
struct item {
    const struct symbol_entry *entry; /* NULL: the symbol set lacks it */
    struct symbol_code code;          /* its texts are owned: those within the frame */
    uint32_t badge_count;
    uint64_t hash;
    struct placement_look look;
};

struct placement_looks {
    struct item *items;
    uint32_t count;
    uint32_t *slots; /* number of an item + 1; 0: free */
    size_t slot_count;
    int32_t reference_count;
};

struct placement_looks *placement_looks_new(void)
{
    struct placement_looks *looks = memory_new(1, sizeof(*looks));
    looks->reference_count = 1;
    looks->slot_count = SLOTS_FIRST;
    looks->slots = memory_new(looks->slot_count, sizeof(*looks->slots));
    looks->items = memory_new(looks->slot_count / 2, sizeof(*looks->items));
    return looks;
}

struct placement_looks *placement_looks_ref(struct placement_looks *looks)
{
    looks->reference_count++;
    return looks;
}

void placement_looks_unref(struct placement_looks *looks)
{
    if (!looks || --looks->reference_count > 0) {
        return;
    }
    for (uint32_t i = 0; i < looks->count; i++) {
        symbol_code_finish(&looks->items[i].code);
    }
    free(looks->items);
    free(looks->slots);
    free(looks);
}

static uint64_t mix(uint64_t hash, uint64_t number)
{
    hash = (hash ^ number) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ hash >> 32;
}

/* Texts are few and looked at only when all else is equal. */
static uint64_t hash_of(const struct placed *placed)
{
    const struct symbol_code *code = &placed->feature->code;
    uint64_t rotation;
    memcpy(&rotation, &code->rotation_deg, sizeof(rotation));
    uint64_t hash = mix((uint64_t)(uintptr_t)placed->symbol_entry, placed->badge_count);
    hash = mix(hash, (uint64_t)code->status << 8 | (uint64_t)code->trust);
    hash = mix(hash, rotation);
    return placed->symbol_entry ? hash : hash_text(hash, code->entity);
}

static bool is_same_text(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool is_same_code(const struct symbol_code *a, const struct symbol_code *b, bool is_known)
{
    return a->status == b->status && a->trust == b->trust && a->rotation_deg == b->rotation_deg &&
           a->version == b->version && strcmp(a->set, b->set) == 0 &&
           (is_known || strcmp(a->entity, b->entity) == 0);
}

static bool is_of(const struct item *item, const struct placed *placed)
{
    const struct symbol_code *code = &placed->feature->code;
    if (item->entry != placed->symbol_entry || item->badge_count != placed->badge_count ||
        !is_same_code(&item->code, code, item->entry != NULL)) {
        return false;
    }
    unsigned slots = feature_symbol_slots_inside(placed->symbol_entry);
    for (int slot = 0; slots >> slot != 0; slot++) {
        if (slots & 1u << slot && !is_same_text(item->code.texts[slot], code->texts[slot])) {
            return false;
        }
    }
    return true;
}

static uint32_t *slot_for(const struct placement_looks *looks, uint64_t hash, const struct placed *placed)
{
    size_t at = (size_t)hash & (looks->slot_count - 1);
    for (;; at = (at + 1) & (looks->slot_count - 1)) {
        const struct item *item = &looks->items[looks->slots[at] - (looks->slots[at] > 0)];
        if (looks->slots[at] == 0 || (item->hash == hash && is_of(item, placed))) {
            return &looks->slots[at];
        }
    }
}

static void make_room(struct placement_looks *looks)
{
    free(looks->slots);
    looks->slot_count *= 2;
    looks->slots = memory_new(looks->slot_count, sizeof(*looks->slots));
    looks->items = memory_resize(looks->items, looks->slot_count / 2, sizeof(*looks->items));
    for (uint32_t i = 0; i < looks->count; i++) {
        size_t at = (size_t)looks->items[i].hash & (looks->slot_count - 1);
        while (looks->slots[at] != 0) {
            at = (at + 1) & (looks->slot_count - 1);
        }
        looks->slots[at] = i + 1;
    }
}

static struct symbol_code copy_code(const struct placed *placed)
{
    struct symbol_code code = placed->feature->code;
    unsigned slots = feature_symbol_slots_inside(placed->symbol_entry);
    for (int slot = 0; slot < SLOT_COUNT; slot++) {
        code.texts[slot] = slots & 1u << slot ? memory_copy_text(code.texts[slot]) : NULL;
    }
    return code;
}

uint32_t placement_looks_find(struct placement_looks *looks, const struct placed *placed)
{
    uint64_t hash = hash_of(placed);
    uint32_t *slot = slot_for(looks, hash, placed);
    if (*slot > 0) {
        return *slot - 1;
    }
    if (2 * (size_t)(looks->count + 1) > looks->slot_count) {
        make_room(looks);
        slot = slot_for(looks, hash, placed);
    }
    looks->items[looks->count] = (struct item){.entry = placed->symbol_entry,
                                               .code = copy_code(placed),
                                               .badge_count = placed->badge_count,
                                               .hash = hash};
    *slot = ++looks->count;
    return looks->count - 1;
}

const struct placement_look *placement_looks_at(const struct placement_looks *looks, uint32_t number)
{
    return &looks->items[number].look;
}

bool placement_looks_draw(struct placement_looks *looks, uint32_t number, enum symbol_detail detail,
                          struct symbol_cache *cache, const struct map_view *view,
                          const struct placed *placed, struct fault *fault)
{
    struct placement_look *look = &looks->items[number].look;
    if (look->pictures[detail]) {
        return true;
    }
    struct placed bare = *placed;
    bare.detail = detail;
    bare.has_numbers = false;
    look->pictures[detail] = feature_symbol(cache, view, &bare, fault);
    if (!look->pictures[detail]) {
        return false;
    }
    look->inks[detail] = reach_box_of(feature_symbol_box(look->pictures[detail], (struct point){0, 0},
                                                         DISTRICT_SYMBOL_REACH_PX * view->symbol_scale));
    return true;
}

size_t placement_looks_bytes(const struct placement_looks *looks)
{
    return sizeof(*looks) + looks->slot_count * sizeof(*looks->slots) + looks->count * sizeof(*looks->items);
}
