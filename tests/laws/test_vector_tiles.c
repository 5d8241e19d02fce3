/*
 * Laws 3 and 4 for vector tiles: the same view gives the same bytes, and a change makes stale exactly the
 * tiles whose bytes differ. And that plots are in them: every feature, where it is.
 */
#include "geo/base/buffer.h"
#include "geo/crs.h"
#include "render/vector/glyph_range.h"
#include "render/encode/gzip.h"
#include "render/vector/map_style.h"
#include "render/vector/sprite_sheet.h"
#include "render/vector/vector_tile.h"
#include "tests/support/effort.h"
#include "tests/support/mvt_reader.h"
#include "tests/support/scenery.h"

#define MOST_TILES 400
#define EDITS test_rounds(15)

static const struct bbox around_moerdijk = {4.50, 51.62, 4.75, 51.75};

static struct scenery scenery;

static void setup(void)
{
    scenery_write_layer("wegen.geojson", SHAPE_LINE, 22, around_moerdijk, 40);
    scenery_init(&scenery,
                 "layers:\n"
                 "  - {id: wegen, title: Wegen, kind: vector, driver: GeoJSON, path: wegen.geojson,\n"
                 "     style: {rules: [\n"
                 "      {where: {naam: {exists: true}}, scale: [0, 100000], stroke: {width: 3, colour: "
                 "'#804000'},\n"
                 "       label: {field: naam, along: true}},\n"
                 "      {otherwise: true, stroke: {width: 1, colour: '#808080', dash: [4, 2]}}]}}\n");
}

static void teardown(void)
{
    scenery_finish(&scenery);
}

static const struct tile_matrix_set *find_set(const char *id)
{
    return tile_matrix_sets_find(scenery.tile_matrix_sets, id);
}

static size_t tiles_of(const struct tile_matrix_set *set, uint32_t zoom, struct tile_address *addresses)
{
    struct fault fault = {0};
    struct crs_context *context = renderer_crs_context(scenery.renderer);
    struct bbox box = bbox_grow(around_moerdijk, 0.02);
    struct tile_address first;
    struct tile_address last;
    ck_assert(crs_transform_bbox(context, crs_find(context, "OGC:CRS84", &fault),
                                 crs_find(context, set->crs_code, &fault), box, &box, &fault));
    ck_assert(tile_range(set, zoom, box, &first, &last));
    size_t count = 0;
    for (uint32_t row = first.row; row <= last.row; row++) {
        for (uint32_t column = first.column; column <= last.column; column++) {
            ck_assert_uint_lt(count, MOST_TILES);
            addresses[count++] = (struct tile_address){zoom, column, row};
        }
    }
    return count;
}

static struct map_view view_of(const struct plot *plot)
{
    return scenery_view(&scenery, plot, scenery_grid(&scenery, "WebMercatorQuad", 0));
}

/* The tile as it is sent. Owned by the caller. */
static char *make(const struct plot *plot, const struct tile_matrix_set *set, struct tile_address address,
                  size_t *length)
{
    struct fault fault = {0};
    struct report report;
    struct map_view view = view_of(plot);
    report_init(&report);
    char *bytes = vector_tile_render(scenery.renderer, &view, set, address, &report, length, &fault);
    ck_assert_msg(bytes != NULL, "%s", fault.message);
    ck_assert_uint_eq(report.count, report_count(&report, REPORT_THINNED));
    report_finish(&report);
    return bytes;
}

static struct mvt_tile read_tile(const struct plot *plot, const struct tile_matrix_set *set,
                                 struct tile_address address)
{
    struct fault fault = {0};
    size_t packed_length;
    size_t length;
    char *packed = make(plot, set, address, &packed_length);
    char *bytes = gzip_unpack(packed, packed_length, 1u << 26, &length, &fault);
    ck_assert_msg(bytes != NULL, "%s", fault.message);
    struct mvt_tile tile = mvt_tile_read(bytes, length);
    free(bytes);
    free(packed);
    return tile;
}

/* How many tiles differ, each of which must be marked, and no other. */
static size_t judge(const struct plot *before, const struct plot *after, const char *set_id, uint32_t zoom)
{
    static struct tile_address addresses[MOST_TILES];
    static bool stale[MOST_TILES];
    struct fault fault = {0};
    size_t different = 0;
    const struct tile_matrix_set *set = find_set(set_id);
    struct map_view old_view = view_of(before);
    struct map_view new_view = view_of(after);
    size_t count = tiles_of(set, zoom, addresses);
    ck_assert_msg(
        vector_tile_stale(scenery.renderer, &old_view, &new_view, set, addresses, count, NULL, stale, &fault),
        "%s", fault.message);
    for (size_t i = 0; i < count; i++) {
        size_t old_length;
        size_t new_length;
        char *old = make(before, set, addresses[i], &old_length);
        char *new = make(after, set, addresses[i], &new_length);
        bool is_different = old_length != new_length || memcmp(old, new, old_length) != 0;
        ck_assert_msg(is_different == stale[i], "%s %u/%u/%u %s", set_id, zoom, addresses[i].column,
                      addresses[i].row,
                      is_different ? "differs and is not marked" : "is marked and the same");
        different += is_different;
        free(old);
        free(new);
    }
    return different;
}

START_TEST(a_change_marks_exactly_the_vector_tiles_that_differ)
{
    uint64_t random = 4711;
    size_t different = 0;
    struct plot *plot = scenery_plot(&scenery, 31, around_moerdijk, 80);
    for (uint64_t revision = 2; revision < 2 + (uint64_t)EDITS; revision++) {
        struct plot *after = scenery_edited(&scenery, plot, &random, around_moerdijk, revision);
        for (uint32_t zoom = 9; zoom <= 13; zoom++) {
            different += judge(plot, after, "WebMercatorQuad", zoom);
        }
        different += judge(plot, after, "NetherlandsRDNewQuad", 7);
        plot_unref(plot);
        plot = after;
    }
    plot_unref(plot);
    printf("%zu vector tiles differed\n", different);
    ck_assert_uint_gt(different, 0);
}
END_TEST

START_TEST(a_change_where_many_stand_close_marks_exactly_the_tiles_that_differ)
{
    uint64_t random = 815;
    size_t different = 0;
    size_t same = 0;
    struct plot *plot = scenery_plot(&scenery, 32, around_moerdijk, 700);
    for (uint64_t revision = 2; revision < 2 + (uint64_t)EDITS; revision++) {
        struct plot *after = scenery_edited(&scenery, plot, &random, around_moerdijk, revision);
        for (uint32_t zoom = 5; zoom <= 9; zoom += 2) {
            size_t changed = judge(plot, after, "WebMercatorQuad", zoom);
            different += changed;
            same += changed == 0;
        }
        plot_unref(plot);
        plot = after;
    }
    plot_unref(plot);
    printf("%zu crowded vector tiles differed, %zu changes were not to be seen\n", different, same);
    ck_assert_uint_gt(different, 0);
    ck_assert_uint_gt(same, 0);
}
END_TEST

static size_t mark_within(const struct plot *before, const struct plot *after, uint32_t zoom,
                          const struct vector_stale_limits *limits, size_t *count)
{
    static struct tile_address addresses[MOST_TILES];
    static bool stale[MOST_TILES];
    struct fault fault = {0};
    size_t marked = 0;
    const struct tile_matrix_set *set = find_set("WebMercatorQuad");
    struct map_view old_view = view_of(before);
    struct map_view new_view = view_of(after);
    *count = tiles_of(set, zoom, addresses);
    ck_assert_msg(vector_tile_stale(scenery.renderer, &old_view, &new_view, set, addresses, *count, limits,
                                    stale, &fault),
                  "%s", fault.message);
    for (size_t i = 0; i < *count; i++) {
        marked += stale[i];
    }
    return marked;
}

START_TEST(beyond_its_limits_a_change_marks_all_vector_tiles_and_none_where_nothing_changed)
{
    static const struct vector_stale_limits no_time = {1000000, 0};
    static const struct vector_stale_limits few = {300, INT64_MAX};
    size_t count;
    struct plot *plot = scenery_plot(&scenery, 32, around_moerdijk, 700);
    struct plot *after = scenery_put(plot_ref(plot), scenery_point("a", "nl@1/inc.brand", 4.62, 51.69), 2);
    size_t exact = mark_within(plot, after, 13, NULL, &count);
    ck_assert_uint_ge(exact, 1);
    ck_assert_uint_lt(exact, count);
    ck_assert_uint_eq(mark_within(plot, after, 13, &few, &count), exact); /* few are in its square */
    ck_assert_uint_eq(mark_within(plot, after, 13, &no_time, &count), count);
    ck_assert_uint_eq(mark_within(plot, plot, 13, &no_time, &count), 0);
    ck_assert_uint_eq(mark_within(plot, after, 6, &few, &count), count);
    ck_assert_uint_eq(mark_within(after, plot, 6, &few, &count), count);
    plot_unref(plot);
    plot_unref(after);
}
END_TEST

/* How many features of a layer the tile has; *crowd: what its squares say of how many there are. */
static size_t count_in(const struct mvt_tile *tile, const char *layer, size_t *crowd)
{
    size_t count = 0;
    *crowd = 0;
    for (size_t i = 0; i < tile->count; i++) {
        if (strcmp(tile->features[i].layer, layer) == 0) {
            count++;
            *crowd += (size_t)strtol(mvt_value(&tile->features[i], "crowd"), NULL, 10);
        }
    }
    return count;
}

START_TEST(where_many_stand_close_the_most_important_stay_and_one_says_how_many_there_are)
{
    struct plot *plot = scenery_empty_plot();
    const struct tile_matrix_set *set = find_set("WebMercatorQuad");
    size_t crowd;
    for (uint64_t i = 0; i < 300; i++) {
        char id[32];
        struct point place = {4.6 + 1e-5 * (double)i, 51.69};
        struct shape *shape = shape_new(SHAPE_POINT);
        shape_add_part(shape, &place, 1, false);
        snprintf(id, sizeof id, "punt-%u", (unsigned)i);
        const char *code = i == 123 ? "nl@1/inc.brand" : "nl@1/bw.bluswater";
        plot = scenery_put(plot, scenery_feature(id, code, shape), i + 1);
    }
    struct mvt_tile far = read_tile(plot, set, (struct tile_address){9, 262, 169});
    ck_assert_uint_eq(count_in(&far, "proef.points", &crowd), 80);
    ck_assert_uint_eq(crowd, 256);
    bool has_most_important = false;
    for (size_t i = 0; i < far.count; i++) {
        has_most_important |= strcmp(mvt_value(&far.features[i], "id"), "punt-123") == 0;
    }
    ck_assert(has_most_important);
    mvt_tile_finish(&far);
    plot_unref(plot);
}
END_TEST

START_TEST(a_renderer_that_has_drawn_nothing_yet_gives_the_same_bytes)
{
    struct tile_address address = {10, 525, 339};
    struct plot *plot = scenery_plot(&scenery, 8, around_moerdijk, 300);
    size_t length;
    size_t fresh_length;
    char *bytes = make(plot, find_set("WebMercatorQuad"), address, &length);
    struct renderer *used = scenery.renderer;
    scenery.renderer = scenery_renderer();
    char *fresh = make(plot, find_set("WebMercatorQuad"), address, &fresh_length);
    ck_assert_uint_eq(length, fresh_length);
    ck_assert_mem_eq(bytes, fresh, length);
    free(bytes);
    free(fresh);
    plot_unref(plot);
    renderer_free(used);
}
END_TEST

/* Of each point feature the tile that it lies in has its symbol within half a unit of its place. */
START_TEST(every_point_of_a_plot_stands_in_its_tile_at_its_place)
{
    struct fault fault = {0};
    uint32_t zoom = 12;
    const struct tile_matrix_set *set = find_set("WebMercatorQuad");
    struct pixel_grid grid = vector_tile_grid(set, zoom);
    struct crs_context *context = renderer_crs_context(scenery.renderer);
    struct plot *plot = scenery_plot(&scenery, 9, around_moerdijk, 150);
    size_t found = 0;
    for (size_t i = 0; i < plot_count(plot); i++) {
        const struct feature *feature = plot_at(plot, i);
        if (feature->shape->kind != SHAPE_POINT) {
            continue;
        }
        struct point place = feature->shape->points[0];
        ck_assert(crs_transform(context, crs_find(context, "OGC:CRS84", &fault),
                                crs_find(context, set->crs_code, &fault), &place, 1, &fault));
        place = pixel_grid_to_px(&grid, place);
        struct tile_address address = {zoom, (uint32_t)(place.x / 512), (uint32_t)(place.y / 512)};
        struct mvt_tile tile = read_tile(plot, set, address);
        for (size_t k = 0; k < tile.count; k++) {
            const struct mvt_feature *read = &tile.features[k];
            if (strcmp(mvt_value(read, "id"), feature->id) == 0 &&
                strcmp(mvt_value(read, "role"), "symbol") == 0) {
                ck_assert_str_eq(read->layer, "proef.points");
                ck_assert_double_le(fabs(read->shape->points[0].x / 8 + 512.0 * address.column - place.x),
                                    0.07);
                ck_assert_double_le(fabs(read->shape->points[0].y / 8 + 512.0 * address.row - place.y), 0.07);
                ck_assert_str_ne(mvt_value(read, "icon"), "");
                found++;
            }
        }
        mvt_tile_finish(&tile);
    }
    size_t points = 0;
    for (size_t i = 0; i < plot_count(plot); i++) {
        points += plot_at(plot, i)->shape->kind == SHAPE_POINT;
    }
    ck_assert_uint_eq(found, points);
    plot_unref(plot);
}
END_TEST

START_TEST(a_layer_says_by_which_rules_it_is_painted_and_what_they_write)
{
    struct plot *plot = scenery_empty_plot();
    for (uint32_t zoom = 9; zoom <= 13; zoom += 4) {
        static struct tile_address addresses[MOST_TILES];
        const struct tile_matrix_set *set = find_set("WebMercatorQuad");
        size_t count = tiles_of(set, zoom, addresses);
        size_t features = 0;
        for (size_t i = 0; i < count; i++) {
            struct mvt_tile tile = read_tile(plot, set, addresses[i]);
            for (size_t k = 0; k < tile.count; k++) {
                const struct mvt_feature *read = &tile.features[k];
                bool is_near = zoom == 13; /* 1:34,000 */
                ck_assert_str_eq(read->layer, "wegen");
                ck_assert_str_eq(mvt_value(read, "_rules"), is_near ? " 0 " : " 1 ");
                ck_assert_str_eq(mvt_value(read, "_label0"), is_near ? mvt_value(read, "naam") : "");
                features++;
            }
            mvt_tile_finish(&tile);
        }
        ck_assert_uint_gt(features, 0);
    }
    plot_unref(plot);
}
END_TEST

START_TEST(a_plot_with_too_much_in_a_tile_is_refused_by_name)
{
    struct fault fault = {0};
    struct point points[1000];
    struct plot *plot = scenery_empty_plot();
    uint64_t random = 1;
    size_t length;
    for (uint64_t i = 0; i < 250; i++) {
        char id[32];
        snprintf(id, sizeof id, "lijn-%u", (unsigned)i);
        for (int k = 0; k < 1000; k++) {
            points[k] =
                (struct point){random_between(&random, 4.5, 4.75), random_between(&random, 51.6, 51.75)};
        }
        struct shape *shape = shape_new(SHAPE_LINE);
        shape_add_part(shape, points, 1000, false);
        plot = scenery_put(plot, scenery_feature(id, "nl@1/l.front", shape), i + 1);
    }
    struct map_view view = view_of(plot);
    char *bytes = vector_tile_render(scenery.renderer, &view, find_set("WebMercatorQuad"),
                                     (struct tile_address){9, 262, 169}, NULL, &length, &fault);
    ck_assert_ptr_null(bytes);
    ck_assert_int_eq(fault.code, FAULT_LIMIT);
    ck_assert_msg(strstr(fault.message, "proef") != NULL, "%s", fault.message);
    plot_unref(plot);
}
END_TEST

/* Does the text name a picture of the sheet? */
static bool has_picture(const struct sprite_sheet *sheet, const char *name)
{
    for (size_t i = 0; i < sheet->count; i++) {
        if (strcmp(sheet->pictures[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

static struct sprite_sheet *sheet_of(const struct plot *plot, int pixel_ratio)
{
    struct fault fault = {0};
    struct map_view view = view_of(plot);
    struct sprite_sheet *sheet = sprite_sheet_new(scenery.renderer, &view, pixel_ratio, NULL, &fault);
    ck_assert_msg(sheet != NULL, "%s", fault.message);
    return sheet;
}

START_TEST(every_icon_of_every_tile_is_on_the_sheet)
{
    struct plot *plot = scenery_plot(&scenery, 12, around_moerdijk, 400);
    struct sprite_sheet *sheet = sheet_of(plot, 1);
    size_t icons = 0;
    for (uint32_t zoom = 7; zoom <= 13; zoom += 2) {
        static struct tile_address addresses[MOST_TILES];
        const struct tile_matrix_set *set = find_set("WebMercatorQuad");
        size_t count = tiles_of(set, zoom, addresses);
        for (size_t i = 0; i < count; i++) {
            struct mvt_tile tile = read_tile(plot, set, addresses[i]);
            for (size_t k = 0; k < tile.count; k++) {
                const char *icon = mvt_value(&tile.features[k], "icon");
                ck_assert_msg(!*icon || has_picture(sheet, icon), "'%s' is not on the sheet", icon);
                icons += *icon != '\0';
            }
            mvt_tile_finish(&tile);
        }
    }
    ck_assert_uint_gt(icons, 400);
    sprite_sheet_free(sheet);
    plot_unref(plot);
}
END_TEST

START_TEST(pictures_on_a_sheet_do_not_overlap_and_with_two_dots_to_a_px_are_twice_as_large)
{
    struct plot *plot = scenery_plot(&scenery, 13, around_moerdijk, 400);
    struct sprite_sheet *one = sheet_of(plot, 1);
    struct sprite_sheet *two = sheet_of(plot, 2);
    ck_assert_uint_eq(one->count, two->count);
    for (size_t i = 0; i < one->count; i++) {
        const struct sprite_picture *a = &one->pictures[i];
        ck_assert_str_eq(a->name, two->pictures[i].name);
        bool is_symbol = strncmp(a->name, "nl@", 3) == 0 && !strchr(strchr(a->name, '/') + 1, '/');
        ck_assert(!is_symbol || two->pictures[i].image->width == 2 * a->image->width);
        ck_assert(a->x >= 0 && a->x + a->image->width <= one->width &&
                  a->y + a->image->height <= one->height);
        for (size_t k = i + 1; k < one->count; k++) {
            const struct sprite_picture *b = &one->pictures[k];
            ck_assert(a->x + a->image->width <= b->x || b->x + b->image->width <= a->x ||
                      a->y + a->image->height <= b->y || b->y + b->image->height <= a->y);
        }
    }
    sprite_sheet_free(one);
    sprite_sheet_free(two);
    plot_unref(plot);
}
END_TEST

START_TEST(all_that_a_style_names_is_on_the_sheet)
{
    struct plot *plot = scenery_plot(&scenery, 14, around_moerdijk, 400);
    struct sprite_sheet *sheet = sheet_of(plot, 1);
    struct map_view view = view_of(plot);
    struct map_style_wish wish = {"http://127.0.0.1", "1", MOMENT_NONE, false};
    struct buffer json;
    size_t named = 0;
    buffer_init(&json, 1u << 24);
    map_style_write(scenery.renderer, &view, find_set("WebMercatorQuad"), &wish, &json);
    ck_assert(!json.is_full);
    static const char *const keys[] = {"\"icon-image\":\"", "\"fill-pattern\":\""};
    for (int i = 0; i < 2; i++) {
        for (char *at = strstr(json.bytes, keys[i]); at; at = strstr(at, keys[i])) {
            char name[256];
            at += strlen(keys[i]);
            snprintf(name, sizeof name, "%.*s", (int)strcspn(at, "\""), at);
            ck_assert_msg(has_picture(sheet, name), "'%s' is not on the sheet", name);
            named++;
        }
    }
    ck_assert_uint_gt(named, 20);
    buffer_finish(&json);
    sprite_sheet_free(sheet);
    plot_unref(plot);
}
END_TEST

START_TEST(letters_have_their_edge_at_191_and_unknown_faces_are_refused_by_name)
{
    struct fault fault = {0};
    size_t length;
    struct text_engine *engine = renderer_text_engine(scenery.renderer);
    char *bytes = glyph_range_make(engine, "B612 Bold", 0, &length, &fault);
    ck_assert_msg(bytes != NULL, "%s", fault.message);
    struct mvt_bytes stacks = {(unsigned char *)bytes, (unsigned char *)bytes + length};
    ck_assert_uint_eq(mvt_read_varint(&stacks), 1 << 3 | 2);
    struct mvt_bytes stack = mvt_read_bytes(&stacks);
    size_t letters = 0;
    while (stack.at < stack.end) {
        uint64_t field = mvt_read_varint(&stack);
        struct mvt_bytes glyph = mvt_read_bytes(&stack);
        if (field != (3 << 3 | 2)) {
            continue;
        }
        uint64_t numbers[8] = {0};
        struct mvt_bytes bitmap = {NULL, NULL};
        while (glyph.at < glyph.end) {
            uint64_t key = mvt_read_varint(&glyph);
            if (key == (2 << 3 | 2)) {
                bitmap = mvt_read_bytes(&glyph);
            } else {
                numbers[key >> 3 & 7] = mvt_read_varint(&glyph);
            }
        }
        letters++;
        ck_assert_uint_eq((size_t)(bitmap.end - bitmap.at),
                          numbers[3] ? (numbers[3] + 6) * (numbers[4] + 6) : 0);
        if (numbers[1] == 'I') {
            size_t row = (numbers[4] + 6) / 2 * (numbers[3] + 6); /* halfway up a stem */
            int most = 0;
            for (size_t x = 0; x < numbers[3] + 6; x++) {
                most = bitmap.at[row + x] > most ? bitmap.at[row + x] : most;
            }
            ck_assert_int_gt(most, 191);
            ck_assert_int_lt(bitmap.at[row], 140); /* 2.5 px and more beside it */
        }
    }
    ck_assert_uint_gt(letters, 180); /* Latin-1 without its control characters */
    free(bytes);
    ck_assert_ptr_null(glyph_range_make(engine, "Arial", 0, &length, &fault));
    ck_assert_int_eq(fault.code, FAULT_NOT_FOUND);
    ck_assert_ptr_nonnull(strstr(fault.message, "B612 Regular"));
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("vector_tiles");
    TCase *tests = tcase_create("vector_tiles");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 240);
    tcase_add_test(tests, a_change_marks_exactly_the_vector_tiles_that_differ);
    tcase_add_test(tests, a_change_where_many_stand_close_marks_exactly_the_tiles_that_differ);
    tcase_add_test(tests, beyond_its_limits_a_change_marks_all_vector_tiles_and_none_where_nothing_changed);
    tcase_add_test(tests, where_many_stand_close_the_most_important_stay_and_one_says_how_many_there_are);
    tcase_add_test(tests, a_renderer_that_has_drawn_nothing_yet_gives_the_same_bytes);
    tcase_add_test(tests, every_point_of_a_plot_stands_in_its_tile_at_its_place);
    tcase_add_test(tests, a_layer_says_by_which_rules_it_is_painted_and_what_they_write);
    tcase_add_test(tests, a_plot_with_too_much_in_a_tile_is_refused_by_name);
    tcase_add_test(tests, every_icon_of_every_tile_is_on_the_sheet);
    tcase_add_test(tests, pictures_on_a_sheet_do_not_overlap_and_with_two_dots_to_a_px_are_twice_as_large);
    tcase_add_test(tests, all_that_a_style_names_is_on_the_sheet);
    tcase_add_test(tests, letters_have_their_edge_at_191_and_unknown_faces_are_refused_by_name);
    suite_add_tcase(suite, tests);
    return suite;
}
