/*
 * layer_listener.h - who wants to know that a layer is being read: it may take for ever, and nobody but
 * another thread or process can tell then.
 */
#ifndef RENDER_LAYER_LISTENER_H
#define RENDER_LAYER_LISTENER_H

/** Both are called by the thread that draws; never one within the other. */
struct layer_listener {
    void (*begin)(const char *layer_id, void *context); /* the text is borrowed for ever */
    void (*end)(void *context);
    void *context;
};

#endif
