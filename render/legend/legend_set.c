/*
 * legend_set.c - sets a legend in columns. Measuring and painting go through the same rows, so what was
 * measured is what is painted. A heading stays with the first line below it, and is repeated when a group
 * goes on in the next column. Titles are broken to the width that is left beside the drawing. Symbols stand
 * in cells as wide as the widest of them, and so do swatches. Symbols grow in proportion to their scale, so
 * they are measured only once.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "render/legend/legend_internal.h"
#include "render/legend/legend_setting.h"
#include "render/renderer_internal.h"
#include "render/text/text.h"

#define COLUMN_GAP 0.8   /* times the text size */
#define ROW_GAP 0.35     /* the same, both for drawings as large as on the map */
#define HEADING_GAP 0.6  /* above a heading that is not the first of its column */
#define SECOND_SIZE 0.84 /* of what is said in the second language, times the text size */
#define NO_LIMIT 1e9

struct text_look legend_title_look(const struct legend_setting *setting)
{
    return (struct text_look){.size_px = setting->layout.text_size_px, .colour = {0x1A, 0x1A, 0x1A, 0xFF}};
}

struct text_look legend_heading_look(const struct legend_setting *setting)
{
    struct text_look look = legend_title_look(setting);
    look.is_bold = true;
    return look;
}

/* What is said a second time, in another language. */
struct text_look legend_second_look(const struct legend_setting *setting)
{
    struct text_look look = legend_title_look(setting);
    look.size_px *= SECOND_SIZE;
    look.colour = (struct colour){0x54, 0x61, 0x6D, 0xFF};
    return look;
}

struct text_box legend_title_box(const struct legend_setting *setting, double cell_px)
{
    return (struct text_box){.wrap_px = fmax(setting->column_px - cell_px, 1.0), .align = TEXT_LEFT};
}

struct text_box legend_heading_box(const struct legend_setting *setting)
{
    return (struct text_box){.wrap_px = setting->column_px, .align = TEXT_LEFT};
}

double legend_drawing_scale(const struct legend_setting *setting)
{
    return setting->layout.symbol_scale > 0 ? setting->layout.symbol_scale : 1.0;
}

/* White between rows. Where drawings are small because there are many, they stand close: each has its halo.
 */
static double row_gap(const struct legend_setting *setting)
{
    return ROW_GAP * setting->layout.text_size_px * pow(legend_drawing_scale(setting), 4);
}

/* What titles that are higher than their drawing need besides, so that they do not run into one text. */
static double title_space(const struct legend_setting *setting)
{
    return ROW_GAP * setting->layout.text_size_px * legend_drawing_scale(setting) - row_gap(setting);
}

static double heading_gap(const struct legend_setting *setting)
{
    return HEADING_GAP * setting->layout.text_size_px * legend_drawing_scale(setting);
}

static bool is_swatch(const struct legend_setting *setting, size_t index)
{
    return bbox_is_empty(setting->legend->marks[index]);
}

/* How much room the drawing of an item takes. */
static struct bbox mark_of(const struct legend_setting *setting, size_t index)
{
    struct bbox mark = setting->legend->marks[index];
    double scale = legend_drawing_scale(setting);
    if (is_swatch(setting, index)) {
        mark = legend_swatch(setting->legend, scale);
        scale = 1.0;
    }
    return (struct bbox){mark.min_x * scale, mark.min_y * scale, mark.max_x * scale, mark.max_y * scale};
}

/* The widest of the legend's symbols, or its swatches, and the gap to the title. */
static double cell_of(const struct legend_setting *setting, size_t index)
{
    double widest = 0;
    for (size_t i = 0; i < setting->legend->count; i++) {
        if (is_swatch(setting, i) == is_swatch(setting, index)) {
            widest = fmax(widest, bbox_width(mark_of(setting, i)));
        }
    }
    double gap = LEGEND_TITLE_GAP * setting->layout.text_size_px;
    return fmin(ceil(widest) + gap, setting->column_px / 2);
}

struct legend_setting legend_setting_of(struct renderer *renderer, const struct legend *legend,
                                        struct legend_layout layout)
{
    struct legend_setting setting = {.renderer = renderer, .legend = legend, .layout = layout};
    double gaps = (layout.column_count - 1) * COLUMN_GAP * layout.text_size_px;
    setting.column_px = (layout.width_px - gaps) / layout.column_count;
    return setting;
}

static double text_height(const struct legend_setting *setting, const char *text, struct text_look look,
                          struct text_box box)
{
    return text_measure(setting->renderer->text_engine, text, &look, box).height_px;
}

/* The group's title above its first item and, when it goes on, at the top of a column. */
static void write_heading(const struct legend_setting *setting, size_t index, const char *group,
                          enum language language, char heading[static 256])
{
    static const char *const continued[LANGUAGE_COUNT] = {
        [LANGUAGE_NL] = "vervolg",
        [LANGUAGE_EN] = "continued",
        [LANGUAGE_FR] = "suite",
        [LANGUAGE_DE] = "Fortsetzung",
    };
    const struct legend_item *items = setting->legend->items;
    bool goes_on = index > 0 && strcmp(items[index].group, items[index - 1].group) == 0;
    heading[0] = '\0';
    if (group && group[0] != '\0' && !goes_on) {
        snprintf(heading, 256, "%s", group);
    } else if (group && group[0] != '\0' && setting->y == 0) {
        snprintf(heading, 256, "%s (%s)", group, continued[language]);
    }
}

/* Heading and second heading from row->heading_y on; where they end. */
static double measure_headings(const struct legend_setting *setting, struct legend_row *row)
{
    double y = row->heading_y;
    if (!row->heading[0]) {
        return y;
    }
    y += text_height(setting, row->heading, legend_heading_look(setting), legend_heading_box(setting));
    row->second_heading_y = y;
    if (row->second_heading[0]) {
        y += text_height(setting, row->second_heading, legend_second_look(setting),
                         legend_heading_box(setting));
    }
    return y + row_gap(setting);
}

/* How far down the row reaches from setting->y when it is set there. */
static struct legend_row measure(const struct legend_setting *setting, size_t index)
{
    struct legend_row row = {.item = &setting->legend->items[index], .mark = mark_of(setting, index)};
    row.cell_px = cell_of(setting, index);
    write_heading(setting, index, row.item->group, setting->legend->language, row.heading);
    write_heading(setting, index, row.item->second_group, setting->legend->second_language,
                  row.second_heading);
    double y = setting->y;
    bool begins_layers = index > 0 && row.item->layer && !setting->legend->items[index - 1].layer;
    if (setting->y > 0 && (row.heading[0] || begins_layers)) {
        y += heading_gap(setting);
    }
    row.heading_y = y;
    y = measure_headings(setting, &row);
    row.title_height_px = text_height(setting, row.item->title, legend_title_look(setting),
                                      legend_title_box(setting, row.cell_px));
    if (row.item->second_title) {
        row.second_height_px = text_height(setting, row.item->second_title, legend_second_look(setting),
                                           legend_title_box(setting, row.cell_px));
    }
    double titles_px = row.title_height_px + row.second_height_px;
    row.height_px = ceil(fmax(titles_px + title_space(setting), bbox_height(row.mark)));
    row.corner.y = y;
    return row;
}

static double limit(const struct legend_setting *setting)
{
    return setting->layout.height_px > 0 ? setting->layout.height_px : NO_LIMIT;
}

/* Sets the next item: false when there is no room left for it. */
bool legend_set_row(struct legend_setting *setting, size_t index, struct legend_row *row)
{
    *row = measure(setting, index);
    if (row->corner.y + row->height_px > limit(setting)) {
        if (setting->column + 1 >= setting->layout.column_count) {
            return false;
        }
        setting->column++;
        setting->y = 0;
        *row = measure(setting, index);
        if (row->corner.y + row->height_px > limit(setting)) {
            return false;
        }
    }
    row->corner.x = setting->column * (setting->column_px + COLUMN_GAP * setting->layout.text_size_px);
    double bottom = row->corner.y + row->height_px;
    setting->used_px = fmax(setting->used_px, bottom);
    setting->y = bottom + row_gap(setting);
    return true;
}

double legend_height_px(struct renderer *renderer, const struct legend *legend, struct legend_layout layout,
                        size_t *items_left)
{
    struct legend_setting setting = legend_setting_of(renderer, legend, layout);
    struct legend_row row;
    size_t next = layout.first_item;
    while (next < legend->count && legend_set_row(&setting, next, &row)) {
        next++;
    }
    *items_left = next < legend->count ? legend->count - next : 0;
    return setting.used_px;
}

/* The widest word, px: what stands between blanks, hyphens and slashes. */
static double widest_word(const struct legend_setting *setting, const char *text, struct text_look look)
{
    double widest = 0;
    char word[256];
    while (*text) {
        size_t length = strcspn(text, " -/");
        length += text[length] == '-' || text[length] == '/';
        snprintf(word, sizeof(word), "%.*s", (int)length, text);
        struct text_box box = {.wrap_px = 0, .align = TEXT_LEFT};
        widest = fmax(widest, text_measure(setting->renderer->text_engine, word, &look, box).width_px);
        text += length + (text[length] == ' ');
    }
    return widest;
}

/* The narrowest column in which no word is broken. */
static double least_column(const struct legend_setting *setting)
{
    double least = 0;
    for (size_t i = setting->layout.first_item; i < setting->legend->count; i++) {
        const struct legend_item *item = &setting->legend->items[i];
        double title = widest_word(setting, item->title, legend_title_look(setting));
        double second =
            item->second_title ? widest_word(setting, item->second_title, legend_second_look(setting)) : 0;
        least = fmax(least, cell_of(setting, i) + fmax(title, second));
        least = fmax(least, widest_word(setting, item->group, legend_heading_look(setting)));
        if (item->second_group) {
            least = fmax(least, widest_word(setting, item->second_group, legend_second_look(setting)));
        }
    }
    return ceil(least);
}

int legend_column_count(struct renderer *renderer, const struct legend *legend, struct legend_layout layout,
                        int most)
{
    layout.column_count = 1;
    struct legend_setting setting = legend_setting_of(renderer, legend, layout);
    double gap = COLUMN_GAP * layout.text_size_px;
    double count = floor((layout.width_px + gap) / (least_column(&setting) + gap));
    return (int)fmin(fmax(count, 1), most);
}
