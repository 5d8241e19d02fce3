/*
 * briefing_inputs.h - what a briefing can be asked for with, as JSON: the inputs of the process "briefing".
 *
 * One table says for each field how it is called, what it means, its JSON Schema and how it is read; the
 * description of the process is made from it.
 */
#ifndef RENDER_SERVICE_BRIEFING_INPUTS_H
#define RENDER_SERVICE_BRIEFING_INPUTS_H

#include <stdbool.h>

struct buffer;
struct json_t;
struct order;
struct problems;
struct service;

/**
 * Reads all inputs into an order of kind BRIEFING, with the revisions and the moment that it shows.
 * @param inputs  an object, borrowed; prefix: how its fields are called in problems, such as "inputs."
 * @return false when anything is wrong: all mistakes are in problems
 */
bool briefing_inputs_read(struct service *service, const struct json_t *inputs, const char *prefix,
                          struct order *order, struct problems *problems);

/** The "inputs" of the description of the process: {"map":{"title":…,"schema":{…}}, …} */
void briefing_inputs_append(const struct service *service, struct buffer *json);

#endif
