/*
 * folded_text.h - a text as somebody would type it who does not mind capitals and accents: for search and
 * for the order of an index.
 */
#ifndef GEO_BASE_FOLDED_TEXT_H
#define GEO_BASE_FOLDED_TEXT_H

/**
 * Lower case without accents: "Überschwemmung (Œuvre)" becomes "uberschwemmung (oeuvre)". Latin letters up to
 * U+017F are folded, others stay. Owned by the caller.
 */
char *text_fold(const char *text);

#endif
