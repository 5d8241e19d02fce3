/* A file that somebody wants to have checked: a line with the Content-Type, then the body. What the file says
 * of itself stands on a page afterwards, and must be no part of that page's HTML. */
#include "tests/fuzz/fuzz.h"

#include "geo/base/buffer.h"
#include "render/pdf/pdf_facts.h"
#include "render/pdf/pdf_seal.h"
#include "render/service/http/request.h"
#include "render/service/protocol/verify_page.h"
#include "render/service/protocol/verify_wish.h"

#define HTML_MOST_BYTES (1u << 20)

/* How many elements the page has with these words as its rows. */
static size_t count_elements(const struct pdf_facts *facts, const char *instead)
{
    size_t count = 0;
    struct buffer html;
    struct verify_page page = {.language = LANGUAGE_EN, .has_answer = true, .headline = "", .sentence = ""};
    for (int fact = 0; fact < PDF_FACT_COUNT; fact++) {
        const char *text = facts->texts[fact];
        verify_page_add(&page, VERIFY_LABEL_ID, instead && *text ? instead : text);
    }
    buffer_init(&html, HTML_MOST_BYTES);
    verify_page_write(&page, &html);
    for (size_t i = 0; i < html.length; i++) {
        count += html.bytes[i] == '<';
    }
    buffer_finish(&html);
    return count;
}

static void check(const char *file, size_t length)
{
    char reason[PDF_SEAL_REASON_BYTES];
    struct pdf_seal_finding finding = pdf_seal_check(file, length, NULL);
    pdf_seal_reason(&finding, reason);
    assert(finding.verdict != PDF_SEAL_AUTHENTIC);
    struct pdf_facts facts;
    pdf_facts_read_picture(file, length, &facts);
    pdf_facts_read(file, length, &facts);
    assert(count_elements(&facts, NULL) == count_elements(&facts, "x"));
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
