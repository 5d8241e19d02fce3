/*
 * events.h - /plots/{plot}/events: who listens hears of each change and of each new moment (server-sent
 * events).
 *
 *     id: 12
 *     event: change
 *     data: {"plot":"hollands-diep","revision":12,"recorded":"…","bbox":[w,s,e,n],"count":1}
 *
 * The id is the revision: a listener that comes back with Last-Event-ID gets what it missed, or one event
 * "reset" when that is too long ago. "moment" says that another moment has become the live one.
 */
#ifndef RENDER_SERVICE_EVENTS_H
#define RENDER_SERVICE_EVENTS_H

struct events;
struct exchange;
struct plot_event;
struct service;

struct events *events_new(void);
void events_free(struct events *events);

/** Tells all listeners of a plot; the keeper calls it before a write is acknowledged, and when a new moment
 * is live. */
void events_notify(const struct plot_event *event, void *events);

void events_handle(struct service *service, struct exchange *exchange);

#endif
