/*
 * glyph_range.h - letters for clients that draw text themselves: 256 code points as distance fields in the
 * form that MapLibre reads ({fontstack}/{range}.pbf).
 *
 * Each letter is 24 px high (em) with 3 px around it; a byte says how far from its edge a dot is: 191 on the
 * edge, 0 at 6 px outside, 255 at 2 px inside and more.
 */
#ifndef RENDER_GLYPH_RANGE_H
#define RENDER_GLYPH_RANGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "symbology/stroke.h"

struct fault;
struct text_engine;

#define GLYPH_RANGE_CODE_POINTS 256
#define GLYPH_RANGE_LAST 65280 /* MapLibre asks for the basic multilingual plane only */

/** "B612 Regular", "B612 Bold", "B612 Italic", "B612 Bold Italic": the name of a face. */
const char *glyph_range_stack(const struct text_look *look);

/** Is there a face of that name? NOT_FOUND names those that there are. */
bool glyph_range_check(const char *stack, struct fault *fault);

/**
 * Makes the letters of a face from a code point on; those that neither B612 nor Noto Sans has are left out.
 * @param first  a multiple of GLYPH_RANGE_CODE_POINTS up to GLYPH_RANGE_LAST
 * @return owned by the caller, free(). NULL on fault
 */
char *glyph_range_make(struct text_engine *engine, const char *stack, uint32_t first, size_t *length,
                       struct fault *fault);

#endif
