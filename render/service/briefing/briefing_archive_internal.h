/*
 * briefing_archive_internal.h - the archive as its own files see it.
 */
#ifndef RENDER_SERVICE_BRIEFING_ARCHIVE_INTERNAL_H
#define RENDER_SERVICE_BRIEFING_ARCHIVE_INTERNAL_H

#include <pthread.h>

#include "render/service/briefing/briefing_archive.h"
#include "render/service/tile/sqlite_file.h"

struct briefing_documents;

struct briefing_archive {
    char *folder; /* owned */
    int lock_file;
    int lead_file;        /* locked by the one that leads; -1: not opened */
    pthread_mutex_t lock; /* of what follows */
    struct sqlite_file file;
    uint64_t register_inode; /* of the file that is open */
    unsigned mend_count;     /* how often it was begun anew while we had it open */
};

/** "FOLDER/name". Owned. */
char *briefing_archive_path(const struct briefing_archive *archive, const char *name);

/** Takes the lock of all processes; CONFLICT when another holds it for too long. */
bool briefing_archive_lock(const struct briefing_archive *archive, struct fault *fault);
void briefing_archive_unlock(const struct briefing_archive *archive);

/** Opens a transaction; until briefing_archive_end() no thread and no process writes besides. */
bool briefing_archive_begin(struct briefing_archive *archive, struct fault *fault);

/** Commits when all went well, else undoes. */
bool briefing_archive_end(struct briefing_archive *archive, bool is_good, struct fault *fault);

/* ---- the register (briefing_archive_register.c); under both locks unless said otherwise ---- */

/** Opens it, or makes it. One that is damaged is mended. */
bool briefing_archive_open_register(struct briefing_archive *archive, struct fault *fault);

/** Opens it again when another process has mended it. */
bool briefing_archive_renew(struct briefing_archive *archive, struct fault *fault);

/** The same without the lock of all processes. */
bool briefing_archive_renew_to_read(struct briefing_archive *archive, struct fault *fault);

/** Sets the register that is open aside and begins another, with what can be told of it. While the documents
 * are read and hashed others have the lock of all processes; where one of them has mended the register
 * meanwhile, that is opened. why is for the log. On fault it is closed, and where it was. */
bool briefing_archive_mend(struct briefing_archive *archive, const char *why, struct fault *fault);

/** Mends after a read that failed because of damage; without the lock of all processes. True: read once more.
 */
bool briefing_archive_mend_after(struct briefing_archive *archive, const struct fault *why);

/** Puts into the new register, which is open, what the damaged one, of that name, and the documents still
 * tell. These were read before the lock was taken; what came since is read now. False: the new one cannot be
 * written. */
bool briefing_archive_salvage(struct briefing_archive *archive, const char *damaged,
                              struct briefing_documents *documents, struct fault *fault);

/** What the file of a document is called: "ID.pdf". */
#define BRIEFING_DOCUMENT_NAME_BYTES 64
void briefing_archive_document_name(const struct briefing_record *record,
                                    char name[static BRIEFING_DOCUMENT_NAME_BYTES]);

/** Removes the document of a record. */
void briefing_archive_remove(struct briefing_archive *archive, const struct briefing_record *record);

#endif
