/*
 * answer_packing.h - answers whose bytes are packed by gzip: vector tiles. They are made and kept so, and
 * sent so to whoever accepts it, which all browsers do.
 */
#ifndef RENDER_SERVICE_ANSWER_PACKING_H
#define RENDER_SERVICE_ANSWER_PACKING_H

#include <stdbool.h>

struct answer;
struct request;

bool answer_is_packed(const struct answer *answer);

/** Does whoever asks take gzip (RFC 9110 12.5.3)? Without the header only what is plain is sure to be read.
 */
bool answer_may_be_packed_for(const struct request *request);

/** The same answer with plain bytes and an entity tag of its own. One reference; a problem when it is
 * damaged. */
struct answer *answer_unpacked(const struct answer *answer, const struct request *request);

#endif
