/* Tiles in every form: their addresses, what they are called, and that a change drops exactly those it
 * touches. */
#include "tests/service/running_service.h"

static struct running_service service;

static void start(void)
{
    service = service_prepare("");
    service_start(&service);
    service_wait_ready(&service);
}

static void stop(void)
{
    service_stop(&service);
}

#define TILES "GET /xyz/situation/WebMercatorQuad/"

static int put_fire(double lon)
{
    char body[500];
    char headers[300];
    snprintf(body, sizeof(body),
             "{\"type\":\"Feature\",\"properties\":{\"symbol\":\"nl@1/inc.brand\",\"owner\":\"Test\"},"
             "\"geometry\":{\"type\":\"Point\",\"coordinates\":[%.3f,51.6]}}",
             lon);
    snprintf(headers, sizeof(headers), "Content-Type: application/geo+json\r\nContent-Length: %zu\r\n",
             strlen(body));
    return status_of(service_ask(&service, "POST /plots/exercise/features", headers, body));
}

/** Asks for tiles; cache: what their header must say, NULL: anything. */
static void ask_all(const char *const *addresses, size_t count, const char *cache)
{
    for (size_t i = 0; i < count; i++) {
        char line[200];
        snprintf(line, sizeof(line), TILES "%s", addresses[i]);
        const char *answer = service_ask(&service, line, "", "");
        ck_assert_msg(status_of(answer) == 200, "%s: %.300s", line, answer);
        const char *said = header_of(answer, "Plottafel-Cache");
        ck_assert_msg(!cache || strcmp(said, cache) == 0, "%s: %s, not %s", line, said, cache);
    }
}

START_TEST(every_form_has_an_address_and_says_what_it_is)
{
    static const struct {
        const char *ending;
        const char *type;
    } forms[] = {
        {".png", "image/png"},
        {".png8", "image/png"},
        {".webp", "image/webp"},
        {".jpg", "image/jpeg"},
        {"@2x.webp", "image/webp"},
        {"@3x.png", "image/png"},
        {"@3x.jpg?size=512", "image/jpeg"},
        {".png?size=512", "image/png"},
        {"@2x.png8?size=512", "image/png"},
        {".mvt", "application/vnd.mapbox-vector-tile"},
    };
    char tags[sizeof(forms) / sizeof(forms[0])][100];
    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        char line[200];
        snprintf(line, sizeof(line), TILES "12/2100/1360%s", forms[i].ending);
        const char *answer = service_ask(&service, line, "", "");
        ck_assert_msg(status_of(answer) == 200, "%s: %.300s", line, answer);
        ck_assert_str_eq(header_of(answer, "Content-Type"), forms[i].type);
        snprintf(tags[i], sizeof(tags[i]), "%s", header_of(answer, "ETag"));
        for (size_t j = 0; j < i && i != 1; j++) { /* a tile of few colours is the same as PNG and PNG8 */
            ck_assert_msg(strcmp(tags[i], tags[j]) != 0, "%s is %s", forms[i].ending, forms[j].ending);
        }
    }
}
END_TEST

START_TEST(what_is_no_form_is_refused)
{
    static const struct {
        const char *address;
        int status;
    } wrong[] = {
        {"12/2100/1360.gif", 404},       {"12/2100/1360@4x.png", 404},
        {"12/2100/1360@2x.mvt", 404},    {"12/2100/1360.png?size=300", 400},
        {"12/2100/1360.png?size=", 400}, {"12/2100/1360.mvt?size=512", 400},
        {"24/0/0.png?size=512", 404},    {"12/2100/1360.png?sice=512", 400},
        {"12/4096/1360.webp", 404},
    };
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        char line[200];
        snprintf(line, sizeof(line), TILES "%s", wrong[i].address);
        const char *answer = service_ask(&service, line, "", "");
        ck_assert_msg(status_of(answer) == wrong[i].status, "%s: %.300s", line, answer);
    }
}
END_TEST

START_TEST(a_change_drops_exactly_the_tiles_it_touches_in_every_form)
{
    /* Column 2100 of zoom 12 holds the fire; 1050 of zoom 11 holds that tile, and so do its 512 px. */
    static const char *const touched[] = {"12/2100/1360.png",          "12/2100/1360.webp",
                                          "12/2100/1360@3x.jpg",       "12/2100/1360.png8",
                                          "12/2100/1360.png?size=512", "11/1050/680@2x.webp?size=512",
                                          "11/1050/680.webp?size=512", "12/2100/1360.mvt"};
    static const char *const others[] = {"12/2110/1360.webp", "12/2110/1360.jpg?size=512",
                                         "11/1055/680.webp?size=512", "12/2110/1360@3x.png8",
                                         "12/2110/1360.mvt"};
    for (int round = 0; round < 3; round++) {
        ask_all(touched, 8, NULL);
        ask_all(others, 5, NULL);
        ck_assert_int_eq(put_fire(4.59 + 0.02 * round) / 100, 2);
        ask_all(touched, 8, "miss");
        ask_all(others, 5, "hit");
    }
}
END_TEST

START_TEST(the_tilejson_tells_the_tiles_of_the_form_that_is_asked_for)
{
    static const char *const texts[] = {"/{z}/{x}/{y}@2x.webp?size=512", "\"tileSize\":512",
                                        "\"maxzoom\":23"};
    const char *answer =
        service_ask(&service, "GET /xyz/situation/WebMercatorQuad.json?format=webp&ratio=2&size=512", "", "");
    ck_assert_int_eq(status_of(answer), 200);
    for (size_t i = 0; i < 3; i++) {
        ck_assert_msg(strstr(answer, texts[i]) != NULL, "%s in %s", texts[i], answer);
    }
    static const char *const wrong[] = {"format=gif", "format=mvt", "ratio=4", "size=1"};
    for (size_t i = 0; i < 4; i++) {
        char line[200];
        snprintf(line, sizeof(line), "GET /xyz/situation/WebMercatorQuad.json?%s", wrong[i]);
        ck_assert_int_eq(status_of(service_ask(&service, line, "", "")), 400);
    }
}
END_TEST

START_TEST(the_wmts_gives_every_format_that_its_capabilities_list)
{
    static const struct {
        const char *listed;
        const char *format; /* as a parameter */
        const char *ending;
        const char *type;
    } formats[] = {
        {"<Format>image/png</Format>", "image%2Fpng", "png", "image/png"},
        {"<Format>image/png; mode=8bit</Format>", "image%2Fpng%3B%20mode%3D8bit", "png8", "image/png"},
        {"<Format>image/webp</Format>", "image%2Fwebp", "webp", "image/webp"},
        {"<Format>image/jpeg</Format>", "image%2Fjpeg", "jpg", "image/jpeg"}};
    for (size_t i = 0; i < 4; i++) {
        char line[400];
        const char *answer = service_ask(&service, "GET /wmts/1.0.0/WMTSCapabilities.xml", "", "");
        ck_assert_msg(strstr(answer, formats[i].listed) != NULL, "%s", formats[i].listed);
        snprintf(line, sizeof(line), "{TileCol}.%s\"", formats[i].ending);
        ck_assert_msg(strstr(answer, line) != NULL, "%s", line);
        snprintf(
            line, sizeof(line),
            "GET /wmts?service=WMTS&request=GetTile&version=1.0.0&layer=situation&style=default&format=%s"
            "&tilematrixset=WebMercatorQuad&tilematrix=12&tilerow=1360&tilecol=2100",
            formats[i].format);
        answer = service_ask(&service, line, "", "");
        ck_assert_msg(status_of(answer) == 200, "%s: %.300s", line, answer);
        ck_assert_str_eq(header_of(answer, "Content-Type"), formats[i].type);
        snprintf(line, sizeof(line), "GET /wmts/situation/default/current/WebMercatorQuad/12/1360/2100.%s",
                 formats[i].ending);
        answer = service_ask(&service, line, "", "");
        ck_assert_int_eq(status_of(answer), 200);
        ck_assert_str_eq(header_of(answer, "Content-Type"), formats[i].type);
    }
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("tile_forms");
    TCase *tests = tcase_create("tile_forms");
    tcase_add_unchecked_fixture(tests, start, stop);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, every_form_has_an_address_and_says_what_it_is);
    tcase_add_test(tests, what_is_no_form_is_refused);
    tcase_add_test(tests, a_change_drops_exactly_the_tiles_it_touches_in_every_form);
    tcase_add_test(tests, the_tilejson_tells_the_tiles_of_the_form_that_is_asked_for);
    tcase_add_test(tests, the_wmts_gives_every_format_that_its_capabilities_list);
    suite_add_tcase(suite, tests);
    return suite;
}
