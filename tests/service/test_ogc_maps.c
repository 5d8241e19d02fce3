/* OGC API Maps by the real service: any box, size and CRS, told where it lies; sheets; and all that is wrong
 * with a request. */
#include <ctype.h>
#include <jansson.h>
#include <math.h>

#include "tests/service/running_service.h"

#define RD "[EPSG:28992]"
#define PARTS "&map-title=topLeft&map-legend=middleRight&scale-bar=bottomLeft&map-compass=bottomRight"
#define PLACE "crs=" RD "&center=101000,411500&center-crs=" RD "&scale-denominator=25000"

static struct running_service service;

static void start(void)
{
    service = service_prepare("deadline_ms: 20000");
    write_text(
        service.folder, "land.geojson",
        "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{},"
        "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[4.3,51.6],[4.6,51.6],[4.7,51.8],[4.3,51.8],"
        "[4.3,51.6]]]}}]}\n");
    write_text(
        service.folder, "catalogue.yaml",
        "layers:\n"
        "  - {id: land, title: {nl: Land, en: Land}, kind: vector, driver: GeoJSON, path: land.geojson,\n"
        "     credit: T, style: {rules: [{fill: \"#F7F4EC\"}]}}\n");
    write_text(
        service.folder, "maps.yaml",
        "maps:\n"
        "  - id: situation\n    title: {nl: Situatie, en: Situation}\n    extent: [4.4, 51.6, 4.8, 51.8]\n"
        "    items: [{layer: land}, {plot: exercise}]\n    marking: TLP:AMBER\n"
        "    background: \"#D3E4EF\"\n");
    service_start(&service);
    service_wait_ready(&service);
}

static void stop(void)
{
    service_stop(&service);
}

/** Brackets may not stand in an address as they are. Borrowed until the next call. */
static const char *ask_with(const char *path, const char *headers)
{
    static char line[3000];
    size_t length = (size_t)snprintf(line, sizeof(line), "GET /maps/situation/");
    for (; *path && length + 4 < sizeof(line); path++) {
        bool is_plain = isalnum((unsigned char)*path) || strchr("?&=.,:-/*()", *path);
        length += (size_t)snprintf(line + length, sizeof(line) - length, is_plain ? "%c" : "%%%02X",
                                   (unsigned char)*path);
    }
    return service_ask(&service, line, headers, "");
}

static const char *ask(const char *path)
{
    const char *answer = ask_with(path, "");
    ck_assert_msg(status_of(answer) == 200, "%s: %.600s", path, answer);
    return answer;
}

static void check_box(const char *answer, const double wanted[static 4], double tolerance)
{
    double box[4] = {0};
    const char *text = header_of(answer, "Content-Bbox");
    for (int i = 0; i < 4; i++) {
        char *end;
        box[i] = strtod(text, &end);
        ck_assert_msg(fabs(box[i] - wanted[i]) <= tolerance, "%d: %.10g, not %.10g", i, box[i], wanted[i]);
        text = *end == ',' ? end + 1 : end;
    }
}

/** Width and height of a PNG. */
static void check_size(const char *answer, unsigned width, unsigned height)
{
    const unsigned char *png = (const unsigned char *)strstr(answer, "\r\n\r\n") + 4;
    ck_assert_uint_eq((unsigned)png[16] << 24 | png[17] << 16 | png[18] << 8 | png[19], width);
    ck_assert_uint_eq((unsigned)png[20] << 24 | png[21] << 16 | png[22] << 8 | png[23], height);
}

START_TEST(the_box_is_told_in_the_axis_order_of_the_crs)
{
    const char *answer = ask("map.png?bbox=4.5,51.64,4.7,51.74&width=200&height=100");
    check_size(answer, 200, 100);
    check_box(answer, (double[]){4.5, 51.64, 4.7, 51.74}, 1e-9);
    ck_assert_str_eq(header_of(answer, "Content-Crs"), ""); /* that of the standard when none is told */
    answer = ask("map.png?bbox=51.64,4.5,51.74,4.7&bbox-crs=[EPSG:4326]&crs=[EPSG:4326]&width=200");
    check_size(answer, 200, 100);
    check_box(answer, (double[]){51.64, 4.5, 51.74, 4.7}, 1e-9);
    ck_assert_str_eq(header_of(answer, "Content-Crs"), "<http://www.opengis.net/def/crs/EPSG/0/4326>");
    answer =
        ask("map.png?bbox=3180000,3940000,3190000,3950000&bbox-crs=[EPSG:3035]&crs=[EPSG:3035]&width=100");
    check_size(answer, 100, 100);
    check_box(answer, (double[]){3180000, 3940000, 3190000, 3950000}, 1e-6);
    answer =
        ask("map.png?bbox=96000,409000,106000,414000&bbox-crs=http://www.opengis.net/def/crs/EPSG/0/28992"
            "&crs=" RD "&width=100");
    check_box(answer, (double[]){96000, 409000, 106000, 414000}, 1e-6);
}
END_TEST

START_TEST(north_first_and_east_first_are_the_same_picture)
{
    char first[40];
    snprintf(first, sizeof(first), "%s",
             header_of(ask("map.png?bbox=4.5,51.64,4.7,51.74&width=300"), "ETag"));
    ck_assert_str_eq(first, header_of(ask("map.png?subset=Lat(51.64:51.74),Lon(4.5:4.7)&width=300"), "ETag"));
    ck_assert_str_eq(
        first, header_of(ask("map.png?bbox=51.64,4.5,51.74,4.7&bbox-crs=[EPSG:4326]&width=300"), "ETag"));
}
END_TEST

START_TEST(a_map_where_a_tile_lies_is_that_tile)
{
    char tile[40];
    snprintf(tile, sizeof(tile), "%s",
             header_of(service_ask(&service, "GET /xyz/situation/NetherlandsRDNewQuad/8/112/142.png", "", ""),
                       "ETag"));
    double size = 13.44 * 256; /* m, at zoom 8 */
    char path[200];
    snprintf(
        path, sizeof(path),
        "map.png?crs=" RD "&bbox-crs=" RD "&bbox=%.4f,%.4f,%.4f,%.4f&width=256&height=256&transparent=false",
        -285401.92 + 112 * size, 903401.92 - 143 * size, -285401.92 + 113 * size, 903401.92 - 142 * size);
    ck_assert_str_eq(header_of(ask(path), "ETag"), tile);
}
END_TEST

START_TEST(every_format_by_ending_by_name_and_by_accept)
{
    static const char *const rows[][3] = {{"png", "png", "image/png"},     {"png8", "png8", "image/png"},
                                          {"webp", "webp", "image/webp"},  {"jpg", "jpeg", "image/jpeg"},
                                          {"svg", "svg", "image/svg+xml"}, {"pdf", "pdf", "application/pdf"}};
    char text[200];
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        snprintf(text, sizeof(text), "map.%s?width=100", rows[i][0]);
        ck_assert_str_eq(header_of(ask(text), "Content-Type"), rows[i][2]);
        snprintf(text, sizeof(text), "map?f=%s&width=100", rows[i][1]);
        ck_assert_str_eq(header_of(ask(text), "Content-Type"), rows[i][2]);
        snprintf(text, sizeof(text), "Accept: %s, */*;q=0.1\r\n", rows[i][2]);
        const char *answer = ask_with("map?width=100", text);
        ck_assert_str_eq(header_of(answer, "Content-Type"), rows[i][2]);
        ck_assert_str_eq(header_of(answer, "Vary"), "Accept");
    }
    ck_assert_int_eq(status_of(ask_with("map", "Accept: text/html\r\n")), 406);
    ck_assert_int_eq(status_of(ask_with("map.png?f=jpg", "")), 400);
    ck_assert_int_eq(status_of(ask_with("map.tif", "")), 404);
}
END_TEST

START_TEST(all_mistakes_of_a_request_are_named)
{
    const char *answer =
        ask_with("map.jpg?bbox=1,2&width=0&height=1.5&crs=here&scale-denominator=no&datetime=later"
                 "&colour=red&map-legend=left&grid-crss=[EPSG:2056]&transparent=yes"
                 "&mm-per-pixel=0&palette=loud&revision=-1&bgcolor=reddish&language=xx"
                 "&center-crs=there&void-color=dark&void-transparent=maybe&subset=Up(1:2)",
                 "");
    ck_assert_int_eq(status_of(answer), 400);
    json_error_t error;
    json_t *problem = json_loads(strstr(answer, "\r\n\r\n") + 4, 0, &error);
    static const char *const fields[] = {
        "bbox",         "width",      "height",           "crs",       "scale-denominator",
        "datetime",     "colour",     "map-legend",       "grid-crss", "transparent",
        "mm-per-pixel", "palette",    "revision",         "bgcolor",   "language",
        "center-crs",   "void-color", "void-transparent", "subset"};
    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
        bool is_named = false;
        size_t index;
        json_t *one;
        json_array_foreach(json_object_get(problem, "errors"), index, one)
        {
            is_named = is_named || strcmp(json_string_value(json_object_get(one, "field")), fields[i]) == 0;
        }
        ck_assert_msg(is_named, "%s", fields[i]);
    }
    json_decref(problem);
}
END_TEST

START_TEST(what_cannot_be_together_is_refused)
{
    static const char *const paths[] = {
        "map.png?bbox=4.5,51.6,4.6,51.7&center=4.5,51.7",
        "map.png?bbox=4.5,51.6,4.6,51.7&subset=Lat(51.6:51.7),Lon(4.5:4.6)",
        "map.png?bbox=4.5,51.6,4.6,51.7&scale-denominator=10000&width=100",
        "map.png?width=9000&height=9000",
        "map.svg?bbox=4.5,51.6,4.6,51.7&width=100&height=900",
        "map.png?map-title=topLeft&void-color=red",
        "map.png?bbox=4.6,51.7,4.5,51.6&bbox-crs=[EPSG:4326]",
        "map.png?subset=Up(1:2)",
        "map.png?crs=[EPSG:4979]",
    };
    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
        ck_assert_msg(status_of(ask_with(paths[i], "")) == 400, "%s", paths[i]);
    }
}
END_TEST

START_TEST(a_sheet_is_as_large_as_asked_and_tells_the_box_of_its_map)
{
    const char *answer = ask("map.png?" PLACE "&width=900&height=700" PARTS "&grid-crss=" RD ",CRS84");
    check_size(answer, 900, 700);
    double box[4] = {0};
    ck_assert_int_eq(
        sscanf(header_of(answer, "Content-Bbox"), "%lf,%lf,%lf,%lf", &box[0], &box[1], &box[2], &box[3]), 4);
    ck_assert_double_eq_tol((box[0] + box[2]) / 2, 101000, 1e-6);
    ck_assert_double_eq_tol((box[1] + box[3]) / 2, 411500, 1e-6);
    ck_assert_double_lt(box[2] - box[0], 900 * 7);
    ck_assert_double_gt(box[2] - box[0], 0.4 * 900 * 7);
    ck_assert_str_eq(header_of(answer, "Plottafel-Marking"), "TLP:AMBER");
    answer = ask("map.png?crs=" RD "&bbox=4.5,51.64,4.7,51.74&width=900&height=700" PARTS);
    ck_assert_int_eq(
        sscanf(header_of(answer, "Content-Bbox"), "%lf,%lf,%lf,%lf", &box[0], &box[1], &box[2], &box[3]), 4);
    ck_assert_double_lt(box[0], 93650); /* of the box's corners, in RD */
    ck_assert_double_gt(box[2], 107450);
}
END_TEST

START_TEST(a_sheet_without_parts_still_says_what_is_never_off)
{
    const char *answer = ask("map.svg?" PLACE "&width=900&height=700&grid-crss=" RD);
    size_t sheet = strlen(strstr(answer, "\r\n\r\n"));
    answer = ask("map.svg?" PLACE "&width=900&height=700");
    ck_assert_uint_lt(strlen(strstr(answer, "\r\n\r\n")), sheet);
    ck_assert_ptr_nonnull(strstr(ask("map.pdf?" PLACE "&width=900&height=700&grid-crss=" RD), "TLP:AMBER"));
}
END_TEST

START_TEST(what_has_no_room_is_named_and_too_small_a_sheet_is_refused)
{
    const char *answer = ask("map.png?" PLACE "&width=480&height=360" PARTS "&situation-map=bottomCenter");
    ck_assert_ptr_nonnull(strstr(header_of(answer, "Plottafel-Notes"), "did-not-fit;part=\"situation-map\""));
    answer =
        ask("map.png?crs=[EPSG:3857]&bbox=4.5,51.64,4.7,51.74&width=900&height=700&scale-bar=bottomLeft");
    ck_assert_ptr_nonnull(strstr(header_of(answer, "Plottafel-Notes"), "did-not-fit;part=\"scale-bar\""));
    answer = ask("map.png?bbox=4.5,51.64,4.7,51.74&width=900&height=700&scale-bar=bottomLeft"); /* degrees */
    ck_assert_ptr_nonnull(strstr(header_of(answer, "Plottafel-Notes"), "did-not-fit;part=\"scale-bar\""));
    ck_assert_int_eq(status_of(ask_with("map.png?" PLACE "&width=120&height=90" PARTS, "")), 400);
}
END_TEST

/** Any parts at any places of sheets of any size: each is made, or refused as too small. */
START_TEST(sheets_of_all_kinds_are_made)
{
    static const char *const names[] = {"map-title",   "map-legend", "map-attribution",
                                        "map-compass", "scale-bar",  "situation-map"};
    static const char *const places[] = {"none",       "topLeft",      "topCenter",
                                         "topRight",   "middleLeft",   "middleRight",
                                         "bottomLeft", "bottomCenter", "bottomRight"};
    static const char *const systems[] = {"[EPSG:28992]", "[OGC:CRS84]", "[EPSG:3857]", "[EPSG:3035]",
                                          "[EPSG:25831]"};
    uint32_t state = 7;
    int made = 0;
    for (int round = 0; round < 30; round++) {
        char path[600];
        state = state * 1664525u + 1013904223u;
        int length = snprintf(path, sizeof(path),
                              "map.png?crs=%s&bbox=4.5,51.64,4.7,51.74&width=%u&height=%u&language=%s",
                              systems[(state >> 8) % 5], 100 + (state >> 4) % 1000, 80 + (state >> 16) % 800,
                              round % 2 ? "de,fr" : "en");
        for (int i = 0; i < 6; i++) {
            state = state * 1664525u + 1013904223u;
            length += snprintf(path + length, sizeof(path) - (size_t)length, "&%s=%s", names[i],
                               places[(state >> 12) % 9]);
        }
        int status = status_of(ask_with(path, ""));
        ck_assert_msg(status == 200 || status == 400, "%d: %s", status, path);
        made += status == 200;
    }
    ck_assert_int_gt(made, 15);
}
END_TEST

START_TEST(the_same_request_gives_the_same_bytes)
{
    char tag[40];
    snprintf(tag, sizeof(tag), "%s", header_of(ask("map.pdf?" PLACE "&width=700&height=500" PARTS), "ETag"));
    pause_ms(1100);
    ck_assert_str_eq(header_of(ask("map.pdf?" PLACE "&width=700&height=500" PARTS), "ETag"), tag);
}
END_TEST

START_TEST(clients_find_the_map_by_its_links)
{
    static const char *const addresses[] = {"GET /maps/situation", "GET /collections/situation",
                                            "GET /collections"};
    for (size_t i = 0; i < 3; i++) {
        const char *answer = service_ask(&service, addresses[i], "", "");
        ck_assert_ptr_nonnull(strstr(answer, "\"http://www.opengis.net/def/rel/ogc/1.0/map\""));
        ck_assert_ptr_nonnull(strstr(answer, "/maps/situation/map.png"));
        ck_assert_ptr_nonnull(
            strstr(answer, "\"storageCrs\":\"http://www.opengis.net/def/crs/OGC/1.3/CRS84\""));
    }
    ck_assert_int_eq(service_status(&service, "GET /collections/dUmmYColLection"), 404);
    ck_assert_ptr_nonnull(strstr(service_ask(&service, "GET /conformance", "", ""),
                                 "https://www.opengis.net/spec/ogcapi-maps-1/1.0/conf/core"));
    const char *api = service_ask(&service, "GET /openapi.json", "", "");
    ck_assert_ptr_nonnull(strstr(api, "\"scale-denominator\""));
    ck_assert_ptr_nonnull(strstr(api, "never off"));
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("ogc_maps");
    TCase *cases = tcase_create("ogc_maps");
    tcase_set_timeout(cases, 120);
    tcase_add_unchecked_fixture(cases, start, stop);
    tcase_add_test(cases, the_box_is_told_in_the_axis_order_of_the_crs);
    tcase_add_test(cases, north_first_and_east_first_are_the_same_picture);
    tcase_add_test(cases, a_map_where_a_tile_lies_is_that_tile);
    tcase_add_test(cases, every_format_by_ending_by_name_and_by_accept);
    tcase_add_test(cases, all_mistakes_of_a_request_are_named);
    tcase_add_test(cases, what_cannot_be_together_is_refused);
    tcase_add_test(cases, a_sheet_is_as_large_as_asked_and_tells_the_box_of_its_map);
    tcase_add_test(cases, a_sheet_without_parts_still_says_what_is_never_off);
    tcase_add_test(cases, what_has_no_room_is_named_and_too_small_a_sheet_is_refused);
    tcase_add_test(cases, sheets_of_all_kinds_are_made);
    tcase_add_test(cases, the_same_request_gives_the_same_bytes);
    tcase_add_test(cases, clients_find_the_map_by_its_links);
    suite_add_tcase(suite, cases);
    return suite;
}
