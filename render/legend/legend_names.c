#include "render/legend/legend_names.h"

#include <stdio.h>
#include <string.h>

#include "geo/base/memory.h"
#include "render/print/words.h"
#include "symbology/symbol_library.h"
#include "symbology/symbol_set.h"
#include "symbology/symbol_words.h"

static const char *const unknown_words[LANGUAGE_COUNT] = {
    [LANGUAGE_NL] = "Onbekend symbool",
    [LANGUAGE_EN] = "Unknown symbol",
    [LANGUAGE_FR] = "Symbole inconnu",
    [LANGUAGE_DE] = "Unbekanntes Zeichen",
};

char *legend_symbol_name(const struct symbol_entry *entry, const struct symbol_code *code,
                         enum language language)
{
    bool is_present = code->status == STATUS_PRESENT;
    const char *status = is_present ? "" : symbol_status_title(code->status, language);
    const char *name = entry ? multilingual_text(&entry->name, language) : unknown_words[language];
    const char *entity = entry ? "" : code->entity;
    char title[512];
    snprintf(title, sizeof(title), "%s%s%s%s%s%s", name, *entity ? words_colon(language) : "", entity,
             *status ? " (" : "", status, *status ? ")" : "");
    return memory_copy_text(title);
}

size_t legend_group_rank(const struct symbol_library *symbols, const char *group)
{
    size_t rank = 0;
    for (size_t i = 0; i < symbol_library_count(symbols); i++) {
        const struct symbol_set *set = symbol_library_at(symbols, i);
        for (size_t k = 0; k < symbol_set_count(set); k++, rank++) {
            if (strcmp(symbol_set_at(set, k)->group, group) == 0) {
                return rank;
            }
        }
    }
    return rank;
}

const char *legend_group_name(const struct symbol_library *symbols, const struct symbol_entry *entry,
                              const struct symbol_code *code, enum language language)
{
    const struct symbol_set *set = symbol_library_find(symbols, code->set, code->version);
    return entry && set ? symbol_set_group_title(set, entry->group, language) : "";
}
