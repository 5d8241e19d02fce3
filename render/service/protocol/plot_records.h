/*
 * plot_records.h - /plots and /plots/{plot}: which plots there are, at which revision, with which moments.
 */
#ifndef RENDER_SERVICE_PLOT_RECORDS_H
#define RENDER_SERVICE_PLOT_RECORDS_H

struct buffer;
struct exchange;
struct plot;
struct service;

/** {"name":…,"title":…,"activity":…,"isExercise":…,"revision":…,"recorded":…,"symbols":"nl@1","moment":…,"moments":[…]} */
void plot_append_record(struct buffer *json, const struct plot *plot);

void plot_handle_list(struct service *service, struct exchange *exchange);
void plot_handle_record(struct service *service, struct exchange *exchange);

#endif
