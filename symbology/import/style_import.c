#include "symbology/import/style_import.h"

#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "symbology/import/mapbox_read.h"
#include "symbology/import/sld_read.h"
#include "symbology/import/style_draft.h"
#include "symbology/import/style_losses.h"
#include "symbology/import/style_write.h"
#include "symbology/import/yaml_text.h"

#define MOST_NAMES 300

static enum style_format format_of(const struct style_import *import)
{
    if (import->format != STYLE_FORMAT_ANY) {
        return import->format;
    }
    const char *text = import->text;
    text += strncmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    text += strspn(text, " \t\r\n");
    return *text == '<' ? STYLE_FORMAT_SLD : *text == '{' ? STYLE_FORMAT_MAPBOX : STYLE_FORMAT_ANY;
}

static bool read_draft(const struct style_import *import, struct style_losses *losses,
                       struct style_draft *draft, struct fault *fault)
{
    if (import->length > STYLE_IMPORT_MOST_BYTES) {
        fault_set(fault, FAULT_LIMIT, "%s: is larger than %u MiB", import->name,
                  STYLE_IMPORT_MOST_BYTES >> 20);
        return false;
    }
    switch (format_of(import)) {
    case STYLE_FORMAT_SLD:
        return sld_read(import, losses, draft, fault);
    case STYLE_FORMAT_MAPBOX:
        return mapbox_read(import, losses, draft, fault);
    case STYLE_FORMAT_ANY:
        break;
    }
    fault_set(fault, FAULT_INPUT, "%s: is neither XML nor JSON", import->name);
    return false;
}

/* "'roads', 'water' and 3 more" */
static void list_names(const struct style_draft *draft, char names[static MOST_NAMES])
{
    struct buffer list;
    buffer_init(&list, MOST_NAMES - 1);
    for (size_t i = 0; i < draft->layer_count; i++) {
        if (list.length + strlen(draft->layers[i].name) + 20 > MOST_NAMES) {
            buffer_appendf(&list, " and %zu more", draft->layer_count - i);
            break;
        }
        buffer_appendf(&list, "%s'%s'", i > 0 ? ", " : "", draft->layers[i].name);
    }
    memcpy(names, list.length > 0 ? list.bytes : "", list.length + 1);
    buffer_finish(&list);
}

static bool has_layer(const struct style_import *import, const struct style_draft *draft, struct fault *fault)
{
    char names[MOST_NAMES];
    for (size_t i = 0; i < draft->layer_count; i++) {
        if (!import->layer || strcmp(draft->layers[i].name, import->layer) == 0) {
            return true;
        }
    }
    list_names(draft, names);
    if (import->layer && draft->layer_count > 0) {
        fault_set(fault, FAULT_NOT_FOUND, "%s: has no layer '%.80s'; it has %s", import->name, import->layer,
                  names);
    } else {
        fault_set(fault, FAULT_INPUT, "%s: has no layers", import->name);
    }
    return false;
}

/* Appends the styles of the layers that are taken; returns how many have something to draw. */
static size_t write_layers(const struct style_import *import, const struct style_draft *draft, bool are_named,
                           struct style_losses *losses, struct buffer *yaml)
{
    size_t count = 0;
    for (size_t i = 0; i < draft->layer_count; i++) {
        const struct draft_layer *layer = &draft->layers[i];
        if (import->layer && strcmp(layer->name, import->layer) != 0) {
            continue;
        }
        struct buffer one;
        buffer_init(&one, STYLE_IMPORT_MOST_BYTES);
        if (style_write(layer, are_named ? 2 : 0, losses, &one) > 0) {
            count++;
            if (are_named) {
                yaml_append_text(yaml, layer->name);
                buffer_append_text(yaml, ":\n");
            }
            buffer_append(yaml, one.bytes, one.length);
        }
        yaml->is_full |= one.is_full;
        buffer_finish(&one);
    }
    return count;
}

static void write_head(const struct style_import *import, const struct style_losses *losses,
                       struct buffer *yaml)
{
    bool is_mapbox = format_of(import) == STYLE_FORMAT_MAPBOX;
    buffer_append_text(yaml, "# Made of ");
    yaml_append_comment(yaml, import->name);
    buffer_append_text(yaml, " by plottafel style import.\n");
    if (is_mapbox) {
        buffer_append_text(yaml, "# Scales are those of Mapbox: 279,541,132 / 2^zoom.\n");
    }
    size_t count = losses->list.count + losses->left_out;
    if (count > 0) {
        buffer_appendf(yaml, "# Not carried over as it was (%zu):\n", count);
        style_losses_write_comments(losses, yaml);
    }
    buffer_append_text(yaml, "\n");
}

static bool write_draft(const struct style_import *import, const struct style_draft *draft,
                        struct style_losses *losses, struct buffer *yaml, struct fault *fault)
{
    struct buffer body;
    buffer_init(&body, STYLE_IMPORT_MOST_BYTES);
    size_t count = write_layers(import, draft, true, losses, &body);
    if (count == 1) { /* it needs no name */
        buffer_finish(&body);
        buffer_init(&body, STYLE_IMPORT_MOST_BYTES);
        write_layers(import, draft, false, losses, &body);
    }
    if (count > 0) {
        write_head(import, losses, yaml);
        buffer_append(yaml, body.bytes, body.length);
    }
    bool is_full = body.is_full || yaml->is_full;
    buffer_finish(&body);
    if (is_full) {
        fault_set(fault, FAULT_LIMIT, "%s: makes a style larger than %u MiB", import->name,
                  STYLE_IMPORT_MOST_BYTES >> 20);
    } else if (count == 0) {
        fault_set(fault, FAULT_INPUT, "%s: nothing in it can be carried over", import->name);
    }
    return count > 0 && !is_full;
}

bool style_import(const struct style_import *import, struct style_losses *losses, struct buffer *yaml,
                  struct fault *fault)
{
    struct style_draft draft = {NULL, 0};
    bool is_done = read_draft(import, losses, &draft, fault) && has_layer(import, &draft, fault) &&
                   write_draft(import, &draft, losses, yaml, fault);
    style_draft_finish(&draft);
    return is_done;
}
