/*
 * png_packet.h - the part of picture_packet.h that knows PNG: a chunk of text (iTXt) behind the first one.
 */
#ifndef RENDER_PNG_PACKET_H
#define RENDER_PNG_PACKET_H

#include <stdbool.h>
#include <stddef.h>

/** Does a file begin as those of png.h do? */
bool png_packet_has_place(const char *bytes, size_t length);

/** As picture_packet_put(), of a file that has a place for it. */
char *png_packet_put(char *bytes, size_t *length, const char *packet, size_t packet_length);
const char *png_packet_find(const char *bytes, size_t length, size_t *packet_length);

#endif
