/*
 * hung_layers.h - what a pool knows of layers that do not answer: one worker found out, and the others need
 * not for some seconds. Used by the files of worker_pool only, under its lock.
 */
#ifndef RENDER_SERVICE_HUNG_LAYERS_H
#define RENDER_SERVICE_HUNG_LAYERS_H

#include <stdbool.h>
#include <stdint.h>

struct message;
struct order_hung;

#define HUNG_LAYER_MOST 8

struct hung_layer {
    char id[65]; /* "": none */
    int64_t waited_ms;
    int64_t until_ms; /* monotonic; then it is tried again */
};

struct hung_layers {
    struct hung_layer items[HUNG_LAYER_MOST];
};

/** Is it a worker's word that a layer hangs? */
bool hung_layer_read(const struct message *message, struct hung_layer *layer);

/** Remembers it for 10 s, in place of what has the least time left when there are too many. */
void hung_layers_note(struct hung_layers *layers, const struct hung_layer *layer, int64_t now_ms);

/** All that are to be left out now. */
void hung_layers_tell(const struct hung_layers *layers, int64_t now_ms, struct order_hung *hung);

#endif
