/*
 * order.h - what a worker is asked to make, and what it gives back.
 *
 * Plain values, so an order can be copied, queued and sent. The same orders are carried out by the command
 * line in its own process (order_runner.h).
 */
#ifndef RENDER_SERVICE_ORDER_H
#define RENDER_SERVICE_ORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/marking.h"
#include "geo/base/fault.h"
#include "geo/bbox.h"
#include "geo/tile_matrix_set.h"
#include "render/briefing/briefing.h"
#include "render/map_view.h"
#include "render/report.h"
#include "render/service/protocol/palette_wish.h"
#include "render/encode/tile_form.h"
#include "render/service/briefing/briefing_id.h"
#include "render/service/worker/order_plate.h"
#include "render/service/worker/order_since.h"
#include "symbology/language.h"
#include "symbology/symbol.h"

struct buffer;
struct shared_bytes; /* render/service/worker/shared_bytes.h */

enum order_kind {
    ORDER_PING,     /* nothing; the report says whether the RD grid is there */
    ORDER_TILE,     /* a picture, or a vector tile */
    ORDER_MAP,      /* a picture of a window */
    ORDER_TILES,    /* bytes of each tile of the payload (tile_batch.h); the first fault ends it */
    ORDER_STALE,    /* bytes: 0 or 1 for each tile of the payload */
    ORDER_LEGEND,   /* PNG, SVG or JSON: what a window shows */
    ORDER_SYMBOL,   /* PNG or SVG of one code */
    ORDER_BRIEFING, /* PDF, SVG or PNG; tells progress */
    ORDER_FRAME,    /* JSON: the box of a briefing's map frame */
    ORDER_STYLE,    /* JSON: how MapLibre draws a map's vector tiles */
    ORDER_SPRITE,   /* PNG or JSON: the pictures that such a style names */
    ORDER_GLYPHS,   /* letters as distance fields */
    ORDER_PLATE,    /* a map of OGC API Maps, alone or on a sheet with marginalia */
    ORDER_CHECK,    /* JSON: for each layer of the catalogue whether it opens */
    ORDER_KIND_COUNT
};

enum order_format { ORDER_PNG, ORDER_SVG, ORDER_JSON };

/** Which map, as of when. For all kinds but PING, SYMBOL, GLYPHS and CHECK. */
struct order_view {
    char map[65];
    /* Of the map's plots, in their order; 0: before the first change. plot_count 0: the latest of each. */
    uint64_t revisions[MAP_VIEW_PLOT_MAX];
    size_t plot_count;
    int64_t as_of_ms; /* any moment; view_moment_at() is taken of it */
    enum language language;
    bool has_second_language; /* LEGEND and BRIEFING: what the legend says besides */
    enum language second_language;
    struct palette_wish palette;
};

/** The first language is that of the picture, the second of its legend besides. */
void order_view_speak(struct order_view *view, struct language_pair languages);

/** A window of a map: box in crs_code (x east), its width laid over width_px. MAP and LEGEND. */
struct order_window {
    char crs_code[32];
    struct bbox box;
    int width_px;
    int height_px;
    int pixel_ratio;
    enum tile_format file_format; /* MAP; not TILE_MVT */
};

struct order_tile {
    char tile_matrix_set[48];
    struct tile_address address;
    struct tile_form form;
};

/**
 * Which tiles of payload look different between order.view and this later state. The answer is wanted so long
 * before the order's deadline: what is not compared by then counts as different, and no worker is killed.
 */
#define ORDER_STALE_GRACE_MS 10000
struct order_stale {
    uint64_t revisions[MAP_VIEW_PLOT_MAX];
    int64_t as_of_ms;
    uint64_t district; /* one of the tiles'; who draws it is asked if that is possible. It is not sent */
};

struct order_legend {
    enum order_format format;
    int column_count; /* 1 … 4 */
    int width_px;     /* of its picture, 40 … 4,000 */
    double text_size_px;
    bool is_whole_map; /* all of the map at the window's scale, not only the window */
};

struct order_symbol {
    char code[512];
    enum order_format format;
    int width_px;    /* PNG; 0: as the symbol set says */
    int pixel_ratio; /* PNG: dots to each of them, 1 … 3 */
    enum palette palette;
    bool is_titled; /* SVG: with its name in a language, for screen readers */
    enum language language;
};

struct order_briefing {
    char template[65];      /* id; "": the program's "situation" */
    char grip[60];          /* level of coordination; "": not said */
    int64_t valid_until_ms; /* MOMENT_NONE: not said */
    int64_t next_update_ms; /* the same */
    enum paper paper;
    bool is_landscape;
    char crs_code[32];
    struct point centre;
    double scale_denominator;
    enum briefing_format format;
    int dpi;     /* 0: not said; order_briefing_dpi() */
    size_t page; /* SVG and PNG: only this one, from 1; 0: all */
    int64_t made_ms;
    char title[200];            /* "": the map's */
    char link[300];             /* "": none */
    char id[BRIEFING_ID_BYTES]; /* in the archive; "": it is not kept */
    char verify_link[300];      /* where it can be checked; "": nowhere */
    char organisation[100];     /* that asks for it; "": not said. No part of the page */
    struct order_since since;   /* what changed since then is marked and listed */
    bool has_box;               /* the frame shows this box, in place of centre and scale */
    bool is_box_in_degrees;     /* lon/lat; else in crs_code, x east */
    struct bbox box;
};

struct order_style {
    char base_url[300];      /* of the addresses in it */
    char sprite_version[40]; /* in the sprite's */
    int64_t tiles_as_of_ms;  /* in those of tiles; MOMENT_NONE: now */
};

struct order_sprite {
    enum order_format format; /* PNG or JSON */
    int pixel_ratio;
};

struct order_glyphs {
    char stack[64]; /* name of a face */
    uint32_t first; /* code point */
};

/** What is no part of what is asked for: layers that did not answer lately are left out, and that is said. */
struct order_hung {
    char layers[640]; /* ids with a blank between; "": all answer. Room for eight of the longest */
    int64_t waited_ms;
    int64_t left_ms; /* until the order's deadline; 0: as the configuration has it */
};

/** PING: which of how many workers this one is, from 0; worker_count 0: not said. */
struct order_post {
    int number;
    int worker_count;
};

struct order {
    enum order_kind kind;
    struct order_post post;
    struct order_view view;
    struct order_window window;
    struct order_tile tile;
    struct order_stale stale;
    struct order_legend legend;
    struct order_symbol symbol;
    struct order_briefing briefing;
    struct order_style style;
    struct order_sprite sprite;
    struct order_glyphs glyphs;
    struct order_plate plate;
    struct order_hung hung;
    char *payload; /* owned; TILES and STALE: order_stale_add() */
    size_t payload_length;
};

/** Dots to the inch: 300 in a PDF, which is printed, and 150 else when nothing is said. */
int order_briefing_dpi(const struct order_briefing *briefing);

/** All fields empty, palette and language default, ratio 1. */
void order_init(struct order *order, enum order_kind kind);
void order_finish(struct order *order);

/** A copy with a payload of its own. */
void order_copy(struct order *copy, const struct order *order);

/** One tile of a STALE or TILES order. */
struct order_stale_tile {
    char tile_matrix_set[48];
    struct tile_address address;
    struct tile_form form;
};

/** Adds a tile to the payload; false when there are too many (64 MiB of them). */
bool order_stale_add(struct order *order, const struct order_stale_tile *tile);

/** The tiles of the payload, owned by the caller: free(). NULL on fault. */
struct order_stale_tile *order_stale_tiles(const struct order *order, size_t *count, struct fault *fault);

/** The header that travels before the payload, and back. order_read() trusts nothing: INPUT names the field.
 */
void order_write(const struct order *order, struct buffer *header);
bool order_read(const char *header, size_t length, struct order *order, struct fault *fault);

/** A text that is the same for orders that give the same bytes: for single flight and quarantine. Owned. */
char *order_key(const struct order *order);
const char *order_kind_name(enum order_kind kind);

/** Adds a layer that did not answer; false when it is there already, or there is no room. */
bool order_hung_add(struct order_hung *hung, const char *layer_id, int64_t waited_ms);

/** DEADLINE: "layer 'rivers' did not answer within 5 s". */
void order_hung_fault(const char *layer_id, int64_t waited_ms, struct fault *fault);

/** Is it about a map? All kinds but PING, SYMBOL, GLYPHS and CHECK. */
bool order_has_view(const struct order *order);

/** Long work: it never takes the last worker. */
bool order_is_long(const struct order *order);

/** A picture or legend of a window, which may be a hundred times as large as a tile: tiles go before it. */
bool order_is_map(const struct order *order);

/** What others wait for: it goes before all that is queued. */
bool order_is_urgent(const struct order *order);

/** What came of it. Reference counted: one result serves all who asked. Immutable once given away. */
struct order_result {
    struct fault fault; /* code NONE: it was made */
    int64_t retry_ms;   /* UNAVAILABLE: after about so long it may be made; 0: nobody knows. It is not sent */
    char *bytes;        /* owned, or those of share */
    size_t length;
    struct shared_bytes *share; /* NULL: the bytes are not shared */
    char content_type[64];
    char etag[24];     /* hash of the bytes */
    size_t page_count; /* BRIEFING: of all of it; 0: unknown */
    uint64_t revisions[MAP_VIEW_PLOT_MAX];
    size_t plot_count;
    int64_t moment_ms; /* as drawn; MOMENT_NONE: no plot has any */
    enum marking marking;
    char crs_uri[80]; /* PLATE: of the map; "": none is told */
    char box[128];    /* the same: its lower and upper corner, as the CRS has its axes */
    struct report report;
    uint64_t more[REPORT_KIND_COUNT]; /* items of each kind that are not in the report: too many to send */
    size_t district_count;            /* that the worker keeps */
    bool counts_features;    /* who asked wants numbers only of the features that something is noted of */
    int32_t reference_count; /* atomic */
};

struct order_result *order_result_new(void);
/** One that only says why it could not be made. */
struct order_result *order_result_of_fault(const struct fault *fault);
struct order_result *order_result_ref(struct order_result *result);
void order_result_unref(struct order_result *result);

/** Before it is given away only: the bytes may outlive the result, with who takes a reference to share. */
void order_result_share_bytes(struct order_result *result);
void order_result_write(const struct order_result *result, struct buffer *fields);
bool order_result_read(const char *fields, size_t length, struct order_result *result, struct fault *fault);

#endif
