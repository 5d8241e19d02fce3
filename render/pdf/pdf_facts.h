/*
 * pdf_facts.h - what a briefing says of itself in the packet that carries its seal.
 *
 * Only as true as the seal is whole: look at pdf_seal_check() first.
 */
#ifndef RENDER_PDF_FACTS_H
#define RENDER_PDF_FACTS_H

#include <stdbool.h>
#include <stddef.h>

enum pdf_fact {
    PDF_FACT_ID,
    PDF_FACT_TITLE,
    PDF_FACT_ACTIVITY,
    PDF_FACT_MOMENT,   /* situation as of */
    PDF_FACT_REVISION, /* of the plots */
    PDF_FACT_MADE,     /* when it was made */
    PDF_FACT_MARKING,
    PDF_FACT_CHECKSUM,
    PDF_FACT_TEMPLATE,
    PDF_FACT_COUNT
};

#define PDF_FACT_BYTES 400

struct pdf_facts {
    char texts[PDF_FACT_COUNT][PDF_FACT_BYTES]; /* UTF-8 on one line; "" where it says nothing */
};

/** Reads them from any bytes. All are "" when there is no packet with a field for a seal. */
void pdf_facts_read(const char *bytes, size_t length, struct pdf_facts *facts);

/**
 * The same of a PNG or SVG, whose packet has no seal (picture_packet.h): only as true as the picture is the
 * one that was made.
 */
void pdf_facts_read_picture(const char *bytes, size_t length, struct pdf_facts *facts);

/** "id", "title" …: stable, for JSON. */
const char *pdf_fact_name(enum pdf_fact fact);

#endif
