/*
 * pdf_content.c - ink is at any time either in a leaf or decoration. Within a layer decoration begins and
 * ends with the layer, so that all nest; decoration without ink is not written.
 */
#include "render/pdf/pdf_content.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "render/pdf/pdf_halos.h"
#include "render/pdf/pdf_marks.h"
#include "render/pdf/pdf_tag.h"

#define OPERAND_MAX 64
#define NO_HALO SIZE_MAX
#define COORDINATE_MAX 1000000000000L /* thousandths of a point */
#define DECORATION "/Artifact BMC\n"
#define END "EMC\n"
#define BEGIN_LAYER "/OC /L%zu BDC\n"

struct token {
    const char *start;
    size_t length;
};

struct rewriting {
    const struct pdf_marks *marks;
    const struct pdf_page *page;
    const char *at; /* what is still to be read */
    const char *end;
    struct token operands[OPERAND_MAX];
    size_t operand_count;
    size_t next_mark;
    bool is_mark_open;   /* its box is filled next */
    bool has_ground;     /* still to come */
    bool is_ground_open; /* its box is filled next */
    bool is_in_leaf;
    const struct pdf_halos *halos;
    size_t stands_in_for; /* number of a halo: the path that comes next; NO_HALO: none */
    struct buffer *out;   /* borrowed */
    const struct pdf_inked *inked;
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}

static bool is_delimiter(char c)
{
    return strchr("()<>[]{}/%", c) != NULL; /* of NUL too, which is a blank */
}

static const char *end_of_string(const char *at, const char *end)
{
    int depth = 0;
    for (; at < end; at++) {
        if (*at == '\\') {
            at++;
        } else if (*at == '(') {
            depth++;
        } else if (*at == ')' && --depth == 0) {
            return at + 1;
        }
    }
    return end;
}

/** After the bracket that closes the one at which it stands, strings within skipped. */
static const char *end_of_group(const char *at, const char *end)
{
    int depth = 0;
    while (at < end) {
        if (*at == '(') {
            at = end_of_string(at, end);
            continue;
        }
        depth += *at == '[' || *at == '<' ? 1 : *at == ']' || *at == '>' ? -1 : 0;
        at++;
        if (depth == 0) {
            return at;
        }
    }
    return end;
}

static const char *end_of_word(const char *at, const char *end)
{
    do {
        at++;
    } while (at < end && !is_blank(*at) && !is_delimiter(*at));
    return at;
}

/** Arrays and dictionaries are one token. False at the end. */
static bool next_token(struct rewriting *rewriting, struct token *token)
{
    const char *at = rewriting->at;
    while (at < rewriting->end && is_blank(*at)) {
        at++;
    }
    if (at >= rewriting->end) {
        return false;
    }
    const char *end = *at == '('                 ? end_of_string(at, rewriting->end)
                      : *at == '[' || *at == '<' ? end_of_group(at, rewriting->end)
                                                 : end_of_word(at, rewriting->end);
    *token = (struct token){at, (size_t)(end - at)};
    rewriting->at = end;
    return true;
}

static bool is_operand(const struct token *token)
{
    return strchr("0123456789+-.(</[", token->start[0]) != NULL;
}

static bool token_is(const struct token *token, const char *text)
{
    return token->length == strlen(text) && memcmp(token->start, text, token->length) == 0;
}

static bool is_path_operator(const struct token *token)
{
    return token_is(token, "m") || token_is(token, "l") || token_is(token, "c") || token_is(token, "re") ||
           token_is(token, "v") || token_is(token, "y");
}

/** A number of cairo's in thousandths, without its sign; what comes after them is cut. False: no number. */
static bool read_thousandths(const struct token *token, long *thousandths)
{
    int decimals = -1; /* before the point */
    *thousandths = 0;
    for (size_t i = token->start[0] == '-' ? 1 : 0; i < token->length; i++) {
        char c = token->start[i];
        if (c == '.' && decimals < 0) {
            decimals = 0;
        } else if (c < '0' || c > '9' || *thousandths > COORDINATE_MAX) {
            return false;
        } else if (decimals < 3) {
            *thousandths = *thousandths * 10 + (c - '0');
            decimals += decimals >= 0;
        }
    }
    for (; decimals < 3; decimals++) {
        *thousandths *= decimals < 0 ? 1 : 10;
    }
    return true;
}

/** As short as it can be said: "-.5". */
static void append_coordinate(struct buffer *out, const struct token *token)
{
    char text[24];
    long thousandths;
    if (!read_thousandths(token, &thousandths)) {
        buffer_append(out, token->start, token->length);
        return;
    }
    long size = (thousandths + 5) / 10;
    size_t at = sizeof text;
    if (size % 100 != 0) {
        if (size % 10 != 0) {
            text[--at] = (char)('0' + size % 10);
        }
        text[--at] = (char)('0' + size / 10 % 10);
        text[--at] = '.';
    }
    for (long whole = size / 100; whole > 0; whole /= 10) {
        text[--at] = (char)('0' + whole % 10);
    }
    if (size == 0) {
        text[--at] = '0';
    } else if (token->start[0] == '-') {
        text[--at] = '-';
    }
    buffer_append(out, text + at, sizeof text - at);
}

static void write_operation(struct rewriting *rewriting, const struct token *operation)
{
    bool is_path = is_path_operator(operation);
    for (size_t i = 0; i < rewriting->operand_count; i++) {
        const struct token *operand = &rewriting->operands[i];
        if (is_path) {
            append_coordinate(rewriting->out, operand);
        } else {
            buffer_append(rewriting->out, operand->start, operand->length);
        }
        buffer_append(rewriting->out, " ", 1);
    }
    buffer_append(rewriting->out, operation->start, operation->length);
    buffer_append(rewriting->out, "\n", 1);
}

static void begin_decoration(struct rewriting *rewriting)
{
    buffer_append_text(rewriting->out, DECORATION);
}

static void end_decoration(struct rewriting *rewriting)
{
    struct buffer *out = rewriting->out;
    size_t length = strlen(DECORATION);
    if (out->length >= length && memcmp(out->bytes + out->length - length, DECORATION, length) == 0) {
        out->length -= length;
        out->bytes[out->length] = '\0';
    } else {
        buffer_append_text(out, END);
    }
}

static void write_leaf(struct rewriting *rewriting, const struct pdf_node *node, bool is_begin)
{
    rewriting->is_in_leaf = is_begin;
    if (is_begin) {
        end_decoration(rewriting);
        buffer_appendf(rewriting->out, "/%s <</MCID %d>> BDC\n", pdf_tag_of_leaf(node->tag), node->leaf);
    } else {
        buffer_append_text(rewriting->out, END);
        begin_decoration(rewriting);
    }
}

/** A layer without ink is not written. */
static void end_layer(struct rewriting *rewriting, size_t layer)
{
    struct buffer *out = rewriting->out;
    char begin[48];
    size_t length = (size_t)snprintf(begin, sizeof begin, BEGIN_LAYER, layer);
    if (out->length >= length && memcmp(out->bytes + out->length - length, begin, length) == 0) {
        out->length -= length;
        out->bytes[out->length] = '\0';
    } else {
        buffer_append_text(out, END);
        rewriting->inked->layers[layer] = true;
    }
}

static void write_layer(struct rewriting *rewriting, size_t layer, bool is_begin)
{
    if (!rewriting->is_in_leaf) {
        end_decoration(rewriting);
    }
    if (is_begin) {
        buffer_appendf(rewriting->out, BEGIN_LAYER, layer);
    } else {
        end_layer(rewriting, layer);
    }
    if (!rewriting->is_in_leaf) {
        begin_decoration(rewriting);
    }
}

static void write_mark(struct rewriting *rewriting, const struct pdf_mark *mark)
{
    switch (mark->kind) {
    case PDF_MARK_LAYER_BEGIN:
    case PDF_MARK_LAYER_END:
        write_layer(rewriting, mark->index, mark->kind == PDF_MARK_LAYER_BEGIN);
        break;
    case PDF_MARK_LEAF_BEGIN:
    case PDF_MARK_LEAF_END:
        write_leaf(rewriting, &rewriting->marks->nodes[mark->index], mark->kind == PDF_MARK_LEAF_BEGIN);
        break;
    }
}

static bool is_about(const struct token *token, double number)
{
    long thousandths;
    return read_thousandths(token, &thousandths) && labs(thousandths - lround(number * 1000)) <= 1;
}

static bool is_mark(const struct rewriting *rewriting, const struct token *operation)
{
    return token_is(operation, "re") && rewriting->operand_count == 4 &&
           is_about(&rewriting->operands[2], PDF_MARK_WIDTH) &&
           is_about(&rewriting->operands[3], PDF_MARK_HEIGHT);
}

/** All that share a box. */
static bool take_marks(struct rewriting *rewriting)
{
    const struct pdf_mark *mark;
    do {
        if (rewriting->next_mark >= rewriting->page->mark_count) {
            return false;
        }
        mark = &rewriting->page->marks[rewriting->next_mark++];
        write_mark(rewriting, mark);
    } while (!mark->is_last);
    return true;
}

/** The halo whose stand-in has the miter limit that was read; NO_HALO: it is that of a line. */
static size_t halo_of(const struct rewriting *rewriting)
{
    long thousandths;
    if (rewriting->operand_count != 1 || !read_thousandths(&rewriting->operands[0], &thousandths) ||
        thousandths < PDF_HALO_MITER * 1000L) {
        return NO_HALO;
    }
    size_t number = (size_t)(thousandths / 1000 - PDF_HALO_MITER);
    return number < rewriting->halos->halo_count ? number : NO_HALO;
}

/** Is it part of a stand-in? Then it is not written, but at its end the halo is. */
static bool take_stand_in(struct rewriting *rewriting, const struct token *operation)
{
    size_t number = token_is(operation, "M") ? halo_of(rewriting) : NO_HALO;
    if (number != NO_HALO) {
        rewriting->stands_in_for = number;
        return true;
    }
    if (rewriting->stands_in_for == NO_HALO) {
        return false;
    }
    if (token_is(operation, "S")) {
        pdf_halos_ink(rewriting->halos, rewriting->stands_in_for, rewriting->out, rewriting->inked->outlines);
        rewriting->stands_in_for = NO_HALO;
        return true;
    }
    return is_path_operator(operation) || token_is(operation, "h");
}

static bool take_operation(struct rewriting *rewriting, const struct token *operation)
{
    if (rewriting->is_mark_open) {
        rewriting->is_mark_open = false;
        return (token_is(operation, "f") || token_is(operation, "f*")) && take_marks(rewriting);
    }
    if (rewriting->is_ground_open) {
        rewriting->is_ground_open = false;
        return token_is(operation, "f");
    }
    if (rewriting->has_ground && token_is(operation, "re")) {
        rewriting->has_ground = false;
        rewriting->is_ground_open = true;
        return true;
    }
    if (is_mark(rewriting, operation)) {
        rewriting->is_mark_open = true;
        return true;
    }
    if (token_is(operation, "BI")) {
        return false; /* a picture within the content, which cairo does not write */
    }
    if (!take_stand_in(rewriting, operation)) {
        write_operation(rewriting, operation);
    }
    return true;
}

static bool rewrite_all(struct rewriting *rewriting)
{
    struct token token;
    while (next_token(rewriting, &token)) {
        if (!is_operand(&token)) {
            if (!take_operation(rewriting, &token)) {
                return false;
            }
            rewriting->operand_count = 0;
        } else if (rewriting->operand_count < OPERAND_MAX) {
            rewriting->operands[rewriting->operand_count++] = token;
        } else {
            return false;
        }
    }
    return rewriting->next_mark == rewriting->page->mark_count && rewriting->operand_count == 0 &&
           !rewriting->is_mark_open && !rewriting->has_ground && !rewriting->is_ground_open;
}

bool pdf_content_rewrite(const struct pdf_marks *marks, const struct pdf_halos *halos, size_t page,
                         const char *content, size_t length, struct buffer *rewritten,
                         const struct pdf_inked *inked, struct fault *fault)
{
    struct rewriting rewriting = {.marks = marks,
                                  .page = &marks->pages[page],
                                  .at = content,
                                  .end = content + length,
                                  .has_ground = marks->pages[page].has_ground,
                                  .halos = halos,
                                  .stands_in_for = NO_HALO,
                                  .out = rewritten,
                                  .inked = inked};
    begin_decoration(&rewriting);
    bool is_whole = rewrite_all(&rewriting);
    end_decoration(&rewriting);
    if (!is_whole) {
        fault_set(fault, FAULT_INTERNAL, "page %zu of a PDF: %zu of %zu marks were found in the ink",
                  page + 1, rewriting.next_mark, rewriting.page->mark_count);
    }
    return is_whole;
}
