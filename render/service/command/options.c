/*
 * options.c - the command's own table comes first, then the common one; values stand in that order.
 */
#include "render/service/command/options.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/base/word.h"
#include "render/service/command/command.h"

#define OPTION_MOST 32

const struct option options_common[] = {
    {"config", 'c', false, "FILE", "the configuration; plottafel.yaml of the working folder when not given"},
    {"help", 'h', false, NULL, "shows this"},
    {NULL, 0, false, NULL, NULL},
};

static const struct option no_options[] = {{NULL, 0, false, NULL, NULL}};

/** What is being read, and how far. */
struct reading {
    struct options *options;
    char **words;
    int word_count;
    int next;
    bool is_only_arguments; /* behind "--" */
    struct fault *fault;
};

static const struct option *own_table(const struct options *options)
{
    return options->command->options ? options->command->options : no_options;
}

static int table_length(const struct option *table)
{
    int length = 0;
    while (table[length].name) {
        length++;
    }
    return length;
}

/** The index-th of both tables; NULL behind the last. */
static const struct option *option_at(const struct options *options, int index)
{
    int own_count = table_length(own_table(options));
    if (index < own_count) {
        return &own_table(options)[index];
    }
    int common_count = table_length(options_common);
    return index - own_count < common_count ? &options_common[index - own_count] : NULL;
}

/** By name (unless it is NULL) or by letter (unless it is 0); -1 when there is none. */
static int find_option(const struct options *options, const char *name, size_t length, char letter)
{
    const struct option *option;
    for (int i = 0; (option = option_at(options, i)) != NULL; i++) {
        bool is_name = name && strlen(option->name) == length && memcmp(option->name, name, length) == 0;
        if (is_name || (letter && option->letter == letter)) {
            return i;
        }
    }
    return -1;
}

static bool fail_unknown(struct reading *reading, const char *word)
{
    const char *known[OPTION_MOST + 1] = {NULL};
    const struct option *option;
    for (int i = 0; i < OPTION_MOST && (option = option_at(reading->options, i)) != NULL; i++) {
        known[i] = option->name;
    }
    char name[64] = "";
    size_t dashes = strspn(word, "-");
    size_t length = strcspn(word + dashes, "=");
    memcpy(name, word + dashes, length < sizeof(name) ? length : sizeof(name) - 1);
    const char *nearest = word_nearest(name, known);
    fault_set(reading->fault, FAULT_INPUT,
              nearest ? "there is no option '%.80s'; did you mean '--%s'?" : "there is no option '%.80s'",
              word, nearest);
    return false;
}

/** A word that begins with a dash, taken apart: "--bbox=1,2,3,4", "-o", "-j2". */
struct option_word {
    const char *name; /* NULL: a letter */
    size_t name_length;
    char letter;
    const char *value; /* NULL: the next word, if it takes one */
};

static struct option_word split_word(const char *word)
{
    struct option_word split = {0};
    if (word[1] != '-') {
        split.letter = word[1];
        split.value = word[2] != '\0' ? word + 2 : NULL;
        return split;
    }
    split.name = word + 2;
    split.name_length = strcspn(split.name, "=");
    split.value = split.name[split.name_length] == '=' ? split.name + split.name_length + 1 : NULL;
    return split;
}

/** The next word as a value; NULL (told) without one. */
static const char *take_value(struct reading *reading, const struct option *option)
{
    bool is_there =
        reading->next < reading->word_count && strncmp(reading->words[reading->next], "--", 2) != 0;
    if (!is_there) {
        fault_set(reading->fault, FAULT_INPUT, "option '--%s' needs a value: %s", option->name,
                  option->value);
        return NULL;
    }
    return reading->words[reading->next++];
}

static bool take_option(struct reading *reading, const char *word)
{
    struct option_word split = split_word(word);
    int index = find_option(reading->options, split.name, split.name_length, split.letter);
    if (index < 0) {
        return fail_unknown(reading, word);
    }
    const struct option *option = option_at(reading->options, index);
    const char **value = &reading->options->values[index];
    if (*value) {
        fault_set(reading->fault, FAULT_INPUT, "option '--%s' is given twice", option->name);
        return false;
    }
    if (!option->value && split.value) {
        fault_set(reading->fault, FAULT_INPUT, "option '--%s' takes no value", option->name);
        return false;
    }
    *value = !option->value ? "" : split.value ? split.value : take_value(reading, option);
    return *value != NULL;
}

static bool take_word(struct reading *reading)
{
    const char *word = reading->words[reading->next++];
    if (!reading->is_only_arguments && strcmp(word, "--") == 0) {
        reading->is_only_arguments = true;
        return true;
    }
    if (!reading->is_only_arguments && word[0] == '-' && word[1] != '\0') {
        return take_option(reading, word);
    }
    reading->options->arguments[reading->options->argument_count++] = word;
    return true;
}

static bool check_arguments(const struct options *options, struct fault *fault)
{
    const struct command *command = options->command;
    if (options->argument_count > command->argument_most) {
        fault_set(fault, FAULT_INPUT, "there is no place for '%.80s'",
                  options->arguments[command->argument_most]);
        return false;
    }
    if (options->argument_count < command->argument_least) {
        fault_set(fault, FAULT_INPUT, "it needs %s", command->arguments);
        return false;
    }
    return true;
}

static bool check_required(const struct options *options, struct fault *fault)
{
    const struct option *option;
    for (int i = 0; (option = option_at(options, i)) != NULL; i++) {
        if (option->is_required && !options->values[i]) {
            fault_set(fault, FAULT_INPUT, "it needs --%s %s", option->name, option->value);
            return false;
        }
    }
    return true;
}

bool options_read(const struct command *command, int word_count, char **words, struct options *options,
                  struct fault *fault)
{
    *options = (struct options){.command = command};
    int option_count = table_length(own_table(options)) + table_length(options_common);
    assert(option_count <= OPTION_MOST);
    options->values = memory_new((size_t)option_count, sizeof(*options->values));
    options->arguments = memory_new((size_t)word_count, sizeof(*options->arguments));
    struct reading reading = {options, words, word_count, 0, false, fault};
    while (reading.next < word_count) {
        if (!take_word(&reading)) {
            return false;
        }
    }
    return options_has(options, "help") ||
           (check_arguments(options, fault) && check_required(options, fault));
}

void options_finish(struct options *options)
{
    free(options->values);
    free(options->arguments);
    *options = (struct options){0};
}

const char *options_value(const struct options *options, const char *name)
{
    int index = find_option(options, name, strlen(name), '\0');
    assert(index >= 0);
    return options->values[index];
}

bool options_has(const struct options *options, const char *name)
{
    return options_value(options, name) != NULL;
}
