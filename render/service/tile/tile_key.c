/*
 * tile_key.c - each field is mixed in by one multiplication.
 */
#include "render/service/tile/tile_key.h"

static uint64_t mix(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * 0x9e3779b97f4a7c15u;
    return hash ^ hash >> 32;
}

uint64_t tile_key_hash(const struct tile_key *key)
{
    uint64_t form =
        (uint64_t)key->form.format << 24 | (uint64_t)key->form.size_px << 8 | key->form.pixel_ratio;
    uint64_t look = (uint64_t)key->palette << 32 | form;
    uint64_t hash = mix(0x51ed270b, (uint64_t)key->map << 16 | key->tile_matrix_set);
    hash = mix(hash, look);
    hash = mix(hash, (uint64_t)key->address.zoom << 32 | key->address.column);
    hash = mix(hash, key->address.row);
    hash = mix(hash, (uint64_t)key->moment_ms);
    return mix(hash, key->fixed_revision);
}

bool tile_key_equals(const struct tile_key *a, const struct tile_key *b)
{
    return a->map == b->map && a->tile_matrix_set == b->tile_matrix_set &&
           tile_form_equals(a->form, b->form) && a->palette == b->palette &&
           a->address.zoom == b->address.zoom && a->address.column == b->address.column &&
           a->address.row == b->address.row && a->moment_ms == b->moment_ms &&
           a->fixed_revision == b->fixed_revision;
}
