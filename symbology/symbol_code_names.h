/*
 * symbol_code_names.h - the words of the symbol code, for the two files that read and write it.
 */
#ifndef SYMBOLOGY_SYMBOL_CODE_NAMES_H
#define SYMBOLOGY_SYMBOL_CODE_NAMES_H

#include "symbology/symbol_code.h"

#define SYMBOL_CODE_MOST_BYTES 2000

/** In the order of their enums; each list ends with NULL. Of the details the first is "": by scale. */
extern const char *const symbol_status_names[STATUS_COUNT + 1];
extern const char *const symbol_trust_names[TRUST_COUNT + 1];
extern const char *const symbol_detail_names[5];

#endif
