#include "render/print/map_layers.h"

#include <stdio.h>

#include "data/catalogue.h"
#include "data/plot.h"
#include "render/briefing/difference_words.h"
#include "render/canvas/page.h"
#include "render/map_view.h"

#define ID_BYTES 200

void map_layers_begin_layer(struct canvas *canvas, const struct map_view *view, const struct layer *layer)
{
    struct page_document *document = page_of_canvas(canvas);
    if (document) {
        char id[ID_BYTES];
        snprintf(id, sizeof id, "layer:%s", layer->id);
        page_layer_begin(document, id, multilingual_text(&layer->title, view->language));
    }
}

void map_layers_begin_plot(struct canvas *canvas, const struct map_view *view, uint32_t plot)
{
    struct page_document *document = page_of_canvas(canvas);
    if (document) {
        const struct plot_title *title = plot_title(view->plots[plot]);
        char id[ID_BYTES];
        snprintf(id, sizeof id, "plot:%s", title->name);
        page_layer_begin(document, id, title->title);
    }
}

void map_layers_begin_changes(struct canvas *canvas, const struct map_view *view)
{
    page_layer_begin(page_of_canvas(canvas), "changes",
                     difference_word(DIFFERENCE_WORD_TITLE, view->language));
}

void map_layers_end(struct canvas *canvas)
{
    page_layer_end(page_of_canvas(canvas));
}
