/*
 * symbols.h - the symbol sets over HTTP: listed, searched, and drawn one by one.
 *
 *     /symbols                      all sets, and the symbols of the default one
 *     /symbols/{set}                one set and its symbols; set is nl@1, or nl for the newest
 *     /symbols/{set}/{code}.json    all that is known of one
 *     /symbols/{set}/{code}.svg     its picture; .png
 *
 * Texts of a code go into the address as parameters (?n=…&h=33/1203), because some of them hold a slash.
 */
#ifndef RENDER_SERVICE_SYMBOLS_H
#define RENDER_SERVICE_SYMBOLS_H

struct exchange;
struct service;

void symbols_handle_sets(struct service *service, struct exchange *exchange);
void symbols_handle_list(struct service *service, struct exchange *exchange);
void symbols_handle_facts(struct service *service, struct exchange *exchange);
void symbols_handle_svg(struct service *service, struct exchange *exchange);
void symbols_handle_png(struct service *service, struct exchange *exchange);

#endif
