/*
 * The archive: what goes in comes out, by several processes at once, after kill -9, and within its limits.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "geo/base/moment.h"
#include "render/service/briefing/briefing_archive.h"
#include "render/service/briefing/briefing_parts.h"
#include "render/service/worker/order.h"
#include "tests/service/archive_fixture.h"
#include "tests/support/runner.h"

START_TEST(ids_sort_by_time_and_are_never_the_same)
{
    char ids[3][BRIEFING_ID_BYTES];
    struct fault fault;
    ck_assert(briefing_id_make(1000, ids[0], &fault) && briefing_id_make(1001, ids[1], &fault) &&
              briefing_id_make(1001, ids[2], &fault));
    ck_assert_int_lt(strcmp(ids[0], ids[1]), 0);
    ck_assert_str_ne(ids[1], ids[2]);
    ck_assert(briefing_id_is_one(ids[0]));
    ck_assert(!briefing_id_is_one("01M80XS460T2ZB58TAYDV7RBJ") && !briefing_id_is_one("") &&
              !briefing_id_is_one("../../../../etc/passwd.pdf"));
}
END_TEST

START_TEST(what_goes_in_comes_out)
{
    struct fault fault;
    struct briefing_record record = make_record(5000);
    struct briefing_record found;
    size_t length;
    briefing_record_set(&record.notes, "[{\"kind\":\"a\"}]");
    briefing_record_set(&record.title, "Regel 1\nRegel \"2\"; é");
    record.moment_ms = -7;
    keep(&record, "document");
    ck_assert_uint_eq(strlen(record.sha256), 64);
    ck_assert(briefing_archive_find(archive, record.id, &found, &fault));
    ck_assert_str_eq(found.order, record.order);
    ck_assert_str_eq(found.notes, record.notes);
    ck_assert_str_eq(found.title, record.title);
    ck_assert_int_eq(found.moment_ms, -7);
    ck_assert_int_eq(found.started_ms, MOMENT_NONE);
    char *bytes = briefing_archive_read(archive, &found, &length, &fault);
    ck_assert_ptr_nonnull(bytes);
    ck_assert_str_eq(bytes, "document");
    free(bytes);
    briefing_record_finish(&found);
    ck_assert(briefing_archive_by_hash(archive, record.sha256, &found, &fault));
    ck_assert_str_eq(found.id, record.id);
    briefing_record_finish(&found);
    ck_assert(!briefing_archive_find(archive, "01M80XS460T2ZB58TAYDV7RBJS", &found, &fault));
    ck_assert_int_eq(fault.code, FAULT_NOT_FOUND);
    briefing_record_finish(&record);
}
END_TEST

START_TEST(hashes_are_sha_256)
{
    char digits[BRIEFING_HASH_BYTES];
    briefing_archive_hash("abc", 3, digits);
    ck_assert_str_eq(digits, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    briefing_archive_hash("", 0, digits);
    ck_assert_str_eq(digits, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}
END_TEST

START_TEST(the_one_before_is_of_the_same_map_template_and_frame)
{
    struct fault fault;
    struct briefing_record found;
    struct briefing_record first = make_record(1000);
    struct briefing_record other = make_record(2000);
    struct briefing_record failed = make_record(3000);
    struct briefing_record last = make_record(4000);
    briefing_record_set(&other.frame, "elsewhere");
    failed.status = BRIEFING_FAILED;
    keep(&first, "1");
    keep(&other, "2");
    ck_assert(briefing_archive_put(archive, &failed, &fault));
    briefing_archive_find_predecessor(archive, &last);
    ck_assert_str_eq(last.predecessor, first.id);
    keep(&last, "3");
    struct briefing_series series = {"situation", "", first.frame};
    ck_assert(briefing_archive_previous(archive, &series, "", &found, &fault));
    ck_assert_str_eq(found.id, last.id);
    briefing_record_finish(&found);
    ck_assert(!briefing_archive_previous(archive, &series, first.id, &found, &fault));
    briefing_record_finish(&first);
    briefing_record_finish(&other);
    briefing_record_finish(&failed);
    briefing_record_finish(&last);
}
END_TEST

START_TEST(the_oldest_documents_go_first_and_their_records_stay)
{
    struct fault fault = {0};
    struct briefing_record records[4];
    struct briefing_record found;
    char path[500];
    for (int i = 0; i < 4; i++) {
        records[i] = make_record(1000 * (i + 1));
        keep(&records[i], "0123456789");
    }
    struct briefing_limits limits = {.document_bytes = 25};
    ck_assert_msg(briefing_archive_tidy(archive, &limits, 10000, &fault), "%s", fault.message);
    for (int i = 0; i < 4; i++) {
        document_path(&records[i], path);
        ck_assert_int_eq(file_exists(path), i >= 2);
        ck_assert(briefing_archive_find(archive, records[i].id, &found, &fault));
        ck_assert_int_eq(found.is_kept, i >= 2);
        briefing_record_finish(&found);
    }
    limits.document_bytes = 0; /* the newest stays however large it is */
    ck_assert(briefing_archive_tidy(archive, &limits, 10000, &fault));
    document_path(&records[3], path);
    ck_assert(file_exists(path));
    limits = (struct briefing_limits){.document_bytes = 1000, .age_ms = 7000};
    ck_assert(briefing_archive_tidy(archive, &limits, 10500, &fault));
    ck_assert(!briefing_archive_find(archive, records[2].id, &found, &fault));
    ck_assert(briefing_archive_find(archive, records[3].id, &found, &fault));
    briefing_record_finish(&found);
    for (int i = 0; i < 4; i++) {
        briefing_record_finish(&records[i]);
    }
}
END_TEST

START_TEST(what_was_being_made_when_the_service_ended_has_failed)
{
    struct fault fault;
    struct briefing_record running = make_record(1000);
    struct briefing_record found;
    running.status = BRIEFING_RUNNING;
    running.is_of_service = true;
    ck_assert(briefing_archive_put(archive, &running, &fault));
    ck_assert(briefing_archive_end_interrupted(archive, 9000, &fault));
    ck_assert(briefing_archive_find(archive, running.id, &found, &fault));
    ck_assert_int_eq(found.status, BRIEFING_FAILED);
    ck_assert_int_eq(found.finished_ms, 9000);
    ck_assert_int_eq(found.code, FAULT_UNAVAILABLE);
    briefing_record_finish(&found);
    briefing_record_finish(&running);
}
END_TEST

struct gathered {
    char ids[50][BRIEFING_ID_BYTES];
    int count;
};

static bool gather(const struct briefing_record *record, void *context)
{
    struct gathered *gathered = context;
    snprintf(gathered->ids[gathered->count++], BRIEFING_ID_BYTES, "%s", record->id);
    return gathered->count < 50;
}

static int count_listed(const struct briefing_filter *filter, struct gathered *gathered)
{
    struct fault fault = {0};
    gathered->count = 0;
    ck_assert_msg(briefing_archive_list(archive, filter, gather, gathered, &fault), "%s", fault.message);
    return gathered->count;
}

START_TEST(lists_are_newest_first_and_filtered)
{
    struct gathered gathered;
    struct briefing_filter filter;
    struct fault fault;
    for (int i = 0; i < 10; i++) {
        struct briefing_record record = make_record(1000 * (i + 1));
        record.status = i % 2 ? BRIEFING_FAILED : BRIEFING_SUCCESSFUL;
        record.started_ms = 1000 * (i + 1);
        record.finished_ms = record.started_ms + 100 * i;
        briefing_record_set(&record.organisation, i < 3 ? "Politie" : "Brandweer");
        briefing_record_set(&record.map, i == 7 ? "flood" : "situation");
        ck_assert(briefing_archive_put(archive, &record, &fault));
        briefing_record_finish(&record);
    }
    briefing_filter_init(&filter, 20000);
    ck_assert_int_eq(count_listed(&filter, &gathered), 10);
    for (int i = 1; i < 10; i++) {
        ck_assert_int_gt(strcmp(gathered.ids[i - 1], gathered.ids[i]), 0);
    }
    filter.limit = 4;
    ck_assert_int_eq(count_listed(&filter, &gathered), 4);
    filter.before = gathered.ids[3];
    struct gathered rest;
    filter.limit = 100;
    ck_assert_int_eq(count_listed(&filter, &rest), 6);
    briefing_filter_init(&filter, 20000);
    filter.statuses = 1u << BRIEFING_FAILED;
    ck_assert_int_eq(count_listed(&filter, &gathered), 5);
    filter.organisation = "Politie";
    ck_assert_int_eq(count_listed(&filter, &gathered), 1);
    briefing_filter_init(&filter, 20000);
    filter.map = "flood";
    ck_assert_int_eq(count_listed(&filter, &gathered), 1);
    briefing_filter_init(&filter, 20000);
    filter.created_from_ms = 3000;
    filter.created_until_ms = 5000;
    ck_assert_int_eq(count_listed(&filter, &gathered), 3);
    briefing_filter_init(&filter, 20000);
    filter.least_duration_ms = 750;
    ck_assert_int_eq(count_listed(&filter, &gathered), 2);
    filter.most_duration_ms = 850;
    ck_assert_int_eq(count_listed(&filter, &gathered), 1);
    filter.map = "x' OR 1=1 --";
    ck_assert_int_eq(count_listed(&filter, &gathered), 0);
}
END_TEST

#define WRITERS 4

#define EACH 25

/** A process of its own. */
static void write_many(void)
{
    struct fault fault = {0};
    archive = open_archive();
    for (int i = 0; i < EACH; i++) {
        struct briefing_record record = make_record(moment_now_ms());
        if (!briefing_archive_keep(archive, &record, "bytes", 5, &fault)) {
            fprintf(stderr, "%s\n", fault.message);
            _exit(1);
        }
        briefing_record_finish(&record);
    }
    briefing_archive_close(archive);
    _exit(0);
}

static bool count_one(const struct briefing_record *record, void *context)
{
    *(int *)context += record->is_kept;
    return true;
}

START_TEST(several_processes_write_at_once_and_nothing_is_lost)
{
    struct fault fault = {0};
    struct briefing_filter filter;
    int count = 0;
    pid_t pids[WRITERS];
    briefing_archive_close(archive); /* a connection must not cross a fork */
    for (int i = 0; i < WRITERS; i++) {
        pids[i] = fork();
        if (pids[i] == 0) {
            write_many();
        }
    }
    for (int i = 0; i < WRITERS; i++) {
        int status;
        ck_assert_int_eq(waitpid(pids[i], &status, 0), pids[i]);
        ck_assert_int_eq(status, 0);
    }
    archive = open_archive();
    briefing_filter_init(&filter, 0);
    ck_assert(briefing_archive_list(archive, &filter, count_one, &count, &fault));
    ck_assert_int_eq(count, WRITERS * EACH);
}
END_TEST

START_TEST(one_process_leads_until_it_ends)
{
    struct briefing_archive *other = open_archive();
    ck_assert(briefing_archive_lead(archive));
    ck_assert(briefing_archive_lead(archive));
    ck_assert(!briefing_archive_lead(other));
    briefing_archive_close(archive);
    archive = open_archive();
    ck_assert(briefing_archive_lead(other));
    briefing_archive_close(other);
}
END_TEST

START_TEST(the_last_one_due_is_not_after_now)
{
    struct briefing_record right = make_record(1000);
    struct briefing_record ahead = make_record(2000);
    struct briefing_record found;
    struct fault fault;
    briefing_record_set(&right.schedule, "hourly");
    briefing_record_set(&ahead.schedule, "hourly");
    right.due_ms = 1000;
    ahead.due_ms = 900000; /* the clock was wrong then */
    keep(&right, "1");
    keep(&ahead, "2");
    ck_assert(briefing_archive_last_due(archive, "hourly", 5000, &found, &fault));
    ck_assert_int_eq(found.due_ms, 1000);
    briefing_record_finish(&found);
    ck_assert(briefing_archive_last_due(archive, "hourly", 900000, &found, &fault));
    ck_assert_int_eq(found.due_ms, 900000);
    briefing_record_finish(&found);
    ck_assert(!briefing_archive_last_due(archive, "hourly", 999, &found, &fault));
    briefing_record_finish(&right);
    briefing_record_finish(&ahead);
}
END_TEST

START_TEST(a_folder_that_cannot_be_made_is_a_fault)
{
    struct fault fault = {0};
    ck_assert_ptr_null(briefing_archive_open("/proc/nowhere/briefings", &fault));
    ck_assert_int_eq(fault.code, FAULT_UNAVAILABLE);
    ck_assert_ptr_nonnull(strstr(fault.message, "/proc/nowhere/briefings"));
}
END_TEST

START_TEST(parts_that_differ_are_named)
{
    char *same = briefing_parts_difference("{\"program\":\"1\",\"layer land\":\"2\"}",
                                           "{\"layer land\":\"2\",\"program\":\"1\"}");
    char *other =
        briefing_parts_difference("{\"program\":\"1\",\"layer land\":\"2\",\"layer sea\":\"3\"}",
                                  "{\"program\":\"1\",\"layer land\":\"4\",\"symbols nl@2\":\"5\"}");
    char *broken = briefing_parts_difference("", "{\"program\":\"1\"}");
    ck_assert_str_eq(same, "");
    ck_assert_str_eq(other, "layer land, layer sea, symbols nl@2");
    ck_assert_str_eq(broken, "program");
    free(same);
    free(other);
    free(broken);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("briefing_archive");
    TCase *tests = tcase_create("briefing_archive");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, start, stop);
    tcase_add_test(tests, ids_sort_by_time_and_are_never_the_same);
    tcase_add_test(tests, what_goes_in_comes_out);
    tcase_add_test(tests, hashes_are_sha_256);
    tcase_add_test(tests, the_one_before_is_of_the_same_map_template_and_frame);
    tcase_add_test(tests, the_oldest_documents_go_first_and_their_records_stay);
    tcase_add_test(tests, what_was_being_made_when_the_service_ended_has_failed);
    tcase_add_test(tests, lists_are_newest_first_and_filtered);
    tcase_add_test(tests, several_processes_write_at_once_and_nothing_is_lost);
    tcase_add_test(tests, one_process_leads_until_it_ends);
    tcase_add_test(tests, the_last_one_due_is_not_after_now);
    tcase_add_test(tests, a_folder_that_cannot_be_made_is_a_fault);
    tcase_add_test(tests, parts_that_differ_are_named);
    suite_add_tcase(suite, tests);
    return suite;
}
