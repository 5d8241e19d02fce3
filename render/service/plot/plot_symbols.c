/*
 * plot_symbols.c - a set that is not loaded comes first: while it is away, fallback pictures are drawn.
 */
#include "render/service/plot/plot_symbols.h"

#include <stdlib.h>
#include <string.h>

#include "data/plot.h"
#include "geo/base/buffer.h"
#include "geo/base/log.h"
#include "render/service/config.h"
#include "symbology/symbol_library.h"
#include "symbology/symbol_pin.h"
#include "symbology/symbol_set.h"

#define SENTENCE_MOST_BYTES 1000

struct plot_title plot_symbols_new_title(const struct config *config, const struct plot_title *title)
{
    struct plot_title made = *title;
    if (made.symbols.version == 0) {
        made.symbols = symbol_pin_default(config->symbols);
    }
    return made;
}

/* Has a stored plot gone on from the set that the configuration names, to a later one or one that extends it?
 */
static bool is_ahead(const struct config *config, const struct symbol_pin *stored,
                     const struct symbol_pin *configured)
{
    const struct symbol_set *before =
        symbol_library_find(config->symbols, configured->set, configured->version);
    const struct symbol_set *set = symbol_library_find(config->symbols, stored->set, stored->version);
    while (set && set != before) {
        set = symbol_set_base(set);
    }
    bool is_later = strcmp(stored->set, configured->set) == 0 && stored->version > configured->version;
    return is_later || set != NULL;
}

char *plot_symbols_trouble(const struct config *config, const struct plot_title *stored)
{
    char drawn_with[SYMBOL_PIN_BYTES];
    char configured[SYMBOL_PIN_BYTES];
    const struct plot_title *known = config_find_plot(config, stored->name);
    const struct symbol_pin *pin = &stored->symbols;
    if (pin->version == 0) {
        return NULL;
    }
    bool is_loaded = symbol_library_find(config->symbols, pin->set, pin->version);
    bool differs = known && known->symbols.version > 0 && !symbol_pin_equals(&known->symbols, pin);
    if (is_loaded && !differs) {
        return NULL;
    }
    symbol_pin_format(pin, drawn_with);
    symbol_pin_format(known ? &known->symbols : pin, configured);
    struct buffer sentence;
    buffer_init(&sentence, SENTENCE_MOST_BYTES);
    if (!is_loaded) {
        buffer_appendf(&sentence,
                       "plot '%s' is drawn with %s, which is not loaded: its symbols are fallback pictures",
                       stored->name, drawn_with);
    } else if (is_ahead(config, pin, &known->symbols)) {
        buffer_appendf(
            &sentence,
            "plot '%s' is drawn with %s, as the store says; the configuration still says %s: write "
            "'symbols: %s' for it there",
            stored->name, drawn_with, configured, drawn_with);
    } else {
        buffer_appendf(&sentence,
                       "plot '%s' is drawn with %s, as the store says, not with %s of the configuration: "
                       "'plottafel symbols migrate %s --to %s' moves it",
                       stored->name, drawn_with, configured, stored->name, configured);
    }
    return buffer_take(&sentence, NULL);
}

void plot_symbols_warn(const struct config *config, const struct plot_title *stored)
{
    char *trouble = plot_symbols_trouble(config, stored);
    if (trouble) {
        log_write(LOG_WARNING, "plot.symbols", "%s", trouble);
    }
    free(trouble);
}
