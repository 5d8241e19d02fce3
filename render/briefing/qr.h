/*
 * qr.h - an address as a QR code that a phone reads off the paper.
 *
 * Vector squares, error correction level M, with the quiet zone of four modules around it that readers need.
 */
#ifndef RENDER_BRIEFING_QR_H
#define RENDER_BRIEFING_QR_H

#include <stdbool.h>

#include "geo/bbox.h"

struct fault;
struct pen;

#define QR_MODULE_MM 0.4 /* at least */

/** Width and height that it needs at least, quiet zone included, mm; 0: the text is too long for one. */
double qr_least_mm(const char *text);

/**
 * Paints it as large as the box allows, in the middle of its width, from its top, on white.
 * LIMIT: the text is too long for a code, or the box too small for a phone to read it.
 */
bool qr_paint(const struct pen *pen, const char *text, struct bbox box_mm, struct fault *fault);

#endif
