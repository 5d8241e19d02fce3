/*
 * briefing_archive.h - every briefing that was made, with all that made it.
 *
 * A folder with a register (SQLite, WAL) and the documents. The register says of each briefing what was asked
 * for, of which revisions, and the SHA-256 of what came of it; so it is known for as long as the archive
 * remembers it, also after its document has gone to make room, and can be made again byte for byte.
 * The service and any number of commands use it at the same time; what was written survives kill -9. Safe
 * from many threads; waits for the disk, so it is nothing for the threads that serve sockets.
 */
#ifndef RENDER_SERVICE_BRIEFING_ARCHIVE_H
#define RENDER_SERVICE_BRIEFING_ARCHIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "render/service/briefing/briefing_record.h"

struct briefing_archive;
struct fault;

/**
 * Makes folder and register when there are none. Owned, briefing_archive_close().
 *
 * A register that is damaged, now or later, is set aside in the folder (briefings.sqlite.damaged-TIME) and
 * another begun, with all rows that can still be read and the documents that are left: told in the log. Where
 * a document is all that is known of a briefing it can be handed out and checked, and not made again.
 */
struct briefing_archive *briefing_archive_open(const char *folder, struct fault *fault);
void briefing_archive_close(struct briefing_archive *archive);

/** Adds a record, or replaces the one of its id. When it returns true it is on disk. */
bool briefing_archive_put(struct briefing_archive *archive, const struct briefing_record *record,
                          struct fault *fault);

/**
 * Keeps a document and then its record, whose sha256, size_bytes, is_kept, and what it says of itself are
 * filled in. Without room for the document the record is still put, and says so.
 */
bool briefing_archive_keep(struct briefing_archive *archive, struct briefing_record *record,
                           const char *bytes, size_t length, struct fault *fault);

/** The document of a record, owned by the caller. NULL: NOT_FOUND when it is no longer kept, or damaged. */
char *briefing_archive_read(struct briefing_archive *archive, const struct briefing_record *record,
                            size_t *length, struct fault *fault);

/** Removes the document; the record stays. */
bool briefing_archive_drop(struct briefing_archive *archive, struct briefing_record *record,
                           struct fault *fault);

/** The record of an id, of a document, or the last successful one before it of a frame. NOT_FOUND. To be
 * finished by the caller. */
bool briefing_archive_find(struct briefing_archive *archive, const char *id, struct briefing_record *record,
                           struct fault *fault);
bool briefing_archive_by_hash(struct briefing_archive *archive, const char *sha256,
                              struct briefing_record *record, struct fault *fault);

/** The last one that was made of the same map with the same template and frame. before: an id; "": of all. */
struct briefing_series {
    const char *map;
    const char *template_id;
    const char *frame; /* briefing_record_frame() */
};
bool briefing_archive_previous(struct briefing_archive *archive, const struct briefing_series *series,
                               const char *before, struct briefing_record *record, struct fault *fault);

/** Says in a record which one that is; nothing when there is none. */
void briefing_archive_find_predecessor(struct briefing_archive *archive, struct briefing_record *record);

/** The last one of the same map, template and frame: newer_id is "" when none was made later. False: nobody
 * knows, since the record is known by its document only. */
bool briefing_archive_find_newer(struct briefing_archive *archive, const struct briefing_record *record,
                                 char newer_id[static BRIEFING_ID_BYTES]);

/** The one that was made last for a schedule, whatever came of it, and was due by then: a clock that was
 * wrong may have left later ones. NOT_FOUND. */
bool briefing_archive_last_due(struct briefing_archive *archive, const char *schedule, int64_t until_ms,
                               struct briefing_record *record, struct fault *fault);

/** Which ones are listed. briefing_filter_init() takes all. */
struct briefing_filter {
    const char *map;          /* NULL: any */
    const char *organisation; /* NULL: any */
    const char *schedule;     /* NULL: any */
    const char *before;       /* an id: older ones; NULL: from the newest on */
    unsigned statuses;        /* a set of 1 << status */
    int64_t created_from_ms;
    int64_t created_until_ms;
    int64_t least_duration_ms; /* from start to end, or to now_ms */
    int64_t most_duration_ms;
    int64_t now_ms;
    int limit;
};
void briefing_filter_init(struct briefing_filter *filter, int64_t now_ms);

/** Calls visit for each, the newest first, until it returns false. The record is borrowed. */
bool briefing_archive_list(struct briefing_archive *archive, const struct briefing_filter *filter,
                           bool (*visit)(const struct briefing_record *record, void *context), void *context,
                           struct fault *fault);

/** What the archive may hold. */
struct briefing_limits {
    int64_t document_bytes; /* the oldest documents go first; the newest stays however large it is */
    int64_t age_ms;         /* older briefings are forgotten altogether; 0: none is */
};
bool briefing_archive_tidy(struct briefing_archive *archive, const struct briefing_limits *limits,
                           int64_t now_ms, struct fault *fault);

/** May this process act for all that use the archive (schedules, what was interrupted)? One may, until it
 * ends.
 */
bool briefing_archive_lead(struct briefing_archive *archive);

/** What the service was making when it ended is failed now. Called by the service when it starts. */
bool briefing_archive_end_interrupted(struct briefing_archive *archive, int64_t now_ms, struct fault *fault);

/** SHA-256 as 64 digits. */
#define BRIEFING_HASH_BYTES 65
void briefing_archive_hash(const char *bytes, size_t length, char digits[static BRIEFING_HASH_BYTES]);

#endif
