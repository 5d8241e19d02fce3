/*
 * symbol_code_parse.c - reads a code from left to right. A key that is not known, or comes twice, is a fault,
 * so that a typing mistake cannot change a picture in silence.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/base/number.h"
#include "symbology/plain_text.h"
#include "symbology/symbol_code_names.h"

#define MOST_TEXT_BYTES 400
#define SHOWN_BYTES 40 /* of a value in a sentence about it */
#define MOST_COUNT_BYTES 9
#define MOST_VICTIMS_BYTES 32

/* A run of bytes within the code that is being read. */
struct piece {
    const char *start;
    size_t length;
};

/* Bytes of whole characters from the start of a value. */
static size_t shown_bytes(struct piece piece)
{
    size_t shown = piece.length < SHOWN_BYTES ? piece.length : SHOWN_BYTES;
    while (shown > 0 && shown < piece.length && ((unsigned char)piece.start[shown] & 0xC0) == 0x80) {
        shown--;
    }
    return shown;
}

static bool refuse(struct fault *fault, const char *what, struct piece piece, const char *sentence)
{
    const char *unfit = plain_text_refusal(piece.start, piece.length);
    if (unfit) {
        fault_set(fault, FAULT_INPUT, "symbol code: the %s %s", what, unfit);
    } else {
        fault_set(fault, FAULT_INPUT, "symbol code: the %s '%.*s' %s", what, (int)shown_bytes(piece),
                  piece.start, sentence);
    }
    return false;
}

static struct piece piece_until(const char **text, const char *stops)
{
    struct piece piece = {*text, strcspn(*text, stops)};
    *text += piece.length;
    return piece;
}

static bool is_lower(char character)
{
    return character >= 'a' && character <= 'z';
}

static bool is_digit(char character)
{
    return character >= '0' && character <= '9';
}

/* A letter, then letters, digits, "-" and "_". */
static bool is_word(struct piece piece)
{
    if (piece.length == 0 || !is_lower(piece.start[0])) {
        return false;
    }
    for (size_t i = 1; i < piece.length; i++) {
        char character = piece.start[i];
        if (!is_lower(character) && !is_digit(character) && character != '-' && character != '_') {
            return false;
        }
    }
    return true;
}

static bool read_set(const char **text, struct symbol_code *code, struct fault *fault)
{
    struct piece piece = piece_until(text, "@/;=");
    if (!is_word(piece) || piece.length >= sizeof code->set) {
        return refuse(fault, "set", piece, "must be a word of 1 to 15 of a-z, 0-9, - and _");
    }
    if (**text != '@') {
        return refuse(fault, "set", piece, "must be followed by @ and a version, as in nl@1/bw.ugs");
    }
    memcpy(code->set, piece.start, piece.length);
    *text += 1;
    return true;
}

static bool read_version(const char **text, struct symbol_code *code, struct fault *fault)
{
    struct piece piece = piece_until(text, "/;=");
    bool is_number = piece.length >= 1 && piece.length <= 4 && piece.start[0] != '0';
    for (size_t i = 0; is_number && i < piece.length; i++) {
        is_number = is_digit(piece.start[i]);
    }
    if (!is_number) {
        return refuse(fault, "version", piece, "must be a number from 1 to 9999");
    }
    if (**text != '/') {
        return refuse(fault, "version", piece, "must be followed by / and an entity, as in nl@1/bw.ugs");
    }
    code->version = (int)strtol(piece.start, NULL, 10);
    *text += 1;
    return true;
}

static bool read_entity(const char **text, struct symbol_code *code, struct fault *fault)
{
    struct piece piece = piece_until(text, ";");
    const char *dot = memchr(piece.start, '.', piece.length);
    size_t before = dot ? (size_t)(dot - piece.start) : 0;
    bool is_entity = dot && piece.length < sizeof code->entity &&
                     is_word((struct piece){piece.start, before}) &&
                     is_word((struct piece){dot + 1, piece.length - before - 1});
    if (!is_entity) {
        return refuse(fault, "entity", piece, "must be group.name in 47 or fewer of a-z, 0-9, - and _");
    }
    memcpy(code->entity, piece.start, piece.length);
    return true;
}

static int find_name(const char *const names[], struct piece piece)
{
    for (int i = 0; names[i]; i++) {
        if (strlen(names[i]) == piece.length && memcmp(names[i], piece.start, piece.length) == 0) {
            return i;
        }
    }
    return -1;
}

static bool read_rotation(struct piece value, struct symbol_code *code, struct fault *fault)
{
    char text[32];
    double degrees = 0;
    snprintf(text, sizeof text, "%.*s", value.length < sizeof text ? (int)value.length : 0, value.start);
    if (!number_parse(text, &degrees) || fabs(degrees) > 360) {
        return refuse(fault, "rotation", value, "must be a number of degrees from -360 to 360");
    }
    code->rotation_deg = degrees < 0 ? degrees + 360 : degrees + 0.0; /* + 0.0 turns -0 into 0 */
    code->rotation_deg = degrees == -360 ? 360 : code->rotation_deg;
    return true;
}

/* What the two digits behind a % stand for; 0 when for nothing. */
static char decode_digits(const char *digits)
{
    return strncasecmp(digits, "3B", 2) == 0 ? ';' : strncmp(digits, "25", 2) == 0 ? '%' : '\0';
}

/* The value with %3B and %25 undone, owned; NULL on fault. */
static char *decode(struct piece value, struct fault *fault)
{
    char *text = memory_new(value.length + 1, 1);
    size_t length = 0;
    for (size_t i = 0; i < value.length; i++) {
        bool is_coded = value.start[i] == '%';
        char character = is_coded ? decode_digits(value.start + i + 1) : value.start[i];
        if (character == '\0') {
            free(text);
            refuse(fault, "value", value, "holds a % that must be written %25");
            return NULL;
        }
        i += is_coded ? 2 : 0;
        text[length++] = character;
    }
    return text;
}

/* "33/1203": Kemler number (X and two or three digits) over UN number (four digits). "/1203": only the UN
 * number. */
static bool is_hazard_plate(const char *text)
{
    bool is_dry = text[0] == 'X';
    text += is_dry;
    size_t kemler = strspn(text, "0123456789");
    return (kemler >= 2 || (kemler == 0 && !is_dry)) && kemler <= 3 && text[kemler] == '/' &&
           strlen(text + kemler) == 5 && strspn(text + kemler + 1, "0123456789") == 4;
}

/* What is wrong with the text of a slot, or NULL. */
static const char *slot_refusal(enum text_slot slot, const char *text)
{
    size_t length = strlen(text);
    if (slot == SLOT_COUNT_OF && (length > MOST_COUNT_BYTES || strspn(text, "0123456789") != length)) {
        return "must be a count of one to nine digits";
    }
    if (slot == SLOT_HAZARD && !is_hazard_plate(text)) {
        return "must be a Kemler and a UN number, as in 33/1203, or /1203 when only the UN number is known";
    }
    if (slot == SLOT_VICTIMS && length > MOST_VICTIMS_BYTES) {
        return "must be short, as in 12 or T1 3 / T2 7";
    }
    return length > MOST_TEXT_BYTES ? "is longer than 400 bytes" : NULL;
}

static bool read_slot(enum text_slot slot, struct piece value, struct symbol_code *code, struct fault *fault)
{
    char *text = decode(value, fault);
    if (!text) {
        return false;
    }
    const char *refusal = text[0] != '\0' ? slot_refusal(slot, text) : NULL;
    if (refusal) {
        free(text);
        return refuse(fault, text_slot_title(slot), value, refusal);
    }
    if (text[0] == '\0') {
        free(text);
        text = NULL;
    }
    code->texts[slot] = text;
    return true;
}

static bool read_choice(const char *what, const char *const names[], struct piece value, int *choice,
                        struct fault *fault)
{
    *choice = value.length > 0 ? find_name(names, value) : -1;
    if (*choice >= 0) {
        return true;
    }
    struct buffer list;
    buffer_init(&list, 200);
    for (int i = 0; names[i]; i++) {
        buffer_appendf(&list, "%s%s", !list.bytes ? "must be " : ", ",
                       names[i][0] != '\0' ? names[i] : "full");
    }
    refuse(fault, what, value, list.bytes);
    buffer_finish(&list);
    return false;
}

enum key { KEY_STATUS = SLOT_COUNT, KEY_TRUST, KEY_ROTATION, KEY_DETAIL };

static int find_key(struct piece key)
{
    static const char *const keys[] = {"n", "c", "t", "o", "h", "v", "r", "st", "tr", "rot", "lod", NULL};
    return find_name(keys, key);
}

static bool read_value(int key, struct piece value, struct symbol_code *code, struct fault *fault)
{
    int choice = 0;
    switch (key) {
    case KEY_STATUS:
        if (!read_choice("status", symbol_status_names, value, &choice, fault)) {
            return false;
        }
        code->status = (enum symbol_status)choice;
        return true;
    case KEY_TRUST:
        if (!read_choice("trust", symbol_trust_names, value, &choice, fault)) {
            return false;
        }
        code->trust = (enum symbol_trust)choice;
        return true;
    case KEY_DETAIL:
        if (!read_choice("level of detail", symbol_detail_names + 1, value, &choice, fault)) {
            return false;
        }
        code->detail = (enum symbol_detail)(choice + 1);
        return true;
    case KEY_ROTATION:
        return read_rotation(value, code, fault);
    default:
        return read_slot((enum text_slot)key, value, code, fault);
    }
}

/* Reads ";key=value" at *text. seen has a bit for each key that came before. */
static bool read_pair(const char **text, struct symbol_code *code, unsigned *seen, struct fault *fault)
{
    *text += 1; /* the semicolon */
    struct piece key = piece_until(text, "=;");
    if (**text != '=') {
        return refuse(fault, "key", key, "must be followed by = and a value");
    }
    int number = find_key(key);
    if (number < 0) {
        return refuse(fault, "key", key, "is unknown: the keys are st, tr, rot, lod, n, c, t, o, h, v and r");
    }
    if (*seen & 1u << number) {
        return refuse(fault, "key", key, "comes twice");
    }
    *seen |= 1u << number;
    *text += 1; /* the equals sign */
    struct piece value = piece_until(text, ";");
    return read_value(number, value, code, fault);
}

static bool read_code(const char *text, struct symbol_code *code, struct fault *fault)
{
    if (!read_set(&text, code, fault) || !read_version(&text, code, fault) ||
        !read_entity(&text, code, fault)) {
        return false;
    }
    unsigned seen = 0;
    while (*text == ';') {
        if (!read_pair(&text, code, &seen, fault)) {
            return false;
        }
    }
    return true;
}

bool symbol_code_parse(const char *text, struct symbol_code *code, struct fault *fault)
{
    *code = (struct symbol_code){.version = 0};
    size_t length = strlen(text);
    if (length > SYMBOL_CODE_MOST_BYTES) {
        fault_set(fault, FAULT_LIMIT, "symbol code: has %zu bytes, more than %d", length,
                  SYMBOL_CODE_MOST_BYTES);
        return false;
    }
    const char *unfit = plain_text_refusal(text, length);
    if (unfit) {
        fault_set(fault, FAULT_INPUT, "symbol code: %s", unfit);
        return false;
    }
    if (!read_code(text, code, fault)) {
        symbol_code_finish(code);
        return false;
    }
    return true;
}
