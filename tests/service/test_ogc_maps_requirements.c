/* OGC API Maps 1.0 (20-058) by its requirements: for each class that /conformance declares, requests and what
 * must come of them, and no class that has no rows here. */
#include <ctype.h>
#include <jansson.h>
#include <math.h>

#include "geo/base/fault.h"
#include "render/canvas/image.h"
#include "render/encode/png.h"
#include "tests/service/running_service.h"

#define RD "[EPSG:28992]"
#define CLASSES "https://www.opengis.net/spec/ogcapi-maps-1/1.0/conf/"

static struct running_service service;

static void start(void)
{
    service = service_prepare("deadline_ms: 20000");
    write_text(
        service.folder, "land.geojson",
        "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{},"
        "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[4.3,51.6],[4.6,51.6],[4.6,51.8],[4.3,51.8],"
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
        "    items: [{layer: land}, {plot: exercise}]\n    background: \"#D3E4EF\"\n");
    service_start(&service);
    service_wait_ready(&service);
    const char *feature =
        "{\"type\":\"Feature\",\"id\":\"a\",\"properties\":{\"symbol\":\"nl@1/bw.ugs\",\"owner\":\"B\","
        "\"validFrom\":\"2026-10-08T09:00:00Z\",\"validTo\":\"2026-10-08T11:00:00Z\"},\"geometry\":{\"type\":"
        "\"Point\",\"coordinates\":[4.5,51.7]}}";
    char headers[200];
    snprintf(headers, sizeof(headers), "Content-Type: application/geo+json\r\nContent-Length: %zu\r\n",
             strlen(feature));
    const char *answer = service_ask(&service, "POST /plots/exercise/features", headers, feature);
    ck_assert_msg(status_of(answer) < 300, "%.600s", answer);
}

static void stop(void)
{
    service_stop(&service);
}

/** Brackets may not stand in an address as they are. Borrowed until the next call. */
static const char *ask(const char *path)
{
    static char line[3000];
    size_t length = (size_t)snprintf(line, sizeof(line), "GET ");
    for (; *path && length + 4 < sizeof(line); path++) {
        bool is_plain = isalnum((unsigned char)*path) || strchr("?&=.,:-/*()", *path);
        length += (size_t)snprintf(line + length, sizeof(line) - length, is_plain ? "%c" : "%%%02X",
                                   (unsigned char)*path);
    }
    return service_ask(&service, line, "", "");
}

/* ---- one row for each requirement ---- */

/** What comes of one request. Numbers are those of 20-058, Annex A. */
struct row {
    const char *conformance; /* the class */
    const char *requirement;
    const char *path; /* behind /maps/situation/, or from the root */
    int status;
    const char *header; /* and what it must hold; NULL: not asked */
    const char *holds;  /* of a problem: what its sentence says */
};

#define MAP "/maps/situation/map"
#define BOX "bbox=4.4,51.6,4.8,51.8"

static const struct row rows[] = {
    {"core", "map-op", MAP, 200, "Content-Type", "image/png"},
    {"core", "map-response: the box", MAP "?width=100", 200, "Content-Bbox", "4.4,51.6,4.8,51.8"},
    {"core", "map-response: the CRS", MAP "?crs=" RD, 200, "Content-Crs", "EPSG/0/28992"},
    {"core", "map-response: the moment", MAP "?datetime=2026-10-08T10:00:00Z", 200, "Content-Datetime",
     "2026-10-08T09:00:00Z"},
    {"core", "errors are problem documents", MAP "?width=x", 400, "Content-Type", "application/problem+json"},
    {"core", "no such map", "/maps/none/map", 404, "Content-Type", "application/problem+json"},
    {"background", "bgcolor-definition: hexadecimal", MAP "?bgcolor=0xFF0000&width=50", 200, NULL, NULL},
    {"background", "bgcolor-definition: a name", MAP "?bgcolor=CornflowerBlue&width=50", 200, NULL, NULL},
    {"background", "bgcolor-definition: neither", MAP "?bgcolor=reddish", 400, NULL, "bgcolor"},
    {"background", "transparent-definition: no boolean", MAP "?transparent=1", 400, NULL, "transparent"},
    {"background", "void-color-definition: neither", MAP "?void-color=0xFF", 400, NULL, "void-color"},
    {"background", "void-transparent-definition: no boolean", MAP "?void-transparent=", 400, NULL,
     "void-transparent"},
    {"background", "map-success: of a format without transparency", MAP "?f=jpg&transparent=true&width=50",
     200, "Content-Type", "image/jpeg"},
    {"scaling", "width-definition: positive and whole", MAP "?width=0", 400, NULL, "width"},
    {"scaling", "width-definition: at most maxWidth", MAP "?width=10001", 400, NULL, "10000"},
    {"scaling", "height-definition: positive and whole", MAP "?height=1.5", 400, NULL, "height"},
    {"scaling", "width-definition: maxPixels", MAP "?width=9000&height=9000", 400, NULL, "million"},
    {"scaling", "width-definition: with box and scale", MAP "?" BOX "&width=100&scale-denominator=10000", 400,
     NULL, "scale-denominator"},
    {"scaling", "scale-denominator-definition: with a box it gives the size",
     MAP "?crs=" RD "&bbox-crs=" RD "&bbox=96000,409000,106000,414000&scale-denominator=100000", 200,
     "Content-Bbox", "95988,408994,106012,414006"},
    {"scaling", "scale-denominator-definition: with a size it gives the box",
     MAP "?crs=" RD "&center=101000,411500&center-crs=" RD "&scale-denominator=100000&width=100&height=100",
     200, "Content-Bbox", "99600,410100,102400,412900"},
    {"scaling", "scale-denominator-definition: positive", MAP "?scale-denominator=-5", 400, NULL,
     "scale-denominator"},
    {"display-resolution", "mm-per-pixel-definition: positive", MAP "?mm-per-pixel=-1", 400, NULL,
     "mm-per-pixel"},
    {"display-resolution", "map-success: it counts for scale and box",
     MAP "?crs=" RD "&center=101000,411500&center-crs=" RD
         "&scale-denominator=100000&mm-per-pixel=0.14&width=100&height=100",
     200, "Content-Bbox", "100300,410800,101700,412200"},
    {"spatial-subsetting", "bbox-definition: six numbers", MAP "?bbox=4.4,51.6,0,4.8,51.8,9", 200,
     "Content-Bbox", "4.4,51.6,4.8,51.8"},
    {"spatial-subsetting", "bbox-definition: with center", MAP "?" BOX "&center=4.5,51.7", 400, NULL,
     "only one"},
    {"spatial-subsetting", "bbox-definition: with subset", MAP "?" BOX "&subset=Lat(51.6:51.7)", 400, NULL,
     "only one"},
    {"spatial-subsetting", "center-definition: with subset", MAP "?center=4.5,51.7&subset=Lon(4.6:4.7)", 400,
     NULL, "only one"},
    {"spatial-subsetting", "bbox-crs: a URI",
     MAP "?bbox=51.6,4.4,51.8,4.8&bbox-crs=http://www.opengis.net/def/crs/EPSG/0/4326", 200, "Content-Bbox",
     "4.4,51.6,4.8,51.8"},
    {"spatial-subsetting", "bbox-crs: a safe CURIE", MAP "?" BOX "&bbox-crs=[OGC:CRS84]", 200, "Content-Bbox",
     "4.4,51.6,4.8,51.8"},
    {"spatial-subsetting", "bbox-crs: ignored without bbox", MAP "?bbox-crs=" RD, 200, "Content-Bbox",
     "4.4,51.6,4.8,51.8"},
    {"spatial-subsetting", "subset-crs: ignored without subset", MAP "?subset-crs=" RD, 200, NULL, NULL},
    {"spatial-subsetting", "center-crs: ignored without center", MAP "?center-crs=" RD, 200, NULL, NULL},
    {"spatial-subsetting", "bbox-crs: that there is not", MAP "?" BOX "&bbox-crs=[EPSG:1]", 400, NULL,
     "EPSG:1"},
    {"spatial-subsetting", "subset-definition: Lat and Lon", MAP "?subset=Lat(51.64:51.74),Lon(4.5:4.7)", 200,
     "Content-Bbox", "4.5,51.64,4.7,51.74"},
    {"spatial-subsetting", "subset-definition: several", MAP "?subset=Lat(51.64:51.74)&subset=Lon(4.5:4.7)",
     200, "Content-Bbox", "4.5,51.64,4.7,51.74"},
    {"spatial-subsetting", "subset-definition: aliases",
     MAP "?subset=latitude(51.64:51.74)&subset=long(4.5:4.7)", 200, "Content-Bbox", "4.5,51.64,4.7,51.74"},
    {"spatial-subsetting", "subset-definition: E and N",
     MAP "?crs=" RD "&subset-crs=" RD "&subset=E(96000:106000),N(409000:414000)", 200, "Content-Bbox",
     "96000,409000,106000,414000"},
    {"spatial-subsetting", "subset-definition: one axis, the other as the map has it",
     MAP "?subset=Lat(51.7:51.75)", 200, "Content-Bbox", "4.4,51.7,4.8,51.75"},
    {"spatial-subsetting", "subset-definition: an open end", MAP "?subset=Lat(51.7:*)", 200, "Content-Bbox",
     "4.4,51.7,4.8,51.8"},
    {"spatial-subsetting", "subset-definition: no such axis", MAP "?subset=Up(1:2)", 400, NULL, "'Up'"},
    {"spatial-subsetting", "subset-definition: no heights here", MAP "?subset=h(1:2)", 400, NULL, "'h'"},
    {"spatial-subsetting", "subset-definition: an axis twice", MAP "?subset=Lat(51:52)&subset=lat(51:52)",
     400, NULL, "twice"},
    {"spatial-subsetting", "subset-definition: a single value is no map", MAP "?subset=Lat(51.7)", 400, NULL,
     "two"},
    {"spatial-subsetting", "subset-definition: unfinished", MAP "?subset=Lat(51.6:51.7),", 400, NULL, "axes"},
    {"spatial-subsetting", "subset-definition: empty", MAP "?subset=", 400, NULL, "axes"},
    {"spatial-subsetting", "subset-definition: outside of the axis", MAP "?subset=Lat(95:100)", 404, NULL,
     "outside of the world"},
    {"spatial-subsetting", "subset-definition: across the antimeridian",
     MAP "?subset=Lon(179:-179),Lat(0:1)&width=100", 200, "Content-Bbox", "179,0,181,1"},
    {"spatial-subsetting", "subset-definition: what is empty beyond the antimeridian is said",
     MAP "?subset=Lon(179:-179),Lat(0:1)&width=100&f=pdf", 200, "Plottafel-Notes",
     "features-left-out;layer=\"situation\""},
    {"spatial-subsetting", "width-height: around the map's middle",
     MAP "?crs=" RD "&scale-denominator=100000&width=100&height=50", 200, "Content-Crs", "28992"},
    {"datetime", "datetime-definition: an instant", MAP "?datetime=2026-10-08T10:00:00Z", 200,
     "Plottafel-Moment", "2026-10-08T09:00:00Z"},
    {"datetime", "datetime-definition: open ends", MAP "?datetime=../2026-10-08T10:00:00Z", 200,
     "Plottafel-Moment", "2026-10-08T09:00:00Z"},
    {"datetime", "datetime-definition: an empty end", MAP "?datetime=2026-10-08T10:00:00Z/", 200, NULL, NULL},
    {"datetime", "datetime-definition: the wrong way round",
     MAP "?datetime=2026-10-08T10:00:00Z/2026-10-07T10:00:00Z", 400, NULL, "datetime"},
    {"datetime", "subset-definition: an instant", MAP "?subset=time(\"2026-10-08T10:00:00Z\")", 200,
     "Plottafel-Moment", "2026-10-08T09:00:00Z"},
    {"datetime", "subset-definition: without quotes", MAP "?subset=time(2026-10-08T10:00:00Z)", 200,
     "Plottafel-Moment", "2026-10-08T09:00:00Z"},
    {"datetime", "subset-definition: an interval",
     MAP "?subset=time(\"2026-10-08T08:00:00Z\":\"2026-10-08T10:00:00Z\")", 200, "Plottafel-Moment",
     "2026-10-08T09:00:00Z"},
    {"datetime", "subset-definition: partial dates", MAP "?subset=t(2026-10-01:2027)", 200,
     "Plottafel-Moment", "2026-10-08T11:00:00Z"},
    {"datetime", "subset-definition: an hour", MAP "?subset=time(\"2026-10-08T10Z\")", 200,
     "Plottafel-Moment", "2026-10-08T09:00:00Z"},
    {"datetime", "subset-definition: the latest", MAP "?subset=Time(*)", 200, NULL, NULL},
    {"datetime", "subset-definition: with the axes of the map",
     MAP "?subset=time(\"2026-10-08T10:00:00Z\"),Lat(51.7:51.75)&subset=Lon(4.5:4.6)", 200, "Content-Bbox",
     "4.5,51.7,4.6,51.75"},
    {"datetime", "subset-definition: no time", MAP "?subset=time(soon)", 400, NULL, "time"},
    {"datetime", "subset-definition: with datetime", MAP "?subset=time(2026)&datetime=2026-10-08T10:00:00Z",
     400, NULL, "only one"},
    {"crs", "crs-definition: a URI", MAP "?crs=http://www.opengis.net/def/crs/EPSG/0/3857&width=50", 200,
     "Content-Crs", "EPSG/0/3857"},
    {"crs", "crs-definition: a safe CURIE", MAP "?crs=[EPSG:3035]&width=50", 200, "Content-Crs",
     "EPSG/0/3035"},
    {"crs", "crs-definition: that there is not", MAP "?crs=[EPSG:1]", 400, NULL, "EPSG:1"},
    {"crs", "map-success: the default is the storage CRS", MAP "?width=50", 200, "Content-Crs", ""},
    {"collection-map", "map-operation", "/collections/situation/map?width=50", 200, "Content-Type",
     "image/png"},
    {"collection-map", "map-operation: no such collection", "/collections/none/map", 404, NULL, "none"},
    {"collection-map", "desc-crs", "/collections/situation", 200, "Content-Type", "application/json"},
    {"png", "content", MAP "?f=png&width=50", 200, "Content-Type", "image/png"},
    {"jpeg", "content", MAP "?f=jpeg&width=50", 200, "Content-Type", "image/jpeg"},
    {"svg", "content", MAP "?f=svg&width=50", 200, "Content-Type", "image/svg+xml"},
    {"cors", "cors", MAP "?width=50", 200, "Access-Control-Allow-Origin", "*"},
    {"cors", "cors: the headers of a map", MAP "?width=50", 200, "Access-Control-Expose-Headers",
     "Content-Crs, Content-Bbox, Content-Datetime"},
};

#define ROW_COUNT (sizeof(rows) / sizeof(rows[0]))

START_TEST(each_requirement_is_kept)
{
    for (size_t i = 0; i < ROW_COUNT; i++) {
        const struct row *row = &rows[i];
        const char *answer = ask(row->path);
        ck_assert_msg(status_of(answer) == row->status, "%s, %s: %s\n%.800s", row->conformance,
                      row->requirement, row->path, answer);
        const char *where = row->header ? header_of(answer, row->header) : strstr(answer, "\r\n\r\n");
        bool is_right = !row->holds || (*row->holds ? strstr(where, row->holds) != NULL : !*where);
        ck_assert_msg(is_right, "%s, %s: %s has not '%s' but '%.300s'", row->conformance, row->requirement,
                      row->path, row->holds, where);
    }
}
END_TEST

static bool has_row(const char *conformance)
{
    for (size_t i = 0; i < ROW_COUNT; i++) {
        if (strcmp(rows[i].conformance, conformance) == 0) {
            return true;
        }
    }
    return false;
}

START_TEST(what_is_declared_is_what_is_tested_here)
{
    json_error_t error;
    size_t index;
    json_t *one;
    size_t count = 0;
    json_t *classes = json_loads(strstr(ask("/conformance"), "\r\n\r\n") + 4, 0, &error);
    json_array_foreach(json_object_get(classes, "conformsTo"), index, one)
    {
        const char *uri = json_string_value(one);
        if (strncmp(uri, CLASSES, strlen(CLASSES)) == 0) {
            ck_assert_msg(has_row(uri + strlen(CLASSES)), "%s", uri);
            count++;
        }
    }
    ck_assert_uint_eq(count, 12);
    json_decref(classes);
}
END_TEST

/* ---- what a picture shows ---- */

/** Of a PNG 100 x 50 of the whole map, land in the west and nothing in the east. */
static uint32_t dot(const char *parameters, int x, int y)
{
    char path[400];
    struct fault fault;
    snprintf(path, sizeof(path), MAP ".png?%s", parameters);
    const char *answer = ask(path);
    ck_assert_msg(status_of(answer) == 200, "%s: %.600s", path, answer);
    long length = strtol(header_of(answer, "Content-Length"), NULL, 10);
    struct image *image = png_read(strstr(answer, "\r\n\r\n") + 4, (size_t)length, 1000000, &fault);
    ck_assert_ptr_nonnull(image);
    uint32_t found = image->pixels[(size_t)y * (size_t)image->stride_px + (size_t)x];
    image_free(image);
    return found;
}

#define WEST 2, 2
#define EAST 97, 2
#define LAND 0xFFF7F4ECu
#define SEA 0xFFD3E4EFu

START_TEST(background_and_transparency_are_as_the_standard_says)
{
    ck_assert_uint_eq(dot("width=100", EAST), 0);
    ck_assert_uint_eq(dot("width=100", WEST), LAND);
    ck_assert_uint_eq(dot("width=100&transparent=true", EAST), 0);
    ck_assert_uint_eq(dot("width=100&transparent=false", EAST), SEA);
    ck_assert_uint_eq(dot("width=100&bgcolor=0xFF0000", EAST), 0xFFFF0000u);
    ck_assert_uint_eq(dot("width=100&bgcolor=Red", EAST), 0xFFFF0000u);
    ck_assert_uint_eq(dot("width=100&bgcolor=red&transparent=false", EAST), 0xFFFF0000u);
    ck_assert_uint_eq(dot("width=100&bgcolor=red&transparent=true", EAST), 0);
    ck_assert_uint_eq(dot("width=100&bgcolor=red", WEST), LAND);
}
END_TEST

START_TEST(a_map_of_any_resolution_is_transparent)
{
    ck_assert_uint_eq(dot("width=100&mm-per-pixel=0.2", EAST), 0);
    ck_assert_uint_eq(dot("width=100&mm-per-pixel=0.2", WEST), LAND);
    ck_assert_uint_eq(dot("width=100&mm-per-pixel=0.2&transparent=false", EAST), SEA);
}
END_TEST

#define WORLD "width=100&height=55&bbox=-180,-99,180,99"

START_TEST(where_there_is_no_place_on_earth_another_colour_lies)
{
    ck_assert_uint_eq(dot(WORLD, 50, 0), 0);
    ck_assert_uint_eq(dot(WORLD "&void-color=red", 50, 0), 0); /* as transparent, which is true then */
    ck_assert_uint_eq(dot(WORLD "&void-color=red&void-transparent=false", 50, 0), 0xFFFF0000u);
    ck_assert_uint_eq(dot(WORLD "&void-color=red&void-transparent=false", 50, 30), 0);
    ck_assert_uint_eq(dot(WORLD "&void-color=red&transparent=false", 50, 0), 0xFFFF0000u);
    ck_assert_uint_eq(dot(WORLD "&void-color=red&transparent=false", 50, 30), SEA);
    ck_assert_uint_eq(dot(WORLD "&bgcolor=lime", 50, 0), 0xFF00FF00u);
    ck_assert_uint_eq(dot(WORLD "&bgcolor=lime&void-transparent=true", 50, 0), 0);
    ck_assert_uint_eq(dot(WORLD "&bgcolor=lime&void-transparent=true", 50, 30), 0xFF00FF00u);
    ck_assert_uint_eq(dot(WORLD "&transparent=true&void-transparent=false&bgcolor=lime", 50, 0), 0xFF00FF00u);
    ck_assert_int_eq(
        status_of(ask(MAP ".svg?width=100&bbox=-180,-99,180,99&void-color=red&transparent=false")), 400);
    ck_assert_int_eq(status_of(ask(MAP ".svg?width=100&void-color=red&transparent=false")), 200);
}
END_TEST

START_TEST(outside_of_a_projection_the_corners_are_void)
{
    const char *laea = "width=100&crs=[EPSG:3035]&bbox=-100,-80,140,85&bgcolor=white&void-color=red";
    ck_assert_uint_eq(dot(laea, 0, 78), 0xFFFF0000u);
    ck_assert_uint_eq(dot(laea, 50, 30), 0xFFFFFFFFu);
    const char *mercator =
        "width=100&crs=[EPSG:3857]&bbox-crs=[EPSG:3857]&bbox=-20037508,-25000000,20037508,25000000"
        "&bgcolor=white&void-color=red";
    ck_assert_uint_eq(dot(mercator, 50, 3), 0xFFFF0000u);
    ck_assert_uint_eq(dot(mercator, 50, 40), 0xFFFFFFFFu);
}
END_TEST

START_TEST(coordinates_of_an_svg_are_its_dots)
{
    ck_assert_ptr_nonnull(strstr(ask(MAP ".svg?width=300"), "viewBox=\"0 0 300 150\""));
    ck_assert_ptr_nonnull(strstr(ask(MAP ".svg?width=300&mm-per-pixel=0.1"), "viewBox=\"0 0 300 150\""));
    const char *sheet = ask(MAP ".svg?width=900&height=700&map-title=topLeft");
    ck_assert_ptr_nonnull(strstr(sheet, "viewBox=\"0 0 900 700\""));
    ck_assert_ptr_nonnull(strstr(sheet, "</g>\n</svg>"));
}
END_TEST

START_TEST(only_subset_may_stand_twice)
{
    const char *answer = ask(MAP "?width=100&width=100");
    ck_assert_int_eq(status_of(answer), 400);
    ck_assert_ptr_nonnull(strstr(answer, "given twice"));
    ck_assert_int_eq(status_of(ask("/plots/exercise/features?subset=a&subset=b")), 400);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("ogc_maps_requirements");
    TCase *cases = tcase_create("ogc_maps_requirements");
    tcase_set_timeout(cases, 120);
    tcase_add_unchecked_fixture(cases, start, stop);
    tcase_add_test(cases, each_requirement_is_kept);
    tcase_add_test(cases, what_is_declared_is_what_is_tested_here);
    tcase_add_test(cases, background_and_transparency_are_as_the_standard_says);
    tcase_add_test(cases, a_map_of_any_resolution_is_transparent);
    tcase_add_test(cases, where_there_is_no_place_on_earth_another_colour_lies);
    tcase_add_test(cases, outside_of_a_projection_the_corners_are_void);
    tcase_add_test(cases, coordinates_of_an_svg_are_its_dots);
    tcase_add_test(cases, only_subset_may_stand_twice);
    suite_add_tcase(suite, cases);
    return suite;
}
