/*
 * symbol_words.c - one table for each enum. A word that is missing would be NULL: a test looks for gaps.
 */
#include "symbology/symbol_words.h"

#include <assert.h>

/* Nederlands, English, français, Deutsch. */
static const char *const status_titles[STATUS_COUNT][LANGUAGE_COUNT] = {
    [STATUS_PRESENT] = {"aanwezig", "present", "présent", "vorhanden"},
    [STATUS_PLANNED] = {"gepland", "planned", "prévu", "geplant"},
    [STATUS_ENDED] = {"beëindigd", "ended", "terminé", "beendet"},
    [STATUS_UNKNOWN] = {"onbekend", "unknown", "inconnu", "unbekannt"},
    [STATUS_CLOSED] = {"gesloten", "closed", "fermé", "geschlossen"},
    [STATUS_DAMAGED] = {"beschadigd", "damaged", "endommagé", "beschädigt"},
    [STATUS_DESTROYED] = {"verwoest", "destroyed", "détruit", "zerstört"},
    [STATUS_FULL] = {"vol", "full", "complet", "voll"},
};

static const char *const trust_titles[TRUST_COUNT][LANGUAGE_COUNT] = {
    [TRUST_REPORTED] = {"gemeld", "reported", "signalé", "gemeldet"},
    [TRUST_VERIFIED] = {"bevestigd", "verified", "vérifié", "bestätigt"},
    [TRUST_UNVERIFIED] = {"onbevestigd", "unverified", "non vérifié", "unbestätigt"},
};

static const char *const kind_titles[KIND_COUNT][LANGUAGE_COUNT] = {
    [KIND_INCIDENT] = {"incident", "incident", "incident", "Ereignis"},
    [KIND_HAZARD] = {"gevaar", "hazard", "danger", "Gefahr"},
    [KIND_SITE] = {"vaste locatie", "fixed site", "site fixe", "fester Ort"},
    [KIND_MOBILE] = {"tijdelijke locatie", "temporary site", "site temporaire", "zeitweiliger Ort"},
    [KIND_UNIT] = {"eenheid", "unit", "unité", "Einheit"},
    [KIND_PERSON] = {"personen", "people", "personnes", "Personen"},
    [KIND_OBJECT] = {"object", "object", "objet", "Objekt"},
    [KIND_MEASURE] = {"maatregel", "measure", "mesure", "Maßnahme"},
    [KIND_POI] = {"punt op de kaart", "point of interest", "point d’intérêt", "Punkt im Gelände"},
    [KIND_NOTE] = {"notitie", "note", "note", "Notiz"},
    [KIND_PLATE] = {"gevarenbord", "hazard plate", "panneau de danger", "Gefahrentafel"},
};

static const char *const owner_titles[OWNER_COUNT][LANGUAGE_COUNT] = {
    [OWNER_GENERAL] = {"algemeen", "general", "général", "allgemein"},
    [OWNER_FIRE] = {"brandweer", "fire service", "pompiers", "Feuerwehr"},
    [OWNER_MEDICAL] = {"geneeskundig", "medical", "médical", "Sanitätsdienst"},
    [OWNER_POLICE] = {"politie", "police", "police", "Polizei"},
    [OWNER_MUNICIPALITY] = {"gemeente", "municipality", "commune", "Gemeinde"},
    [OWNER_WATER] = {"waterschap", "water board", "eaux", "Wasserverband"},
    [OWNER_DEFENCE] = {"defensie", "defence", "défense", "Streitkräfte"},
    [OWNER_RAIL] = {"spoor", "rail", "chemin de fer", "Bahn"},
    [OWNER_UTILITY] = {"nuts en telecom", "utilities", "services publics", "Versorgung"},
    [OWNER_NGO] = {"hulporganisatie", "aid organisation", "association", "Hilfsorganisation"},
    [OWNER_FOREIGN] = {"buitenland", "foreign", "étranger", "Ausland"},
};

static const char *const slot_titles[SLOT_COUNT][LANGUAGE_COUNT] = {
    [SLOT_NAME] = {"naam", "name", "nom", "Name"},
    [SLOT_COUNT_OF] = {"aantal", "count", "nombre", "Anzahl"},
    [SLOT_TIME] = {"tijd", "time", "heure", "Zeit"},
    [SLOT_ORGANISATION] = {"organisatie", "organisation", "organisation", "Organisation"},
    [SLOT_HAZARD] = {"GEVI/UN-nummers", "Kemler/UN numbers", "numéros Kemler/ONU", "Gefahr-/UN-Nummer"},
    [SLOT_VICTIMS] = {"slachtoffers", "casualties", "victimes", "Betroffene"},
    [SLOT_REMARK] = {"opmerking", "remark", "remarque", "Bemerkung"},
};

static const char *const palette_titles[PALETTE_COUNT][LANGUAGE_COUNT] = {
    [PALETTE_DEFAULT] = {"standaard", "default", "standard", "Standard"},
    [PALETTE_PRINT] = {"afdruk", "print", "impression", "Druck"},
    [PALETTE_MONO] = {"zwart-wit", "black and white", "noir et blanc", "schwarz-weiß"},
    [PALETTE_COLOUR_BLIND] = {"kleurenblind", "colour-blind", "daltonien", "farbenblind"},
    [PALETTE_IMAGERY] = {"luchtfoto", "imagery", "imagerie", "Luftbild"},
};

const char *symbol_status_title(enum symbol_status status, enum language language)
{
    assert(status < STATUS_COUNT && language < LANGUAGE_COUNT);
    return status_titles[status][language];
}

const char *symbol_trust_title(enum symbol_trust trust, enum language language)
{
    assert(trust < TRUST_COUNT && language < LANGUAGE_COUNT);
    return trust_titles[trust][language];
}

const char *symbol_kind_title(enum symbol_kind kind, enum language language)
{
    assert(kind < KIND_COUNT && language < LANGUAGE_COUNT);
    return kind_titles[kind][language];
}

const char *symbol_owner_title(enum symbol_owner owner, enum language language)
{
    assert(owner < OWNER_COUNT && language < LANGUAGE_COUNT);
    return owner_titles[owner][language];
}

const char *text_slot_words(enum text_slot slot, enum language language)
{
    assert(slot < SLOT_COUNT && language < LANGUAGE_COUNT);
    return slot_titles[slot][language];
}

const char *palette_title(enum palette palette, enum language language)
{
    assert(palette < PALETTE_COUNT && language < LANGUAGE_COUNT);
    return palette_titles[palette][language];
}
