#include "render/briefing/difference_words.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/feature.h"
#include "data/plot.h"
#include "geo/base/buffer.h"
#include "geo/base/moment.h"
#include "render/legend/legend_names.h"
#include "render/print/text_join.h"
#include "render/print/words.h"
#include "symbology/symbol_library.h"
#include "symbology/symbol_words.h"

#define TEXT_MOST_BYTES 8000

/* Nederlands, English, français, Deutsch. */
static const char *const words[DIFFERENCE_WORD_COUNT][LANGUAGE_COUNT] = {
    [DIFFERENCE_WORD_TITLE] = {"Wijzigingen", "Changes", "Changements", "Änderungen"},
    [DIFFERENCE_WORD_SINCE] = {"Wijzigingen sinds %s", "Changes since %s", "Changements depuis le %s",
                               "Änderungen seit %s"},
    [DIFFERENCE_WORD_SHORTLY] = {"sinds %s", "since %s", "depuis le %s", "seit %s"},
    [DIFFERENCE_WORD_NOTHING] = {"Niets gewijzigd sinds %s", "Nothing changed since %s",
                                 "Aucun changement depuis le %s", "Nichts geändert seit %s"},
    [DIFFERENCE_WORD_NO_PREVIOUS] = {"geen eerdere briefing om mee te vergelijken",
                                     "no earlier briefing to compare with",
                                     "aucun briefing antérieur auquel comparer",
                                     "keine frühere Lagekarte zum Vergleich"},
    [DIFFERENCE_WORD_NOTHING_MARKED] =
        {"Er is geen eerdere briefing van deze kaart, dit sjabloon en dit kader: niets is als gewijzigd "
         "gemarkeerd.",
         "There is no earlier briefing of this map, template and frame: nothing is marked as changed.",
         "Il n’y a pas de briefing antérieur de cette carte, de ce modèle et de ce cadre : aucun changement "
         "n’est marqué.",
         "Es gibt keine frühere Lagekarte mit dieser Karte, dieser Vorlage und diesem Ausschnitt: nichts ist "
         "als geändert markiert."},
    [DIFFERENCE_WORD_ELSEWHERE] =
        {"Buiten de kaart zijn nog %zu wijzigingen; zij staan hier niet.",
         "Beside the map there are %zu more changes; they are not listed here.",
         "En dehors de la carte, %zu autres changements ne figurent pas ici.",
         "Außerhalb der Karte gibt es %zu weitere Änderungen; sie stehen nicht hier."},
    [DIFFERENCE_WORD_MORE] = {"… nog %zu wijzigingen passen hier niet", "… %zu more changes do not fit here",
                              "… %zu autres changements n’ont pas trouvé place ici",
                              "… %zu weitere Änderungen passen hier nicht"},
    [DIFFERENCE_WORD_BEFORE] = {"Was", "Before", "Avant", "Vorher"},
    [DIFFERENCE_WORD_NOW] = {"Is", "Now", "Après", "Jetzt"},
    [DIFFERENCE_WORD_CHANGE] = {"Wijziging", "Change", "Changement", "Änderung"},
    [DIFFERENCE_WORD_WHEN] = {"Wanneer", "When", "Quand", "Wann"},
};

static const char *const mark_titles[CHANGE_MARK_COUNT + 1][LANGUAGE_COUNT] = {
    [CHANGE_MARK_NEW] = {"Nieuw", "New", "Nouveau", "Neu"},
    [CHANGE_MARK_CHANGED] = {"Gewijzigd", "Changed", "Modifié", "Geändert"},
    [CHANGE_MARK_MOVED] = {"Verplaatst", "Moved", "Déplacé", "Verlegt"},
    [CHANGE_MARK_ENDED] = {"Vervallen", "Ended", "Terminé", "Beendet"},
    [CHANGE_MARK_COUNT] = {"Niet op de kaart te zien", "Not to be seen on the map",
                           "Non visible sur la carte", "Auf der Karte nicht zu sehen"},
};

static const char *const keys[CHANGE_MARK_COUNT][LANGUAGE_COUNT] = {
    [CHANGE_MARK_NEW] = {"ring: %zu nieuw", "ring: %zu new", "anneau : %zu nouveaux", "Ring: %zu neu"},
    [CHANGE_MARK_CHANGED] = {"hoeken: %zu gewijzigd", "corners: %zu changed", "coins : %zu modifiés",
                             "Ecken: %zu geändert"},
    [CHANGE_MARK_MOVED] = {"pijl: %zu verplaatst", "arrow: %zu moved", "flèche : %zu déplacés",
                           "Pfeil: %zu verlegt"},
    [CHANGE_MARK_ENDED] = {"kruis: %zu vervallen", "cross: %zu ended", "croix : %zu terminés",
                           "Kreuz: %zu beendet"},
};

static const char *const causes[][LANGUAGE_COUNT] = {
    [DIFFERENCE_EDITED] = {"", "", "", ""},
    [DIFFERENCE_BEGAN] = {"begonnen", "began", "commencé", "begonnen"},
    [DIFFERENCE_EXPIRED] = {"afgelopen", "its time is over", "arrivé à terme", "abgelaufen"},
    [DIFFERENCE_REMOVED] = {"verwijderd", "removed", "retiré", "entfernt"},
};

/* %s: the distance, then the direction. */
static const char *const moved[LANGUAGE_COUNT] = {"%s naar het %s", "%s to the %s", "%s vers le %s",
                                                  "%s nach %s"};

static const char *const directions[8][LANGUAGE_COUNT] = {
    {"noorden", "north", "nord", "Norden"}, {"noordoosten", "north-east", "nord-est", "Nordosten"},
    {"oosten", "east", "est", "Osten"},     {"zuidoosten", "south-east", "sud-est", "Südosten"},
    {"zuiden", "south", "sud", "Süden"},    {"zuidwesten", "south-west", "sud-ouest", "Südwesten"},
    {"westen", "west", "ouest", "Westen"},  {"noordwesten", "north-west", "nord-ouest", "Nordwesten"},
};

/* Fields that change from one value to another, and those that just change. */
enum part {
    PART_RESHAPED,
    PART_SYMBOL,
    PART_STATUS,
    PART_TURNED,
    PART_TRUST,
    PART_OWNER,
    PART_FROM,
    PART_UNTIL,
    PART_SOURCE,
    PART_DETAIL,
    PART_SET,
    PART_COUNT
};

static const char *const parts[PART_COUNT][LANGUAGE_COUNT] = {
    [PART_RESHAPED] = {"vorm gewijzigd", "shape changed", "forme modifiée", "Form geändert"},
    [PART_SYMBOL] = {"symbool", "symbol", "symbole", "Zeichen"},
    [PART_STATUS] = {"status", "status", "statut", "Status"},
    [PART_TURNED] = {"richting", "direction", "direction", "Richtung"},
    [PART_TRUST] = {"betrouwbaarheid", "trust", "fiabilité", "Verlässlichkeit"},
    [PART_OWNER] = {"eigenaar", "owner", "responsable", "Zuständig"},
    [PART_FROM] = {"geldig vanaf", "valid from", "valable dès", "gültig ab"},
    [PART_UNTIL] = {"geldig tot", "valid until", "valable jusqu’à", "gültig bis"},
    [PART_SOURCE] = {"bron", "source", "source", "Quelle"},
    [PART_DETAIL] = {"grootte van het symbool gewijzigd", "size of the symbol changed",
                     "taille du symbole modifiée", "Größe des Zeichens geändert"},
    [PART_SET] = {"symbolenset", "symbol set", "jeu de symboles", "Zeichensatz"},
};

const char *difference_word(enum difference_word word, enum language language)
{
    assert(word < DIFFERENCE_WORD_COUNT && language < LANGUAGE_COUNT);
    return words[word][language];
}

const char *difference_mark_title(enum change_mark mark, enum language language)
{
    assert(mark <= CHANGE_MARK_COUNT && language < LANGUAGE_COUNT);
    return mark_titles[mark][language];
}

char *difference_key_words(const size_t counts[static CHANGE_MARK_COUNT], enum language language)
{
    struct buffer text;
    buffer_init(&text, TEXT_MOST_BYTES);
    for (int mark = 0; mark < CHANGE_MARK_COUNT; mark++) {
        char words_of_mark[80];
        if (counts[mark] > 0) {
            snprintf(words_of_mark, sizeof words_of_mark, keys[mark][language], counts[mark]);
            buffer_append_text(&text, text.length ? "; " : "");
            buffer_append_text(&text, words_of_mark);
        }
    }
    return buffer_take(&text, &(size_t){0});
}

static void begin_line(struct buffer *text)
{
    buffer_append_text(text, text->length ? "\n" : "");
}

/* "status: gepland → aanwezig" */
static void add_change(struct buffer *text, enum language language, const char *label, const char *before,
                       const char *after)
{
    begin_line(text);
    buffer_appendf(text, "%s%s", label, words_colon(language));
    buffer_append_line(text, before && before[0] ? before : "–");
    buffer_append_text(text, " → ");
    buffer_append_line(text, after && after[0] ? after : "–");
}

/* To two digits or so: more is not known of a move. */
static double rounded(double metres)
{
    double step = metres < 100 ? 1 : metres < 1000 ? 10 : 100;
    return round(metres / step) * step;
}

static void add_move(struct buffer *text, const struct feature_difference *what, enum language language)
{
    char distance[40];
    char line[160];
    int direction = (int)lround(what->bearing_deg / 45) % 8;
    snprintf(line, sizeof line, moved[language],
             what->distance_m < 1 ? "< 1 m" : words_distance(rounded(what->distance_m), language, distance),
             directions[direction][language]);
    begin_line(text);
    buffer_append_text(text, line);
}

static void add_symbol(struct buffer *text, const struct feature_difference *what,
                       const struct symbol_library *symbols, enum language language)
{
    const struct symbol_code *old = &what->before->code;
    const struct symbol_code *new = &what->after->code;
    char *before = legend_symbol_name(symbol_library_resolve(symbols, old, NULL), old, language);
    char *after = legend_symbol_name(symbol_library_resolve(symbols, new, NULL), new, language);
    add_change(text, language, parts[PART_SYMBOL][language], before, after);
    free(before);
    free(after);
}

static void add_moment(struct buffer *text, enum language language, const char *label, int64_t before_ms,
                       int64_t after_ms)
{
    char before[32] = "";
    char after[32] = "";
    if (before_ms == after_ms) {
        return;
    }
    if (before_ms != MOMENT_NONE && before_ms != MOMENT_FOREVER) {
        moment_format_local(before_ms, before);
    }
    if (after_ms != MOMENT_NONE && after_ms != MOMENT_FOREVER) {
        moment_format_local(after_ms, after);
    }
    add_change(text, language, label, before, after);
}

static void add_turn(struct buffer *text, const struct feature_difference *what, enum language language)
{
    char before[32];
    char after[32];
    char number[32];
    snprintf(before, sizeof before, "%.20s°",
             words_number(what->before->code.rotation_deg, 1, language, number));
    snprintf(after, sizeof after, "%.20s°",
             words_number(what->after->code.rotation_deg, 1, language, number));
    add_change(text, language, parts[PART_TURNED][language], before, after);
}

/* A word of a record in one language or two. */
static const char *label_of(enum part part, struct language_pair languages, char text[static 160])
{
    enum language second = languages.has_second ? languages.second : languages.first;
    return words_beside(parts[part][languages.first], parts[part][second], text);
}

static void add_set(struct buffer *text, const struct feature_difference *what,
                    struct language_pair languages)
{
    char label[160];
    char before[32];
    char after[32];
    snprintf(before, sizeof before, "%s@%d", what->before->code.set, what->before->code.version);
    snprintf(after, sizeof after, "%s@%d", what->after->code.set, what->after->code.version);
    add_change(text, languages.first, label_of(PART_SET, languages, label), before, after);
}

static void add_texts(struct buffer *text, const struct feature_difference *what,
                      struct language_pair languages)
{
    enum language second = languages.has_second ? languages.second : languages.first;
    char label[160];
    for (int slot = 0; slot < SLOT_COUNT; slot++) {
        if (what->text_slots & 1u << slot) {
            words_beside(text_slot_words((enum text_slot)slot, languages.first),
                         text_slot_words((enum text_slot)slot, second), label);
            add_change(text, languages.first, label, what->before->code.texts[slot],
                       what->after->code.texts[slot]);
        }
    }
}

/* What its symbol and place say. */
static void add_looks(struct buffer *text, const struct feature_difference *what,
                      const struct symbol_library *symbols, enum language language)
{
    const struct symbol_code *before = &what->before->code;
    const struct symbol_code *after = &what->after->code;
    if (feature_difference_has(what, FEATURE_MOVED)) {
        add_move(text, what, language);
    }
    if (feature_difference_has(what, FEATURE_RESHAPED)) {
        begin_line(text);
        buffer_append_text(text, parts[PART_RESHAPED][language]);
    }
    if (feature_difference_has(what, FEATURE_SYMBOL)) {
        add_symbol(text, what, symbols, language);
    }
    if (feature_difference_has(what, FEATURE_STATUS)) {
        add_change(text, language, parts[PART_STATUS][language],
                   symbol_status_title(before->status, language),
                   symbol_status_title(after->status, language));
    }
    if (feature_difference_has(what, FEATURE_TURNED)) {
        add_turn(text, what, language);
    }
    if (feature_difference_has(what, FEATURE_TRUST)) {
        add_change(text, language, parts[PART_TRUST][language], symbol_trust_title(before->trust, language),
                   symbol_trust_title(after->trust, language));
    }
}

/* What stands in its record: values that are the same in every language. */
static void add_record(struct buffer *text, const struct feature_difference *what,
                       struct language_pair languages)
{
    const struct feature *before = what->before;
    const struct feature *after = what->after;
    char label[160];
    add_texts(text, what, languages);
    if (feature_difference_has(what, FEATURE_OWNER)) {
        add_change(text, languages.first, label_of(PART_OWNER, languages, label), before->owner,
                   after->owner);
    }
    add_moment(text, languages.first, label_of(PART_FROM, languages, label), before->valid_from_ms,
               after->valid_from_ms);
    add_moment(text, languages.first, label_of(PART_UNTIL, languages, label), before->valid_to_ms,
               after->valid_to_ms);
    if (feature_difference_has(what, FEATURE_SOURCE)) {
        add_change(text, languages.first, label_of(PART_SOURCE, languages, label), before->source,
                   after->source);
    }
    if (feature_difference_has(what, FEATURE_DETAIL)) {
        begin_line(text);
        buffer_append_text(text, label_of(PART_DETAIL, languages, label));
    }
    if (feature_difference_has(what, FEATURE_SET)) {
        add_set(text, what, languages);
    }
}

static void add_words(struct buffer *text, const struct plot_difference_item *item,
                      const struct symbol_library *symbols, enum language language)
{
    if (item->what.before && item->what.after) {
        add_looks(text, &item->what, symbols, language);
    } else {
        begin_line(text);
        buffer_append_text(text, causes[item->cause][language]);
    }
}

char *difference_item_words(const struct plot_difference_item *item, const struct symbol_library *symbols,
                            struct language_pair languages)
{
    struct buffer first;
    struct buffer second;
    buffer_init(&first, TEXT_MOST_BYTES);
    buffer_init(&second, TEXT_MOST_BYTES);
    add_words(&first, item, symbols, languages.first);
    add_words(&second, item, symbols, languages.has_second ? languages.second : languages.first);
    char *looks = text_stacked(first.bytes, second.bytes);
    struct buffer text;
    buffer_init(&text, 3 * TEXT_MOST_BYTES);
    buffer_append_text(&text, looks);
    if (item->what.before && item->what.after) {
        add_record(&text, &item->what, languages);
    }
    free(looks);
    buffer_finish(&first);
    buffer_finish(&second);
    return buffer_take(&text, &(size_t){0});
}

/** Only revisions differ: MOMENT_NONE when moments do, else when the last of the earlier ones was recorded.
 */
static int64_t recorded_before_ms(const struct plot_difference *const *differences, size_t count)
{
    int64_t recorded_ms = MOMENT_NONE;
    for (size_t i = 0; i < count; i++) {
        struct plot_situation before = plot_difference_before(differences[i]);
        int64_t plot_ms = plot_recorded_ms(before.plot);
        if (before.moment_ms != plot_difference_after(differences[i]).moment_ms) {
            return MOMENT_NONE;
        }
        recorded_ms = plot_ms > recorded_ms ? plot_ms : recorded_ms;
    }
    return recorded_ms;
}

char *difference_since_words(const struct plot_difference *const *differences, size_t count,
                             enum language language)
{
    static const char *const recorded[LANGUAGE_COUNT] = {
        "vastgelegde revisie: ", "recorded revision: ", "révision enregistrée\u00a0: ",
        "erfasste Revision: "};
    struct buffer text;
    char moment[32];
    int64_t recorded_ms = recorded_before_ms(differences, count);
    bool is_recorded = recorded_ms != MOMENT_NONE;
    buffer_init(&text, TEXT_MOST_BYTES);
    for (size_t i = 0; i < count; i++) {
        struct plot_situation before = plot_difference_before(differences[i]);
        int64_t moment_ms = is_recorded ? recorded_ms : before.moment_ms;
        if (i == 0 && moment_ms != MOMENT_NONE) {
            buffer_append_text(&text, moment_format_local(moment_ms, moment));
        }
        buffer_appendf(&text, "%s%s%s %" PRIu64, i == 0 ? " (" : "; ",
                       i == 0 && is_recorded ? recorded[language] : "", plot_title(before.plot)->name,
                       plot_revision(before.plot));
    }
    buffer_append_text(&text, count > 0 ? ")" : "");
    return buffer_take(&text, &(size_t){0});
}
