/*
 * crosswalk.h - what our entries are called in the symbol sets of others, where they match.
 *
 * Read from crosswalk.yaml beside set.yaml:
 *
 *     schemes:
 *       - {id: imoov, title: "IMOOV", publisher: "...", version: "..."}
 *     entries:
 *       bw.ugs:
 *         - {scheme: imoov, code: s0870, name: "UGS", match: exact}
 *         - {scheme: dv102, name: "Bereitstellungsraum", match: close}
 *
 * Matches as in SKOS: exact means the same, close may stand for it, broad means more than ours.
 */
#ifndef SYMBOLOGY_CROSSWALK_H
#define SYMBOLOGY_CROSSWALK_H

#include <stddef.h>

struct crosswalk;
struct problems;
struct symbol_set;
struct yaml_node;

enum crosswalk_match { MATCH_EXACT, MATCH_CLOSE, MATCH_BROAD };

struct crosswalk_scheme {
    char *id;        /* "imoov" */
    char *title;     /* "IMOOV" */
    char *publisher; /* who keeps it */
    char *version;   /* of it that was compared; "" when it has none */
};

/** One name of an entry elsewhere. Texts are owned by the crosswalk; code or name may be "", not both. */
struct crosswalk_link {
    const struct crosswalk_scheme *scheme;
    char *code;
    char *name;
    enum crosswalk_match match;
};

/** Entries that the set lacks and schemes that are not listed are errors. Owned, crosswalk_free(); never
 * NULL. */
struct crosswalk *crosswalk_read(const struct yaml_node *root, const struct symbol_set *set,
                                 struct problems *problems);
void crosswalk_free(struct crosswalk *crosswalk);

size_t crosswalk_scheme_count(const struct crosswalk *crosswalk);
const struct crosswalk_scheme *crosswalk_scheme_at(const struct crosswalk *crosswalk, size_t index);

/** The links of an entry, in the order of the file; a NULL crosswalk has none. Borrowed. */
const struct crosswalk_link *crosswalk_find(const struct crosswalk *crosswalk, const char *entity,
                                            size_t *count);

/** "exact", "close", "broad" */
const char *crosswalk_match_name(enum crosswalk_match match);

#endif
