/* The drawings of an organisation, good or malicious: what is wrong is named, and the service runs. */
#include <sys/stat.h>

#include "tests/service/running_service.h"

#define SVG "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 48 48'>\n"

struct drawing {
    const char *name;
    const char *svg;
    const char *words;   /* what is said about it */
    const char *in_svg;  /* what the symbol then holds */
    const char *not_svg; /* what it must not hold; NULL: nothing */
};

static const struct drawing drawings[] = {
    {"good", SVG "<path fill='#c00' d='M12 12h24v24H12z'/></svg>", "made for elsewhere",
     "M6 6L18 6L18 18L6 18Z", NULL},
    {"script", SVG "<script>fetch('http://127.0.0.1:1/')</script><path d='M1 1h9v9z'/></svg>",
     "<script> was left out", "<path d=", "script"},
    {"image", SVG "<image href='file:///etc/passwd'/><path d='M1 1h9v9z' onload='x()'/></svg>",
     "<image> was left out", "<path d=", "passwd"},
    {"filter",
     SVG "<filter id='f'><feGaussianBlur stdDeviation='9999'/></filter><path filter='url(#f)' "
         "d='M1 1h9v9z'/></svg>",
     "a filter was left out", "<path d=", "filter"},
    {"dashes", SVG "<path stroke='red' stroke-dasharray='0.0001' d='M1 1h40v40z'/></svg>", "became solid",
     "<path d=", "dasharray"},
    {"outside", SVG "<use href='http://127.0.0.1:1/a.svg#x'/><path d='M1 1h9v9z'/></svg>", "was left out",
     "<path d=", "127.0.0.1"},
    {"nested", SVG "<g id='a'><use href='#a'/><use href='#a'/></g></svg>", "deeper than 32 levels", ">NES?<",
     NULL},
    {"laughs", "<!DOCTYPE svg [<!ENTITY a 'ha'>]>" SVG "<text>&a;</text></svg>", "DOCTYPE", ">LAU?<", NULL},
    {"nothing", SVG "<text>A</text></svg>", "nothing that can be drawn", ">NOT?<", "<text>A"},
    {"broken", SVG "<path d='M1 1", "no XML", ">BRO?<", NULL},
    {"garbage", "\x01\x02\xff", "no XML", ">GAR?<", NULL}};
#define DRAWING_COUNT (sizeof drawings / sizeof drawings[0])

static struct running_service service;

/* "NES" of "nested" */
static void letters_of(const char *name, char letters[static 4])
{
    for (int i = 0; i < 3; i++) {
        letters[i] = (char)(name[i] - 'a' + 'A');
    }
    letters[3] = '\0';
}

static void write_set(void)
{
    char path[400];
    char yaml[4000] = "set: port\nversion: 1\nextends: nl@1\ntitle: {nl: Haven}\n"
                      "groups: [{id: hv, title: {nl: Haven}}]\npoints:\n";
    snprintf(path, sizeof path, "%s/port", service.folder);
    ck_assert_int_eq(mkdir(path, 0700), 0);
    snprintf(path, sizeof path, "%s/port/glyphs", service.folder);
    ck_assert_int_eq(mkdir(path, 0700), 0);
    for (size_t i = 0; i < DRAWING_COUNT; i++) {
        char letters[4];
        size_t length = strlen(yaml);
        letters_of(drawings[i].name, letters);
        snprintf(yaml + length, sizeof yaml - length,
                 "  - {id: hv.%s, kind: object, letters: %s, name: {nl: %s}}\n", drawings[i].name, letters,
                 drawings[i].name);
        snprintf(path, sizeof path, "port/glyphs/hv.%s.svg", drawings[i].name);
        write_text(service.folder, path, drawings[i].svg);
    }
    write_text(service.folder, "port/set.yaml", yaml);
}

static void start(void)
{
    service = service_prepare("");
    write_set();
    write_text(service.folder, "plottafel.yaml",
               "store: plots.gpkg\ncatalogue: catalogue.yaml\nmaps: maps.yaml\nsymbols: [port]\n"
               "plots: [{name: exercise, title: Oefening}]\n"
               "service: {port: 0, log: plain, writers: open, workers: 2}\n");
    service_start(&service);
    service_wait_ready(&service);
}

static void stop(void)
{
    service_stop(&service);
}

START_TEST(each_is_drawn_reduced_or_as_its_letters)
{
    const struct drawing *drawing = &drawings[_i];
    char line[200];
    snprintf(line, sizeof line, "GET /symbols/port@1/hv.%s.svg", drawing->name);
    const char *answer = service_ask(&service, line, "", "");
    ck_assert_msg(status_of(answer) == 200, "%s: %.300s", line, answer);
    ck_assert_str_eq(header_of(answer, "Cache-Control"), "no-cache"); /* the folder may be edited */
    ck_assert_msg(strstr(answer, drawing->in_svg) != NULL, "no '%s' in: %s", drawing->in_svg, answer);
    ck_assert_msg(!drawing->not_svg || !strstr(answer, drawing->not_svg), "'%s' in: %s", drawing->not_svg,
                  answer);
    snprintf(line, sizeof line, "GET /symbols/port@1/hv.%s.png?size=400", drawing->name);
    ck_assert_int_eq(status_of(service_ask(&service, line, "", "")), 200);
}
END_TEST

/* What symbols check says, asked once. */
static const char *report_of_check(void)
{
    static char text[20000];
    if (text[0] == '\0') {
        char command[700];
        snprintf(command, sizeof command, "%s symbols check --config %s/plottafel.yaml 2>&1",
                 getenv("PLOTTAFEL_PROGRAM"), service.folder);
        FILE *output = popen(command, "r");
        text[fread(text, 1, sizeof text - 1, output)] = '\0';
        ck_assert_msg(pclose(output) == 0, "%s", text);
    }
    return text;
}

START_TEST(each_is_named_by_symbols_check_and_not_at_every_start)
{
    const struct drawing *drawing = &drawings[_i];
    char name[100];
    snprintf(name, sizeof name,
             drawing->in_svg[0] == '<' || drawing->in_svg[0] == '>' ? "hv.%s.svg:" : "hv.%s", drawing->name);
    const char *report = report_of_check();
    ck_assert_msg(strstr(report, name) != NULL, "no '%s' in: %s", name, report);
    ck_assert_msg(strstr(report, drawing->words) != NULL, "no '%s' in: %s", drawing->words, report);
}
END_TEST

START_TEST(a_set_with_broken_drawings_has_warnings_and_no_mistakes)
{
    const char *report = report_of_check();
    ck_assert_msg(strstr(report, "its letters with a '?' are drawn") != NULL, "%s", report);
    const char *log = service_log(&service);
    ck_assert_msg(strstr(log, "warnings: 'plottafel symbols check' names them") != NULL, "%s", log);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("foreign drawings");
    TCase *cases = tcase_create("service");
    tcase_set_timeout(cases, 120);
    tcase_add_unchecked_fixture(cases, start, stop);
    tcase_add_loop_test(cases, each_is_drawn_reduced_or_as_its_letters, 0, DRAWING_COUNT);
    tcase_add_loop_test(cases, each_is_named_by_symbols_check_and_not_at_every_start, 0, DRAWING_COUNT);
    tcase_add_test(cases, a_set_with_broken_drawings_has_warnings_and_no_mistakes);
    suite_add_tcase(suite, cases);
    return suite;
}
