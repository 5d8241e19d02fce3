/* Sheets of an atlas on which nothing is to be seen have no page, and are named. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "geo/base/file.h"
#include "geo/base/work.h"
#include "render/briefing/atlas_sheets.h"
#include "render/briefing/map_page.h"
#include "render/briefing/press.h"
#include "render/briefing/template.h"
#include "render/grid/sheet_split.h"
#include "symbology/style.h"
#include "tests/support/briefing_fixture.h"

#define SHEET_MM 160 /* 4 km at 1:25,000 */

static struct briefing_fixture *fixture;
static struct templates *templates;
static struct problems problems;
static struct style style = {.opacity = 1};
static const struct point places[] = {{97000, 407000}, {106000, 411000}};

static void set_up(void)
{
    char folder[300];
    char path[400];
    const char *folders[] = {folder};
    struct fault fault = {0};
    snprintf(folder, sizeof folder, "%s/atlases", test_folder());
    snprintf(path, sizeof path, "%s/whole.yaml", folder);
    mkdir(folder, 0700);
    ck_assert(file_write(path, "extends: atlas\nsheets: all\n", 27, &fault));
    problems_init(&problems);
    templates = templates_read(folders, 1, &problems);
    ck_assert_uint_eq(problems.count, 0);
    fixture = fixture_new();
    fixture_add(fixture, "a", "nl@1/inc.brand;n=Loods B", "Brandweer", &places[0], 1);
    fixture_add(fixture, "b", "nl@1/bw.ugs;n=UGS", "Brandweer", &places[1], 1);
    fixture_plot(fixture, true);
    fixture->order.area = (struct bbox){96000, 406000, 108000, 414000};
    fixture->order.paper = PAPER_A4;
}

static void tear_down(void)
{
    fixture_free(fixture);
    templates_free(templates);
    problems_finish(&problems);
}

static struct sheet_split split_area(void)
{
    struct sheet_split split;
    struct fault fault = {0};
    struct sheet_order wish = {.area = fixture->order.area,
                               .scale_denominator = 25000,
                               .metres_per_unit = 1,
                               .width_mm = SHEET_MM,
                               .height_mm = SHEET_MM,
                               .overlap_mm = 10,
                               .names = SHEET_LETTERS,
                               .most = 100};
    ck_assert_msg(sheet_split_make(&wish, &split, &fault), "%s", fault.message);
    return split;
}

static bool *find_empty(const struct sheet_split *split)
{
    struct fault fault = {0};
    struct press press = {.renderer = fixture->renderer, .order = &fixture->order, .fault = &fault};
    bool *is_empty = atlas_sheets_find_empty(&press, split);
    ck_assert_msg(is_empty != NULL, "%s", fault.message);
    return is_empty;
}

static bool has_feature(struct bbox box)
{
    return bbox_contains_point(box, places[0]) || bbox_contains_point(box, places[1]);
}

START_TEST(a_sheet_is_empty_when_no_feature_touches_it_and_no_layer_is_seen)
{
    struct sheet_split split = split_area();
    bool *is_empty = find_empty(&split);
    size_t count = 0;
    for (size_t i = 0; i < split.count; i++) {
        ck_assert_msg(is_empty[i] == !has_feature(split.sheets[i].box), "%s", split.sheets[i].name);
        count += is_empty[i];
    }
    ck_assert_uint_gt(count, 2);
    ck_assert_uint_lt(count, split.count);
    char *names = atlas_sheets_names(&split, is_empty);
    for (size_t i = 0; i < split.count; i++) {
        ck_assert_int_eq(strstr(names, split.sheets[i].name) != NULL, is_empty[i]);
    }
    free(names);
    free(is_empty);
    sheet_split_finish(&split);
}
END_TEST

START_TEST(where_a_layer_failed_no_sheet_is_called_empty)
{
    struct sheet_split split = split_area();
    fixture->missing_layer = (struct layer){.id = (char *)"dijken",
                                            .kind = LAYER_VECTOR,
                                            .driver = (char *)"GPKG",
                                            .path = (char *)"/nowhere/dijken.gpkg",
                                            .max_denominator = 1e12,
                                            .style = &style,
                                            .file = (char *)"catalogue.yaml"};
    fixture->items[1] = fixture->items[0];
    fixture->items[0] = (struct map_item){.layer = &fixture->missing_layer};
    fixture->map.item_count = 2;
    bool *is_empty = find_empty(&split);
    for (size_t i = 0; i < split.count; i++) {
        ck_assert(!is_empty[i]);
    }
    free(is_empty);
    sheet_split_finish(&split);
}
END_TEST

struct listener {
    size_t calls;
    size_t cancel_at; /* 0: never */
    double last;
};

static bool listen(double part, void *context)
{
    struct listener *listener = context;
    ck_assert_double_ge(part, listener->last);
    listener->last = part;
    return ++listener->calls != listener->cancel_at;
}

START_TEST(looking_for_empty_sheets_tells_its_progress_and_can_be_cancelled)
{
    struct sheet_split split = split_area();
    struct fault fault = {0};
    struct listener listener = {0};
    struct press press = {
        .renderer = fixture->renderer, .order = &fixture->order, .fault = &fault, .part_to = 0.1};
    struct work work = {.tell = listen, .context = &listener};
    fixture->order.work = &work;
    bool *is_empty = atlas_sheets_find_empty(&press, &split);
    ck_assert_uint_eq(listener.calls, split.count);
    ck_assert_double_gt(listener.last, 0.05);
    ck_assert_double_lt(listener.last, 0.1);
    free(is_empty);
    listener = (struct listener){.cancel_at = 2};
    work.is_ended = false;
    ck_assert_ptr_null(atlas_sheets_find_empty(&press, &split));
    ck_assert_int_eq(fault.code, FAULT_DEADLINE);
    ck_assert_uint_eq(listener.calls, 2);
    sheet_split_finish(&split);
}
END_TEST

START_TEST(the_progress_of_an_atlas_never_goes_back)
{
    struct fault fault = {0};
    struct briefing_document document;
    struct listener listener = {0};
    struct work work = {.tell = listen, .context = &listener};
    fixture->order.work = &work;
    fixture->order.template = templates_find(templates, "atlas");
    ck_assert(briefing_make(fixture->renderer, &fixture->order, &document, NULL, &fault));
    ck_assert_double_eq(listener.last, 1);
    free(document.bytes);
}
END_TEST

static size_t pages_of(const char *template)
{
    struct fault fault = {0};
    struct briefing_document document;
    fixture->order.template = templates_find(templates, template);
    ck_assert_msg(briefing_make(fixture->renderer, &fixture->order, &document, NULL, &fault), "%s",
                  fault.message);
    free(document.bytes);
    return document.page_count;
}

START_TEST(an_atlas_leaves_empty_sheets_out_unless_all_are_asked_for)
{
    size_t shown = pages_of("atlas");
    size_t all = pages_of("whole");
    ck_assert_uint_ge(shown, 1 + 2 + 1);
    ck_assert_uint_gt(all, shown + 2);
}
END_TEST

START_TEST(the_index_names_what_is_left_out)
{
    struct fault fault = {0};
    struct map_page page;
    struct map_page_wish wish = {.renderer = fixture->renderer,
                                 .order = &fixture->order,
                                 .template = templates_find(templates, "atlas"),
                                 .left_out = "A2, B1",
                                 .is_single = true,
                                 .rest = PAGE_REST_END};
    ck_assert_msg(map_page_begin(&page, &wish, &fault), "%s", fault.message);
    map_page_foretell(&page);
    const struct passage *both[] = {&page.content.said[ELEMENT_COMPLETENESS],
                                    &page.content.completeness_summary};
    for (int i = 0; i < 2; i++) {
        ck_assert_str_eq(both[i]->rows[both[i]->count - 1].text, "Zonder blad, want leeg: A2, B1");
    }
    map_page_finish(&page);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("atlas");
    TCase *sheets = tcase_create("sheets");
    tcase_add_checked_fixture(sheets, set_up, tear_down);
    tcase_set_timeout(sheets, 60);
    tcase_add_test(sheets, a_sheet_is_empty_when_no_feature_touches_it_and_no_layer_is_seen);
    tcase_add_test(sheets, where_a_layer_failed_no_sheet_is_called_empty);
    tcase_add_test(sheets, looking_for_empty_sheets_tells_its_progress_and_can_be_cancelled);
    tcase_add_test(sheets, the_progress_of_an_atlas_never_goes_back);
    tcase_add_test(sheets, an_atlas_leaves_empty_sheets_out_unless_all_are_asked_for);
    tcase_add_test(sheets, the_index_names_what_is_left_out);
    suite_add_tcase(suite, sheets);
    return suite;
}
