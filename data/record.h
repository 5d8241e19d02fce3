/*
 * record.h - the fields that records of the catalogue and of maps have in common.
 *
 * Like yaml.h's own readers they add what is wrong to the problems and go on with a default,
 * so that one reading names all mistakes of a file.
 */
#ifndef DATA_RECORD_H
#define DATA_RECORD_H

#include <stdbool.h>
#include <stddef.h>

#include "data/marking.h"

struct problems;
struct yaml_node;

/** Does the text name a layer, map or plot: [a-z0-9-]{1,64}? */
bool record_is_id(const char *text);

/** The record's own id, owned by the caller; "" with a problem when it is missing or no id. */
char *record_read_id(const struct yaml_node *mapping, struct problems *problems);

/** A marking; fallback when it is absent. An unknown one is a problem. */
enum marking record_read_marking(const struct yaml_node *mapping, const char *key, enum marking fallback,
                                 struct problems *problems);

/**
 * A sequence of exactly count numbers.
 * @return false when it is absent or (with a problem) anything else; values are then untouched
 */
bool record_read_numbers(const struct yaml_node *mapping, const char *key, size_t count, double *values,
                         struct problems *problems);

#endif
