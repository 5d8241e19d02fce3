/*
 * pdf_facts.c - looks in the packet around the seal only. A title elsewhere in the file may hold anything; in
 * the packet all texts are escaped, so none of them passes for an element.
 */
#include "render/pdf/pdf_facts.h"

#include <stdio.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "render/encode/picture_packet.h"
#include "render/pdf/pdf_seal.h"

#define PACKET_BEGIN "<?xpacket begin"
#define PACKET_END "<?xpacket end"
#define PACKET_MOST_BYTES (1 << 20)

struct run {
    const char *start;
    const char *end;
};

/* What stands before and behind a text, in the order of enum pdf_fact. */
static const char *const elements[PDF_FACT_COUNT][2] = {
    {"<plottafel:id>", "</plottafel:id>"},
    {"<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">", "</rdf:li>"},
    {"<plottafel:activity>", "</plottafel:activity>"},
    {"<plottafel:moment>", "</plottafel:moment>"},
    {"<plottafel:revision>", "</plottafel:revision>"},
    {"<xmp:CreateDate>", "</xmp:CreateDate>"},
    {"<plottafel:marking>", "</plottafel:marking>"},
    {"<plottafel:checksum>", "</plottafel:checksum>"},
    {"<plottafel:template>", "</plottafel:template>"},
};

static const char *find(struct run run, const char *words)
{
    return memmem(run.start, (size_t)(run.end - run.start), words, strlen(words));
}

/* The last of the words before a place. */
static const char *find_before(const char *start, const char *place, const char *words)
{
    size_t length = strlen(words);
    for (const char *at = place; at >= start; at--) {
        if ((size_t)(place - at) >= length && memcmp(at, words, length) == 0) {
            return at;
        }
    }
    return NULL;
}

/* The packet with the seal; empty when there is none. */
static struct run packet_of(const char *bytes, size_t length)
{
    struct run all = {bytes, bytes + length};
    const char *seal = find(all, PDF_SEAL_BEGIN);
    if (!seal) {
        return (struct run){bytes, bytes};
    }
    const char *first = seal - bytes > PACKET_MOST_BYTES ? seal - PACKET_MOST_BYTES : bytes;
    const char *start = find_before(first, seal, PACKET_BEGIN);
    const char *end = find((struct run){seal, all.end}, PACKET_END);
    return start && end ? (struct run){start, end} : (struct run){bytes, bytes};
}

/* One character of XML text; returns where the next begins. */
static const char *append_character(struct buffer *text, const char *at, const char *end)
{
    static const struct {
        const char *entity;
        const char *letter;
    } entities[] = {{"&amp;", "&"},   {"&lt;", "<"},   {"&gt;", ">"},
                    {"&quot;", "\""}, {"&apos;", "'"}, {"&#39;", "'"}};
    for (size_t i = 0; *at == '&' && i < sizeof entities / sizeof entities[0]; i++) {
        size_t length = strlen(entities[i].entity);
        if ((size_t)(end - at) >= length && memcmp(at, entities[i].entity, length) == 0) {
            buffer_append_text(text, entities[i].letter);
            return at + length;
        }
    }
    buffer_append(text, at, 1);
    return at + 1;
}

static void read_text(struct run packet, const char *const element[2], char text[PDF_FACT_BYTES])
{
    struct buffer plain, line;
    const char *start = find(packet, element[0]);
    start = start ? start + strlen(element[0]) : packet.end;
    const char *end = find((struct run){start, packet.end}, element[1]);
    buffer_init(&plain, PDF_FACT_BYTES - 1);
    buffer_init(&line, PDF_FACT_BYTES - 1);
    for (const char *at = start; end && at < end && !plain.is_full;) {
        at = append_character(&plain, at, end);
    }
    if (plain.length > 0) {
        buffer_append_line(&line, plain.bytes);
    }
    snprintf(text, PDF_FACT_BYTES, "%s", line.length > 0 ? line.bytes : "");
    buffer_finish(&plain);
    buffer_finish(&line);
}

static void read_packet(struct run packet, struct pdf_facts *facts)
{
    for (int fact = 0; fact < PDF_FACT_COUNT; fact++) {
        read_text(packet, elements[fact], facts->texts[fact]);
    }
}

void pdf_facts_read(const char *bytes, size_t length, struct pdf_facts *facts)
{
    read_packet(packet_of(bytes, length), facts);
}

void pdf_facts_read_picture(const char *bytes, size_t length, struct pdf_facts *facts)
{
    size_t packet_length = 0;
    const char *packet = picture_packet_find(bytes, length, &packet_length);
    const char *start = packet ? packet : bytes;
    read_packet((struct run){start, start + packet_length}, facts);
}

const char *pdf_fact_name(enum pdf_fact fact)
{
    static const char *const names[PDF_FACT_COUNT] = {"id",   "title",   "activity", "moment",  "revision",
                                                      "made", "marking", "checksum", "template"};
    return names[fact];
}
