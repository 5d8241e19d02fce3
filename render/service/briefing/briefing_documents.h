/*
 * briefing_documents.h - the documents in the folder of an archive, and what they say of themselves.
 *
 * To read and hash all of them takes long. Who mends a register does that before it takes the lock of all
 * processes; under the lock only those are read that came or were changed meanwhile.
 */
#ifndef RENDER_SERVICE_BRIEFING_DOCUMENTS_H
#define RENDER_SERVICE_BRIEFING_DOCUMENTS_H

#include <stddef.h>

struct briefing_documents;
struct briefing_record;

/** Owned, briefing_documents_free(). @param folder copied */
struct briefing_documents *briefing_documents_read(const char *folder);
void briefing_documents_free(struct briefing_documents *documents);

/** Looks again. Returns how many had to be read, being new or others than before. */
size_t briefing_documents_renew(struct briefing_documents *documents);

size_t briefing_documents_count(const struct briefing_documents *documents);

/** A record that knows what its document says and no more; file_name is the name of the file. In order of
 * these names. Borrowed until the next renewal. */
const struct briefing_record *briefing_documents_at(const struct briefing_documents *documents, size_t index);

/** By the name of its file; NULL: there is none, or it cannot be read. */
const struct briefing_record *briefing_documents_find(const struct briefing_documents *documents,
                                                      const char *name);

#endif
