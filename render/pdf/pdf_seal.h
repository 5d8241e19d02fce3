/*
 * pdf_seal.h - proves that a document was made here and that no byte of it was changed since.
 *
 * A document is made with one field for its seal, all zeros, in bytes that are not compressed (the XMP packet
 * of a PDF, the metadata of an SVG). Sealing writes the public key and a signature into that field: Ed25519
 * over the SHA-256 of the whole file as it was with the zeros. So the length never changes, the same file and
 * key give the same bytes, and nothing is left outside: whatever is changed, swapped or appended breaks it.
 * The public key stands there so that "sealed by somebody else" is told apart from "altered"; whether it is
 * to be trusted is for the one who checks.
 */
#ifndef RENDER_PDF_SEAL_H
#define RENDER_PDF_SEAL_H

#include <stdbool.h>
#include <stddef.h>

#include "render/pdf/seal_key.h"

struct fault;

/** The field: these words, PDF_SEAL_DIGITS hexadecimal digits, and the words that end it. Once in a file. */
#define PDF_SEAL_BEGIN "<plottafel:seal>"
#define PDF_SEAL_END "</plottafel:seal>"
#define PDF_SEAL_DIGITS 192 /* 32 bytes of public key, 64 of signature */

/** Larger ones are not looked at. */
#define PDF_SEAL_MOST_BYTES ((size_t)512 << 20)

/**
 * Fills in the field. INPUT when the document has none, more than one, or one that is filled in already.
 */
bool pdf_seal(char *bytes, size_t length, const struct seal_key *key, struct fault *fault);

enum pdf_seal_verdict {
    PDF_SEAL_AUTHENTIC,  /* sealed with the key, and not a byte differs */
    PDF_SEAL_OTHER_KEY,  /* whole, but sealed with another key */
    PDF_SEAL_ALTERED,    /* not as it was when it was sealed */
    PDF_SEAL_UNSEALED,   /* a briefing that was made, but never sealed */
    PDF_SEAL_NOT_OURS,   /* no field for a seal: not a briefing of this program */
    PDF_SEAL_NOT_A_FILE, /* neither PDF nor SVG nor PNG, or nothing at all */
    PDF_SEAL_VERDICT_COUNT
};

/** Why: what was seen. */
enum pdf_seal_detail {
    PDF_SEAL_WHOLE,    /* every byte is as it was sealed */
    PDF_SEAL_DIFFERS,  /* bytes are not those that were sealed */
    PDF_SEAL_APPENDED, /* appended_bytes follow the end of the PDF */
    PDF_SEAL_CUT,      /* the end is missing */
    PDF_SEAL_TWICE,    /* more than one seal */
    PDF_SEAL_BROKEN,   /* a seal that is cut or has other characters */
    PDF_SEAL_EMPTY,    /* room for a seal, but none */
    PDF_SEAL_NO_ROOM,  /* not even that */
    PDF_SEAL_PICTURE,  /* PNG: carries none */
    PDF_SEAL_EMPTY_FILE,
    PDF_SEAL_OTHER_FORMAT, /* does not begin as a PDF or SVG does */
    PDF_SEAL_DETAIL_COUNT
};

/** What was found. */
struct pdf_seal_finding {
    enum pdf_seal_verdict verdict;
    enum pdf_seal_detail detail;
    size_t appended_bytes;
    char key_name[SEAL_KEY_NAME_BYTES]; /* of the key that the file names; "" when it names none */
};

#define PDF_SEAL_REASON_BYTES 160

/** The detail in English: "1204 bytes follow the end of the PDF". Returns text. */
char *pdf_seal_reason(const struct pdf_seal_finding *finding, char text[static PDF_SEAL_REASON_BYTES]);

/** @param key  the one that is trusted; NULL: none, so that a whole file is OTHER_KEY */
struct pdf_seal_finding pdf_seal_check(const char *bytes, size_t length, const struct seal_key *key);

/** "authentic", "sealed-by-another-key", "altered", "unsealed", "not-ours", "not-a-document" */
const char *pdf_seal_verdict_name(enum pdf_seal_verdict verdict);

#endif
