/*
 * feature_edits.h - changes to the features of a plot over HTTP.
 *
 * POST adds new features, all or none. PUT and DELETE name the version that they replace in If-Match, so
 * nobody overwrites what he has not seen: 428 without it, 412 when somebody was first. The answer comes when
 * the change is on disk and no stale tile is left.
 */
#ifndef RENDER_SERVICE_FEATURE_EDITS_H
#define RENDER_SERVICE_FEATURE_EDITS_H

struct exchange;
struct service;

void features_handle_post(struct service *service, struct exchange *exchange);
void features_handle_put(struct service *service, struct exchange *exchange);
void features_handle_delete(struct service *service, struct exchange *exchange);

#endif
