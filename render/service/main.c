/*
 * main.c - plottafel: finds the command in the table and runs it.
 */
#include <stdio.h>
#include <string.h>

#include "geo/base/log.h"
#include "geo/base/word.h"
#include "render/service/command/command.h"

/** In the order of the list that --help shows. */
static const struct command *const commands[] = {
    &command_serve,        &command_tile,           &command_map,
    &command_briefing,     &command_briefings_list, &command_verify,
    &command_seed,         &command_import,         &command_export,
    &command_symbols_list, &command_symbols_show,   &command_symbols_sheet,
    &command_symbols_book, &command_symbols_check,  &command_symbols_migrate,
    &command_style_import, &command_templates,      &command_check,
    &command_worker,
};

#define COMMAND_COUNT (sizeof(commands) / sizeof(commands[0]))

static void write_list(const char *prefix, FILE *file)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        const struct command *command = commands[i];
        if (!command->is_hidden && strncmp(command->name, prefix, strlen(prefix)) == 0) {
            fprintf(file, "  %-17s%s\n", command->name, command->sentence);
        }
    }
}

static void write_help(FILE *file)
{
    fputs("usage: plottafel [--config FILE] COMMAND ...\n\n"
          "Draws plots of crisis features and the layers of a catalogue as tiles, maps and briefings.\n\n",
          file);
    write_list("", file);
    fputs("\n  --config FILE  the configuration; plottafel.yaml of the working folder when not given\n"
          "  --version      shows the version\n\n"
          "plottafel COMMAND --help shows what a command takes, with an example.\n"
          "Exit status: 0 it worked, 1 a fault (one sentence says which), 2 wrong usage.\n",
          file);
}

/** Does the name consist of the first words? Returns how many; 0: no. */
static int match_name(const char *name, int word_count, char **words)
{
    int count = 0;
    while (count < word_count) {
        size_t length = strlen(words[count]);
        if (length == 0 || strncmp(name, words[count], length) != 0) {
            return 0;
        }
        name += length;
        count++;
        if (*name == '\0') {
            return count;
        }
        if (*name++ != ' ') {
            return 0;
        }
    }
    return 0;
}

static const struct command *find_command(int word_count, char **words, int *name_words)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        *name_words = match_name(commands[i]->name, word_count, words);
        if (*name_words > 0) {
            return commands[i];
        }
    }
    return NULL;
}

/** "symbols" alone is the beginning of several names. */
static bool is_beginning(const char *word, char beginning[static 32])
{
    snprintf(beginning, 32, "%s ", word);
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (strncmp(commands[i]->name, beginning, strlen(beginning)) == 0) {
            return true;
        }
    }
    return false;
}

static int explain_beginning(const char *beginning, int word_count, char **words)
{
    bool is_asked = word_count > 0 && (strcmp(words[0], "--help") == 0 || strcmp(words[0], "-h") == 0);
    FILE *file = is_asked ? stdout : stderr;
    fprintf(file, "usage: plottafel %sCOMMAND ...\n\n", beginning);
    write_list(beginning, file);
    fprintf(file, "\nplottafel %sCOMMAND --help shows what it takes, with an example.\n", beginning);
    return is_asked ? COMMAND_OK : COMMAND_USAGE;
}

static int refuse_command(const char *word)
{
    const char *known[COMMAND_COUNT + 1] = {NULL};
    size_t count = 0;
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (!commands[i]->is_hidden) {
            known[count++] = commands[i]->name;
        }
    }
    const char *nearest = word_nearest(word, known);
    fprintf(stderr,
            nearest ? "plottafel: there is no command '%.80s'; did you mean '%s'?\n"
                    : "plottafel: there is no command '%.80s'\n",
            word, nearest);
    fputs("usage: plottafel [--config FILE] COMMAND ...; plottafel --help lists them\n", stderr);
    return COMMAND_USAGE;
}

static int run(int word_count, char **words, const char *config_path)
{
    int name_words;
    char beginning[32];
    const struct command *command = find_command(word_count, words, &name_words);
    if (command) {
        return command_run(command, word_count - name_words, words + name_words, config_path);
    }
    if (is_beginning(words[0], beginning)) {
        return explain_beginning(beginning, word_count - 1, words + 1);
    }
    return refuse_command(words[0]);
}

/** The value of --config before the command; moves *next behind it. NULL: there is none. */
static const char *take_config(int count, char **words, int *next)
{
    const char *word = words[*next];
    if (strncmp(word, "--config=", strlen("--config=")) == 0) {
        (*next)++;
        return word + strlen("--config=");
    }
    bool is_config = strcmp(word, "--config") == 0 || strcmp(word, "-c") == 0;
    if (!is_config || *next + 1 >= count) {
        return NULL;
    }
    *next += 2;
    return words[*next - 1];
}

int main(int count, char **words)
{
    int next = 1;
    const char *config_path = next < count ? take_config(count, words, &next) : NULL;
    if (next >= count) {
        write_help(stderr);
        return COMMAND_USAGE;
    }
    log_open(LOG_PLAIN, LOG_WARNING); /* the service chooses for itself */
    const char *word = words[next];
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 || strcmp(word, "help") == 0) {
        write_help(stdout);
        return COMMAND_OK;
    }
    if (strcmp(word, "--version") == 0) {
        puts("plottafel " PLOTTAFEL_VERSION);
        return COMMAND_OK;
    }
    return run(count - next, words + next, config_path);
}
