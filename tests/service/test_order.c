/* Orders and results as they travel; neither side trusts the other. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "render/service/http/answer.h"
#include "render/service/worker/order.h"
#include "tests/support/runner.h"

static struct order filled(enum order_kind kind)
{
    struct order order;
    order_init(&order, kind);
    snprintf(order.view.map, sizeof(order.view.map), "situation");
    order.view.plot_count = 2;
    order.view.revisions[0] = 7;
    order.view.revisions[1] = 1ull << 52;
    order.view.as_of_ms = MOMENT_FOREVER - 1;
    order.view.language = LANGUAGE_EN;
    order.view.palette = (struct palette_wish){true, PALETTE_MONO};
    snprintf(order.window.crs_code, sizeof(order.window.crs_code), "EPSG:28992");
    order.window.box = (struct bbox){0.1, -1e-7, 155000.123456789, 463000};
    order.window.width_px = 300;
    order.window.height_px = 200;
    snprintf(order.tile.tile_matrix_set, sizeof(order.tile.tile_matrix_set), "WebMercatorQuad");
    order.tile.address = (struct tile_address){12, 2100, 1361};
    order.tile.form.pixel_ratio = 2;
    order.stale.revisions[0] = 8;
    order.stale.as_of_ms = -5;
    order.legend.format = ORDER_SVG;
    order.legend.column_count = 3;
    snprintf(order.symbol.code, sizeof(order.symbol.code), "nl@1/bw.ugs;n=\"quoted\" \\ \xC3\xA9");
    order.symbol.width_px = 64;
    order.briefing.paper = PAPER_A3;
    order.briefing.is_landscape = true;
    order.briefing.scale_denominator = 25000;
    order.briefing.centre = (struct point){105000.5, 412000};
    order.briefing.dpi = 300;
    snprintf(order.briefing.crs_code, sizeof(order.briefing.crs_code), "EPSG:28992");
    snprintf(order.briefing.title, sizeof(order.briefing.title), "Regel 1\nRegel 2");
    snprintf(order.briefing.id, sizeof(order.briefing.id), "01K0ZZZZZZABCDEFGHJKMNPQRS");
    snprintf(order.briefing.verify_link, sizeof(order.briefing.verify_link), "http://a/verify/01K0");
    snprintf(order.briefing.organisation, sizeof(order.briefing.organisation), "Brandweer \"1\"");
    order.briefing.has_box = true;
    order.briefing.box = (struct bbox){0.1, -2, 3, 4.5};
    return order;
}

static char *text_of(const struct order *order)
{
    struct buffer json;
    buffer_init(&json, 1 << 20);
    order_write(order, &json);
    return buffer_take(&json, &(size_t){0});
}

START_TEST(every_kind_of_order_is_read_as_it_was_written)
{
    for (int kind = 0; kind < ORDER_KIND_COUNT; kind++) {
        struct fault fault = {0};
        struct order order = filled((enum order_kind)kind);
        struct order read;
        char *text = text_of(&order);
        ck_assert_msg(order_read(text, strlen(text), &read, &fault), "%s: %s", text, fault.message);
        char *again = text_of(&read);
        ck_assert_str_eq(text, again);
        free(text);
        free(again);
    }
}
END_TEST

START_TEST(what_makes_another_picture_makes_another_key)
{
    struct order order = filled(ORDER_TILE);
    char *key = order_key(&order);
    order.view.revisions[1]++;
    char *other_revision = order_key(&order);
    ck_assert_str_ne(key, other_revision);
    order.view.revisions[1]--;
    order.tile.address.row++;
    char *other_row = order_key(&order);
    ck_assert_str_ne(key, other_row);
    order.tile.address.row--;
    order.view.palette.palette = PALETTE_PRINT;
    char *other_palette = order_key(&order);
    ck_assert_str_ne(key, other_palette);
    order.view.palette.palette = PALETTE_MONO;
    order.briefing.dpi = 1;
    char *same = order_key(&order);
    ck_assert_str_eq(key, same);
    free(key);
    free(other_revision);
    free(other_row);
    free(other_palette);
    free(same);
}
END_TEST

START_TEST(every_broken_order_is_refused)
{
    static const char *const broken[] = {
        "",
        "[]",
        "null",
        "{",
        "{}",
        "{\"kind\":\"other\"}",
        "{\"kind\":7}",
        "{\"kind\":\"tile\"}",
        "4:tile ",
        "4:tile 9:situation ",
        "4:tile -1:a 0 0 0 0 0 0 0 1:s 0 0 0 0 1 256 0 0 0: ",
        "4:tile 99999999999999999999999:a 0 0 0 0 0 0 0 1:s 0 0 0 0 1 256 0 0 0: ",
        "4:tile 1:a 9 1 1 1 1 1 1 1 1 1 0 0 0 0 0 0 1:s 0 0 0 0 1 256 0 0 0: ",
        "4:tile 1:a 0 0 0 0 0 0 0 1:s 4294967296 0 0 0 1 256 0 0 0: ",
        "4:tile 1:a 0 0 0 0 0 0 0 1:s 0 0 0 0 1 300 0 0 0: ",
        "4:tile 1:a 0 9223372036854775808 0 0 0 0 0 1:s 0 0 0 0 1 256 0 0 0: ",
        "4:tile 1:a 0 0 0 0 0 0 0 1:s 0 0 0 0 1 256 0 0 0: more",
        "{\"kind\":\"ping\",\"kind\":\"ping\"}",
    };
    for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++) {
        struct fault fault = {0};
        struct order order;
        ck_assert_msg(!order_read(broken[i], strlen(broken[i]), &order, &fault), "%s", broken[i]);
        ck_assert_int_eq(fault.code, FAULT_INPUT);
    }
}
END_TEST

START_TEST(a_changed_byte_never_breaks_the_reader)
{
    for (int kind = 0; kind < ORDER_KIND_COUNT; kind++) {
        struct order order = filled((enum order_kind)kind);
        char *text = text_of(&order);
        size_t length = strlen(text);
        for (size_t i = 0; i < length; i++) {
            for (const char *byte = "9-\"{}[],x"; *byte; byte++) {
                struct order read;
                struct fault fault;
                char before = text[i];
                text[i] = *byte;
                order_read(text, length, &read, &fault);
                text[i] = before;
            }
        }
        free(text);
    }
}
END_TEST

START_TEST(a_list_of_stale_tiles_is_read_as_it_was_written)
{
    struct order order;
    struct fault fault;
    size_t count;
    order_init(&order, ORDER_STALE);
    for (uint32_t i = 0; i < 5000; i++) {
        struct order_stale_tile tile = {.tile_matrix_set = "WebMercatorQuad",
                                        .address = {i % 20, i, UINT32_MAX - i},
                                        .form = {TILE_WEBP, 1 + (uint8_t)(i % 3), TILE_SIZE_LARGE_PX}};
        ck_assert(order_stale_add(&order, &tile));
    }
    struct order_stale_tile *tiles = order_stale_tiles(&order, &count, &fault);
    ck_assert_ptr_nonnull(tiles);
    ck_assert_uint_eq(count, 5000);
    ck_assert_str_eq(tiles[4999].tile_matrix_set, "WebMercatorQuad");
    ck_assert_uint_eq(tiles[4999].address.row, UINT32_MAX - 4999);
    ck_assert(tile_form_equals(tiles[4999].form, (struct tile_form){TILE_WEBP, 2, TILE_SIZE_LARGE_PX}));
    free(tiles);
    order.payload[10] = '\n';
    ck_assert_ptr_null(order_stale_tiles(&order, &count, &fault));
    order_finish(&order);
}
END_TEST

START_TEST(a_result_is_read_as_it_was_written)
{
    struct order_result *result = order_result_new();
    struct order_result *read = order_result_new();
    struct fault fault;
    struct buffer json;
    buffer_init(&json, 1 << 20);
    fault_set(&result->fault, FAULT_LIMIT, "too \"much\"\n\xC3\xA9");
    snprintf(result->content_type, sizeof(result->content_type), "image/png");
    result->revisions[0] = 12;
    result->plot_count = 1;
    result->moment_ms = 1234567890123;
    result->marking = MARKING_RED;
    report_add(&result->report, REPORT_LAYER_FAILED, "rivers", "not \"there\"");
    report_add(&result->report, REPORT_DID_NOT_FIT, "legend", "three entries");
    order_result_write(result, &json);
    ck_assert(order_result_read(json.bytes, json.length, read, &fault));
    ck_assert_int_eq(read->fault.code, FAULT_LIMIT);
    ck_assert_str_eq(read->fault.message, result->fault.message);
    ck_assert_int_eq(read->moment_ms, result->moment_ms);
    ck_assert_int_eq(read->marking, MARKING_RED);
    ck_assert_uint_eq(read->revisions[0], 12);
    ck_assert_uint_eq(report_count(&read->report, REPORT_LAYER_FAILED), 1);
    ck_assert_str_eq(read->report.items[0].subject, "rivers");
    ck_assert_uint_eq(report_count(&read->report, REPORT_DID_NOT_FIT), 1);
    buffer_finish(&json);
    order_result_unref(result);
    order_result_unref(read);
}
END_TEST

START_TEST(a_result_that_is_cut_or_goes_on_is_refused)
{
    struct order_result *result = order_result_new();
    struct fault fault;
    struct buffer fields;
    buffer_init(&fields, 4096);
    result->plot_count = 2;
    result->more[REPORT_SYMBOL_SMALL] = 3;
    snprintf(result->content_type, sizeof(result->content_type), "image/png");
    report_add(&result->report, REPORT_LAYER_FAILED, "rivers", "not there");
    order_result_write(result, &fields);
    for (size_t length = 0; length < fields.length; length++) {
        struct order_result *read = order_result_new();
        ck_assert(!order_result_read(fields.bytes, length, read, &fault));
        ck_assert_int_eq(fault.code, FAULT_INPUT);
        order_result_unref(read);
    }
    struct order_result *read = order_result_new();
    buffer_append_text(&fields, "0 ");
    ck_assert(!order_result_read(fields.bytes, fields.length, read, &fault));
    order_result_unref(read);
    buffer_finish(&fields);
    order_result_unref(result);
}
END_TEST

START_TEST(a_changed_byte_of_a_result_never_breaks_the_reader)
{
    struct order_result *result = order_result_new();
    struct buffer fields;
    buffer_init(&fields, 4096);
    result->plot_count = 1;
    report_add(&result->report, REPORT_LAYER_FAILED, "rivers", "not there");
    order_result_write(result, &fields);
    for (size_t i = 0; i < fields.length; i++) {
        for (const char *byte = "9-: x"; *byte; byte++) {
            struct order_result *read = order_result_new();
            struct fault fault;
            char before = fields.bytes[i];
            fields.bytes[i] = *byte;
            order_result_read(fields.bytes, fields.length, read, &fault);
            fields.bytes[i] = before;
            order_result_unref(read);
        }
    }
    buffer_finish(&fields);
    order_result_unref(result);
}
END_TEST

START_TEST(shared_bytes_outlive_their_result)
{
    struct order_result *result = order_result_new();
    size_t length;
    result->bytes = memory_copy_text("tile");
    result->length = 4;
    order_result_share_bytes(result);
    struct answer *answer = answer_of_result(result, NULL);
    const char *bytes = result->bytes;
    order_result_unref(result);
    struct answer *copy = answer_copy(answer);
    answer_unref(answer);
    ck_assert_ptr_eq(answer_bytes(copy, &length), bytes);
    ck_assert_str_eq(bytes, "tile");
    answer_unref(copy);
}
END_TEST

START_TEST(who_wants_numbers_is_not_sent_the_names_of_features)
{
    struct order_result *result = order_result_new();
    struct order_result *read = order_result_new();
    struct fault fault;
    struct buffer json;
    buffer_init(&json, 4096);
    report_add(&result->report, REPORT_SYMBOL_SMALL, "engine-1", "small");
    report_add(&result->report, REPORT_SYMBOL_SMALL, "engine-2", "small");
    report_add(&result->report, REPORT_LAYER_FAILED, "rivers", "gone");
    report_add_count(&result->report, REPORT_SYMBOL_SMALL, 3);
    result->counts_features = true;
    order_result_write(result, &json);
    ck_assert(order_result_read(json.bytes, json.length, read, &fault));
    ck_assert_uint_eq(report_count(&read->report, REPORT_SYMBOL_SMALL), 0);
    ck_assert_uint_eq(read->more[REPORT_SYMBOL_SMALL], 5);
    struct answer *answer = answer_of_result(read, NULL);
    ck_assert_str_eq(answer_header(answer, "Plottafel-Notes"),
                     "layer-failed;layer=\"rivers\", symbol-small;count=5");
    answer_unref(answer);
    buffer_finish(&json);
    order_result_unref(result);
    order_result_unref(read);
}
END_TEST

/* A header has a ceiling, and a worker whose header is larger would be taken for broken. */
START_TEST(a_report_too_long_to_send_still_says_how_many_and_names_every_layer)
{
    struct order_result *result = order_result_new();
    struct order_result *read = order_result_new();
    struct fault fault;
    struct buffer json;
    char id[32];
    buffer_init(&json, 1 << 20);
    for (int i = 0; i < 5000; i++) {
        snprintf(id, sizeof(id), "feature-%04d", i);
        report_add(&result->report, REPORT_LABEL_UNPLACED, id, "%0400d", i);
        report_add(&result->report, REPORT_SYMBOL_SMALL, id, "small");
    }
    report_add(&result->report, REPORT_BEYOND_SCALE, "rivers", "too coarse");
    order_result_write(result, &json);
    ck_assert(!json.is_full);
    ck_assert(order_result_read(json.bytes, json.length, read, &fault));
    ck_assert_uint_eq(report_count(&read->report, REPORT_BEYOND_SCALE), 1);
    ck_assert_uint_gt(report_count(&read->report, REPORT_LABEL_UNPLACED), 500);
    struct answer *answer = answer_of_result(read, NULL);
    ck_assert_str_eq(answer_header(answer, "Plottafel-Notes"),
                     "label-unplaced;count=5000, symbol-small;count=5000, beyond-scale;layer=\"rivers\"");
    answer_unref(answer);
    buffer_finish(&json);
    order_result_unref(result);
    order_result_unref(read);
}
END_TEST

START_TEST(eight_layers_with_the_longest_ids_can_hang)
{
    struct order_hung hung = {.layers = ""};
    char id[65];
    for (int i = 0; i < 8; i++) {
        memset(id, 'a' + i, 64);
        id[64] = '\0';
        ck_assert(order_hung_add(&hung, id, 5000));
        ck_assert(!order_hung_add(&hung, id, 5000));
    }
    ck_assert_uint_eq(strlen(hung.layers), 8 * 64 + 7);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("order");
    TCase *tests = tcase_create("order");
    tcase_add_test(tests, every_kind_of_order_is_read_as_it_was_written);
    tcase_add_test(tests, what_makes_another_picture_makes_another_key);
    tcase_add_test(tests, every_broken_order_is_refused);
    tcase_add_test(tests, a_changed_byte_never_breaks_the_reader);
    tcase_add_test(tests, a_list_of_stale_tiles_is_read_as_it_was_written);
    tcase_add_test(tests, a_result_is_read_as_it_was_written);
    tcase_add_test(tests, a_result_that_is_cut_or_goes_on_is_refused);
    tcase_add_test(tests, a_changed_byte_of_a_result_never_breaks_the_reader);
    tcase_add_test(tests, shared_bytes_outlive_their_result);
    tcase_add_test(tests, who_wants_numbers_is_not_sent_the_names_of_features);
    tcase_add_test(tests, a_report_too_long_to_send_still_says_how_many_and_names_every_layer);
    tcase_add_test(tests, eight_layers_with_the_longest_ids_can_hang);
    suite_add_tcase(suite, tests);
    return suite;
}
