/*
 * palette_wish.c - see palette_wish.h.
 */
#include "render/service/protocol/palette_wish.h"

#include "data/map.h"
#include "geo/base/fault.h"

bool palette_wish_read(const char *name, struct palette_wish *wish, struct fault *fault)
{
    *wish = (struct palette_wish){.is_given = name != NULL};
    if (!name || palette_parse(name, &wish->palette)) {
        return true;
    }
    fault_set(fault, FAULT_INPUT,
              "palette must be default, print, mono, colour-blind or imagery, not '%.40s'", name);
    return false;
}

enum palette palette_wish_of(const struct palette_wish *wish, const struct map *map)
{
    return wish->is_given ? wish->palette : map->palette;
}
