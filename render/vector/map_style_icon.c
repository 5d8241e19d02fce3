/*
 * map_style_icon.c - icons that are cut alike stand alike: they are named together in one "match".
 */
#include <math.h>
#include <stdlib.h>

#include "geo/base/buffer.h"
#include "geo/base/memory.h"
#include "render/symbol/icon_box.h"
#include "render/vector/map_looks.h"
#include "render/vector/map_style_internal.h"
#include "render/map_view.h"

#define GAP_PX 3.0 /* between a symbol and its label */

/* What decides where an icon and its label stand. */
struct stand {
    struct bbox box; /* px from the place */
    double em_px;    /* size of the label */
};

struct stands {
    struct stand *items; /* owned; one for each icon */
    size_t count;
};

static struct stands stands_of(struct style_writer *writer, const struct map_looks *looks)
{
    struct stands stands = {memory_new(looks->icon_count + 1, sizeof(struct stand)), looks->icon_count};
    for (size_t i = 0; i < looks->icon_count; i++) {
        const struct map_icon *icon = &looks->icons[i];
        const struct symbol_picture *picture = icon_picture(writer->renderer, writer->view, icon, NULL);
        stands.items[i].box = picture ? icon_box_of(picture) : (struct bbox){-16, -16, 16, 16};
        stands.items[i].em_px = plot_look_text(&icon->look, writer->view->palette).size_px;
    }
    return stands;
}

static bool are_alike(const struct stand *a, const struct stand *b)
{
    return a->box.min_x == b->box.min_x && a->box.min_y == b->box.min_y && a->box.max_x == b->box.max_x &&
           a->box.max_y == b->box.max_y && a->em_px == b->em_px;
}

static bool is_first_alike(const struct stands *stands, size_t number)
{
    for (size_t i = 0; i < number; i++) {
        if (are_alike(&stands->items[i], &stands->items[number])) {
            return false;
        }
    }
    return true;
}

/* ["name","name",…] of all that stand like one. */
static void append_names(struct buffer *json, const struct map_looks *looks, const struct stands *stands,
                         size_t number)
{
    size_t count = 0;
    for (size_t i = number; i < stands->count; i++) {
        if (are_alike(&stands->items[i], &stands->items[number])) {
            buffer_append_text(json, count++ ? "," : "[");
            buffer_append_json(json, looks->icons[i].name);
        }
    }
    buffer_append_text(json, "]");
}

static void append_icon_stand(struct buffer *json, const struct stand *stand)
{
    struct point middle = bbox_centre(stand->box);
    buffer_appendf(json, "[\"literal\",[%g,%g]]", middle.x, middle.y);
}

/* Right, left, above, below: as placement prefers them. */
static void append_label_stand(struct buffer *json, const struct stand *stand)
{
    struct point middle = bbox_centre(stand->box);
    double em = stand->em_px;
    buffer_appendf(json,
                   "[\"literal\",[\"left\",[%.3g,%.3g],\"right\",[%.3g,%.3g],\"bottom\",[%.3g,%.3g],\"top\","
                   "[%.3g,%.3g]]]",
                   (stand->box.max_x + GAP_PX) / em, middle.y / em, (stand->box.min_x - GAP_PX) / em,
                   middle.y / em, middle.x / em, (stand->box.min_y - GAP_PX) / em, middle.x / em,
                   (stand->box.max_y + GAP_PX) / em);
}

/* One property that depends on the icon. An icon that has come since stands like a plain one. */
static void append_match(struct style_writer *writer, const struct map_looks *looks, const char *property,
                         void (*append)(struct buffer *json, const struct stand *stand))
{
    static const struct stand plain = {{-16, -16, 16, 16}, 11.5};
    struct buffer *json = writer->json;
    struct stands stands = stands_of(writer, looks);
    buffer_appendf(json, ",\"%s\":", property);
    for (size_t i = 0; i < stands.count; i++) {
        if (is_first_alike(&stands, i)) {
            buffer_append_text(json, i ? "," : "[\"match\",[\"get\",\"icon\"],");
            append_names(json, looks, &stands, i);
            buffer_append_text(json, ",");
            append(json, &stands.items[i]);
        }
    }
    buffer_append_text(json, stands.count ? "," : "");
    append(json, &plain);
    buffer_append_text(json, stands.count ? "]" : "");
    free(stands.items);
}

void style_append_icon_offset(struct style_writer *writer, const struct map_looks *looks)
{
    append_match(writer, looks, "icon-offset", append_icon_stand);
}

void style_append_label_offset(struct style_writer *writer, const struct map_looks *looks)
{
    append_match(writer, looks, "text-variable-anchor-offset", append_label_stand);
}
