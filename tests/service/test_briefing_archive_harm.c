/*
 * test_briefing_archive_harm.c - what kill -9 and damage do to the archive of briefings: what was
 * acknowledged stays.
 */
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "render/encode/picture_packet.h"
#include "render/service/briefing/briefing_archive.h"
#include "render/service/briefing/briefing_documents.h"
#include "render/service/worker/order.h"
#include "tests/service/archive_fixture.h"
#include "tests/support/random.h"
#include "tests/support/runner.h"

START_TEST(a_damaged_document_is_never_handed_out)
{
    struct fault fault;
    char path[500];
    size_t length;
    struct briefing_record record = make_record(1000);
    keep(&record, "document");
    document_path(&record, path);
    ck_assert(file_write(path, "documenT", 8, &fault));
    ck_assert_ptr_null(briefing_archive_read(archive, &record, &length, &fault));
    ck_assert_int_eq(fault.code, FAULT_NOT_FOUND);
    unlink(path);
    ck_assert_ptr_null(briefing_archive_read(archive, &record, &length, &fault));
    briefing_record_finish(&record);
}
END_TEST

/** Writes until it is killed, and says the id of each that is in the archive. */
static void write_for_ever(int said)
{
    struct fault fault;
    archive = open_archive();
    for (;;) {
        struct briefing_record record = make_record(moment_now_ms());
        if (!briefing_archive_keep(archive, &record, record.id, strlen(record.id), &fault) ||
            write(said, record.id, BRIEFING_ID_LENGTH) != BRIEFING_ID_LENGTH) {
            _exit(1);
        }
        briefing_record_finish(&record);
    }
}

static void expect_there(const char *id)
{
    struct briefing_record record;
    struct fault fault = {0};
    size_t length;
    ck_assert_msg(briefing_archive_find(archive, id, &record, &fault), "%s: %s", id, fault.message);
    char *bytes = briefing_archive_read(archive, &record, &length, &fault);
    ck_assert_msg(bytes != NULL, "%s", fault.message);
    ck_assert_str_eq(bytes, id);
    free(bytes);
    briefing_record_finish(&record);
}

START_TEST(what_was_acknowledged_survives_kill_9)
{
    uint64_t random = (uint64_t)_i + 77;
    int ends[2];
    char id[BRIEFING_ID_BYTES] = "";
    briefing_archive_close(archive);
    ck_assert_int_eq(pipe(ends), 0);
    pid_t pid = fork();
    if (pid == 0) {
        write_for_ever(ends[1]);
    }
    close(ends[1]);
    ck_assert_int_eq(read(ends[0], id, BRIEFING_ID_LENGTH), BRIEFING_ID_LENGTH);
    usleep(20000 + random_below(&random, 100000));
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
    archive = open_archive();
    expect_there(id);
    while (read(ends[0], id, BRIEFING_ID_LENGTH) == BRIEFING_ID_LENGTH) {
        expect_there(id);
    }
    close(ends[0]);
}
END_TEST

/** Writes rubbish over the register from a place on. */
static void damage(long from, size_t length)
{
    char path[400];
    snprintf(path, sizeof(path), "%s/briefings.sqlite", folder);
    FILE *file = fopen(path, "r+");
    ck_assert_ptr_nonnull(file);
    fseek(file, from, SEEK_SET);
    for (size_t i = 0; i < length; i++) {
        fputc('x', file);
    }
    fclose(file);
}

static bool has_one_set_aside(void)
{
    char command[400];
    snprintf(command, sizeof(command), "test $(ls %s/briefings.sqlite.damaged-*[0-9] | wc -l) = 1", folder);
    return system(command) == 0;
}

/** What is known of it: all (the title of its row), or only that there is a document. */
static bool is_there(const struct briefing_record *record, bool *is_whole)
{
    struct briefing_record found;
    struct fault fault;
    if (!briefing_archive_find(archive, record->id, &found, &fault)) {
        ck_assert_msg(fault.code == FAULT_NOT_FOUND, "%s", fault.message);
        return false;
    }
    size_t length;
    char *bytes = briefing_archive_read(archive, &found, &length, &fault);
    ck_assert_msg(bytes != NULL && strcmp(bytes, record->id) == 0, "%s", fault.message);
    ck_assert_int_eq(found.created_ms, record->created_ms);
    *is_whole = strcmp(found.map, "situation") == 0;
    ck_assert_int_eq(found.size_bytes, record->size_bytes);
    ck_assert_str_eq(found.sha256, record->sha256);
    if (*is_whole) { /* nothing of a row is made up */
        ck_assert_str_eq(found.order, record->order);
        ck_assert_str_eq(found.notes, record->notes);
        ck_assert_int_eq(found.page_count, record->page_count);
    }
    free(bytes);
    briefing_record_finish(&found);
    return true;
}

#define HARMED_COUNT 300

#define NOTES_BYTES 9000

static void keep_many(struct briefing_record records[HARMED_COUNT])
{
    for (int i = 0; i < HARMED_COUNT; i++) {
        records[i] = make_record(1000 + i);
        records[i].page_count = i;
        char *notes = memory_new(NOTES_BYTES, 1); /* so long that a row goes on on other pages */
        memset(notes, ' ', NOTES_BYTES - 1);
        memcpy(notes, "[]", 2);
        briefing_record_set(&records[i].notes, notes);
        free(notes);
        keep(&records[i], records[i].id);
    }
}

static void finish_many(struct briefing_record records[HARMED_COUNT])
{
    for (int i = 0; i < HARMED_COUNT; i++) {
        briefing_record_finish(&records[i]);
    }
}

/** All documents are there; how many rows are whole. */
static size_t count_whole(const struct briefing_record records[HARMED_COUNT])
{
    size_t count = 0;
    for (int i = 0; i < HARMED_COUNT; i++) {
        bool is_whole;
        ck_assert_msg(is_there(&records[i], &is_whole), "%d", i);
        count += is_whole;
    }
    return count;
}

/** In parts of the file. */
struct harm {
    double from;
    double until;
    size_t least_whole; /* rows that are taken over */
    bool shows_in_use;  /* what a process has read already it does not read again */
};

static const struct harm harms[] = {
    {0, 0.001, 0, false}, /* the first page: it is no database any more */
    {0.5, 0.6, HARMED_COUNT / 2, true},
    {0.2, 0.4, HARMED_COUNT / 4, true},
    {0.01, 0.99, 0, true},
};

static void do_harm(const struct harm *harm)
{
    char path[400];
    struct stat status;
    snprintf(path, sizeof(path), "%s/briefings.sqlite", folder);
    ck_assert_int_eq(stat(path, &status), 0);
    long pages = status.st_size / 4096;
    long first = (long)(harm->from * (double)pages);
    long last = (long)(harm->until * (double)pages);
    damage(first * 4096, (size_t)(last - first + 1) * 4096);
}

START_TEST(a_register_that_is_damaged_is_mended_when_it_is_opened)
{
    struct briefing_record records[HARMED_COUNT];
    keep_many(records);
    briefing_archive_close(archive);
    do_harm(&harms[_i]);
    archive = open_archive();
    ck_assert(has_one_set_aside());
    ck_assert_uint_ge(count_whole(records), harms[_i].least_whole);
    struct briefing_record another = make_record(9000);
    keep(&another, another.id);
    ck_assert(briefing_archive_lead(archive));
    briefing_archive_close(archive);
    archive = open_archive(); /* and it is whole now */
    bool is_whole;
    ck_assert(is_there(&another, &is_whole) && is_whole);
    ck_assert(has_one_set_aside());
    briefing_record_finish(&another);
    finish_many(records);
}
END_TEST

/** A full disk, say: here a folder stands where the new one would be written. */
START_TEST(a_register_that_cannot_be_mended_now_is_mended_later)
{
    struct briefing_record records[HARMED_COUNT];
    struct fault fault = {0};
    char in_the_way[400];
    snprintf(in_the_way, sizeof(in_the_way), "%s/briefings.sqlite.mended", folder);
    keep_many(records);
    briefing_archive_close(archive);
    do_harm(&harms[1]);
    ck_assert_int_eq(mkdir(in_the_way, 0700), 0);
    ck_assert_ptr_null(briefing_archive_open(folder, &fault));
    ck_assert_int_eq(fault.code, FAULT_UNAVAILABLE);
    ck_assert(!has_one_set_aside());
    ck_assert_int_eq(rmdir(in_the_way), 0);
    archive = open_archive();
    ck_assert(has_one_set_aside());
    ck_assert_uint_ge(count_whole(records), harms[1].least_whole);
    finish_many(records);
}
END_TEST

/** While it is in use by two: one of them finds the damage, both go on. */
START_TEST(a_register_that_is_damaged_while_it_is_used_is_mended_and_work_goes_on)
{
    struct briefing_record records[HARMED_COUNT];
    struct fault fault = {0};
    bool is_whole;
    keep_many(records);
    briefing_archive_close(archive);
    archive = open_archive();
    struct briefing_archive *other = open_archive();
    do_harm(&harms[_i]);
    struct briefing_record another = make_record(9000);
    for (int i = 0; i < HARMED_COUNT; i++) {
        ck_assert_msg(is_there(&records[i], &is_whole), "%d", i);
    }
    ck_assert_msg(briefing_archive_keep(other, &another, another.id, strlen(another.id), &fault), "%s",
                  fault.message);
    ck_assert(is_there(&another, &is_whole) && is_whole);
    ck_assert_uint_ge(count_whole(records), harms[_i].least_whole);
    ck_assert(has_one_set_aside() == harms[_i].shows_in_use);
    briefing_archive_close(other);
    briefing_record_finish(&another);
    finish_many(records);
}
END_TEST

struct listed {
    char last[BRIEFING_ID_BYTES];
    size_t count;
};

/** Newest first, and each once. */
static bool count_older(const struct briefing_record *record, void *context)
{
    struct listed *listed = context;
    char *last = listed->last;
    ck_assert(last[0] == '\0' || strcmp(record->id, last) < 0);
    ck_assert(briefing_record_is_sound(record));
    ck_assert_int_eq(record->size_bytes, BRIEFING_ID_LENGTH);
    snprintf(last, BRIEFING_ID_BYTES, "%s", record->id);
    listed->count++;
    return true;
}

static size_t count_listed(int limit)
{
    struct listed listed = {.last = ""};
    struct briefing_filter filter;
    struct fault fault = {0};
    briefing_filter_init(&filter, 9000);
    filter.limit = limit;
    ck_assert_msg(briefing_archive_list(archive, &filter, count_older, &listed, &fault), "%s", fault.message);
    return listed.count;
}

START_TEST(a_list_goes_on_where_the_register_is_damaged)
{
    struct briefing_record records[HARMED_COUNT];
    keep_many(records);
    briefing_archive_close(archive);
    archive = open_archive();
    do_harm(&harms[_i]);
    ck_assert_uint_eq(count_listed(INT_MAX), HARMED_COUNT);
    finish_many(records);
}
END_TEST

/** SQLite sees nothing wrong with it. */
static void spoil_rows(const char *sql)
{
    char command[700];
    snprintf(command, sizeof(command), "sqlite3 %s/briefings.sqlite \"%s\"", folder, sql);
    ck_assert_int_eq(system(command), 0);
}

START_TEST(rows_that_end_in_rubbish_are_listed_by_their_documents)
{
    static const char *const spoilings[] = {"UPDATE briefings SET sha256 = 'xxxx' WHERE rowid % 3 = 0",
                                            "UPDATE briefings SET page_count = -77 WHERE rowid % 7 = 0",
                                            "UPDATE briefings SET id = 'x' || rowid WHERE rowid % 5 = 0"};
    struct briefing_record records[HARMED_COUNT];
    keep_many(records);
    spoil_rows(spoilings[_i]);
    ck_assert_uint_eq(count_listed(HARMED_COUNT - 10), HARMED_COUNT - 10);
    ck_assert(has_one_set_aside());
    finish_many(records);
}
END_TEST

/** Of a picture too. */
START_TEST(what_a_document_says_of_itself_is_known_when_its_row_is_gone)
{
    static const char packet[] = "<?xpacket begin=''?><plottafel:activity>OEF-1</plottafel:activity>"
                                 "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">Haven &amp; dorp</rdf:li>"
                                 "</rdf:Alt></dc:title><?xpacket end='r'?>";
    struct briefing_record found;
    struct briefing_record record = make_record(5000);
    size_t length = strlen("<svg>\n</svg>\n");
    char *svg = picture_packet_put(memory_copy_text("<svg>\n</svg>\n"), &length, packet, strlen(packet));
    char *text = memory_copy_bytes(svg, length);
    briefing_record_set(&record.file_name, "situation.svg");
    keep(&record, text);
    ck_assert_str_eq(record.activity, "OEF-1");
    briefing_archive_close(archive);
    damage(0, 8192);
    archive = open_archive();
    ck_assert(briefing_archive_find(archive, record.id, &found, NULL));
    ck_assert_str_eq(found.map, "");
    ck_assert_str_eq(found.activity, "OEF-1");
    ck_assert_str_eq(found.title, "Haven & dorp");
    briefing_record_finish(&found);
    briefing_record_finish(&record);
    free(svg);
    free(text);
}
END_TEST

START_TEST(a_whole_register_is_not_set_aside)
{
    struct briefing_record record = make_record(5000);
    keep(&record, record.id);
    briefing_archive_close(archive);
    archive = open_archive();
    ck_assert(!has_one_set_aside());
    briefing_record_finish(&record);
}
END_TEST

START_TEST(documents_that_were_read_before_are_read_again_only_when_they_changed)
{
    struct fault fault;
    char path[500];
    struct briefing_record records[3];
    for (int i = 0; i < 3; i++) {
        records[i] = make_record(1000 + i);
        keep(&records[i], records[i].id);
    }
    struct briefing_documents *documents = briefing_documents_read(folder);
    ck_assert_uint_eq(briefing_documents_count(documents), 3);
    ck_assert_uint_eq(briefing_documents_renew(documents), 0);
    document_path(&records[0], path);
    ck_assert(file_write(path, "another", 7, &fault));
    document_path(&records[1], path);
    unlink(path);
    struct briefing_record late = make_record(5000);
    keep(&late, late.id);
    ck_assert_uint_eq(briefing_documents_renew(documents), 2);
    ck_assert_uint_eq(briefing_documents_count(documents), 3);
    char digits[BRIEFING_HASH_BYTES];
    briefing_archive_hash("another", 7, digits);
    ck_assert_str_eq(briefing_documents_at(documents, 0)->sha256, digits);
    ck_assert_str_eq(briefing_documents_at(documents, 1)->id, records[2].id);
    ck_assert_str_eq(briefing_documents_at(documents, 2)->sha256, late.sha256);
    ck_assert_ptr_null(briefing_documents_find(documents, "lock"));
    briefing_documents_free(documents);
    briefing_record_finish(&late);
    for (int i = 0; i < 3; i++) {
        briefing_record_finish(&records[i]);
    }
}
END_TEST

static bool count_any(const struct briefing_record *record, void *context)
{
    *(size_t *)context += record->is_kept;
    return true;
}

static size_t count_listed_of_any_size(void)
{
    size_t count = 0;
    struct briefing_filter filter;
    struct fault fault = {0};
    briefing_filter_init(&filter, 9000);
    ck_assert_msg(briefing_archive_list(archive, &filter, count_any, &count, &fault), "%s", fault.message);
    return count;
}

#define LARGE_COUNT 24
#define LARGE_BYTES (8 << 20) /* of holes, which take no room on the disk */

/** Documents that take long to be hashed, which no row speaks of. */
static void add_large_documents(void)
{
    for (int i = 0; i < LARGE_COUNT; i++) {
        struct briefing_record record = make_record(2000 + i);
        char path[500];
        document_path(&record, path);
        FILE *file = fopen(path, "w");
        ck_assert_ptr_nonnull(file);
        ck_assert_int_eq(ftruncate(fileno(file), LARGE_BYTES), 0);
        fclose(file);
        briefing_record_finish(&record);
    }
}

/** Asks for the lock of all processes every ms until told to end; the longest that it was held, ms. */
struct asking {
    atomic_bool must_end;
    int64_t longest_ms;
};

static void *ask_for_lock(void *context)
{
    struct asking *asking = context;
    char path[400];
    snprintf(path, sizeof(path), "%s/lock", folder);
    int file = open(path, O_RDWR);
    int64_t free_ms = monotonic_now_ms();
    while (!asking->must_end) {
        int64_t now_ms = monotonic_now_ms();
        if (flock(file, LOCK_EX | LOCK_NB) == 0) {
            flock(file, LOCK_UN);
            free_ms = now_ms;
        }
        asking->longest_ms = now_ms - free_ms > asking->longest_ms ? now_ms - free_ms : asking->longest_ms;
        usleep(1000);
    }
    close(file);
    return NULL;
}

START_TEST(others_have_the_lock_while_the_documents_of_a_damaged_register_are_hashed)
{
    struct asking asking = {.longest_ms = 0};
    pthread_t thread;
    struct briefing_record record = make_record(1000);
    keep(&record, record.id);
    briefing_archive_close(archive);
    add_large_documents();
    damage(0, 8192);
    ck_assert_int_eq(pthread_create(&thread, NULL, ask_for_lock, &asking), 0);
    int64_t begun_ms = monotonic_now_ms();
    archive = open_archive();
    int64_t took_ms = monotonic_now_ms() - begun_ms;
    asking.must_end = true;
    pthread_join(thread, NULL);
    ck_assert_uint_eq(count_listed_of_any_size(), LARGE_COUNT + 1);
    ck_assert_msg(asking.longest_ms < took_ms / 2, "held for %lld of %lld ms", (long long)asking.longest_ms,
                  (long long)took_ms);
    briefing_record_finish(&record);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("briefing_archive");
    TCase *tests = tcase_create("briefing_archive");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, start, stop);
    tcase_add_test(tests, a_damaged_document_is_never_handed_out);
    tcase_add_loop_test(tests, what_was_acknowledged_survives_kill_9, 0, 8);
    tcase_add_loop_test(tests, a_register_that_is_damaged_is_mended_when_it_is_opened, 0, 4);
    tcase_add_test(tests, a_register_that_cannot_be_mended_now_is_mended_later);
    tcase_add_loop_test(tests, a_register_that_is_damaged_while_it_is_used_is_mended_and_work_goes_on, 0, 4);
    tcase_add_loop_test(tests, a_list_goes_on_where_the_register_is_damaged, 1, 4);
    tcase_add_loop_test(tests, rows_that_end_in_rubbish_are_listed_by_their_documents, 0, 3);
    tcase_add_test(tests, what_a_document_says_of_itself_is_known_when_its_row_is_gone);
    tcase_add_test(tests, a_whole_register_is_not_set_aside);
    tcase_add_test(tests, documents_that_were_read_before_are_read_again_only_when_they_changed);
    tcase_add_test(tests, others_have_the_lock_while_the_documents_of_a_damaged_register_are_hashed);
    suite_add_tcase(suite, tests);
    return suite;
}
