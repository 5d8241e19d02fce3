/*
 * features.h - /plots/{plot}/features: the features of a plot, read as GeoJSON.
 *
 * ?revision=N reads the plot as it was, ?as-of=TIME leaves out what is not valid then, ?bbox=w,s,e,n (which
 * may cross the antimeridian) and ?limit=N make the answer smaller. Writing is in feature_edits.h.
 */
#ifndef RENDER_SERVICE_FEATURES_H
#define RENDER_SERVICE_FEATURES_H

struct answer;
struct exchange;
struct feature;
struct service;

void features_handle_list(struct service *service, struct exchange *exchange);
void features_handle_one(struct service *service, struct exchange *exchange);

/** The entity tag of a feature: the revision that brought this version. */
void feature_set_etag(struct answer *answer, const struct feature *feature);

#endif
