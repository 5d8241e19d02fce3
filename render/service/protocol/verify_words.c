#include "render/service/protocol/verify_words.h"

#include <assert.h>

/* Nederlands, English, français, Deutsch. */
static const char *const words[VERIFY_WORD_COUNT][LANGUAGE_COUNT] = {
    [VERIFY_TITLE] = {"Briefing controleren", "Check a briefing", "Vérifier un briefing", "Lagekarte prüfen"},
    [VERIFY_ABOUT] =
        {"Kies het PDF-bestand van een briefing. U ziet of het echt en ongewijzigd is, en of er "
         "een nieuwere situatie is.",
         "Choose the PDF file of a briefing. You will see whether it is authentic and unaltered, "
         "and whether there is a newer situation.",
         "Choisissez le fichier PDF d’un briefing. Vous verrez s’il est authentique et inchangé, "
         "et s’il existe une situation plus récente.",
         "Wählen Sie die PDF-Datei einer Lagekarte. Sie sehen, ob sie echt und unverändert ist "
         "und ob es eine neuere Lage gibt."},
    [VERIFY_CHOOSE] = {"PDF-bestand", "PDF file", "Fichier PDF", "PDF-Datei"},
    [VERIFY_CHECK] = {"Controleren", "Check", "Vérifier", "Prüfen"},
    [VERIFY_NOT_KEPT] = {"Het bestand wordt niet bewaard.", "The file is not kept.",
                         "Le fichier n’est pas conservé.", "Die Datei wird nicht gespeichert."},
    [VERIFY_KNOWN] = {"Deze briefing is hier gemaakt", "This briefing was made here",
                      "Ce briefing a été établi ici", "Diese Lagekarte wurde hier erstellt"},
    [VERIFY_KNOWN_MORE] = {"Vergelijk met het papier: daarop moet hetzelfde staan.",
                           "Compare with the paper: it must say the same.",
                           "Comparez avec le papier : il doit indiquer la même chose.",
                           "Vergleichen Sie mit dem Papier: Dort muss dasselbe stehen."},
    [VERIFY_UNFINISHED] = {"Deze briefing is aangevraagd, maar er is geen document van",
                           "This briefing was asked for, but there is no document of it",
                           "Ce briefing a été demandé, mais il n’en existe aucun document",
                           "Diese Lagekarte wurde angefordert, aber es gibt kein Dokument davon"},
    [VERIFY_UNKNOWN] = {"Hier onbekend", "Not known here", "Inconnu ici", "Hier unbekannt"},
    [VERIFY_UNKNOWN_MORE] =
        {"Hier is geen briefing met dit nummer gemaakt, of zij is vergeten.",
         "No briefing of this number was made here, or it has been forgotten.",
         "Aucun briefing portant ce numéro n’a été établi ici, ou il a été oublié.",
         "Hier wurde keine Lagekarte mit dieser Nummer erstellt, oder sie ist vergessen."},
    [VERIFY_SAYS] = {"Wat het bestand van zichzelf zegt; daar staat niemand voor in",
                     "What the file says of itself; nobody vouches for it",
                     "Ce que le fichier dit de lui-même ; personne ne s’en porte garant",
                     "Was die Datei von sich sagt; dafür bürgt niemand"},
    [VERIFY_NEWS_NONE] = {"Er is geen nieuwere situatie.", "There is no newer situation.",
                          "Il n’y a pas de situation plus récente.", "Es gibt keine neuere Lage."},
    [VERIFY_NEWS] = {"Er is een nieuwere situatie", "There is a newer situation",
                     "Il existe une situation plus récente", "Es gibt eine neuere Lage"},
    [VERIFY_NEWS_COUNTS] = {"Sindsdien: %zu nieuw, %zu gewijzigd, %zu verplaatst, %zu vervallen.",
                            "Since then: %zu new, %zu changed, %zu moved, %zu ended.",
                            "Depuis : %zu nouveaux, %zu modifiés, %zu déplacés, %zu terminés.",
                            "Seitdem: %zu neu, %zu geändert, %zu verlegt, %zu beendet."},
    [VERIFY_NEWS_UNKNOWN] = {"Of er een nieuwere situatie is, is hier niet bekend.",
                             "Whether there is a newer situation is not known here.",
                             "On ne sait pas ici s’il existe une situation plus récente.",
                             "Ob es eine neuere Lage gibt, ist hier nicht bekannt."},
    [VERIFY_NEWER_BRIEFING] = {"Nieuwere briefing van deze kaart", "Newer briefing of this map",
                               "Briefing plus récent de cette carte", "Neuere Lagekarte"},
    [VERIFY_LIVE] = {"Actuele kaart", "Live map", "Carte en direct", "Aktuelle Karte"},
    [VERIFY_KEY_FILE] = {"Openbare sleutel", "Public key", "Clé publique", "Öffentlicher Schlüssel"},
    [VERIFY_LABEL_ID] = {"Nummer", "Number", "Numéro", "Nummer"},
    [VERIFY_LABEL_TITLE] = {"Titel", "Title", "Titre", "Titel"},
    [VERIFY_LABEL_ACTIVITY] = {"Activiteit", "Activity", "Activité", "Einsatz"},
    [VERIFY_LABEL_MOMENT] = {"Situatie per", "Situation as of", "Situation au", "Lage, Stand"},
    [VERIFY_LABEL_REVISION] = {"Revisie", "Revision", "Révision", "Revision"},
    [VERIFY_LABEL_MADE] = {"Gemaakt op", "Made at", "Établi le", "Erstellt am"},
    [VERIFY_LABEL_MARKING] = {"Rubricering", "Marking", "Marquage", "Einstufung"},
    [VERIFY_LABEL_CHECKSUM] = {"Controlegetal op papier", "Checksum on paper", "Somme de contrôle imprimée",
                               "Prüfsumme auf Papier"},
    [VERIFY_LABEL_TEMPLATE] = {"Sjabloon", "Template", "Modèle", "Vorlage"},
    [VERIFY_LABEL_MAP] = {"Kaart", "Map", "Carte", "Karte"},
    [VERIFY_LABEL_ORGANISATION] = {"Organisatie", "Organisation", "Organisation", "Organisation"},
    [VERIFY_LABEL_KEY] = {"Sleutel", "Key", "Clé", "Schlüssel"},
};

static const char *const verdicts[PDF_SEAL_VERDICT_COUNT][LANGUAGE_COUNT] = {
    [PDF_SEAL_AUTHENTIC] = {"Echt en ongewijzigd", "Authentic and unaltered", "Authentique et inchangé",
                            "Echt und unverändert"},
    [PDF_SEAL_OTHER_KEY] = {"Niet van ons: verzegeld met een andere sleutel",
                            "Not ours: sealed with another key", "Pas de nous : scellé avec une autre clé",
                            "Nicht von uns: mit einem anderen Schlüssel versiegelt"},
    [PDF_SEAL_ALTERED] = {"Gewijzigd", "Altered", "Modifié", "Verändert"},
    [PDF_SEAL_UNSEALED] = {"Niet verzegeld", "Not sealed", "Non scellé", "Nicht versiegelt"},
    [PDF_SEAL_NOT_OURS] = {"Geen verzegelde briefing", "No sealed briefing", "Pas un briefing scellé",
                           "Keine versiegelte Lagekarte"},
    [PDF_SEAL_NOT_A_FILE] = {"Geen briefing", "Not a briefing", "Pas un briefing", "Keine Lagekarte"},
};

static const char *const details[PDF_SEAL_DETAIL_COUNT][LANGUAGE_COUNT] = {
    [PDF_SEAL_WHOLE] = {"Elke byte is zoals die verzegeld is.", "Every byte is as it was sealed.",
                        "Chaque octet est tel qu’il a été scellé.",
                        "Jedes Byte ist so, wie es versiegelt wurde."},
    [PDF_SEAL_DIFFERS] = {"Dit zijn niet de bytes die verzegeld zijn.",
                          "These are not the bytes that were sealed.",
                          "Ce ne sont pas les octets qui ont été scellés.",
                          "Dies sind nicht die Bytes, die versiegelt wurden."},
    [PDF_SEAL_APPENDED] = {"Na het einde van de PDF volgen nog %zu bytes.",
                           "%zu bytes follow the end of the PDF.", "%zu octets suivent la fin du PDF.",
                           "Nach dem Ende der PDF folgen noch %zu Bytes."},
    [PDF_SEAL_CUT] = {"Het einde van de PDF ontbreekt.", "The end of the PDF is missing.",
                      "La fin du PDF manque.", "Das Ende der PDF fehlt."},
    [PDF_SEAL_TWICE] = {"Er staat meer dan één zegel in.", "It has more than one seal.",
                        "Il porte plus d’un sceau.", "Sie trägt mehr als ein Siegel."},
    [PDF_SEAL_BROKEN] = {"Het zegel is gebroken.", "Its seal is broken.", "Son sceau est brisé.",
                         "Das Siegel ist gebrochen."},
    [PDF_SEAL_EMPTY] = {"Er is plaats voor een zegel, maar dat ontbreekt.",
                        "There is room for a seal, but none.", "Il y a place pour un sceau, mais il manque.",
                        "Platz für ein Siegel ist da, aber das Siegel fehlt."},
    [PDF_SEAL_NO_ROOM] = {"Er staat geen zegel in.", "There is no seal in it.", "Il ne porte aucun sceau.",
                          "Sie trägt kein Siegel."},
    [PDF_SEAL_PICTURE] = {"Een PNG draagt geen zegel, alleen een PDF.",
                          "A PNG carries no seal, only a PDF does.",
                          "Un PNG ne porte pas de sceau, seul un PDF en porte.",
                          "Ein PNG trägt kein Siegel, nur eine PDF."},
    [PDF_SEAL_EMPTY_FILE] = {"Het bestand is leeg.", "The file is empty.", "Le fichier est vide.",
                             "Die Datei ist leer."},
    [PDF_SEAL_OTHER_FORMAT] = {"Het is geen PDF.", "It is no PDF.", "Ce n’est pas un PDF.",
                               "Es ist keine PDF."},
};

const char *verify_word(enum verify_word word, enum language language)
{
    assert(word < VERIFY_WORD_COUNT && language < LANGUAGE_COUNT);
    return words[word][language];
}

const char *verify_verdict_words(enum pdf_seal_verdict verdict, enum language language)
{
    assert(verdict < PDF_SEAL_VERDICT_COUNT && language < LANGUAGE_COUNT);
    return verdicts[verdict][language];
}

const char *verify_detail_words(enum pdf_seal_detail detail, enum language language)
{
    assert(detail < PDF_SEAL_DETAIL_COUNT && language < LANGUAGE_COUNT);
    return details[detail][language];
}

const char *verify_language_name(enum language language)
{
    static const char *const names[LANGUAGE_COUNT] = {"Nederlands", "English", "Français", "Deutsch"};
    assert(language < LANGUAGE_COUNT);
    return names[language];
}
