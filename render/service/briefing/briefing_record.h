/*
 * briefing_record.h - all that is known of one briefing: who asked for what, how far it is, what came of it,
 * and what it was made of. A row of the archive (briefing_archive.h), and a job of OGC API Processes.
 */
#ifndef RENDER_SERVICE_BRIEFING_RECORD_H
#define RENDER_SERVICE_BRIEFING_RECORD_H

#include <stdbool.h>
#include <stdint.h>

#include "geo/base/fault.h"
#include "render/briefing/briefing.h"
#include "render/service/briefing/briefing_id.h"

struct order;
struct order_result;

/** As OGC API Processes calls them. */
enum briefing_status {
    BRIEFING_ACCEPTED,
    BRIEFING_RUNNING,
    BRIEFING_SUCCESSFUL,
    BRIEFING_FAILED,
    BRIEFING_DISMISSED,
    BRIEFING_STATUS_COUNT
};

const char *briefing_status_name(enum briefing_status status);
bool briefing_status_parse(const char *name, enum briefing_status *status);
bool briefing_status_is_final(enum briefing_status status);

/** Texts are owned and never NULL; moments are MOMENT_NONE while there are none. */
struct briefing_record {
    char *id;
    enum briefing_status status;
    bool is_of_service;  /* made by the service; else by the command line */
    char *map;           /* its id */
    char *template_id;   /* "" : the program's "situation" */
    char *frame;         /* where on what paper; the same text for the same frame: briefing_record_frame() */
    char *title;         /* on its pages; until it is made as asked for, "": the map's */
    char *activity;      /* the same, of its plots */
    char *checksum;      /* the same, of what it shows: 16 digits in the footer */
    char *organisation;  /* that asked; "": not said */
    char *schedule;      /* that it was made for; "": somebody asked */
    int64_t due_ms;      /* when that schedule wanted it */
    int64_t created_ms;  /* asked for; "made at" on the page */
    int64_t started_ms;  /* a worker began */
    int64_t finished_ms; /* successful, failed or dismissed */
    int64_t updated_ms;
    int64_t moment_ms;      /* situation as of */
    char *revisions;        /* of the map's plots, "12,3" */
    enum fault_code code;   /* why it failed */
    char *message;          /* of a person to a person: why it failed, what it waits for */
    char *order;            /* order_write(): with it the same is made again */
    char *parts;            /* JSON: what it was made of besides the plots (briefing_parts.h) */
    char *notes;            /* JSON: what the page does not show although it should */
    char *notes_line;       /* the same in short, for a header */
    char *marking;          /* of the document */
    bool wants_list;        /* asked for with "response": "document": its results are a list with a link */
    int64_t notes_left_out; /* there were too many to keep */
    char *sha256;           /* of the document, 64 digits; "" while there is none */
    int64_t size_bytes;
    char *content_type;
    char *file_name;    /* "situation-20261008-1045.pdf"; .zip of several pages that are pictures */
    int64_t page_count; /* of the document; 0: unknown */
    int64_t percent;    /* how far it came: 100 when it is made, else when it failed or was dismissed */
    bool is_kept;       /* the document itself is in the archive too; else it is made again */
    char *predecessor;  /* id of the last one before it of the same map, template and frame; "" */
};

/** A record of what an order asks for at a moment: accepted. To be finished. */
void briefing_record_init(struct briefing_record *record, const struct order *order, int64_t now_ms);
void briefing_record_copy(struct briefing_record *copy, const struct briefing_record *record);
void briefing_record_finish(struct briefing_record *record);

/** Replaces an owned text. */
void briefing_record_set(char **text, const char *value);

/** Could all of it be? Where a register is damaged, a row that can be read may end in rubbish. */
bool briefing_record_is_sound(const struct briefing_record *record);

/** In what its pages are. */
enum briefing_format briefing_record_format(const struct briefing_record *record);

/** Where on what paper an order asks for. Owned. */
char *briefing_record_frame(const struct order *order);

/**
 * What came of it: status, message, moment, revisions, notes, type, name. The order is renewed with the
 * revisions and the moment that were drawn, so that made again it shows the same. The document is not looked
 * at: briefing_archive_keep().
 */
void briefing_record_take(struct briefing_record *record, const struct order *order,
                          const struct order_result *result, int64_t now_ms);

#endif
