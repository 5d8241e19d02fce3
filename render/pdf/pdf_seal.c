/*
 * pdf_seal.c - the field is found by its words, so it does not matter where in a file it stands.
 *
 * What is signed is "plottafel seal 1" and the SHA-256 of: all before the field's digits, as many zeros, all
 * behind them. Two fields, or a field that is cut, count as altered: no file of ours has them.
 */
#include "render/pdf/pdf_seal.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "geo/base/fault.h"

#define PUBLIC_DIGITS (2 * SEAL_KEY_PUBLIC_BYTES)
#define TAIL_BYTES 1024 /* in which the end of a PDF must stand */

static const char purpose[] = "plottafel seal 1";

/* What is signed. */
struct statement {
    char purpose[sizeof purpose]; /* a signature for this never passes for one of anything else */
    unsigned char digest[SEAL_KEY_DIGEST_BYTES];
};

/* How many fields there are; digits of the first that is whole. */
static size_t find_fields(const char *bytes, size_t length, const char **digits)
{
    const char *end = bytes + length;
    size_t count = 0;
    *digits = NULL;
    for (const char *at = bytes;
         at < end && (at = memmem(at, (size_t)(end - at), PDF_SEAL_BEGIN, strlen(PDF_SEAL_BEGIN)));) {
        at += strlen(PDF_SEAL_BEGIN);
        bool is_whole = (size_t)(end - at) >= PDF_SEAL_DIGITS + strlen(PDF_SEAL_END) &&
                        memcmp(at + PDF_SEAL_DIGITS, PDF_SEAL_END, strlen(PDF_SEAL_END)) == 0;
        *digits = !*digits && is_whole ? at : *digits;
        count++;
    }
    return count;
}

static bool is_zeros(const char *digits)
{
    return strspn(digits, "0") >= PDF_SEAL_DIGITS;
}

static bool state(const char *bytes, size_t length, const char *digits, struct statement *statement)
{
    char zeros[PDF_SEAL_DIGITS];
    memset(zeros, '0', sizeof zeros);
    memcpy(statement->purpose, purpose, sizeof purpose);
    const char *behind = digits + PDF_SEAL_DIGITS;
    struct seal_key_run runs[] = {{bytes, (size_t)(digits - bytes)},
                                  {zeros, sizeof zeros},
                                  {behind, (size_t)(bytes + length - behind)}};
    return seal_key_digest(runs, 3, statement->digest);
}

static void write_digits(char *digits, const unsigned char *bytes, size_t count)
{
    static const char alphabet[] = "0123456789abcdef";
    for (size_t i = 0; i < count; i++) {
        digits[2 * i] = alphabet[bytes[i] >> 4];
        digits[2 * i + 1] = alphabet[bytes[i] & 15];
    }
}

/* Lower case only: there is one way to write a seal. */
static int digit_value(char digit)
{
    return digit >= '0' && digit <= '9' ? digit - '0' : digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

static bool read_digits(const char *digits, unsigned char *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        int high = digit_value(digits[2 * i]);
        int low = digit_value(digits[2 * i + 1]);
        if (high < 0 || low < 0) {
            return false;
        }
        bytes[i] = (unsigned char)(high << 4 | low);
    }
    return true;
}

bool pdf_seal(char *bytes, size_t length, const struct seal_key *key, struct fault *fault)
{
    const char *found;
    struct statement statement;
    unsigned char public[SEAL_KEY_PUBLIC_BYTES];
    unsigned char signature[SEAL_KEY_SIGNATURE_BYTES];
    size_t count = find_fields(bytes, length, &found);
    if (count != 1 || !found || !is_zeros(found)) {
        fault_set(fault, FAULT_INPUT, "the document cannot be sealed: it has %s",
                  count == 0  ? "no field for a seal"
                  : count > 1 ? "more than one field for a seal"
                  : found     ? "a seal already"
                              : "a field for a seal that is cut off");
        return false;
    }
    if (!state(bytes, length, found, &statement) ||
        !seal_key_sign(key, &statement, sizeof statement, signature)) {
        fault_set(fault, FAULT_INTERNAL, "the document could not be sealed");
        return false;
    }
    char *digits = bytes + (found - bytes);
    seal_key_public(key, public);
    write_digits(digits, public, sizeof public);
    write_digits(digits + PUBLIC_DIGITS, signature, sizeof signature);
    return true;
}

static struct pdf_seal_finding find_that(enum pdf_seal_verdict verdict, enum pdf_seal_detail detail)
{
    return (struct pdf_seal_finding){.verdict = verdict, .detail = detail};
}

static bool begins_with(const char *bytes, size_t length, const char *words)
{
    return length >= strlen(words) && memcmp(bytes, words, strlen(words)) == 0;
}

static bool is_document(const char *bytes, size_t length)
{
    return begins_with(bytes, length, "%PDF-") || begins_with(bytes, length, "<?xml") ||
           begins_with(bytes, length, "<svg");
}

/* Behind the last end of a PDF in the file's tail; NULL: there is none. */
static const char *find_end(const char *bytes, size_t length)
{
    size_t tail = length < TAIL_BYTES ? length : TAIL_BYTES;
    const char *last = NULL;
    for (const char *at = bytes + length - tail; (at = memmem(at, (size_t)(bytes + length - at), "%%EOF", 5));
         at += 5) {
        last = at + 5;
    }
    return last;
}

/* What is wrong with a file whose seal does not fit: a guess that helps, from what stands at its end. */
static struct pdf_seal_finding find_altered(const char *bytes, size_t length)
{
    struct pdf_seal_finding finding = find_that(PDF_SEAL_ALTERED, PDF_SEAL_DIFFERS);
    if (!begins_with(bytes, length, "%PDF-")) {
        return finding;
    }
    const char *last = find_end(bytes, length);
    while (last && last < bytes + length && isspace((unsigned char)*last)) {
        last++;
    }
    if (!last) {
        finding.detail = PDF_SEAL_CUT;
    } else if (last < bytes + length) {
        finding.detail = PDF_SEAL_APPENDED;
        finding.appended_bytes = (size_t)(bytes + length - last);
    }
    return finding;
}

/* A file with one whole field that is filled in. */
static struct pdf_seal_finding check_sealed(const char *bytes, size_t length, const char *digits,
                                            const struct seal_key *trusted)
{
    unsigned char public[SEAL_KEY_PUBLIC_BYTES];
    unsigned char trusted_public[SEAL_KEY_PUBLIC_BYTES] = {0};
    unsigned char signature[SEAL_KEY_SIGNATURE_BYTES];
    struct statement statement;
    bool is_read = read_digits(digits, public, sizeof public) &&
                   read_digits(digits + PUBLIC_DIGITS, signature, sizeof signature);
    struct seal_key *named = is_read ? seal_key_of_public(public) : NULL;
    if (!named) {
        return find_that(PDF_SEAL_ALTERED, PDF_SEAL_BROKEN);
    }
    struct pdf_seal_finding finding = find_altered(bytes, length);
    seal_key_name(named, finding.key_name);
    if (state(bytes, length, digits, &statement) &&
        seal_key_verify(named, &statement, sizeof statement, signature)) {
        if (trusted) {
            seal_key_public(trusted, trusted_public);
        }
        bool is_ours = trusted && memcmp(public, trusted_public, sizeof public) == 0;
        finding.verdict = is_ours ? PDF_SEAL_AUTHENTIC : PDF_SEAL_OTHER_KEY;
        finding.detail = PDF_SEAL_WHOLE;
    }
    seal_key_free(named);
    return finding;
}

struct pdf_seal_finding pdf_seal_check(const char *bytes, size_t length, const struct seal_key *key)
{
    const char *digits;
    if (length == 0) {
        return find_that(PDF_SEAL_NOT_A_FILE, PDF_SEAL_EMPTY_FILE);
    }
    if (begins_with(bytes, length, "\x89PNG")) {
        return find_that(PDF_SEAL_NOT_OURS, PDF_SEAL_PICTURE);
    }
    if (!is_document(bytes, length)) {
        return find_that(PDF_SEAL_NOT_A_FILE, PDF_SEAL_OTHER_FORMAT);
    }
    size_t count = find_fields(bytes, length, &digits);
    if (count == 0) {
        bool is_cut = begins_with(bytes, length, "%PDF-") && !find_end(bytes, length);
        return find_that(PDF_SEAL_NOT_OURS, is_cut ? PDF_SEAL_CUT : PDF_SEAL_NO_ROOM);
    }
    if (count > 1) {
        return find_that(PDF_SEAL_ALTERED, PDF_SEAL_TWICE);
    }
    if (!digits) {
        return find_that(PDF_SEAL_ALTERED, PDF_SEAL_BROKEN);
    }
    if (is_zeros(digits)) {
        return find_that(PDF_SEAL_UNSEALED, PDF_SEAL_EMPTY);
    }
    return check_sealed(bytes, length, digits, key);
}

const char *pdf_seal_verdict_name(enum pdf_seal_verdict verdict)
{
    static const char *const names[PDF_SEAL_VERDICT_COUNT] = {
        "authentic", "sealed-by-another-key", "altered", "unsealed", "not-ours", "not-a-document"};
    return names[verdict];
}

char *pdf_seal_reason(const struct pdf_seal_finding *finding, char text[static PDF_SEAL_REASON_BYTES])
{
    static const char *const reasons[PDF_SEAL_DETAIL_COUNT] = {
        [PDF_SEAL_WHOLE] = "every byte is as it was sealed",
        [PDF_SEAL_DIFFERS] = "its bytes are not those that were sealed",
        [PDF_SEAL_APPENDED] = "bytes follow the end of the PDF",
        [PDF_SEAL_CUT] = "the end of the PDF is missing: it was cut off",
        [PDF_SEAL_TWICE] = "it has more than one seal",
        [PDF_SEAL_BROKEN] = "its seal is broken",
        [PDF_SEAL_EMPTY] = "its seal is still empty",
        [PDF_SEAL_NO_ROOM] = "there is no seal in it",
        [PDF_SEAL_PICTURE] = "a PNG carries no seal, only a PDF does",
        [PDF_SEAL_EMPTY_FILE] = "the file is empty",
        [PDF_SEAL_OTHER_FORMAT] = "it does not begin as a PDF or an SVG does",
    };
    const char *reason = reasons[finding->detail];
    if (finding->detail == PDF_SEAL_APPENDED) {
        snprintf(text, PDF_SEAL_REASON_BYTES, "%zu %s", finding->appended_bytes, reason);
    } else {
        snprintf(text, PDF_SEAL_REASON_BYTES, "%s", reason);
    }
    return text;
}
