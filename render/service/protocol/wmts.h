/*
 * wmts.h - OGC WMTS 1.0.0 (07-057r7): GetCapabilities and GetTile, KVP and REST.
 *
 * Each map is a layer with the style "default" and the dimension "time": the moments of its plots, or
 * "current".
 */
#ifndef RENDER_SERVICE_WMTS_H
#define RENDER_SERVICE_WMTS_H

struct exchange;
struct service;

/** /wmts?SERVICE=WMTS&REQUEST=… */
void wmts_handle_kvp(struct service *service, struct exchange *exchange);

/** /wmts/1.0.0/WMTSCapabilities.xml */
void wmts_handle_capabilities(struct service *service, struct exchange *exchange);

/** /wmts/{map}/{style}/{time}/{tileMatrixSet}/{tileMatrix}/{tileRow}/{tileCol}.png */
void wmts_handle_tile(struct service *service, struct exchange *exchange);

#endif
