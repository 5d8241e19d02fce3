/*
 * grip.h - the level of coordination that a briefing says: the Dutch GRIP 0 to GRIP 5 and GRIP Rijk, or in
 * its own words that of a neighbour, who has others.
 */
#ifndef RENDER_SERVICE_GRIP_H
#define RENDER_SERVICE_GRIP_H

#include <stdbool.h>

struct fault;

#define GRIP_BYTES 60

/**
 * "2", "grip 2" and "GRIP 2" are "GRIP 2"; "grip rijk" is "GRIP Rijk"; other words stay as they are. INPUT: a
 * GRIP that there is not, or too many words.
 */
bool grip_read(const char *text, char grip[static GRIP_BYTES], struct fault *fault);

#endif
