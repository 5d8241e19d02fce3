/*
 * symbol_address.h - which symbol an address such as /symbols/nl@1/gev.bord.png?h=33/1203 means. Checked in
 * the front, so that a wrong one costs no worker.
 */
#ifndef RENDER_SERVICE_SYMBOL_ADDRESS_H
#define RENDER_SERVICE_SYMBOL_ADDRESS_H

#include <stdbool.h>

#include "symbology/symbol_code.h"

struct fault;
struct request;
struct symbol_entry;
struct symbol_library;
struct symbol_set;

struct symbol_address {
    const struct symbol_set *set;     /* borrowed from the library */
    const struct symbol_entry *entry; /* borrowed from the set */
    struct symbol_code code;
    char *text;      /* the whole code; owned */
    bool is_lasting; /* what it shows does not change while the program runs */
};

/** The set that {set} names, and whether the address fixes its version and it is part of the program. */
const struct symbol_set *symbol_address_set(const struct symbol_library *symbols,
                                            const struct request *request, bool *is_lasting,
                                            struct fault *fault);

/** INPUT when status, trust, rotation or detail stands among the parameters: it belongs into {code}. */
bool symbol_address_check_keys(const struct request *request, struct fault *fault);

/** From {set}, {code} and the texts among the parameters. NOT_FOUND names the nearest. */
bool symbol_address_read(const struct symbol_library *symbols, const struct request *request,
                         struct symbol_address *address, struct fault *fault);

/** All zero is allowed. */
void symbol_address_finish(struct symbol_address *address);

#endif
