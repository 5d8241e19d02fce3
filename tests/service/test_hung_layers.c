/* A layer whose file does not answer: another process holds a lease on it, so whoever opens it waits. The
 * service and the commands draw without it, within the deadline, and name it. */
#include "tests/service/running_service.h"

#include "tests/support/program.h"

#define LAND                                                                                                 \
    "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{},\"geometry\":{"   \
    "\"type\":\"Polygon\",\"coordinates\":[[[4,51],[5.5,51],[5.4,52.5],[4,52.5],[4,51]]]}}]}\n"
#define STYLE "credit: T, style: {rules: [{fill: \"#F7F4EC\"}]}}\n"
#define UNHEARD "did not answer within " /* so much of the deadline as was left, by half or a third */
#define NAMED "layer 'rivers' " UNHEARD

static void write_layers(const char *folder)
{
    write_text(folder, "land.geojson", LAND);
    write_text(folder, "rivers.geojson", LAND);
    write_text(
        folder, "catalogue.yaml",
        "layers:\n"
        "  - {id: land, title: Land, kind: vector, driver: GeoJSON, path: land.geojson, " STYLE
        "  - {id: rivers, title: Rivieren, kind: vector, driver: GeoJSON, path: rivers.geojson, " STYLE);
    write_text(folder, "maps.yaml",
               "maps:\n  - {id: situation, title: Situatie, extent: [4.4, 51.6, 4.8, 51.8],\n"
               "     items: [{layer: land}, {layer: rivers}, {plot: exercise}]}\n");
}

/** From now on opening the file takes until the returned process is ended. 0: this file system has no leases.
 */
static pid_t hold(const char *folder, const char *name)
{
    char path[400];
    int ready[2];
    char word = 'n';
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    ck_assert_int_eq(pipe(ready), 0);
    pid_t holder = fork();
    if (holder == 0) {
        signal(SIGIO, SIG_IGN);
        int file = open(path, O_RDWR);
        word = fcntl(file, F_SETLEASE, F_WRLCK) == 0 ? 'y' : 'n';
        ck_assert_int_eq(write(ready[1], &word, 1), 1);
        pause_ms(40000);
        _exit(0);
    }
    ck_assert_int_eq(read(ready[0], &word, 1), 1);
    close(ready[0]);
    close(ready[1]);
    if (word == 'y') {
        return holder;
    }
    kill(holder, SIGKILL);
    waitpid(holder, NULL, 0);
    test_skipped("no leases on this file system");
    return 0;
}

static void let_go(pid_t holder)
{
    kill(holder, SIGKILL);
    waitpid(holder, NULL, 0);
}

static struct running_service patient; /* it draws without the layer until it tries it again */

START_TEST(the_service_draws_without_it)
{
    patient = service_prepare("deadline_ms: 4000, briefing_deadline_ms: 6000");
    write_layers(patient.folder);
    pid_t holder = hold(patient.folder, "rivers.geojson");
    if (holder == 0) {
        return;
    }
    service_start(&patient);
    service_wait_ready(&patient);
    const char *tile = "GET /xyz/situation/WebMercatorQuad/11/1050/679.png";
    const char *answer = service_ask(&patient, tile, "", "");
    ck_assert_msg(status_of(answer) == 200, "%.600s", answer); /* so it was within the deadline */
    ck_assert_str_eq(header_of(answer, "Plottafel-Notes"), "layer-failed;layer=\"rivers\"");
    ck_assert_msg(strstr(service_log(&patient), NAMED) != NULL, "%s", service_log(&patient));
    int64_t begun_ms = monotonic_now_ms(); /* the others do not wait for it again */
    answer = service_ask(&patient, "GET /maps/situation/map.png?width=100", "", "");
    ck_assert_str_eq(header_of(answer, "Plottafel-Notes"), "layer-failed;layer=\"rivers\"");
    ck_assert_int_lt(monotonic_now_ms() - begun_ms, 1900);
    let_go(holder);
}
END_TEST

/** The last test: most of the ten seconds that a layer is left alone are over. */
START_TEST(the_service_tries_it_again)
{
    if (patient.pid == 0) {
        return; /* there are no leases, as the first test said */
    }
    int64_t until_ms = monotonic_now_ms() + 20000;
    bool is_whole = false;
    for (int width = 101; !is_whole && monotonic_now_ms() < until_ms; width++) {
        char line[100];
        snprintf(line, sizeof(line), "GET /maps/situation/map.png?width=%d", width);
        const char *answer = service_ask(&patient, line, "", "");
        ck_assert_msg(status_of(answer) == 200, "%.600s", answer);
        is_whole = *header_of(answer, "Plottafel-Notes") == '\0';
        pause_ms(100);
    }
    ck_assert(is_whole);
    service_stop(&patient);
}
END_TEST

START_TEST(a_briefing_of_the_service_is_made_without_it_and_says_so)
{
    struct running_service service = service_prepare("deadline_ms: 9000, briefing_deadline_ms: 6000");
    const char *body = "{\"inputs\":{\"map\":\"situation\",\"format\":\"svg\",\"center\":[101000,411500],"
                       "\"scale\":50000}}";
    char headers[200];
    write_layers(service.folder);
    pid_t holder = hold(service.folder, "rivers.geojson");
    if (holder == 0) {
        return;
    }
    service_start(&service);
    service_wait_ready(&service);
    snprintf(headers, sizeof(headers),
             "Content-Type: application/json\r\nPrefer: respond-sync\r\nContent-Length: %zu\r\n",
             strlen(body));
    int64_t begun_ms = monotonic_now_ms();
    const char *answer = service_ask(&service, "POST /processes/briefing/execution", headers, body);
    ck_assert_msg(status_of(answer) == 200 || status_of(answer) == 201, "%.800s", answer);
    while (!strstr(service_log(&service), NAMED) && monotonic_now_ms() < begun_ms + 20000) {
        pause_ms(20);
    }
    ck_assert_msg(strstr(service_log(&service), NAMED) != NULL, "%s", service_log(&service));
    const char *jobs = "";
    while (!strstr(jobs, "\"successful\"") && monotonic_now_ms() < begun_ms + 20000) {
        jobs = service_ask(&service, "GET /jobs", "", "");
        pause_ms(50);
    }
    ck_assert_msg(strstr(jobs, "\"successful\"") != NULL, "%.1500s", jobs);
    let_go(holder);
    service_stop(&service);
}
END_TEST

/** Of a layer that hangs: the command ends well, in time, and says what is missing. */
START_TEST(commands_draw_without_it)
{
    const char *folder = program_folder();
    write_layers(folder);
    program_write(folder, "plottafel.yaml",
                  "store: plots.gpkg\ncatalogue: catalogue.yaml\nmaps: maps.yaml\n"
                  "plots: [{name: exercise, title: Oefening}]\n"
                  "service: {deadline_ms: 4000, briefing_deadline_ms: 6000}\n");
    program_write(folder, "plot.geojson", "{\"type\":\"FeatureCollection\",\"features\":[]}");
    PROGRAM_EXPECT(0, folder, "import", "exercise", "plot.geojson");
    pid_t holder = hold(folder, "rivers.geojson");
    if (holder == 0) {
        return;
    }
    int64_t begun_ms = monotonic_now_ms();
    struct program_result map = PROGRAM_RUN(folder, "map", "situation", "--crs", "CRS84", "--bbox",
                                            "4.4,51.6,4.8,51.8", "--size", "200x100", "-o", "map.png");
    ck_assert_msg(map.status == 0 && strstr(map.err, "note: Rivieren: " UNHEARD), "%d %s", map.status,
                  map.err);
    program_finish(&map);
    struct program_result briefing = PROGRAM_RUN(folder, "briefing", "situation", "--center", "101000,411500",
                                                 "--scale", "50000", "-o", "briefing.pdf");
    ck_assert_msg(briefing.status == 0 && strstr(briefing.err, "note: Rivieren: " UNHEARD), "%s",
                  briefing.err);
    program_finish(&briefing);
    ck_assert_int_lt(monotonic_now_ms() - begun_ms, 20000); /* it is held for twice as long */
    let_go(holder);
}
END_TEST

/** Has the command begun again without a layer? */
static bool has_begun_again(pid_t command)
{
    char path[60];
    size_t length = 0;
    bool is_found = false;
    snprintf(path, sizeof(path), "/proc/%d/environ", (int)command);
    char *variables = file_read(path, 1u << 20, &length, NULL);
    for (size_t at = 0; variables && at < length && !is_found; at += strlen(variables + at) + 1) {
        is_found = strncmp(variables + at, "PLOTTAFEL_HUNG_LAYERS=", 22) == 0;
    }
    free(variables);
    return is_found;
}

/* It had all signals blocked then. */
START_TEST(a_command_that_began_again_can_be_interrupted)
{
    const char *folder = program_folder();
    int status = 0;
    write_layers(folder);
    program_write(folder, "plottafel.yaml",
                  "store: plots.gpkg\ncatalogue: catalogue.yaml\nmaps: maps.yaml\n"
                  "plots: [{name: exercise, title: Oefening}]\nservice: {deadline_ms: 4000}\n");
    program_write(folder, "plot.geojson", "{\"type\":\"FeatureCollection\",\"features\":[]}");
    PROGRAM_EXPECT(0, folder, "import", "exercise", "plot.geojson");
    pid_t holder = hold(folder, "rivers.geojson");
    pid_t other = holder > 0 ? hold(folder, "land.geojson") : 0; /* so that it hangs a second time */
    if (other == 0) {
        return;
    }
    int64_t begun_ms = monotonic_now_ms();
    pid_t command = program_start(folder, (const char *const[]){"map", "situation", "--crs", "CRS84",
                                                                "--bbox", "4.4,51.6,4.8,51.8", "--size",
                                                                "200x100", "-o", "map.png", NULL});
    while (!has_begun_again(command) && monotonic_now_ms() < begun_ms + 10000) {
        pause_ms(20);
    }
    ck_assert(has_begun_again(command));
    kill(command, SIGTERM);
    ck_assert_int_eq(waitpid(command, &status, 0), command);
    ck_assert(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
    let_go(holder);
    let_go(other);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("hung_layers");
    TCase *cases = tcase_create("hung_layers");
    tcase_set_timeout(cases, 90);
    tcase_add_test(cases, the_service_draws_without_it);
    tcase_add_test(cases, a_briefing_of_the_service_is_made_without_it_and_says_so);
    tcase_add_test(cases, commands_draw_without_it);
    tcase_add_test(cases, a_command_that_began_again_can_be_interrupted);
    tcase_add_test(cases, the_service_tries_it_again);
    suite_add_tcase(suite, cases);
    return suite;
}
