#include "render/print/words.h"

#include <assert.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Nederlands, English, français, Deutsch. All four have the same %-fields in the same order. */
static const char *const table[WORD_COUNT][LANGUAGE_COUNT] = {
    [WORD_EXERCISE] = {"OEFENING", "EXERCISE", "EXERCICE", "ÜBUNG"},
    [WORD_SITUATION_AS_OF] = {"Situatie per", "Situation as of", "Situation au", "Lage, Stand"},
    [WORD_MADE_AT] = {"Gemaakt op", "Made at", "Établi le", "Erstellt am"},
    [WORD_PLOT] = {"Plot", "Plot", "Situation", "Lagebild"},
    [WORD_REVISION] = {"revisie %llu", "revision %llu", "révision %llu", "Revision %llu"},
    [WORD_SCALE] = {"Schaal", "Scale", "Échelle", "Maßstab"},
    [WORD_LEGEND] = {"Legenda", "Legend", "Légende", "Legende"},
    [WORD_LEGEND_CONTINUED] = {"Legenda, vervolg", "Legend, continued", "Légende, suite",
                               "Legende, Fortsetzung"},
    [WORD_LEGEND_LEFT_OUT] = {"… nog %zu in de legenda passen hier niet",
                              "… %zu more entries do not fit here",
                              "… %zu autres entrées n’ont pas trouvé place ici",
                              "… %zu weitere Einträge passen hier nicht"},
    [WORD_STATUS] = {"Status", "Status", "Statut", "Status"},
    [WORD_CONCEPT] = {"concept", "draft", "projet", "Entwurf"},
    [WORD_ESTABLISHED] = {"vastgesteld", "established", "validé", "festgestellt"},
    [WORD_EXPIRED] = {"vervallen", "expired", "périmé", "ungültig"},
    [WORD_VERSION] = {"versie %s", "version %s", "version %s", "Version %s"},
    [WORD_AUTHOR] = {"Auteur", "Author", "Auteur", "Verfasser"},
    [WORD_CONTACT] = {"Contact", "Contact", "Contact", "Kontakt"},
    [WORD_LIVE_VIEW] = {"Actuele kaart", "Live view", "Carte en direct", "Aktuelle Karte"},
    [WORD_DATUM] = {"Coördinaten", "Coordinates", "Coordonnées", "Koordinaten"},
    [WORD_GRID] = {"Raster", "Grid", "Quadrillage", "Gitter"},
    [WORD_GRID_EVERY] = {"om de %s, ", "every %s, ", "tous les %s, ", "alle %s, "},
    [WORD_GRID_VALUES] = {"waarden in km", "values in km", "valeurs en km", "Werte in km"},
    [WORD_GRID_ZONES] = {"zone %s", "zone %s", "fuseau %s", "Zone %s"},
    [WORD_GRID_SQUARES] = {"vakken", "squares", "carrés", "Felder"},
    [WORD_GRID_NOT_HERE] = {"hier niet geldig", "not valid here", "non valable ici", "hier nicht gültig"},
    [WORD_GRID_WITHOUT_VALUE] = {"rasterwaarden zonder plaats", "grid values without place",
                                 "valeurs du quadrillage sans place", "Gitterwerte ohne Platz"},
    [WORD_EAST_LONGITUDE] = {"O.L.", "E", "E", "O"},
    [WORD_WEST_LONGITUDE] = {"W.L.", "W", "O", "W"},
    [WORD_NORTH_LATITUDE] = {"N.B.", "N", "N", "N"},
    [WORD_SOUTH_LATITUDE] = {"Z.B.", "S", "S", "S"},
    [WORD_NO_RD_GRID] = {"RD zonder correctiegrid: plaatsen tot 0,25 m onjuist",
                         "RD without correction grid: places up to 0.25 m off",
                         "RD sans grille de correction : écarts jusqu’à 0,25 m",
                         "RD ohne Korrekturgitter: Lage bis 0,25 m falsch"},
    [WORD_NORTH] = {"Noorden", "North", "Nord", "Norden"},
    [WORD_NORTH_SAME] = {"rasternoorden is ware noorden", "grid north is true north",
                         "le nord du quadrillage est le nord géographique",
                         "Gitternord ist geographisch Nord"},
    [WORD_NORTH_RIGHT] = {"ware noorden %s° rechts van rasternoorden", "true north %s° right of grid north",
                          "nord géographique %s° à droite du nord du quadrillage",
                          "geographisch Nord %s° rechts von Gitternord"},
    [WORD_NORTH_LEFT] = {"ware noorden %s° links van rasternoorden", "true north %s° left of grid north",
                         "nord géographique %s° à gauche du nord du quadrillage",
                         "geographisch Nord %s° links von Gitternord"},
    [WORD_GRID_NORTH_SHORT] = {"RN", "GN", "NQ", "GiN"},
    [WORD_TRUE_NORTH_SHORT] = {"WN", "TN", "NG", "GeN"},
    [WORD_ANGLE_ENLARGED] = {"hoek vergroot", "angle enlarged", "angle agrandi", "Winkel vergrößert"},
    [WORD_COMPLETENESS] = {"Volledigheid", "Completeness", "Exhaustivité", "Vollständigkeit"},
    [WORD_OUTSIDE_MAP] = {"%zu van de %zu objecten van de plot liggen buiten de kaart",
                          "%zu of the %zu features of the plot lie outside the map",
                          "%zu des %zu objets du plan sont hors de la carte",
                          "%zu der %zu Objekte des Plans liegen außerhalb der Karte"},
    [WORD_ALL_OUTSIDE_MAP] = {"Niets van de plot ligt op deze kaart", "Nothing of the plot lies on this map",
                              "Rien du plan ne se trouve sur cette carte",
                              "Nichts vom Plan liegt auf dieser Karte"},
    [WORD_OWNERS] = {"Gegevens van", "Data from", "Données de", "Daten von"},
    [WORD_OWNER_COUNT] = {"%zu organisaties", "%zu organisations", "%zu organisations", "%zu Organisationen"},
    [WORD_LEFT_OUT_FEATURES] = {"plots waarvan niet alles getekend is", "plots not wholly drawn",
                                "plans non dessinés en entier", "nicht ganz gezeichnete Pläne"},
    [WORD_MISSING_LAYERS] = {"ontbrekende lagen", "missing layers", "couches absentes", "fehlende Ebenen"},
    [WORD_UNPLACED_NUMBERS] = {"slachtoffers en aantallen zonder plaats",
                               "casualties and counts without place", "victimes et nombres sans place",
                               "Opfer und Anzahlen ohne Platz"},
    [WORD_UNPLACED_LABELS] = {"namen zonder plaats", "labels without place", "noms sans place",
                              "Namen ohne Platz"},
    [WORD_SHORTENED_LABELS] = {"ingekorte opschriften", "shortened labels", "textes abrégés",
                               "gekürzte Beschriftungen"},
    [WORD_SMALL_SYMBOLS] = {"verkleinde symbolen", "symbols made small", "symboles réduits",
                            "verkleinerte Zeichen"},
    [WORD_COUNTED_SYMBOLS] = {"symbolen in een getal", "symbols in a number", "symboles dans un nombre",
                              "Zeichen in einer Zahl"},
    [WORD_HIDDEN_SYMBOLS] = {"bedekte symbolen", "symbols under others", "symboles cachés",
                             "verdeckte Zeichen"},
    [WORD_LETTER_SYMBOLS] = {"onbekende symbolen", "unknown symbols", "symboles inconnus",
                             "unbekannte Zeichen"},
    [WORD_MISSING_LETTERS] = {"teksten met onbekende letters", "texts with unknown letters",
                              "textes avec lettres inconnues", "Texte mit unbekannten Buchstaben"},
    [WORD_BEYOND_SCALE] = {"lagen te grof voor de schaal", "layers too coarse for the scale",
                           "couches trop grossières", "zu grobe Ebenen"},
    [WORD_LAYERS_OUTSIDE] = {"lagen die niet tot hier reiken", "layers that do not reach here",
                             "couches qui n’arrivent pas jusqu’ici", "Ebenen, die nicht bis hierher reichen"},
    [WORD_LAYERS_PARTIAL] = {"lagen die maar een deel van de kaart beslaan",
                             "layers that reach only part of the map",
                             "couches qui ne couvrent qu’une partie de la carte",
                             "Ebenen, die nur einen Teil der Karte abdecken"},
    [WORD_MEANT_FOR] = {"tot %s", "up to %s", "jusqu’à %s", "bis %s"},
    [WORD_NONE] = {"geen", "none", "aucun", "keine"},
    [WORD_NOTHING] = {"Geen", "None", "Aucun", "Keine"},
    [WORD_SOURCES] = {"Bronnen", "Sources", "Sources", "Quellen"},
    [WORD_SOURCE_AS_OF] = {"stand %s", "as of %s", "état %s", "Stand %s"},
    [WORD_MORE_ON_NEXT_PAGE] = {"… nog %zu: zie volgend blad", "… %zu more: see next page",
                                "… encore %zu : voir page suivante", "… noch %zu: siehe nächstes Blatt"},
    [WORD_MORE_AT_END] = {"… nog %zu: zie achterin", "… %zu more: see the last pages",
                          "… encore %zu : voir à la fin", "… noch %zu: siehe am Schluss"},
    [WORD_MORE_LEFT_OUT] = {"… nog %zu passen hier niet", "… %zu more do not fit here",
                            "… encore %zu, sans place ici", "… noch %zu passen hier nicht"},
    [WORD_MORE_IN_FULL] = {"Volledige tekst", "Full text", "Texte intégral", "Vollständiger Text"},
    [WORD_IN_FULL_ON_NEXT_PAGE] = {"… voluit: zie volgend blad", "… in full: see next page",
                                   "… en entier : voir page suivante", "… vollständig: siehe nächstes Blatt"},
    [WORD_IN_FULL_AT_END] = {"… voluit: zie achterin", "… in full: see the last pages",
                             "… en entier : voir à la fin", "… vollständig: siehe am Schluss"},
    [WORD_CONTINUED] = {"vervolg", "continued", "suite", "Fortsetzung"},
    [WORD_CHECKSUM] = {"controlegetal %s", "checksum %s", "somme de contrôle %s", "Prüfsumme %s"},
    [WORD_PAGE_OF] = {"blad %zu van %zu", "page %zu of %zu", "page %zu sur %zu", "Blatt %zu von %zu"},
    [WORD_SYMBOL_SHEET] = {"Symbolenblad", "Symbol sheet", "Planche des symboles", "Zeichenblatt"},
    [WORD_SYMBOLS] = {"%zu symbolen", "%zu symbols", "%zu symboles", "%zu Zeichen"},
    [WORD_FULL] = {"groot", "full", "grand", "groß"},
    [WORD_SMALL] = {"klein", "small", "petit", "klein"},
    [WORD_DOT] = {"stip", "dot", "point", "Punkt"},
    [WORD_FEATURES] = {"Objecten op de kaart", "Features on the map", "Objets sur la carte",
                       "Objekte auf der Karte"},
    [WORD_COLUMN_NUMBER] = {"Nr", "No.", "N°", "Nr."},
    [WORD_COLUMN_WHAT] = {"Wat", "What", "Quoi", "Was"},
    [WORD_COLUMN_TEXT] = {"Tekst", "Text", "Texte", "Text"},
    [WORD_COLUMN_SHEET] = {"Blad", "Sheet", "Feuille", "Blatt"},
    [WORD_COLUMN_SIZE] = {"Lengte, opp.", "Length, area", "Longueur, surface", "Länge, Fläche"},
    [WORD_COLUMN_RD] = {"RD (m)", "RD (m)", "RD (m)", "RD (m)"},
    [WORD_COLUMN_WGS84] = {"WGS 84", "WGS 84", "WGS 84", "WGS 84"},
    [WORD_COLUMN_SINCE] = {"Sinds", "Since", "Depuis", "Seit"},
    [WORD_COLUMN_OWNER] = {"Eigenaar", "Owner", "Responsable", "Zuständig"},
    [WORD_COLUMN_TRUST] = {"Zekerheid", "Trust", "Fiabilité", "Verlässlichkeit"},
    [WORD_FEATURES_LEFT_OUT] =
        {"… en nog %zu minder belangrijke objecten op de kaart, die niet in deze lijst staan",
         "… and %zu less important features on the map that are not in this list",
         "… et encore %zu objets moins importants sur la carte, absents de cette liste",
         "… und %zu weniger wichtige Objekte auf der Karte, die nicht in dieser Liste stehen"},
    [WORD_NUMBERS_OFF_MAP] = {"Nummers tussen haakjes vonden geen plaats op de kaart",
                              "Numbers in brackets found no room on the map",
                              "Les numéros entre parenthèses n’ont pas trouvé de place sur la carte",
                              "Nummern in Klammern fanden keinen Platz auf der Karte"},
    [WORD_MAP_SHOWS] = {"Kaart 1 : %.0f, %s. Wat erop staat, zegt de legenda.",
                        "Map 1 : %.0f, %s. The legend says what it shows.",
                        "Carte au 1 : %.0f, %s. La légende dit ce qu’elle montre.",
                        "Karte 1 : %.0f, %s. Was sie zeigt, sagt die Legende."},
    [WORD_MAP_HOLDS] = {" Objecten: %zu.", " Features: %zu.", " Objets : %zu.", " Objekte: %zu."},
    [WORD_MAP_NUMBERS] = {" Slachtoffers, aantallen en borden: ", " Casualties, counts and hazard plates: ",
                          " Victimes, nombres et plaques : ", " Opfer, Anzahlen und Warntafeln: "},
    [WORD_OVERVIEW_SHOWS] = {"Overzichtskaart %s: waar de kaart ligt.",
                             "Overview map %s: where the map lies.",
                             "Carte de situation au %s : où se trouve la carte.",
                             "Übersichtskarte %s: wo die Karte liegt."},
    [WORD_BESIDE_MAP] = {"Naast de kaart", "Beside the map", "À côté de la carte", "Neben der Karte"},
    [WORD_ACTIVITY] = {"Activiteit", "Activity", "Activité", "Einsatz"},
    [WORD_GRIP] = {"Opschaling", "Coordination", "Coordination", "Führungsstufe"},
    [WORD_RUN_OUT] = {"verlopen", "expired", "expiré", "abgelaufen"},
    [WORD_VALID_UNTIL] = {"Geldig tot", "Valid until", "Valable jusqu’au", "Gültig bis"},
    [WORD_NEXT_UPDATE] = {"Volgende versie", "Next update", "Prochaine version", "Nächste Fassung"},
    [WORD_CHECK] = {"Controle op echtheid", "Check of authenticity", "Contrôle d’authenticité",
                    "Prüfung der Echtheit"},
    [WORD_CHECK_WITHOUT_NET] = {"Controle met plottafel verify", "Check with plottafel verify",
                                "Contrôle avec plottafel verify", "Prüfung mit plottafel verify"},
    [WORD_ABOUT_MAP] = {"Over deze kaart", "About this map", "À propos de cette carte", "Zu dieser Karte"},
    [WORD_PAGE] = {"blad %zu", "page %zu", "page %zu", "Blatt %zu"},
    [WORD_SHEET_OF] = {"Kaartblad %s (%zu van %zu)", "Sheet %s (%zu of %zu)", "Feuille %s (%zu sur %zu)",
                       "Kartenblatt %s (%zu von %zu)"},
    [WORD_SHEETS_LEFT_OUT] = {"Zonder blad, want leeg", "Without a page, as they are empty",
                              "Sans feuille, car vides", "Ohne Blatt, weil leer"},
    [WORD_INDEX] = {"Bladindeling", "Index of sheets", "Tableau d’assemblage", "Blattübersicht"},
    [WORD_BEFORE] = {"Daarvoor", "Before", "Avant", "Vorher"},
    [WORD_NOW] = {"Nu", "Now", "Maintenant", "Jetzt"},
};

const char *words_text(enum word word, enum language language)
{
    assert(word < WORD_COUNT && language < LANGUAGE_COUNT);
    return table[word][language];
}

const char *words_colon(enum language language)
{
    return language == LANGUAGE_FR ? "\u00a0: " : ": ";
}

char *words_pair(enum word word, struct language_pair languages, char text[static 160])
{
    const char *first = words_text(word, languages.first);
    const char *second = languages.has_second ? words_text(word, languages.second) : first;
    return words_beside(first, second, text);
}

char *words_beside(const char *first, const char *second, char text[static 160])
{
    bool is_same = strcmp(first, second) == 0;
    snprintf(text, 160, "%s%s%s", first, is_same ? "" : " / ", is_same ? "" : second);
    return text;
}

char *words_stacked(const char *first, const char *second, char text[static 160])
{
    bool is_same = strcmp(first, second) == 0;
    snprintf(text, 160, "%s%s%s", first, is_same ? "" : "\n", is_same ? "" : second);
    return text;
}

char *words_format(char *text, size_t size, enum word word, enum language language, ...)
{
    va_list arguments;
    va_start(arguments, language);
    vsnprintf(text, size, words_text(word, language), arguments);
    va_end(arguments);
    return text;
}

char *words_scale(double denominator, char text[static 32])
{
    char digits[32];
    bool is_whole = fabs(denominator - round(denominator)) < 0.05;
    int length = snprintf(digits, sizeof digits, "%.0f", floor(is_whole ? round(denominator) : denominator));
    size_t used = (size_t)snprintf(text, 32, "1 : ");
    for (int i = 0; i < length && used < 24; i++) {
        if (i > 0 && (length - i) % 3 == 0) {
            text[used++] = ' ';
        }
        text[used++] = digits[i];
    }
    text[used] = '\0';
    if (!is_whole) {
        snprintf(text + used, 32 - used, ".%d", (int)(denominator * 10) % 10);
    }
    return text;
}

char *words_scale_unbroken(double denominator, char text[static 64])
{
    char plain[32];
    words_scale(denominator, plain);
    size_t used = 0;
    for (const char *at = plain; *at && used < 60; at++) {
        used +=
            (size_t)snprintf(text + used, 64 - used, "%.*s", *at == ' ' ? 2 : 1, *at == ' ' ? "\u00a0" : at);
    }
    return text;
}

char *words_number(double value, int most_decimals, enum language language, char text[static 32])
{
    snprintf(text, 32, "%.*f", most_decimals, value);
    char *sign = strchr(text, '.');
    if (!sign) {
        return text;
    }
    char *last = text + strlen(text) - 1;
    while (last > sign && *last == '0') {
        *last-- = '\0';
    }
    if (last == sign) {
        *sign = '\0';
    } else if (language != LANGUAGE_EN) {
        *sign = ',';
    }
    return text;
}

char *words_distance(double metres, enum language language, char text[static 40])
{
    char number[32];
    bool is_long = metres >= 1000;
    words_number(is_long ? metres / 1000 : metres, 3, language, number);
    snprintf(text, 40, "%s %s", number, is_long ? "km" : "m");
    return text;
}
