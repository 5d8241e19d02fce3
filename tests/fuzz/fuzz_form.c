/* A file that somebody wants to have checked: a line with the Content-Type, then the body. */
#include "tests/fuzz/fuzz.h"

#include "render/pdf/pdf_facts.h"
#include "render/pdf/pdf_seal.h"
#include "render/service/http/request.h"
#include "render/service/protocol/verify_wish.h"

static void check(const char *file, size_t length)
{
    char reason[PDF_SEAL_REASON_BYTES];
    struct pdf_seal_finding finding = pdf_seal_check(file, length, NULL);
    pdf_seal_reason(&finding, reason);
    assert(finding.verdict != PDF_SEAL_AUTHENTIC);
    struct pdf_facts facts;
    pdf_facts_read(file, length, &facts);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct request request;
    struct fault fault;
    char *type = fuzz_cut(&data, &size, '\n');
    char *body = fuzz_text(data, size);
    size_t length;
    request.headers[HEADER_CONTENT_TYPE] = type;
    request.body = body;
    request.body_length = size;
    const char *file = verify_wish_file(&request, &length, &fault);
    if (file) {
        assert(file >= body && length <= size - (size_t)(file - body));
        char *alone = memory_copy_bytes(file, length);
        check(alone, length);
        free(alone);
    }
    free(body);
    free(type);
    return 0;
}
