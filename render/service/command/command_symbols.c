/*
 * command_symbols.c - plottafel symbols list | show: what there is to plot with.
 *
 * Without a configuration it is the set that is part of the program.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "geo/base/memory.h"
#include "geo/base/problems.h"
#include "render/service/command/command.h"
#include "render/service/command/command_symbols.h"
#include "render/service/config.h"
#include "render/service/worker/drawing.h"
#include "render/service/command/options.h"
#include "render/service/worker/order.h"
#include "render/service/command/output.h"
#include "render/service/protocol/palette_wish.h"
#include "render/service/protocol/symbol_choice.h"
#include "render/service/protocol/symbol_facts.h"
#include "render/service/protocol/symbol_records.h"
#include "symbology/symbol_code.h"
#include "symbology/symbol_library.h"
#include "symbology/symbol_search.h"
#include "symbology/symbol_set.h"

#define LIST_MOST_BYTES (64u << 20)
#define SIZE_LEAST_PX 8
#define SIZE_MOST_PX 4096

static const struct option list_options[] = {
    {"set", 0, false, "SET",
     "such as nl@1; when not given the one that all plots name, or that of the program"},
    {"query", 0, false, "WORDS",
     "only what is called so, in any of the four languages or elsewhere; best first"},
    {"group", 0, false, "ID", "only of this group, such as bw"},
    {"deprecated", 0, false, NULL, "those too that are offered no more"},
    {"json", 0, false, NULL, "as a JSON array"},
    {"language", 0, false, "CODE", "of the names in the table: nl, en, fr or de"},
    {NULL, 0, false, NULL, NULL},
};

static const struct option show_options[] = {
    {"output", 'o', false, "FILE", "draws it too, as .svg or .png"},
    {"size", 0, false, "N", "width of a PNG in pixels; as on a map when not given"},
    {"palette", 0, false, "NAME", "default, print, mono, colour-blind or imagery"},
    {"language", 0, false, "CODE", "of the name in an SVG, for screen readers: nl, en, fr or de"},
    {NULL, 0, false, NULL, NULL},
};

/** A configuration with nothing but the built-in set. */
static struct config *builtin_config(void)
{
    struct problems problems;
    problems_init(&problems);
    struct config *config = memory_new(1, sizeof(*config));
    config->symbols = symbol_library_new(&problems);
    problems_print(&problems, stderr);
    problems_finish(&problems);
    if (!config->symbols) {
        config_free(config);
        return NULL;
    }
    return config;
}

struct config *command_symbols_config(const struct options *options, bool is_checked)
{
    bool is_named = options_has(options, "config") || file_exists(command_config_path(options));
    if (!is_named) {
        return builtin_config();
    }
    return is_checked ? command_read_config_to_check(options) : command_read_config(options);
}

bool command_symbols_palette(const struct options *options, enum palette *palette, struct fault *fault)
{
    struct palette_wish wish;
    if (!palette_wish_read(options_value(options, "palette"), &wish, fault)) {
        fault_prefix(fault, "--");
        return false;
    }
    *palette = wish.is_given ? wish.palette : *palette;
    return true;
}

/** What the options ask for, best first. Owned array. */
static const struct symbol_entry **choose(const struct options *options, const struct symbol_set *set,
                                          enum language language, size_t *count)
{
    struct symbol_search search = {.words = options_value(options, "query"),
                                   .group = options_value(options, "group"),
                                   .language = language,
                                   .with_deprecated = options_has(options, "deprecated")};
    const struct symbol_entry **entries = memory_new(symbol_set_count(set), sizeof(*entries));
    *count = symbol_search_run(set, &search, entries);
    return entries;
}

static bool write_list(const struct options *options, const struct symbol_set *set, enum language language,
                       struct fault *fault)
{
    size_t count;
    const struct symbol_entry **entries = choose(options, set, language, &count);
    if (count == 0 && options_has(options, "query")) {
        fprintf(stderr, "plottafel: nothing found for '%s' in %s@%d\n", options_value(options, "query"),
                symbol_set_name(set), symbol_set_version(set));
    }
    struct buffer text;
    buffer_init(&text, LIST_MOST_BYTES);
    if (options_has(options, "json")) {
        symbol_append_records(&text, set, entries, count);
        buffer_append_text(&text, "\n");
    } else {
        symbol_facts_write_table(set, entries, count, language, &text);
    }
    bool is_written = output_write("-", text.bytes ? text.bytes : "", text.length, fault);
    buffer_finish(&text);
    free(entries);
    return is_written;
}

static bool list(const struct options *options, const struct config *config, enum language language,
                 struct fault *fault)
{
    const struct symbol_set *set = symbol_choice_set(config->symbols, options_value(options, "set"), fault);
    const char *group = options_value(options, "group");
    if (!set) {
        return false;
    }
    if (group && !symbol_choice_has_group(set, group)) {
        fault_set(fault, FAULT_NOT_FOUND, "symbol set %s@%d has no group '%.40s'", symbol_set_name(set),
                  symbol_set_version(set), group);
        return false;
    }
    return write_list(options, set, language, fault);
}

static int run_list(const struct options *options)
{
    enum language language = LANGUAGE_NL;
    struct fault fault;
    if (!options_language(options, &language, &fault)) {
        return command_wrong_usage(options, &fault);
    }
    struct config *config = command_symbols_config(options, false);
    if (!config) {
        return COMMAND_FAULT;
    }
    bool is_listed = list(options, config, language, &fault);
    config_free(config);
    return is_listed ? COMMAND_OK : command_fault(&fault);
}

static bool print_facts(const struct symbol_library *symbols, const char *text, struct fault *fault)
{
    struct symbol_code code;
    if (!symbol_code_parse(text, &code, fault)) {
        return false;
    }
    const struct symbol_entry *entry = symbol_library_resolve(symbols, &code, fault);
    if (entry) {
        struct buffer facts;
        buffer_init(&facts, LIST_MOST_BYTES);
        symbol_facts_write(symbol_library_find(symbols, code.set, code.version), entry, &code, &facts);
        fwrite(facts.bytes, 1, facts.length, stdout);
        buffer_finish(&facts);
    }
    symbol_code_finish(&code);
    return entry != NULL;
}

static bool read_drawing(const struct options *options, struct order_symbol *symbol, struct fault *fault)
{
    const char *path = options_value(options, "output");
    symbol->format = path && output_has_ending(path, "svg") ? ORDER_SVG : ORDER_PNG;
    if (path && symbol->format == ORDER_PNG && !output_has_ending(path, "png")) {
        fault_set(fault, FAULT_INPUT, "the name of the file must end in .svg or .png, not '%.200s'", path);
        return false;
    }
    symbol->is_titled = options_has(options, "language");
    return options_integer(options, "size", SIZE_LEAST_PX, SIZE_MOST_PX, &symbol->width_px, fault) &&
           options_language(options, &symbol->language, fault) &&
           command_symbols_palette(options, &symbol->palette, fault);
}

static int show(const struct options *options, const struct config *config, struct order *order)
{
    struct fault fault;
    if (!symbol_choice_complete(symbol_library_default(config->symbols), options->arguments[0],
                                order->symbol.code, sizeof(order->symbol.code), &fault) ||
        !print_facts(config->symbols, order->symbol.code, &fault)) {
        return command_fault(&fault);
    }
    return options_has(options, "output") ? drawing_run(options, config, order) : COMMAND_OK;
}

static int run_show(const struct options *options)
{
    struct order order;
    struct fault fault;
    order_init(&order, ORDER_SYMBOL);
    if (!read_drawing(options, &order.symbol, &fault)) {
        return command_wrong_usage(options, &fault);
    }
    struct config *config = command_symbols_config(options, false);
    int status = config ? show(options, config, &order) : COMMAND_FAULT;
    config_free(config);
    return status;
}

const struct command command_symbols_list = {
    .name = "symbols list",
    .sentence = "Lists the symbols that there are",
    .options = list_options,
    .example = "plottafel symbols list --query 'road closed' --language en",
    .run = run_list,
};

const struct command command_symbols_show = {
    .name = "symbols show",
    .sentence = "Says everything about one symbol, and draws it",
    .arguments = "CODE",
    .argument_least = 1,
    .argument_most = 1,
    .options = show_options,
    .notes = "CODE is an id of the set, or a whole code with status and texts.\n",
    .example = "plottafel symbols show 'bw.ugs;st=planned' -o symbol.svg",
    .run = run_show,
};
