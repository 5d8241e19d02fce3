/*
 * tile_desk.h - gives out tiles: from the cache, else from a worker. XYZ, WMTS and what else serves tiles ask
 * here.
 */
#ifndef RENDER_SERVICE_TILE_DESK_H
#define RENDER_SERVICE_TILE_DESK_H

#include <stdbool.h>
#include <stdint.h>

#include "geo/tile_matrix_set.h"

#include "render/service/protocol/palette_wish.h"
#include "render/encode/tile_form.h"

struct exchange;
struct fault;
struct map;
struct request;
struct service;
struct tile_desk;

struct tile_desk *tile_desk_new(struct service *service);
void tile_desk_free(struct tile_desk *desk);

/** Which tile of which map. Zoom, column and row need not be checked. */
struct tile_wish {
    const struct map *map;             /* from config's maps */
    const struct tile_matrix_set *set; /* from config's sets */
    struct tile_address address;
    struct tile_form form;
    int64_t as_of_ms;  /* MOMENT_NONE: now */
    uint64_t revision; /* 0: the current one; else of the map's first plot */
    struct palette_wish palette;
};

/** Reads a column or row: digits only, no sign, no leading zero beside others, so one tile has one address.
 */
bool tile_wish_read_index(const char *text, uint32_t *index);

/** Reads ?as-of=, ?revision= and ?palette= into a wish. */
bool tile_wish_read_view(const struct request *request, struct tile_wish *wish, struct fault *fault);

/** Answers the exchange (and takes it over) with the tile, or with a problem document. */
void tile_desk_answer(struct tile_desk *desk, const struct tile_wish *wish, struct exchange *exchange);

#endif
