/*
 * archive_fixture.h - for tests: an archive of briefings in a folder of its own.
 */
#ifndef PLOTTAFEL_TESTS_SERVICE_ARCHIVE_FIXTURE_H
#define PLOTTAFEL_TESTS_SERVICE_ARCHIVE_FIXTURE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "geo/base/fault.h"
#include "render/service/briefing/briefing_archive.h"
#include "render/service/worker/order.h"
#include "tests/support/runner.h"

static char folder[300];

static struct briefing_archive *archive;

static inline struct briefing_archive *open_archive(void)
{
    struct fault fault = {0};
    struct briefing_archive *opened = briefing_archive_open(folder, &fault);
    ck_assert_msg(opened != NULL, "%s", fault.message);
    return opened;
}

static inline void start(void)
{
    static int number;
    snprintf(folder, sizeof(folder), "%s/archive-%d-%d/briefings", test_folder(), (int)getpid(), number++);
    archive = open_archive();
}

static inline void stop(void)
{
    briefing_archive_close(archive);
}

/** A successful one that is created at a moment; its id is of that moment too. */
static inline struct briefing_record make_record(int64_t created_ms)
{
    struct order order;
    struct fault fault;
    struct briefing_record record;
    order_init(&order, ORDER_BRIEFING);
    snprintf(order.view.map, sizeof(order.view.map), "situation");
    snprintf(order.briefing.crs_code, sizeof(order.briefing.crs_code), "EPSG:28992");
    snprintf(order.briefing.organisation, sizeof(order.briefing.organisation), "Brandweer");
    order.briefing.centre = (struct point){101000, 411500};
    order.briefing.scale_denominator = 25000;
    ck_assert(briefing_id_make(created_ms, order.briefing.id, &fault));
    briefing_record_init(&record, &order, created_ms);
    record.status = BRIEFING_SUCCESSFUL;
    briefing_record_set(&record.file_name, "situation.pdf");
    return record;
}

static inline void keep(struct briefing_record *record, const char *bytes)
{
    struct fault fault = {0};
    ck_assert_msg(briefing_archive_keep(archive, record, bytes, strlen(bytes), &fault), "%s", fault.message);
    ck_assert(record->is_kept);
}

static inline void document_path(const struct briefing_record *record, char path[static 500])
{
    snprintf(path, 500, "%s/%s.pdf", folder, record->id);
}

#endif
