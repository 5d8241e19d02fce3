/*
 * line_text_look.c - text takes the colours of the line that it stands on.
 */
#include "symbology/line_text_look.h"

#include <math.h>

#include "symbology/palette.h"
#include "symbology/status_form.h"

#define IMAGERY_HALO_PX 2.5 /* as round other labels on an aerial photo */

struct text_look line_text_look(const struct symbol_entry *entry, const struct symbol_code *code,
                                enum palette palette, double scale)
{
    struct text_look look = entry->text.look;
    enum symbol_status status = symbol_status_of(entry, code);
    look.colour = status_form_colour(look.colour, status, palette);
    look.halo = palette_colour(palette, look.halo);
    if (palette == PALETTE_IMAGERY) {
        look.halo = (struct colour){255, 255, 255, 255};
        look.halo_px = fmax(look.halo_px, IMAGERY_HALO_PX);
    }
    look.size_px *= scale;
    look.halo_px *= scale;
    return look;
}
