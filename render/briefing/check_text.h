/*
 * check_text.h - what the QR code of a page without an address says: "plottafel:verify/ID/CHECKSUM".
 *
 * It needs no net: plottafel verify, where the archive is, takes it as it was scanned or typed.
 */
#ifndef RENDER_BRIEFING_CHECK_TEXT_H
#define RENDER_BRIEFING_CHECK_TEXT_H

#include <stdbool.h>
#include <stdint.h>

#define CHECK_TEXT_BYTES 128
#define CHECK_ID_BYTES 64
#define CHECK_SUM_BYTES 24

/**
 * @param id        of the briefing; NULL or "": the text is empty
 * @param checksum  of its content; NULL: left out
 */
void check_text_write(const char *id, const uint64_t *checksum, char text[static CHECK_TEXT_BYTES]);

/** False: it is no such text. Without a checksum that is "". */
bool check_text_read(const char *text, char id[static CHECK_ID_BYTES], char checksum[static CHECK_SUM_BYTES]);

#endif
