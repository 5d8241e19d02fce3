/*
 * catalogue_symbols.c - the part of catalogue.h that knows symbols.
 */
#include "data/catalogue.h"
#include "geo/base/fault.h"
#include "geo/base/problems.h"
#include "symbology/style.h"
#include "symbology/symbol.h"
#include "symbology/symbol_library.h"

static void check_symbol(const struct layer *layer, const struct style_symbol *symbol,
                         const struct symbol_library *library, struct problems *problems)
{
    struct fault fault = {FAULT_NONE, ""};
    const struct symbol_entry *entry = symbol_library_resolve(library, &symbol->code, &fault);
    if (!entry) {
        problems_add(problems, PROBLEM_ERROR, layer->file, symbol->line, symbol->field, "%s", fault.message);
        return;
    }
    if (entry->geometry != GEOMETRY_POINT) {
        problems_add(problems, PROBLEM_ERROR, layer->file, symbol->line, symbol->field,
                     "'%s' is drawn as a line or an area: it cannot stand on a point", entry->id);
        return;
    }
    if (!symbol_accepts(entry, &symbol->code, &fault)) {
        problems_add(problems, PROBLEM_WARNING, layer->file, symbol->line, symbol->field, "%s",
                     fault.message);
    }
}

void catalogue_check_symbols(const struct catalogue *catalogue, const struct symbol_library *library,
                             struct problems *problems)
{
    for (size_t i = 0; i < catalogue_count(catalogue); i++) {
        const struct layer *layer = catalogue_at(catalogue, i);
        for (size_t k = 0; k < layer->style->rule_count; k++) {
            const struct style_symbol *symbol = &layer->style->rules[k].symbol;
            if (symbol->is_given) {
                check_symbol(layer, symbol, library, problems);
            }
        }
    }
}
