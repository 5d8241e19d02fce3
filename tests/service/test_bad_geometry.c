/*
 * Shapes that are hardly any, and places at the ends of the earth, through the running service: in plots and
 * in layers each is drawn as well as can be or refused by name.
 */
#include "tests/service/running_service.h"

static struct running_service service;

#define POINT "\"type\":\"Point\",\"coordinates\":"
#define LINE "\"type\":\"LineString\",\"coordinates\":"
#define AREA "\"type\":\"Polygon\",\"coordinates\":"

/* What a plot is asked to take, and what it says of what it does not take. */
struct bad_feature {
    const char *id;
    const char *symbol;
    const char *geometry;
    const char *refusal; /* NULL: it comes in and is drawn */
};

static const struct bad_feature bad_features[] = {
    {"no-length", "nl@1/l.afzetting", LINE "[[4.6,51.7],[4.6,51.7]]", "two different points"},
    {"one-point", "nl@1/l.afzetting", LINE "[[4.6,51.7]]", "point"},
    {"flat-area", "nl@1/a.rood", AREA "[[[4.6,51.7],[4.61,51.7],[4.62,51.7],[4.6,51.7]]]", "no inside"},
    {"point-area", "nl@1/a.rood", AREA "[[[4.6,51.7],[4.6,51.7],[4.6,51.7],[4.6,51.7]]]", "no inside"},
    {"spike", "nl@1/a.rood", AREA "[[[4.6,51.7],[4.7,51.7],[4.6,51.7],[4.6,51.71],[4.6,51.7]]]", NULL},
    {"tiny", "nl@1/a.rood", AREA "[[[4.6,51.7],[4.6000000001,51.7],[4.6000000001,51.7000000001],[4.6,51.7]]]",
     NULL},
    {"open-ring", "nl@1/a.rood", AREA "[[[4.6,51.7],[4.7,51.7],[4.7,51.8],[4.6,51.8]]]", "closed"},
    {"empty", "nl@1/a.rood", AREA "[]", "geometry"},
    {"bow-tie", "nl@1/a.rood", AREA "[[[4.6,51.7],[4.7,51.8],[4.7,51.7],[4.6,51.8],[4.6,51.7]]]", "crosses"},
    {"north-pole", "nl@1/bw.ugs", POINT "[10,90]", NULL},
    {"near-pole", "nl@1/bw.ugs", POINT "[10,89.9999]", NULL},
    {"south-pole-area", "nl@1/a.rood", AREA "[[[-180,-90],[180,-90],[180,-80],[-180,-80],[-180,-90]]]", NULL},
    {"antimeridian", "nl@1/l.afzetting", LINE "[[179.99,-17],[-179.99,-17.1]]", NULL},
    {"on-180", "nl@1/bw.ugs", POINT "[180,52]", NULL},
    {"australia", "nl@1/bw.ugs", POINT "[151.2,-33.9]", NULL},
    {"world", "nl@1/a.rood", AREA "[[[-180,-90],[180,-90],[180,90],[-180,90],[-180,-90]]]", NULL},
    {"beyond", "nl@1/bw.ugs", POINT "[181,52]", "180"},
    {"above", "nl@1/bw.ugs", POINT "[4,90.0001]", "90"},
    {"huge", "nl@1/bw.ugs", POINT "[1e300,52]", "180"},
    {"infinite", "nl@1/bw.ugs", POINT "[1e999,52]", ""},
    {"denormal", "nl@1/bw.ugs", POINT "[4e-320,5e-324]", NULL},
};
enum { BAD_COUNT = sizeof bad_features / sizeof bad_features[0] };

/* Where those that come in are, at every scale and in CRS that cannot show them. */
static const char *const tiles[] = {"WebMercatorQuad/0/0/0",
                                    "WebMercatorQuad/1/1/0",
                                    "WebMercatorQuad/10/525/339",
                                    "WebMercatorQuad/18/134421/86780",
                                    "WebMercatorQuad/5/16/0",
                                    "WebMercatorQuad/5/16/31",
                                    "WebMercatorQuad/6/63/35",
                                    "WebMercatorQuad/6/0/35",
                                    "WebMercatorQuad/12/3768/2457",
                                    "NetherlandsRDNewQuad/0/0/0",
                                    "NetherlandsRDNewQuad/10/447/572",
                                    "EuropeanETRS89_LAEAQuad/0/0/0",
                                    "EuropeanETRS89_LAEAQuad/5/10/10",
                                    "WorldCRS84Quad/0/0/0",
                                    "WorldCRS84Quad/0/1/0",
                                    "WorldCRS84Quad/8/256/0",
                                    "WorldCRS84Quad/8/511/155",
                                    "WorldCRS84Quad/8/0/155"};
enum { TILE_COUNT = sizeof tiles / sizeof tiles[0] };

/* One layer of all that a plot refuses and more, as a file may hold it. */
static void write_layer(void)
{
    static char text[20000];
    size_t length = (size_t)snprintf(text, sizeof text, "{\"type\":\"FeatureCollection\",\"features\":[");
    for (int i = 0; i < BAD_COUNT; i++) {
        length +=
            (size_t)snprintf(text + length, sizeof text - length,
                             "%s{\"type\":\"Feature\",\"properties\":{\"naam\":\"%s\"},\"geometry\":{%s}}",
                             i > 0 ? ",\n" : "", bad_features[i].id, bad_features[i].geometry);
    }
    snprintf(text + length, sizeof text - length,
             ",\n{\"type\":\"Feature\",\"properties\":{\"naam\":\"\xe4\xbd\xa0\xe5\xa5\xbd\"},"
             "\"geometry\":{" POINT "[5.5,52.5]}}]}");
    write_text(service.folder, "bad.geojson", text);
}

static void start(void)
{
    service = service_prepare("");
    write_layer();
    write_text(service.folder, "catalogue.yaml",
               "layers:\n  - {id: bad, title: Slecht, kind: vector, driver: GeoJSON, path: bad.geojson, "
               "style: {rules: "
               "[{fill: '#20408080', stroke: {width: 2, colour: '#204080', dash: [4, 2]}, "
               "label: {field: naam, size: 12, colour: '#000000'}}]}}\n");
    write_text(service.folder, "maps.yaml",
               "maps:\n"
               "  - {id: plot, title: Plot, extent: [4.4, 51.6, 4.8, 51.8], items: [{plot: exercise}]}\n"
               "  - {id: layer, title: Laag, extent: [4.4, 51.6, 4.8, 51.8], items: [{layer: bad}]}\n");
    service_start(&service);
    service_wait_ready(&service);
}

static void stop(void)
{
    service_stop(&service);
}

static const char *put(const struct bad_feature *feature, const char *texts)
{
    static char body[20000];
    char line[200];
    char headers[200];
    int length = snprintf(body, sizeof body,
                          "{\"type\":\"Feature\",\"properties\":{\"symbol\":\"%s\",\"texts\":{\"n\":\"%s\"}},"
                          "\"geometry\":{%s}}",
                          feature->symbol, texts, feature->geometry);
    snprintf(line, sizeof line, "PUT /plots/exercise/features/%s", feature->id);
    snprintf(headers, sizeof headers, "Content-Type: application/geo+json\r\nContent-Length: %d\r\n", length);
    return service_ask(&service, line, headers, body);
}

static void check_tiles(const char *map)
{
    for (int i = 0; i < TILE_COUNT; i++) {
        char line[200];
        snprintf(line, sizeof line, "GET /xyz/%s/%s.png", map, tiles[i]);
        int64_t start_ms = monotonic_now_ms();
        const char *answer = service_ask(&service, line, "", "");
        ck_assert_msg(status_of(answer) == 200, "%s: %.400s", line, answer);
        ck_assert_int_lt(monotonic_now_ms() - start_ms, 5000);
    }
}

static void check_letters(const char *tile, bool is_missing)
{
    char line[200];
    snprintf(line, sizeof line, "GET /xyz/%s.png", tile);
    const char *answer = service_ask(&service, line, "", "");
    const char *notes = header_of(answer, "Plottafel-Notes");
    ck_assert_int_eq(status_of(answer), 200);
    ck_assert_msg((strstr(notes, "letters-missing;count=1") != NULL) == is_missing, "%s: %s", tile, notes);
}

START_TEST(each_comes_into_a_plot_or_is_refused_by_name)
{
    const struct bad_feature *feature = &bad_features[_i];
    const char *answer = put(feature, feature->id);
    int status = status_of(answer);
    ck_assert_msg(status == (feature->refusal ? 400 : 201), "%s: %.900s", feature->id, answer);
    ck_assert_msg(!feature->refusal || strstr(answer, feature->refusal) != NULL, "%s: %.900s", feature->id,
                  answer);
}
END_TEST

START_TEST(those_that_came_in_are_drawn_in_every_crs_or_named_where_they_have_no_place)
{
    check_tiles("plot");
    const char *answer = service_ask(&service, "GET /xyz/plot/WebMercatorQuad/0/0/0.png", "", "");
    const char *notes = header_of(answer, "Plottafel-Notes");
    ck_assert_msg(strstr(notes, "features-left-out;layer=\"exercise\";count=") != NULL, "%s",
                  notes); /* the poles */
}
END_TEST

START_TEST(a_layer_of_all_of_them_is_drawn_in_every_crs)
{
    check_tiles("layer");
    check_letters("layer/WebMercatorQuad/10/525/339", false);
    check_letters("layer/WebMercatorQuad/14/8442/5374", true);
}
END_TEST

START_TEST(names_longer_than_a_tile_and_in_no_letters_are_drawn_or_named)
{
    static const char *const names[] = {
        "Een naam die zo lang is dat zij van de ene kant van een tegel tot voorbij de andere kant ervan "
        "reikt, en nog "
        "verder dan dat",
        "Donaudampfschifffahrtselektrizit\xc3\xa4tenhauptbetriebswerkbauunterbeamtengesellschaft",
        "\xf0\x93\x80\x80\xf0\x9f\x94\xa5",
        "\xd9\x85\xd8\xb1\xd8\xad\xd8\xa8\xd8\xa7 \xe4\xbd\xa0\xe5\xa5\xbd",
        "e\xcc\x81\xcc\x82\xcc\x83\xcc\x84\xcc\x85\xcc\x86\xcc\x87\xcc\x88\xcc\x89\xcc\x8a"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char id[20];
        char geometry[100];
        snprintf(id, sizeof id, "name-%zu", i);
        snprintf(geometry, sizeof geometry, POINT "[%.3f,51.65]", 4.45 + 0.05 * (double)i);
        const struct bad_feature feature = {id, "nl@1/bw.ugs", geometry, NULL};
        const char *answer = put(&feature, names[i]);
        ck_assert_msg(status_of(answer) == 201, "%.900s", answer);
    }
    ck_assert_int_eq(service_status(&service, "GET /xyz/plot/WebMercatorQuad/11/1049/679.png"), 200);
    ck_assert_int_eq(service_status(&service, "GET /xyz/plot/WebMercatorQuad/11/1050/679.png"), 200);
    ck_assert_int_eq(service_status(&service, "GET /xyz/plot/NetherlandsRDNewQuad/10/447/574.png"), 200);
    /* Hieroglyphs and an emoji, then Chinese: the fonts have neither; of the others they have every letter.
     */
    check_letters("plot/WebMercatorQuad/14/8399/5437", true);
    check_letters("plot/WebMercatorQuad/14/8401/5437", true);
    check_letters("plot/WebMercatorQuad/14/8396/5437", false);
    check_letters("plot/WebMercatorQuad/14/8403/5437", false);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("bad geometry");
    TCase *tests = tcase_create("bad geometry");
    tcase_add_unchecked_fixture(tests, start, stop);
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, each_comes_into_a_plot_or_is_refused_by_name, 0, BAD_COUNT);
    tcase_add_test(tests, those_that_came_in_are_drawn_in_every_crs_or_named_where_they_have_no_place);
    tcase_add_test(tests, a_layer_of_all_of_them_is_drawn_in_every_crs);
    tcase_add_test(tests, names_longer_than_a_tile_and_in_no_letters_are_drawn_or_named);
    suite_add_tcase(suite, tests);
    return suite;
}
