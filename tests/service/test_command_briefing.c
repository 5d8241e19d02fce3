/* plottafel briefing: frames, the archive, again, all at once, and Ctrl-C. */
#include <signal.h>

#include "geo/base/file.h"
#include "tests/support/program.h"

#define FRAME "--center", "101000,411500", "--scale", "50000"

/** With two areas, and a plot of revision 1. */
static const char *folder_with_areas(void)
{
    const char *folder = program_folder();
    program_write(folder, "maps.yaml",
                  "maps:\n"
                  "  - id: situation\n"
                  "    title: Situatie\n"
                  "    extent: [4.4, 51.6, 4.8, 51.8]\n"
                  "    items: [{layer: land}, {plot: exercise}]\n"
                  "    areas:\n"
                  "      - {id: haven, title: {nl: Haven, en: Port}, bbox: [4.55, 51.67, 4.63, 51.71]}\n"
                  "      - {id: dorp, bbox: [4.5, 51.65, 4.53, 51.67]}\n");
    PROGRAM_EXPECT(0, folder, "import", "exercise", "plot.geojson");
    return folder;
}

/** The id of the newest, owned. */
static char *newest_id(const char *folder)
{
    struct program_result result = PROGRAM_RUN(folder, "briefings", "list", "--limit", "1");
    const char *line = strchr(result.out, '\n'); /* behind the names of the columns */
    ck_assert_msg(result.status == 0 && line && strlen(line) > 27, "%s%s", result.out, result.err);
    char *id = strndup(line + 1, 26);
    program_finish(&result);
    return id;
}

static void expect_same(const char *folder, const char *a, const char *b)
{
    size_t a_length;
    size_t b_length;
    char *first = program_read(folder, a, &a_length);
    char *second = program_read(folder, b, &b_length);
    ck_assert_uint_eq(a_length, b_length);
    ck_assert_mem_eq(first, second, a_length);
    free(first);
    free(second);
}

START_TEST(a_briefing_of_the_archive_is_made_again_byte_for_byte)
{
    static const char *const names[] = {"a.pdf", "a.svg", "a.png"};
    static const char *const again[] = {"b.pdf", "b.svg", "b.png"};
    const char *folder = folder_with_areas();
    PROGRAM_EXPECT(0, folder, "briefing", "situation", FRAME, "--language", "nl,en", "-o", names[_i]);
    char *id = newest_id(folder);
    /* later changes of the plot do not count */
    program_write(folder, "plot.geojson", "{\"type\":\"FeatureCollection\",\"features\":[]}");
    PROGRAM_EXPECT(0, folder, "import", "exercise", "plot.geojson");
    PROGRAM_EXPECT(0, folder, "briefing", "--again", id, "-o", again[_i]);
    expect_same(folder, names[_i], again[_i]);
    free(id);
}
END_TEST

START_TEST(again_makes_no_file_whose_name_says_another_format)
{
    static const char *const names[] = {"b.svg", "b.png", "b.zip", "b"};
    const char *folder = folder_with_areas();
    PROGRAM_EXPECT(0, folder, "briefing", "situation", FRAME, "-o", "a.pdf");
    char *id = newest_id(folder);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct program_result result = PROGRAM_RUN(folder, "briefing", "--again", id, "-o", names[i]);
        ck_assert_int_eq(result.status, 1);
        ck_assert_holds(result.err, "is a pdf");
        ck_assert(!program_has(folder, names[i]));
        program_finish(&result);
    }
    free(id);
}
END_TEST

START_TEST(when_a_layer_has_changed_again_says_which)
{
    const char *folder = folder_with_areas();
    PROGRAM_EXPECT(0, folder, "briefing", "situation", FRAME, "-o", "a.svg");
    char *id = newest_id(folder);
    size_t length;
    char *land = program_read(folder, "land.geojson", &length);
    char *corner = strstr(land, "4.6,51.6");
    corner[2] = '5';
    program_write(folder, "land.geojson", land);
    free(land);
    struct program_result result = PROGRAM_RUN(folder, "briefing", "--again", id, "-o", "b.svg");
    ck_assert_int_eq(result.status, 1);
    ck_assert_holds(result.err, "have changed since: layer land\n");
    ck_assert(program_has(folder, "b.svg"));
    program_finish(&result);
    free(id);
}
END_TEST

START_TEST(areas_boxes_and_the_whole_map_are_frames)
{
    const char *folder = folder_with_areas();
    PROGRAM_EXPECT(0, folder, "briefing", "situation", "--area", "haven", "-o", "a.svg");
    PROGRAM_EXPECT(0, folder, "briefing", "situation", "--bbox", "99000,410000,103000,413000", "-o", "b.svg");
    PROGRAM_EXPECT(0, folder, "briefing", "situation", "-o", "c.svg");
    struct program_result result = PROGRAM_RUN(folder, "briefings", "list", "--json");
    ck_assert_uint_eq(program_count(result.out, "{\"id\":"), 3);
    ck_assert_holds(result.out, "Situatie: Haven");
    ck_assert_holds(result.out, "box [99000,410000,103000,413000] A4 portrait");
    program_finish(&result);
}
END_TEST

/** The scale of a box is the largest round one that shows all of it. */
START_TEST(a_box_of_just_the_frame_takes_its_scale)
{
    const char *folder = folder_with_areas();
    size_t length;
    PROGRAM_EXPECT(0, folder, "briefing", "situation", "--bbox", "100000,411000,101000,411400", "-o",
                   "a.svg");
    char *svg = program_read(folder, "a.svg", &length);
    free(svg);
    struct program_result result =
        PROGRAM_RUN(folder, "briefing", "situation", "--bbox", "0,0,9000000,9000000", "-o", "x.svg");
    ck_assert_int_eq(result.status, 1);
    program_finish(&result);
}
END_TEST

START_TEST(all_makes_one_of_each_area_template_and_language)
{
    const char *folder = folder_with_areas();
    struct program_result result = PROGRAM_RUN(folder, "briefing", "situation", "--all", "--template",
                                               "situation,overview", "--language", "nl,fr", "-o", "out");
    ck_assert_msg(result.status == 0, "%s", result.err);
    ck_assert_holds(result.out, "out: 8 briefings");
    ck_assert(program_has(folder, "out/situation-haven-overview-nl.pdf"));
    ck_assert(program_has(folder, "out/situation-haven-situation-fr.pdf"));
    ck_assert(program_has(folder, "out/situation-dorp-situation-nl.pdf"));
    ck_assert(program_has(folder, "out/situation-dorp-overview-fr.pdf"));
    program_finish(&result);
    result = PROGRAM_RUN(folder, "briefings", "list");
    ck_assert_uint_eq(program_count(result.out, "\n"), 9);
    program_finish(&result);
    char *id = newest_id(folder);
    PROGRAM_EXPECT(0, folder, "briefing", "--again", id, "-o", "again.pdf");
    free(id);
}
END_TEST

START_TEST(one_that_fails_is_named_and_the_others_are_made)
{
    const char *folder = folder_with_areas();
    size_t length;
    char *maps = program_read(folder, "maps.yaml", &length);
    char *text = NULL;
    ck_assert_int_gt(asprintf(&text, "%s      - {id: far, bbox: [100, 10, 101, 11]}\n", maps), 0);
    program_write(folder, "maps.yaml", text);
    free(text);
    free(maps);
    struct program_result result = PROGRAM_RUN(folder, "briefing", "situation", "--all", "--template",
                                               "overview", "--language", "nl", "-o", "out2", "-j", "2");
    ck_assert_int_eq(result.status, 1);
    ck_assert_holds(result.err, "situation-far-overview-nl.pdf:");
    ck_assert_holds(result.err, "1 of 3 briefings could not be made");
    ck_assert(program_has(folder, "out2/situation-haven-overview-nl.pdf"));
    ck_assert(!program_has(folder, "out2/situation-far-overview-nl.pdf"));
    program_finish(&result);
}
END_TEST

START_TEST(ctrl_c_ends_it_cleanly)
{
    const char *folder = folder_with_areas();
    const char *const words[] = {"briefing", "situation", "--all", "--dpi", "300", "--paper",
                                 "A0",       "--format",  "png",   "-o",    "out", NULL};
    pid_t pid = program_start(folder, words);
    usleep(1000000);
    kill(pid, SIGINT);
    struct program_result result = program_wait(folder, pid);
    ck_assert_int_eq(result.status, 1);
    ck_assert_holds(result.err, "interrupted: ");
    program_finish(&result);
    result = PROGRAM_RUN(folder, "briefings", "list");
    ck_assert_int_eq(result.status, 0);
    program_finish(&result);
}
END_TEST

struct wrong {
    const char *words[12];
    int status;
    const char *said;
};

static const struct wrong wrongs[] = {
    {{"briefing", "-o", "x.pdf"}, 2, "it needs MAP"},
    {{"briefing", "situation"}, 2, "it needs --output FILE"},
    {{"briefing", "situation", "--center", "1,2", "-o", "x.pdf"}, 2, "--center needs --scale"},
    {{"briefing", "situation", "--bbox", "3,2,1,0", "-o", "x.pdf"}, 2, "least x and y"},
    {{"briefing", "situation", "--area", "haven", "--bbox", "1,2,3,4", "-o", "x.pdf"}, 2, "only one of"},
    {{"briefing", "situation", "--landscape", "--portrait", "-o", "x.pdf"}, 2, "a sheet is one of them"},
    {{"briefing", "situation", "--format", "png", "-o", "x.pdf"}, 2, "--format is for --all"},
    {{"briefing", "situation", "--all", "--language", "nl,xx", "-o", "x"}, 2, "not 'xx'"},
    {{"briefing", "situation", "--all", "--area", "nope", "-o", "x"}, 2, "it has: haven, dorp"},
    {{"briefing", "situation", "--all", "--template", "nope", "-o", "x"}, 2, "there is no template 'nope'"},
    {{"briefing", "situation", "--area", "nope", "-o", "x.pdf"}, 1, "it has: haven, dorp"},
    {{"briefing", "situation", "--paper", "A0", "--dpi", "600", "-o", "x.png"}, 1, "558 million dots"},
    {{"briefing", "--again", "01M80XS460T2ZB58TAYDV7RBJS", "-o", "x.pdf"}, 1, "there is no briefing"},
    {{"briefing", "--again", "nope", "situation", "-o", "x.pdf"}, 2, "no place for 'situation'"},
    {{"briefing", "--again", "01M80XS460T2ZB58TAYDV7RBJS", "--paper", "A4", "-o", "x.pdf"},
     2,
     "--paper is not for it"},
    {{"briefing", "situation", "--since", "2999-01-01T00:00:00Z", "-o", "x.pdf"},
     2,
     "--since: 2999-01-01T00:00:00Z lies in the future"},
    {{"briefing", "situation", "--grip", "6", "-o", "x.pdf"}, 2, "--grip: must be 0 to 5"},
    {{"briefing", "situation", "--grip", "GRIP 12", "-o", "x.pdf"}, 2, "--grip: must be 0 to 5"},
    {{"briefing", "situation", "-o", "nowhere/x.pdf"}, 1, "'nowhere/x.pdf': there is no such folder"},
    {{"briefing", "situation", "-o", "land.geojson/x.pdf"}, 1, "Not a directory"},
    {{"briefing", "situation", "-o", "folder.pdf"}, 1, "'folder.pdf': it is a folder"},
    {{"briefing", "--again", "01M80XS460T2ZB58TAYDV7RBJS", "-o", "nowhere/x.pdf"}, 1, "no such folder"},
    {{"briefing", "situation", "--all", "-o", "land.geojson"}, 1, "it is no folder"},
    {{"briefing", "situation", "--all", "-o", "nowhere/out"}, 1, "there is no such folder"},
};

START_TEST(what_cannot_be_is_refused_in_one_sentence)
{
    const char *folder = folder_with_areas();
    char *in_the_way = program_path(folder, "folder.pdf");
    ck_assert_int_eq(mkdir(in_the_way, 0700), 0);
    free(in_the_way);
    for (size_t i = 0; i < sizeof(wrongs) / sizeof(wrongs[0]); i++) {
        struct program_result result = program_wait(folder, program_start(folder, wrongs[i].words));
        ck_assert_msg(result.status == wrongs[i].status, "%zu: status %d: %s", i, result.status, result.err);
        ck_assert_holds(result.err, wrongs[i].said);
        ck_assert(!program_has(folder, "x.pdf") && !program_has(folder, "x.png"));
        program_finish(&result);
    }
}
END_TEST

static bool is_png(const char *folder, const char *name)
{
    size_t length;
    char *bytes = program_read(folder, name, &length);
    bool is_one = length > 8 && memcmp(bytes, "\x89PNG\r\n\x1a\n", 8) == 0;
    free(bytes);
    return is_one;
}

START_TEST(each_page_of_a_picture_is_a_file_and_made_again)
{
    const char *folder = folder_with_areas();
    struct program_result result =
        PROGRAM_RUN(folder, "briefing", "situation", FRAME, "--paper", "A5", "-o", "x.png");
    ck_assert_msg(result.status == 0, "%s", result.err);
    ck_assert_holds(result.out, "x.png to x-");
    ck_assert(is_png(folder, "x.png") && is_png(folder, "x-2.png"));
    program_finish(&result);
    char *id = newest_id(folder);
    PROGRAM_EXPECT(0, folder, "briefing", "--again", id, "-o", "y.png");
    PROGRAM_EXPECT(0, folder, "briefing", "--again", id, "-o", "y.zip");
    expect_same(folder, "x.png", "y.png");
    expect_same(folder, "x-2.png", "y-2.png");
    char kept[100];
    snprintf(kept, sizeof(kept), "briefings/%s.zip", id);
    expect_same(folder, "y.zip", kept);
    result = PROGRAM_RUN(folder, "briefing", "--again", id, "-o", "-");
    ck_assert_msg(result.status == 0 && result.out_length > 4, "%s", result.err);
    ck_assert_mem_eq(result.out, "PK\003\004", 4);
    ck_assert(!program_has(folder, "-.png"));
    program_finish(&result);
    free(id);
}
END_TEST

START_TEST(a_page_of_an_earlier_briefing_is_not_taken_for_one_of_this)
{
    const char *folder = folder_with_areas();
    char words[100];
    struct program_result result = PROGRAM_RUN(folder, "briefing", "situation", FRAME, "-o", "x.svg");
    const char *pages = strstr(result.out, ": ");
    ck_assert_msg(pages != NULL, "%s%s", result.out, result.err);
    int count = atoi(pages + 2);
    ck_assert_int_ge(count, 2);
    ck_assert(strstr(result.err, "was there before") == NULL);
    program_finish(&result);
    snprintf(words, sizeof(words), "x-%d.svg", count + 1);
    program_write(folder, words, "of before");
    result = PROGRAM_RUN(folder, "briefing", "situation", FRAME, "-o", "x.svg");
    ck_assert_holds(result.err, words);
    ck_assert_holds(result.err, "was there before");
    program_finish(&result);
}
END_TEST

/** The first words of an SVG say its size. */
static bool is_lying(const char *folder, const char *turn)
{
    char path[700];
    size_t length;
    struct program_result result = PROGRAM_RUN(folder, "briefing", "situation", "--template", "situation",
                                               "--paper", "A5", "-o", "turned.svg", turn);
    double width = 0;
    double height = 0;
    ck_assert_msg(result.status == 0, "%s", result.err);
    snprintf(path, sizeof(path), "%s/turned.svg", folder);
    char *svg = file_read(path, 64 << 20, &length, NULL);
    ck_assert_ptr_nonnull(svg);
    const char *size = strstr(svg, "viewBox=\"0 0 ");
    ck_assert_ptr_nonnull(size);
    ck_assert_int_eq(sscanf(size, "viewBox=\"0 0 %lf %lf", &width, &height), 2);
    free(svg);
    program_finish(&result);
    return width > height;
}

START_TEST(another_paper_lies_as_the_template_does_unless_it_is_turned)
{
    const char *folder = folder_with_areas();
    ck_assert(is_lying(folder, NULL));
    ck_assert(is_lying(folder, "--landscape"));
    ck_assert(!is_lying(folder, "--portrait"));
}
END_TEST

START_TEST(all_writes_the_pages_of_pictures_too)
{
    const char *folder = folder_with_areas();
    struct program_result result =
        PROGRAM_RUN(folder, "briefing", "situation", "--all", "--area", "dorp", "--template", "situation",
                    "--language", "nl", "--format", "png", "--paper", "A5", "-o", "out");
    ck_assert_msg(result.status == 0, "%s", result.err);
    ck_assert(is_png(folder, "out/situation-dorp-situation-nl.png"));
    ck_assert(is_png(folder, "out/situation-dorp-situation-nl-2.png"));
    program_finish(&result);
}
END_TEST

START_TEST(that_codes_have_no_address_is_said_in_one_line_with_what_to_do)
{
    static const char words[] = "or --link URL, there is no QR code to the live map";
    const char *folder = folder_with_areas();
    struct program_result result = PROGRAM_RUN(folder, "briefing", "situation", FRAME, "-o", "x.pdf");
    ck_assert_uint_eq(program_count(result.err, words), 1);
    program_finish(&result);
    result = PROGRAM_RUN(folder, "briefing", "situation", FRAME, "--link", "http://h/", "-o", "x.pdf");
    ck_assert_uint_eq(program_count(result.err, words), 0);
    program_finish(&result);
    size_t length;
    char *config = program_read(folder, "plottafel.yaml", &length);
    char *port = strstr(config, "port: 0");
    char *text = NULL;
    ck_assert_int_gt(asprintf(&text, "%.*sbase_url: 'http://h', %s", (int)(port - config), config, port), 0);
    program_write(folder, "plottafel.yaml", text);
    result = PROGRAM_RUN(folder, "briefing", "situation", FRAME, "-o", "x.pdf");
    ck_assert_uint_eq(program_count(result.err, words), 0);
    ck_assert_msg(result.status == 0, "%s", result.err);
    program_finish(&result);
    free(config);
    free(text);
}
END_TEST

/** Accepted, with a word of warning. */
START_TEST(what_is_over_already_is_said)
{
    static const char *const options[] = {"--valid-until", "--next-update"};
    const char *folder = folder_with_areas();
    struct program_result result = PROGRAM_RUN(folder, "briefing", "situation", FRAME, options[_i],
                                               "2025-10-08T12:45:00+02:00", "-o", "x.pdf");
    ck_assert_msg(result.status == 0, "%s", result.err);
    ck_assert_uint_eq(program_count(result.err, "08-10-2025 12:45 CEST: that was over when it was made"), 1);
    program_finish(&result);
    result = PROGRAM_RUN(folder, "briefing", "situation", FRAME, options[_i], "2125-10-08T12:45:00+02:00",
                         "-o", "x.pdf");
    ck_assert_uint_eq(program_count(result.err, "was over"), 0);
    program_finish(&result);
}
END_TEST

/** Of a picture as of a PDF; several pages of one are a ZIP. */
START_TEST(the_list_for_programs_says_what_stands_on_every_kind_of_briefing)
{
    static const char *const names[] = {"x.pdf", "x.svg", "x.png"};
    const char *folder = folder_with_areas();
    PROGRAM_EXPECT(0, folder, "briefing", "situation", FRAME, "--title", "Haven & <dorp>", "-o", names[_i]);
    PROGRAM_EXPECT(0, folder, "briefing", "situation", "--template", "comparison", "-o", names[_i]);
    struct program_result result = PROGRAM_RUN(folder, "briefings", "list", "--json");
    ck_assert_uint_eq(program_count(result.out, "\"activity\":\"OEF-1\""), 2);
    ck_assert_uint_eq(program_count(result.out, "\"title\":\"Haven & <dorp>\""), 1);
    ck_assert_uint_eq(program_count(result.out, "\"title\":\"Situatie\""), 1);
    program_finish(&result);
}
END_TEST

/** All of it on a terminal of 100 columns. */
START_TEST(the_list_has_narrow_columns)
{
    const char *folder = folder_with_areas();
    PROGRAM_EXPECT(0, folder, "briefing", "situation", FRAME, "--template", "fire-service", "-o", "x.png");
    struct program_result result = PROGRAM_RUN(folder, "briefings", "list");
    const char *line = result.out;
    for (const char *end; (end = strchr(line, '\n')); line = end + 1) {
        ck_assert_msg(end - line <= 100, "%s", result.out);
    }
    ck_assert_holds(result.out, " situation ");
    ck_assert_holds(result.out, " fire-service png ");
    program_finish(&result);
}
END_TEST

START_TEST(without_an_archive_the_map_is_made_all_the_same)
{
    const char *folder = folder_with_areas();
    program_write(folder, "briefings", "a file in the way");
    struct program_result result = PROGRAM_RUN(folder, "briefing", "situation", FRAME, "-o", "a.pdf");
    ck_assert_msg(result.status == 0, "%s", result.err);
    ck_assert_holds(result.err, "not kept in the archive");
    ck_assert(program_has(folder, "a.pdf"));
    program_finish(&result);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("command_briefing");
    TCase *tests = tcase_create("command_briefing");
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, a_briefing_of_the_archive_is_made_again_byte_for_byte, 0, 3);
    tcase_add_test(tests, again_makes_no_file_whose_name_says_another_format);
    tcase_add_test(tests, when_a_layer_has_changed_again_says_which);
    tcase_add_test(tests, areas_boxes_and_the_whole_map_are_frames);
    tcase_add_test(tests, a_box_of_just_the_frame_takes_its_scale);
    tcase_add_test(tests, all_makes_one_of_each_area_template_and_language);
    tcase_add_test(tests, one_that_fails_is_named_and_the_others_are_made);
    tcase_add_test(tests, ctrl_c_ends_it_cleanly);
    tcase_add_test(tests, what_cannot_be_is_refused_in_one_sentence);
    tcase_add_test(tests, each_page_of_a_picture_is_a_file_and_made_again);
    tcase_add_test(tests, a_page_of_an_earlier_briefing_is_not_taken_for_one_of_this);
    tcase_add_test(tests, all_writes_the_pages_of_pictures_too);
    tcase_add_test(tests, another_paper_lies_as_the_template_does_unless_it_is_turned);
    tcase_add_test(tests, that_codes_have_no_address_is_said_in_one_line_with_what_to_do);
    tcase_add_loop_test(tests, what_is_over_already_is_said, 0, 2);
    tcase_add_loop_test(tests, the_list_for_programs_says_what_stands_on_every_kind_of_briefing, 0, 3);
    tcase_add_test(tests, the_list_has_narrow_columns);
    tcase_add_test(tests, without_an_archive_the_map_is_made_all_the_same);
    suite_add_tcase(suite, tests);
    return suite;
}
