/*
 * symbols.h - /symbols and /symbols/{set}/{code}.svg|.png: the symbol set, listed, searched and drawn one by
 * one.
 *
 * Texts of a code go into the address as parameters (?n=…&h=33/1203), because some of them hold a slash.
 */
#ifndef RENDER_SERVICE_SYMBOLS_H
#define RENDER_SERVICE_SYMBOLS_H

struct exchange;
struct service;

void symbols_handle_list(struct service *service, struct exchange *exchange);
void symbols_handle_svg(struct service *service, struct exchange *exchange);
void symbols_handle_png(struct service *service, struct exchange *exchange);

#endif
