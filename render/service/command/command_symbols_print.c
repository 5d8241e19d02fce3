/*
 * command_symbols_print.c - plottafel symbols sheet | book: sets on paper.
 */
#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "render/book/symbol_book.h"
#include "render/book/symbol_sheet.h"
#include "render/renderer.h"
#include "render/service/command/command.h"
#include "render/service/command/command_symbols.h"
#include "render/service/config.h"
#include "render/service/command/options.h"
#include "render/service/command/output.h"
#include "render/service/protocol/symbol_choice.h"
#include "symbology/symbol_library.h"

static const struct option sheet_options[] = {
    {"output", 'o', true, "FILE", "the PDF; - is standard output"},
    {"set", 0, false, "SET",
     "such as nl@1; when not given the one that all plots name, or that of the program"},
    {"palette", 0, false, "NAME", "default, print, mono, colour-blind or imagery"},
    {"language", 0, false, "CODE", "nl, en, fr or de"},
    {NULL, 0, false, NULL, NULL},
};

static const struct option book_options[] = {
    {"output", 'o', true, "FILE", "the PDF; - is standard output"},
    {"set", 0, false, "SET", "such as nl@1; all sets that there are when not given"},
    {"palette", 0, false, "NAME", "default, print, mono, colour-blind or imagery"},
    {"language", 0, false, "CODES", "one or two of nl, en, fr and de, such as nl,en"},
    {NULL, 0, false, NULL, NULL},
};

/** What is asked for on paper. */
struct printing {
    struct language_pair languages;
    enum palette palette;
};

static bool check_ending(const struct options *options, struct fault *fault)
{
    const char *path = options_value(options, "output");
    if (!strchr(path, '.') || output_has_ending(path, "pdf")) {
        return true;
    }
    fault_set(fault, FAULT_INPUT, "it is a PDF: the name of the file must end in .pdf, not '%.200s'", path);
    return false;
}

static char *make_sheet(struct renderer *renderer, const struct options *options, const struct config *config,
                        const struct printing *printing, size_t *length, struct fault *fault)
{
    const struct symbol_set *set = symbol_choice_set(config->symbols, options_value(options, "set"), fault);
    return set ? symbol_sheet_make(renderer, set, printing->languages.first, printing->palette, length, fault)
               : NULL;
}

/** The set asked for, or all; the default one first. Owned array. NULL on fault. */
static const struct symbol_set **choose_sets(const struct options *options, const struct config *config,
                                             size_t *count, struct fault *fault)
{
    const struct symbol_set *first = symbol_choice_set(config->symbols, options_value(options, "set"), fault);
    if (!first) {
        return NULL;
    }
    const struct symbol_set **sets = memory_new(symbol_library_count(config->symbols), sizeof(*sets));
    sets[0] = first;
    *count = 1;
    for (size_t i = 0; !options_has(options, "set") && i < symbol_library_count(config->symbols); i++) {
        const struct symbol_set *set = symbol_library_at(config->symbols, i);
        if (set != first) {
            sets[(*count)++] = set;
        }
    }
    return sets;
}

static char *make_book(struct renderer *renderer, const struct options *options, const struct config *config,
                       const struct printing *printing, size_t *length, struct fault *fault)
{
    size_t count;
    const struct symbol_set **sets = choose_sets(options, config, &count, fault);
    if (!sets) {
        return NULL;
    }
    struct symbol_book_order order = {.sets = sets,
                                      .set_count = count,
                                      .languages = {printing->languages.first, printing->languages.second},
                                      .language_count = printing->languages.has_second ? 2 : 1,
                                      .palette = printing->palette};
    char *pdf = symbol_book_make(renderer, &order, length, fault);
    free(sets);
    return pdf;
}

static int print(const struct options *options, const struct printing *printing,
                 char *(*make)(struct renderer *renderer, const struct options *options,
                               const struct config *config, const struct printing *printing, size_t *length,
                               struct fault *fault))
{
    struct fault fault;
    struct config *config = command_symbols_config(options, false);
    if (!config) {
        return COMMAND_FAULT;
    }
    struct renderer *renderer = renderer_new(config->grid_folder, &fault);
    size_t length;
    char *pdf = renderer ? make(renderer, options, config, printing, &length, &fault) : NULL;
    bool is_written = pdf && output_write(options_value(options, "output"), pdf, length, &fault);
    free(pdf);
    renderer_free(renderer);
    config_free(config);
    return is_written ? COMMAND_OK : command_fault(&fault);
}

static int run_sheet(const struct options *options)
{
    struct printing printing = {.palette = PALETTE_DEFAULT};
    struct fault fault;
    if (!options_language(options, &printing.languages.first, &fault) ||
        !command_symbols_palette(options, &printing.palette, &fault) || !check_ending(options, &fault)) {
        return command_wrong_usage(options, &fault);
    }
    return print(options, &printing, make_sheet);
}

static int run_book(const struct options *options)
{
    struct printing printing = {.palette = PALETTE_DEFAULT};
    struct fault fault;
    if (!options_languages(options, &printing.languages, &fault) ||
        !command_symbols_palette(options, &printing.palette, &fault) || !check_ending(options, &fault)) {
        return command_wrong_usage(options, &fault);
    }
    return print(options, &printing, make_book);
}

const struct command command_symbols_sheet = {
    .name = "symbols sheet",
    .sentence = "Draws all symbols on A4 pages",
    .options = sheet_options,
    .example = "plottafel symbols sheet --language en -o symbols.pdf",
    .run = run_sheet,
};

const struct command command_symbols_book = {
    .name = "symbols book",
    .sentence = "Prints the book of symbols: how to read them, every form of each, an index",
    .options = book_options,
    .example = "plottafel symbols book --language nl,en -o book.pdf",
    .run = run_book,
};
