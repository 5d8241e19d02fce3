/*
 * symbol_library.c - the sets in one list, ordered by name and version. It only grows while it is made and is
 * read only from then on.
 */
#include "symbology/symbol_library.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/base/problems.h"
#include "symbology/symbol_code.h"
#include "symbology/symbol_set.h"

#define DEFAULT_NAME "nl"
#define KNOWN_MOST_BYTES 200 /* of the list of sets in a sentence */

struct shelf {
    struct symbol_set *set; /* owned */
    char *folder;           /* owned; NULL: part of the program */
    bool is_of_program;     /* such a set has this place, or had it */
};

struct symbol_library {
    struct shelf *shelves;
    size_t count;
    const struct symbol_set *chosen; /* as the default, or NULL */
};

/* Negative, 0 or positive: the order of the library. */
static int compare_to(const struct symbol_set *set, const char *name, int version)
{
    int by_name = strcmp(symbol_set_name(set), name);
    return by_name != 0 ? by_name : symbol_set_version(set) - version;
}

static void insert(struct symbol_library *library, struct shelf shelf)
{
    const char *name = symbol_set_name(shelf.set);
    int version = symbol_set_version(shelf.set);
    library->shelves = memory_resize(library->shelves, library->count + 1, sizeof *library->shelves);
    size_t place = library->count;
    while (place > 0 && compare_to(library->shelves[place - 1].set, name, version) > 0) {
        library->shelves[place] = library->shelves[place - 1];
        place--;
    }
    library->shelves[place] = shelf;
    library->count++;
}

struct symbol_library *symbol_library_new(struct problems *problems)
{
    struct symbol_set *builtin = symbol_set_new_builtin(problems);
    if (!builtin) {
        return NULL;
    }
    struct symbol_library *library = memory_new(1, sizeof *library);
    insert(library, (struct shelf){.set = builtin, .is_of_program = true});
    return library;
}

void symbol_library_free(struct symbol_library *library)
{
    if (!library) {
        return;
    }
    for (size_t i = 0; i < library->count; i++) {
        symbol_set_free(library->shelves[i].set);
        free(library->shelves[i].folder);
    }
    free(library->shelves);
    free(library);
}

static struct shelf *find_shelf(const struct symbol_library *library, const char *name, int version)
{
    for (size_t i = 0; i < library->count; i++) {
        if (compare_to(library->shelves[i].set, name, version) == 0) {
            return &library->shelves[i];
        }
    }
    return NULL;
}

/* Is a set the base of another one? */
static bool is_extended(const struct symbol_library *library, const struct symbol_set *set)
{
    for (size_t i = 0; i < library->count; i++) {
        if (symbol_set_base(library->shelves[i].set) == set) {
            return true;
        }
    }
    return false;
}

/* What is wrong with putting a set where there is one of its name and version, or NULL. */
static const char *refusal(const struct symbol_library *library, const struct shelf *taken,
                           const struct symbol_set *set)
{
    if (taken->folder) {
        return "is there already";
    }
    if (symbol_set_base(set) == taken->set) {
        return "cannot take the place of the set that it extends";
    }
    return is_extended(library, taken->set) ? "must come before the sets that extend it" : NULL;
}

static bool put(struct symbol_library *library, const char *folder, struct symbol_set *set,
                struct problems *problems)
{
    struct shelf *taken = find_shelf(library, symbol_set_name(set), symbol_set_version(set));
    if (!taken) {
        insert(library, (struct shelf){.set = set, .folder = memory_copy_text(folder)});
        return true;
    }
    const char *sentence = refusal(library, taken, set);
    if (sentence) {
        problems_add(problems, PROBLEM_ERROR, folder, 0, "set", "symbol set %s@%d %s", symbol_set_name(set),
                     symbol_set_version(set), sentence);
        symbol_set_free(set);
        return false;
    }
    assert(taken->set != library->chosen);
    symbol_set_free(taken->set);
    taken->set = set;
    taken->folder = memory_copy_text(folder);
    return true;
}

bool symbol_library_add(struct symbol_library *library, const char *folder, struct problems *problems)
{
    struct symbol_set *set = symbol_set_read(folder, library, problems);
    return set && put(library, folder, set, problems);
}

size_t symbol_library_count(const struct symbol_library *library)
{
    return library->count;
}

const struct symbol_set *symbol_library_at(const struct symbol_library *library, size_t index)
{
    assert(index < library->count);
    return library->shelves[index].set;
}

const struct symbol_set *symbol_library_find(const struct symbol_library *library, const char *name,
                                             int version)
{
    const struct symbol_set *found = NULL;
    for (size_t i = 0; i < library->count; i++) {
        const struct symbol_set *set = library->shelves[i].set;
        bool is_wanted = version == 0 || symbol_set_version(set) == version;
        if (is_wanted && strcmp(symbol_set_name(set), name) == 0) {
            found = set; /* the last one is the newest */
        }
    }
    return found;
}

const char *symbol_library_folder(const struct symbol_library *library, const struct symbol_set *set)
{
    size_t i = 0;
    while (i < library->count && library->shelves[i].set != set) {
        i++;
    }
    assert(i < library->count);
    return library->shelves[i].folder;
}

const struct symbol_set *symbol_library_default(const struct symbol_library *library)
{
    const struct symbol_set *set = library->chosen;
    for (size_t i = 0; !library->chosen && i < library->count; i++) {
        const struct shelf *shelf = &library->shelves[i];
        if (shelf->is_of_program && strcmp(symbol_set_name(shelf->set), DEFAULT_NAME) == 0) {
            set = shelf->set; /* the last one is the newest */
        }
    }
    assert(set);
    return set;
}

void symbol_library_set_default(struct symbol_library *library, const struct symbol_set *set)
{
    assert(symbol_library_find(library, symbol_set_name(set), symbol_set_version(set)) == set);
    library->chosen = set;
}

/* "haven@1, nl@1": of one name, or with NULL of all. Cut when there are very many. */
static void list_sets(const struct symbol_library *library, const char *name, struct buffer *list)
{
    buffer_init(list, KNOWN_MOST_BYTES);
    for (size_t i = 0; i < library->count; i++) {
        const struct symbol_set *set = library->shelves[i].set;
        if (!name || strcmp(symbol_set_name(set), name) == 0) {
            buffer_appendf(list, "%s%s@%d", list->length > 0 ? ", " : "", symbol_set_name(set),
                           symbol_set_version(set));
        }
    }
}

static void blame_set(const struct symbol_library *library, const struct symbol_code *code,
                      struct fault *fault)
{
    struct buffer known;
    bool is_name_known = symbol_library_find(library, code->set, 0) != NULL;
    list_sets(library, is_name_known ? code->set : NULL, &known);
    const char *list = known.length > 0 ? known.bytes : "";
    if (is_name_known) {
        fault_set(fault, FAULT_NOT_FOUND, "symbol set '%s' has no version %d; there is %s", code->set,
                  code->version, list);
    } else {
        fault_set(fault, FAULT_NOT_FOUND, "there is no symbol set '%s'; there is %s", code->set, list);
    }
    buffer_finish(&known);
}

const struct symbol_entry *symbol_library_resolve(const struct symbol_library *library,
                                                  const struct symbol_code *code, struct fault *fault)
{
    const struct symbol_set *set =
        code->version > 0 ? symbol_library_find(library, code->set, code->version) : NULL;
    if (!set) {
        blame_set(library, code, fault);
        return NULL;
    }
    const struct symbol_entry *entry = symbol_set_find(set, code->entity);
    if (!entry) {
        char hint[SYMBOL_HINT_BYTES];
        fault_set(fault, FAULT_NOT_FOUND, "symbol set %s@%d has no '%s'%s", code->set, code->version,
                  code->entity, symbol_set_hint(set, code->entity, hint));
    }
    return entry;
}
