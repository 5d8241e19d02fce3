#include "render/service/briefing/briefing_seal.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/base/hash.h"
#include "render/pdf/pdf_seal.h"
#include "render/service/config.h"
#include "render/service/worker/order.h"

bool briefing_seal_document(const struct config *config, char *bytes, size_t length, struct fault *fault)
{
    if (!memmem(bytes, length, PDF_SEAL_BEGIN, strlen(PDF_SEAL_BEGIN))) {
        return true;
    }
    struct seal_key *key = seal_key_open(config->briefing_key, fault);
    bool is_sealed = key && pdf_seal(bytes, length, key, fault);
    seal_key_free(key);
    return is_sealed;
}

struct order_result *briefing_seal_result(const struct config *config, struct order_result *result)
{
    struct fault fault;
    if (result->fault.code != FAULT_NONE) {
        return result;
    }
    if (!briefing_seal_document(config, result->bytes, result->length, &fault)) {
        order_result_unref(result);
        return order_result_of_fault(&fault);
    }
    snprintf(result->etag, sizeof result->etag, "%016" PRIx64,
             hash_bytes(HASH_START, result->bytes, result->length));
    return result;
}
