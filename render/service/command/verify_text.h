/*
 * verify_text.h - plottafel verify of what stands on paper: the text of a QR code, or an id, against the
 * archive.
 */
#ifndef RENDER_SERVICE_COMMAND_VERIFY_TEXT_H
#define RENDER_SERVICE_COMMAND_VERIFY_TEXT_H

#include <stdbool.h>

#include "render/briefing/check_text.h"

struct config;

struct verify_text {
    char id[CHECK_ID_BYTES];
    char checksum[CHECK_SUM_BYTES]; /* "": not said */
};

/** False: it is the name of a file. */
bool verify_text_read(const char *argument, struct verify_text *wish);

/** Prints what the archive knows of it. Gives the exit status: 0 when it is known as it stands there. */
int verify_text_run(const struct config *config, const struct verify_text *wish, bool is_json);

#endif
