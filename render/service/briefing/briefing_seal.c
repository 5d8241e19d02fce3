#include "render/service/briefing/briefing_seal.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/base/hash.h"
#include "render/pdf/pdf_seal.h"
#include "render/service/config.h"
#include "render/service/worker/order.h"

struct seal_key *briefing_seal_open(const struct config *config, struct fault *fault)
{
    return seal_key_open(config->briefing_key, fault);
}

bool briefing_seal(const struct seal_key *key, struct order_result *result, struct fault *fault)
{
    bool has_room = result->bytes &&
                    memmem(result->bytes, result->length, PDF_SEAL_BEGIN, strlen(PDF_SEAL_BEGIN)) != NULL;
    if (!has_room) {
        return true;
    }
    if (!pdf_seal(result->bytes, result->length, key, fault)) {
        return false;
    }
    snprintf(result->etag, sizeof result->etag, "%016" PRIx64,
             hash_bytes(HASH_START, result->bytes, result->length));
    return true;
}
