/*
 * symbol_code.h - what a feature is, as text:
 *
 *     nl@1/bw.ugs;st=planned;n=UGS Noord;rot=45
 *
 * set @ version / entity, then keys: st status, tr trust, rot rotation in degrees, lod level of
 * detail, and the text slots n c t o h v r. In values "%3B" stands for ";" and "%25" for "%".
 */
#ifndef SYMBOLOGY_SYMBOL_CODE_H
#define SYMBOLOGY_SYMBOL_CODE_H

#include <stdbool.h>
#include <stddef.h>

struct fault;

enum symbol_status {
    STATUS_PRESENT,
    STATUS_PLANNED,   /* dashed frame */
    STATUS_ENDED,     /* grey with a strike */
    STATUS_UNKNOWN,   /* dotted, "?" */
    STATUS_CLOSED,    /* corner bar */
    STATUS_DAMAGED,   /* corner bar */
    STATUS_DESTROYED, /* corner bar */
    STATUS_FULL,      /* corner bar */
    STATUS_COUNT
};

enum symbol_trust { TRUST_REPORTED, TRUST_VERIFIED, TRUST_UNVERIFIED, TRUST_COUNT };

enum symbol_detail { DETAIL_BY_SCALE, DETAIL_FULL, DETAIL_SMALL, DETAIL_DOT };

enum text_slot {
    SLOT_NAME,         /* n */
    SLOT_COUNT_OF,     /* c number */
    SLOT_TIME,         /* t */
    SLOT_ORGANISATION, /* o */
    SLOT_HAZARD,       /* h hazard plate: "33/1203" Kemler / UN, "/1203" when only UN is known */
    SLOT_VICTIMS,      /* v casualties */
    SLOT_REMARK,       /* r */
    SLOT_COUNT
};

struct symbol_code {
    char set[16];                  /* "nl" */
    int version;                   /* 1 */
    char entity[48];               /* "bw.ugs" */
    enum symbol_status status : 8; /* short, as of a plot's features each has a code */
    enum symbol_trust trust : 8;
    enum symbol_detail detail : 8;
    double rotation_deg;     /* clockwise from grid north; 0: none, 360: north */
    char *texts[SLOT_COUNT]; /* owned; NULL when empty */
};

/**
 * INPUT names the part that is wrong; LIMIT: more than 2,000 bytes. Does not ask whether the set knows the
 * entity: symbol_set_find() does.
 */
bool symbol_code_parse(const char *text, struct symbol_code *code, struct fault *fault);
void symbol_code_finish(struct symbol_code *code);
bool symbol_code_equals(const struct symbol_code *a, const struct symbol_code *b);

/**
 * The shortest text that parses to the same code. with_texts false leaves the slots out. Owned by the caller.
 */
char *symbol_code_format(const struct symbol_code *code, bool with_texts);

#define SYMBOL_LETTERS_BYTES 5 /* of the letters of an entry, with the NUL */

/** The letters that stand for an entity that no set knows: the first of its name, "DRON" of bw.drone. */
void symbol_code_letters(const struct symbol_code *code, char letters[static SYMBOL_LETTERS_BYTES]);

/** "n", "c" …; "name", "count" … in English for people. */
const char *text_slot_key(enum text_slot slot);
const char *text_slot_title(enum text_slot slot);
const char *symbol_status_name(enum symbol_status status);

#endif
