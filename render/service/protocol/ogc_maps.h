/*
 * ogc_maps.h - /maps/{map}/map: any part of a map at any size in any CRS, alone or on a sheet with title,
 * legend, scale and more around it (OGC API Maps 1.0, 20-058, and the draft of its marginalia).
 */
#ifndef RENDER_SERVICE_OGC_MAPS_H
#define RENDER_SERVICE_OGC_MAPS_H

struct exchange;
struct service;

void ogc_map_handle(struct service *service, struct exchange *exchange);

#endif
