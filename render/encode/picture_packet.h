/*
 * picture_packet.h - what a picture says of itself in XMP (ISO 16684): a packet behind the head of a PNG or
 * an SVG. The picture looks the same with it.
 */
#ifndef RENDER_PICTURE_PACKET_H
#define RENDER_PICTURE_PACKET_H

#include <stddef.h>

/** Longer ones are neither put nor found. */
#define PICTURE_PACKET_MOST_BYTES ((size_t)1 << 20)

/**
 * Puts a packet into a picture; takes over its bytes and gives those that are owned in their place. Any that
 * are neither PNG nor SVG are given back as they are.
 */
char *picture_packet_put(char *bytes, size_t *length, const char *packet, size_t packet_length);

/** The packet that was put, borrowed from bytes; NULL: these have none. */
const char *picture_packet_find(const char *bytes, size_t length, size_t *packet_length);

#endif
