/*
 * symbol_search.c - each word of the question gets the marks of the best text of an entry that holds it; the
 * marks of all words are added. One that is nowhere found drops the entry.
 */
#include "symbology/symbol_search.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/folded_text.h"
#include "geo/base/memory.h"
#include "symbology/crosswalk.h"

#define WORD_MAX 12
#define INSIDE_LEAST_BYTES 3

/* Marks of a word, by the text it is found in and how. */
enum {
    MARK_INSIDE = 1,      /* in the middle of a word */
    MARK_GROUP = 4,       /* title of the group */
    MARK_FOREIGN = 8,     /* what others call it */
    MARK_NAME = 16,       /* a name in another language */
    MARK_CODE = 20,       /* id, letters, alias */
    MARK_OWN_NAME = 24,   /* the name in the language asked for */
    MARK_WHOLE_WORD = 6,  /* more, when it is not only the beginning of a word */
    MARK_BEGINS_TEXT = 3, /* more, when it is the first word */
    MARK_WHOLE_TEXT = 40  /* more, when the text is nothing but that word */
};

struct question {
    char *folded; /* owned; the words point into it */
    const char *words[WORD_MAX];
    int word_count;
};

struct hit {
    const struct symbol_entry *entry;
    size_t rank; /* place in the set */
    int marks[WORD_MAX];
    int sum; /* 0: not found */
};

/* Letters, digits and all that is not ASCII. */
static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || (unsigned char)byte >= 0x80;
}

static struct question question_new(const char *text)
{
    struct question question = {0};
    char cut[SYMBOL_SEARCH_MOST_BYTES + 1];
    snprintf(cut, sizeof cut, "%s", text ? text : "");
    question.folded = text_fold(cut);
    char *next = question.folded;
    while (*next && question.word_count < WORD_MAX) {
        while (*next && !is_letter(*next)) {
            next++;
        }
        if (*next) {
            question.words[question.word_count++] = next;
        }
        while (is_letter(*next)) {
            next++;
        }
        if (*next) {
            *next++ = '\0';
        }
    }
    return question;
}

/* How well a folded text holds a word: 0 not, else base and more. */
static int marks_in(const char *text, const char *word, int base)
{
    size_t length = strlen(word);
    int best = 0;
    for (const char *found = strstr(text, word); found; found = strstr(found + 1, word)) {
        bool begins = found == text || !is_letter(found[-1]);
        if (!begins) {
            best = best == 0 && length >= INSIDE_LEAST_BYTES ? MARK_INSIDE : best;
            continue;
        }
        bool ends = !is_letter(found[length]);
        int marks = base + (ends ? MARK_WHOLE_WORD : 0) + (found == text ? MARK_BEGINS_TEXT : 0);
        marks += found == text && found[length] == '\0' ? MARK_WHOLE_TEXT : 0;
        best = marks > best ? marks : best;
    }
    return best;
}

static void look_into(const char *text, int base, const struct question *question, int *marks)
{
    if (!text || !*text) {
        return;
    }
    char *folded = text_fold(text);
    for (int i = 0; i < question->word_count; i++) {
        int found = marks_in(folded, question->words[i], base);
        marks[i] = found > marks[i] ? found : marks[i];
    }
    free(folded);
}

static void look_into_crosswalk(const struct symbol_set *set, const struct symbol_entry *entry,
                                const struct question *question, int *marks)
{
    size_t count;
    const struct crosswalk_link *links = crosswalk_find(symbol_set_crosswalk(set), entry->id, &count);
    for (size_t i = 0; i < count; i++) {
        look_into(links[i].code, MARK_FOREIGN, question, marks);
        look_into(links[i].name, MARK_FOREIGN, question, marks);
    }
}

/* All texts of an entry but its aliases. */
static void look_into_entry(const struct symbol_set *set, const struct symbol_entry *entry,
                            const struct question *question, enum language language, int *marks)
{
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        enum language other = (enum language)i;
        look_into(entry->name.texts[i], other == language ? MARK_OWN_NAME : MARK_NAME, question, marks);
        look_into(symbol_set_group_title(set, entry->group, other), MARK_GROUP, question, marks);
    }
    look_into(entry->id, MARK_CODE, question, marks);
    look_into(entry->letters, MARK_CODE, question, marks);
    look_into(entry->reference, MARK_FOREIGN, question, marks);
    look_into_crosswalk(set, entry, question, marks);
}

struct hits {
    const struct question *question;
    struct hit *items; /* in the order of the set */
    size_t count;
};

static void look_into_alias(const char *alias, const struct symbol_entry *entry, void *context)
{
    struct hits *hits = context;
    for (size_t i = 0; i < hits->count; i++) {
        if (hits->items[i].entry == entry) {
            look_into(alias, MARK_CODE, hits->question, hits->items[i].marks);
            return;
        }
    }
}

static bool is_asked_for(const struct symbol_entry *entry, const struct symbol_search *search)
{
    return (search->with_deprecated || !entry->is_deprecated) &&
           (!search->group || strcmp(entry->group, search->group) == 0) &&
           (!search->has_geometry || entry->geometry == search->geometry);
}

static void add_marks(struct hit *hit, const struct question *question)
{
    hit->sum = 1;
    for (int i = 0; i < question->word_count; i++) {
        if (hit->marks[i] == 0) {
            hit->sum = 0;
            return;
        }
        hit->sum += hit->marks[i];
    }
}

static int compare_hits(const void *a, const void *b)
{
    const struct hit *hit_a = a;
    const struct hit *hit_b = b;
    if (hit_a->sum != hit_b->sum) {
        return hit_a->sum > hit_b->sum ? -1 : 1;
    }
    return hit_a->rank < hit_b->rank ? -1 : 1;
}

static void fill_hits(const struct symbol_set *set, const struct symbol_search *search, struct hits *hits)
{
    for (size_t i = 0; i < symbol_set_count(set); i++) {
        const struct symbol_entry *entry = symbol_set_at(set, i);
        if (is_asked_for(entry, search)) {
            struct hit *hit = &hits->items[hits->count++];
            *hit = (struct hit){.entry = entry, .rank = i};
            look_into_entry(set, entry, hits->question, search->language, hit->marks);
        }
    }
    symbol_set_visit_aliases(set, look_into_alias, hits);
    for (size_t i = 0; i < hits->count; i++) {
        add_marks(&hits->items[i], hits->question);
    }
    if (hits->count > 1) {
        qsort(hits->items, hits->count, sizeof *hits->items, compare_hits);
    }
}

size_t symbol_search_run(const struct symbol_set *set, const struct symbol_search *search,
                         const struct symbol_entry **entries)
{
    struct question question = question_new(search->words);
    struct hits hits = {.question = &question};
    hits.items = memory_new(symbol_set_count(set), sizeof *hits.items);
    fill_hits(set, search, &hits);
    size_t count = 0;
    while (count < hits.count && hits.items[count].sum > 0) {
        entries[count] = hits.items[count].entry;
        count++;
    }
    free(hits.items);
    free(question.folded);
    return count;
}
