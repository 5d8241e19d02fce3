#include "render/book/symbol_book_words.h"

#include <assert.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

/* Nederlands, English, français, Deutsch. All four have the same %-fields in the same order. */
static const char *const table[BOOK_WORD_COUNT][LANGUAGE_COUNT] = {
    [BOOK_TITLE] = {"Symbolenboek", "Symbol book", "Livre des symboles", "Zeichenbuch"},
    [BOOK_EDITION] = {"Set %s", "Set %s", "Jeu %s", "Satz %s"},
    [BOOK_COUNTS] = {"%zu symbolen: %zu punten, %zu lijnen, %zu gebieden",
                     "%zu symbols: %zu points, %zu lines, %zu areas",
                     "%zu symboles : %zu points, %zu lignes, %zu zones",
                     "%zu Zeichen: %zu Punkte, %zu Linien, %zu Flächen"},
    [BOOK_PALETTE] = {"Kleuren: %s", "Colours: %s", "Couleurs : %s", "Farben: %s"},
    [BOOK_CONTENTS] = {"Inhoud", "Contents", "Contenu", "Inhalt"},
    [BOOK_READING] = {"Hoe u een symbool leest", "How to read a symbol", "Comment lire un symbole",
                      "Wie man ein Zeichen liest"},
    [BOOK_READING_LEAD] =
        {"Elk symbool is samengesteld uit dezelfde delen. De vorm zegt wat het is, kleur én plaats van het "
         "lipje zeggen van wie het is: zo blijft het leesbaar in zwart-wit en voor wie kleuren niet ziet.",
         "Every symbol is put together from the same parts. The shape says what it is; colour and the place "
         "of the tab both say whose it is, so it can be read in black and white and by the colour-blind.",
         "Chaque symbole se compose des mêmes parties. La forme dit ce que c’est ; la couleur et la place de "
         "la languette disent à qui : il reste lisible en noir et blanc et pour les daltoniens.",
         "Jedes Zeichen besteht aus denselben Teilen. Die Form sagt, was es ist; Farbe und Platz der Lasche "
         "sagen beide, zu wem es gehört: So bleibt es in Schwarz-Weiß und für Farbenblinde lesbar."},
    [BOOK_PART_KIND] = {"Vorm: soort", "Shape: kind", "Forme : type", "Form: Art"},
    [BOOK_PART_OWNER] = {"Kleur en lipje: organisatie", "Colour and tab: owner",
                         "Couleur et languette : organisation", "Farbe und Lasche: Organisation"},
    [BOOK_PART_GLYPH] = {"Tekening: wat precies", "Glyph: what exactly", "Dessin : quoi au juste",
                         "Bild: was genau"},
    [BOOK_PART_STATUS] = {"Rand: status", "Frame: status", "Bord : statut", "Rahmen: Status"},
    [BOOK_PART_TRUST] = {"Hoek: betrouwbaarheid", "Corner: trust", "Coin : fiabilité",
                         "Ecke: Verlässlichkeit"},
    [BOOK_PART_COUNT] = {"Aantal", "Count", "Nombre", "Anzahl"},
    [BOOK_PART_VICTIMS] = {"Slachtoffers", "Casualties", "Victimes", "Betroffene"},
    [BOOK_PART_NAME] = {"Naam op de kaart", "Name on the map", "Nom sur la carte", "Name auf der Karte"},
    [BOOK_CODE] = {"De code van dit symbool", "The code of this symbol", "Le code de ce symbole",
                   "Der Code dieses Zeichens"},
    [BOOK_CODE_SET] = {"set en versie", "set and version", "jeu et version", "Satz und Version"},
    [BOOK_CODE_ENTITY] = {"symbool", "symbol", "symbole", "Zeichen"},
    [BOOK_CODE_STATUS] = {"status", "status", "statut", "Status"},
    [BOOK_CODE_TRUST] = {"betrouwbaarheid", "trust", "fiabilité", "Verlässlichkeit"},
    [BOOK_CODE_TEXTS] = {"teksten", "texts", "textes", "Texte"},
    [BOOK_TEXTS] = {"Teksten en andere sleutels", "Texts and other keys", "Textes et autres clés",
                    "Texte und andere Schlüssel"},
    [BOOK_ROTATION] = {"richting, graden vanaf noord", "direction, degrees from north",
                       "direction, degrés depuis le nord", "Richtung, Grad von Nord"},
    [BOOK_DETAIL] = {"grootte: full, small of dot", "size: full, small or dot", "taille : full, small ou dot",
                     "Größe: full, small oder dot"},
    [BOOK_PARTS] = {"Vormen, organisaties, status", "Shapes, owners, status", "Formes, organisations, statut",
                    "Formen, Organisationen, Status"},
    [BOOK_KINDS] = {"Vormen", "Shapes", "Formes", "Formen"},
    [BOOK_OWNERS] = {"Organisaties", "Owners", "Organisations", "Organisationen"},
    [BOOK_STATUSES] = {"Status", "Status", "Statut", "Status"},
    [BOOK_TRUSTS] = {"Betrouwbaarheid", "Trust", "Fiabilité", "Verlässlichkeit"},
    [BOOK_DETAILS] = {"Grootte op de kaart", "Size on the map", "Taille sur la carte", "Größe auf der Karte"},
    [BOOK_PALETTES] = {"Kleurstellingen", "Palettes", "Palettes", "Farbpaletten"},
    [BOOK_LINES_AND_AREAS] = {"Lijnen en gebieden", "Lines and areas", "Lignes et zones",
                              "Linien und Flächen"},
    [BOOK_NAME_AND_CODE] = {"naam, code, letters", "name, code, letters", "nom, code, lettres",
                            "Name, Code, Buchstaben"},
    [BOOK_ELSEWHERE] = {"elders", "elsewhere", "ailleurs", "anderswo"},
    [BOOK_MATCHES] = {"Elders: = hetzelfde, ≈ vergelijkbaar, > ruimer begrip",
                      "Elsewhere: = the same, ≈ may stand for it, > a broader term",
                      "Ailleurs : = identique, ≈ comparable, > terme plus large",
                      "Anderswo: = dasselbe, ≈ vergleichbar, > weiterer Begriff"},
    [BOOK_DEPRECATED] = {"vervallen", "deprecated", "abandonné", "veraltet"},
    [BOOK_REPLACED_BY] = {"vervallen: gebruik %s", "deprecated: use %s", "abandonné : utiliser %s",
                          "veraltet: %s verwenden"},
    [BOOK_INDEX] = {"Register", "Index", "Index", "Verzeichnis"},
};

const char *book_words(enum book_word word, enum language language)
{
    assert(word < BOOK_WORD_COUNT && language < LANGUAGE_COUNT);
    return table[word][language];
}

char *book_words_format(char *text, size_t size, enum book_word word, enum language language, ...)
{
    va_list arguments;
    va_start(arguments, language);
    vsnprintf(text, size, book_words(word, language), arguments);
    va_end(arguments);
    return text;
}
