/*
 * symbols.h - /symbols and /symbols/{set}/{code}.svg|.png: the symbol set, listed, searched and drawn one by
 * one.
 *
 * Texts of a code go into the address as parameters (?n=…&h=33/1203), because some of them hold a slash.
 */
#ifndef RENDER_SERVICE_SYMBOLS_H
#define RENDER_SERVICE_SYMBOLS_H

struct buffer;
struct exchange;
struct service;
struct symbol_entry;
struct symbol_set;

/** One entry as a JSON object: what /symbols and `plottafel symbols list --json` show. */
void symbol_append_record(struct buffer *json, const struct symbol_set *set,
                          const struct symbol_entry *entry);

void symbols_handle_list(struct service *service, struct exchange *exchange);
void symbols_handle_svg(struct service *service, struct exchange *exchange);
void symbols_handle_png(struct service *service, struct exchange *exchange);

#endif
