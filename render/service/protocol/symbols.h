/*
 * symbols.h - the symbol sets over HTTP: listed, searched, and drawn one by one.
 *
 *     /symbols                      all sets, and the symbols of the default one
 *     /symbols/{set}                one set and its symbols; set is nl@1, or nl for the newest
 *     /symbols/{set}/{code}.json    all that is known of one
 *     /symbols/{set}/{code}.svg     its picture; .png
 *
 * Status, trust, rotation and detail are parts of {code}: bw.ugs;st=planned;rot=45. Texts go into the address
 * as parameters, because some of them hold a slash: c, h and v (?h=33/1203) for pictures, which show no
 * others, all for .json. A picture takes size, ratio (.png), palette and language too. Other parameters are
 * refused.
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
