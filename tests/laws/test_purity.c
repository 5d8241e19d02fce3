/*
 * Law 3: the same map, revision, moment and address give the same bytes: whatever was drawn before, in
 * whatever order, by whichever renderer or process, in whatever environment.
 */
#include <sys/wait.h>
#include <unistd.h>

#include "geo/base/hash.h"
#include "render/encode/png.h"
#include "tests/support/effort.h"
#include "tests/support/scenery.h"

#define TILE_COUNT 12

static const struct bbox around_moerdijk = {4.50, 51.62, 4.75, 51.75};

static const char catalogue_yaml[] =
    "layers:\n"
    "  - {id: wegen, title: Wegen, kind: vector, driver: GeoJSON, path: wegen.geojson, style: {rules: [\n"
    "      {stroke: {width: 3, colour: '#806030', dash: [12, 5]}, label: {field: naam, size: 12, colour: "
    "'#403010'}}]}}\n";

static const char roads_json[] = "{\"type\":\"FeatureCollection\",\"features\":[\n"
                                 "{\"type\":\"Feature\",\"properties\":{\"naam\":\"A16\"},\"geometry\":{"
                                 "\"type\":\"LineString\",\"coordinates\":"
                                 "[[4.63,51.60],[4.64,51.66],[4.62,51.70],[4.66,51.78]]}},\n"
                                 "{\"type\":\"Feature\",\"properties\":{\"naam\":\"A17\"},\"geometry\":{"
                                 "\"type\":\"LineString\",\"coordinates\":"
                                 "[[4.45,51.64],[4.55,51.66],[4.62,51.67],[4.80,51.71]]}}]}";

/* Some tiles of two sets around the plot, at several zooms. */
static const struct {
    const char *set;
    struct tile_address address;
} tiles[TILE_COUNT] = {
    {"WebMercatorQuad", {12, 2100, 1358}},   {"WebMercatorQuad", {12, 2101, 1358}},
    {"WebMercatorQuad", {11, 1050, 679}},    {"WebMercatorQuad", {11, 1050, 680}},
    {"WebMercatorQuad", {13, 4201, 2717}},   {"WebMercatorQuad", {13, 4202, 2716}},
    {"WebMercatorQuad", {9, 262, 169}},      {"NetherlandsRDNewQuad", {8, 112, 143}},
    {"NetherlandsRDNewQuad", {8, 113, 143}}, {"NetherlandsRDNewQuad", {9, 225, 286}},
    {"NetherlandsRDNewQuad", {9, 226, 286}}, {"NetherlandsRDNewQuad", {10, 451, 573}},
};

static struct scenery scenery;

/* All tiles as PNG bytes. */
struct album {
    char *bytes[TILE_COUNT];
    size_t lengths[TILE_COUNT];
};

static void setup(void)
{
    free(scenery_write("wegen.geojson", roads_json));
    scenery_init(&scenery, catalogue_yaml);
}

static void teardown(void)
{
    scenery_finish(&scenery);
}

static void draw(struct renderer *renderer, const struct plot *plot, int number, struct album *album)
{
    struct fault fault = {0};
    const struct tile_matrix_set *set = tile_matrix_sets_find(scenery.tile_matrix_sets, tiles[number].set);
    struct map_view view =
        scenery_view(&scenery, plot, tile_matrix_set_grid(set, tiles[number].address.zoom));
    struct image *image =
        tile_render(renderer, &view, set, tiles[number].address, 1 + number % 2, NULL, &fault);
    ck_assert_msg(image != NULL, "%s", fault.message);
    album->bytes[number] = png_write(image, 0, &album->lengths[number], &fault);
    ck_assert_ptr_nonnull(album->bytes[number]);
    ck_assert_uint_gt(album->lengths[number], 800); /* there is much to see on each */
    image_free(image);
}

static void album_finish(struct album *album)
{
    for (int i = 0; i < TILE_COUNT; i++) {
        free(album->bytes[i]);
    }
}

static struct album draw_forward(struct renderer *renderer, const struct plot *plot)
{
    struct album album;
    for (int i = 0; i < TILE_COUNT; i++) {
        draw(renderer, plot, i, &album);
    }
    return album;
}

static struct album draw_backward(struct renderer *renderer, const struct plot *plot)
{
    struct album album;
    for (int i = TILE_COUNT; i-- > 0;) {
        draw(renderer, plot, i, &album);
    }
    return album;
}

static void compare(const struct album *a, const struct album *b)
{
    for (int i = 0; i < TILE_COUNT; i++) {
        ck_assert_msg(a->lengths[i] == b->lengths[i] && memcmp(a->bytes[i], b->bytes[i], a->lengths[i]) == 0,
                      "tile %d differs", i);
    }
}

START_TEST(what_was_drawn_before_makes_no_difference)
{
    struct plot *plot = scenery_plot(&scenery, 7, around_moerdijk, 300);
    struct plot *other = scenery_plot(&scenery, 8, around_moerdijk, 300);
    struct renderer *fresh = scenery_renderer();
    struct album first = draw_forward(fresh, plot);
    renderer_free(fresh);
    struct album others = draw_forward(scenery.renderer, other);
    struct album second = draw_backward(scenery.renderer, plot);
    struct album third = draw_forward(scenery.renderer, plot);
    renderer_forget(scenery.renderer);
    struct album fourth = draw_forward(scenery.renderer, plot);
    compare(&first, &second);
    compare(&first, &third);
    compare(&first, &fourth);
    album_finish(&first);
    album_finish(&others);
    album_finish(&second);
    album_finish(&third);
    album_finish(&fourth);
    plot_unref(plot);
    plot_unref(other);
}
END_TEST

/* Two plots of the same features, one made in one step, the other in many with detours. */
START_TEST(how_a_plot_came_about_makes_no_difference)
{
    struct plot *straight = scenery_plot(&scenery, 9, around_moerdijk, 100);
    struct plot *winding = scenery_empty_plot();
    uint64_t random = 10;
    for (uint32_t i = 0; i < 100; i++) {
        winding = scenery_put(winding, scenery_random_feature(&scenery, &random, around_moerdijk, i), 2 + i);
    }
    struct album detour = draw_forward(scenery.renderer, winding);
    for (size_t i = 0; i < 100; i++) {
        struct feature *feature = feature_ref(plot_at(straight, i));
        struct change change = {
            .kind = CHANGE_PUT, .feature = feature, .expected_revision = CHANGE_ANY_REVISION};
        struct plot *next = plot_with_changes(winding, &change, 1, 200 + i, 0);
        change_finish(&change);
        plot_unref(winding);
        winding = next;
    }
    struct album by_detour = draw_forward(scenery.renderer, winding);
    struct renderer *fresh = scenery_renderer();
    struct album direct = draw_forward(fresh, straight);
    compare(&direct, &by_detour);
    album_finish(&detour);
    album_finish(&by_detour);
    album_finish(&direct);
    renderer_free(fresh);
    plot_unref(straight);
    plot_unref(winding);
}
END_TEST

#define PLOT_COUNT 3
#define VIEW_COUNT 6

/* Which of the plots are in a map, in its order; -1: no more. */
static const int choices[VIEW_COUNT][PLOT_COUNT] = {{0, -1, -1}, {0, 1, -1}, {1, -1, -1},
                                                    {0, 1, 2},   {2, 1, -1}, {-1, -1, -1}};

static struct plot *named_plot(const char *name, uint64_t seed, uint32_t count)
{
    struct plot *plot = scenery_plot(&scenery, seed, around_moerdijk, count);
    struct plot_title title = *plot_title(plot);
    title.name = (char *)name;
    struct plot *named = plot_with_title(plot, &title);
    plot_unref(plot);
    return named;
}

/* One tile of a map of some of the plots. */
static struct image *draw_choice(struct renderer *renderer, struct plot *const *plots, int choice)
{
    struct fault fault = {0};
    const struct tile_matrix_set *set = tile_matrix_sets_find(scenery.tile_matrix_sets, tiles[0].set);
    struct map_item items[9];
    struct map map = scenery.map;
    const struct plot *chosen[PLOT_COUNT];
    size_t count = 0;
    memcpy(items, scenery.items, sizeof items);
    map.items = items;
    map.item_count--; /* its own plot */
    for (int i = 0; i < PLOT_COUNT && choices[choice][i] >= 0; i++) {
        chosen[count] = plots[choices[choice][i]];
        items[map.item_count++] = (struct map_item){.plot = plot_title(chosen[count++])->name};
    }
    struct map_view view = map_view_of(&map, scenery.symbols, chosen, count, 1790000000000,
                                       tile_matrix_set_grid(set, tiles[0].address.zoom));
    struct image *image = tile_render(renderer, &view, set, tiles[0].address, 1, NULL, &fault);
    ck_assert_msg(image != NULL, "%s", fault.message);
    return image;
}

static bool is_same_image(const struct image *a, const struct image *b)
{
    for (int y = 0; y < a->height; y++) {
        if (memcmp(a->pixels + (ptrdiff_t)y * a->stride_px, b->pixels + (ptrdiff_t)y * b->stride_px,
                   (size_t)a->width * sizeof(*a->pixels)) != 0) {
            return false;
        }
    }
    return true;
}

/* What one map shows of its plots must never be taken for an earlier state of another. */
START_TEST(maps_of_different_plots_drawn_in_turn_show_their_own_plots_only)
{
    struct plot *plots[PLOT_COUNT] = {named_plot("eerste", 21, 60), named_plot("tweede", 22, 5),
                                      named_plot("derde", 23, 400)};
    struct image *alone[VIEW_COUNT];
    uint64_t random = 24;
    for (int i = 0; i < VIEW_COUNT; i++) {
        struct renderer *fresh = scenery_renderer();
        alone[i] = draw_choice(fresh, plots, i);
        renderer_free(fresh);
    }
    ck_assert(!is_same_image(alone[0], alone[1]));
    for (int turn = 0; turn < test_rounds(60); turn++) {
        int choice = (int)random_below(&random, VIEW_COUNT);
        struct image *image = draw_choice(scenery.renderer, plots, choice);
        ck_assert_msg(is_same_image(image, alone[choice]), "turn %d: map %d shows something else", turn,
                      choice);
        image_free(image);
    }
    for (int i = 0; i < VIEW_COUNT; i++) {
        image_free(alone[i]);
    }
    for (int i = 0; i < PLOT_COUNT; i++) {
        plot_unref(plots[i]);
    }
}
END_TEST

static uint64_t hash_of(const struct album *album)
{
    uint64_t hash = HASH_START;
    for (int i = 0; i < TILE_COUNT; i++) {
        hash = hash_bytes(hash, album->bytes[i], album->lengths[i]);
    }
    return hash;
}

/* Draws in a process of its own, with a time zone, language and home folder of its own. */
static uint64_t hash_from_another_process(const char *zone, const char *language, const char *home)
{
    int ends[2];
    ck_assert_int_eq(pipe(ends), 0);
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        setenv("TZ", zone, 1);
        setenv("LANG", language, 1);
        setenv("LC_ALL", language, 1);
        setenv("HOME", home, 1);
        struct renderer *renderer = scenery_renderer();
        struct plot *plot = scenery_plot(&scenery, 7, around_moerdijk, 300);
        struct album album = draw_forward(renderer, plot);
        uint64_t hash = hash_of(&album);
        _exit(write(ends[1], &hash, sizeof hash) == sizeof hash ? 0 : 1);
    }
    uint64_t hash = 0;
    int status = 0;
    close(ends[1]);
    ck_assert_int_eq(read(ends[0], &hash, sizeof hash), sizeof hash);
    close(ends[0]);
    waitpid(child, &status, 0);
    ck_assert_int_eq(status, 0);
    return hash;
}

START_TEST(the_environment_makes_no_difference)
{
    struct plot *plot = scenery_plot(&scenery, 7, around_moerdijk, 300);
    struct album album = draw_forward(scenery.renderer, plot);
    uint64_t here = hash_of(&album);
    ck_assert_uint_eq(here, hash_from_another_process("Pacific/Kiritimati", "C", "/nowhere"));
    ck_assert_uint_eq(here, hash_from_another_process("America/New_York", "tr_TR.UTF-8", "/tmp"));
    album_finish(&album);
    plot_unref(plot);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("law 3: purity");
    TCase *tests = tcase_create("purity");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, what_was_drawn_before_makes_no_difference);
    tcase_add_test(tests, how_a_plot_came_about_makes_no_difference);
    tcase_add_test(tests, maps_of_different_plots_drawn_in_turn_show_their_own_plots_only);
    tcase_add_test(tests, the_environment_makes_no_difference);
    suite_add_tcase(suite, tests);
    return suite;
}
