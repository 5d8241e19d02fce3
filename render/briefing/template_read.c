/*
 * template_read.c - a field that is absent leaves what the extended template says; a wrong one too, so that
 * reading goes on to the next mistake.
 */
#include "render/briefing/template_read.h"

#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/base/hash.h"
#include "geo/base/memory.h"
#include "geo/base/problems.h"
#include "geo/base/yaml.h"
#include "render/briefing/logo.h"
#include "symbology/text_reader.h"

#define ROOM_LEAST 0.05
#define ROOM_MOST 0.45
#define MAP_LEAST_MM 40
#define CONTRAST_LEAST 4.5 /* of letters on white, WCAG 2.1 */

struct template template_bare(void)
{
    struct template template = {
        .paper = PAPER_A4,
        .kind = TEMPLATE_MAP,
        .colours = {.title = {24, 34, 44, 255}, .heading = {14, 62, 98, 255}, .moment = {14, 62, 98, 255}}};
    for (int turn = 0; turn < 2; turn++) {
        enum place *places = template.places[turn];
        for (int i = 0; i < ELEMENT_COUNT; i++) {
            places[i] = PLACE_OFF;
        }
        places[ELEMENT_TITLE] = PLACE_TOP_LEFT;
        places[ELEMENT_TIMES] = PLACE_TOP_RIGHT;
        places[ELEMENT_MARKING] = PLACE_TOP_RIGHT;
        places[ELEMENT_IDENTITY] = PLACE_BOTTOM_LEFT;
    }
    template.grids[0] = GRID_MAP;
    template.grid_count = 1;
    template.crs_code = memory_copy_text("");
    return template;
}

static struct multilingual copy_multilingual(const struct multilingual *text)
{
    struct multilingual copy = {{NULL}};
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        copy.texts[i] = text->texts[i] ? memory_copy_text(text->texts[i]) : NULL;
    }
    return copy;
}

struct template template_copy(const struct template *template)
{
    struct template copy = *template;
    copy.id = template->id ? memory_copy_text(template->id) : NULL;
    copy.file = template->file ? memory_copy_text(template->file) : NULL;
    copy.crs_code = memory_copy_text(template->crs_code);
    copy.title = copy_multilingual(&template->title);
    copy.organisation = copy_multilingual(&template->organisation);
    copy.contact = copy_multilingual(&template->contact);
    copy.disclaimer = copy_multilingual(&template->disclaimer);
    copy.logo = logo_copy(template->logo);
    return copy;
}

void template_finish(struct template *template)
{
    free(template->id);
    free(template->file);
    free(template->crs_code);
    multilingual_finish(&template->title);
    multilingual_finish(&template->organisation);
    multilingual_finish(&template->contact);
    multilingual_finish(&template->disclaimer);
    logo_free(template->logo);
    *template = (struct template){0};
}

static bool is_given(const struct yaml_node *mapping, const char *key)
{
    return !yaml_is_null(yaml_find(mapping, key));
}

static void read_texts(const struct yaml_node *mapping, const char *key, struct multilingual *text,
                       struct problems *problems)
{
    if (is_given(mapping, key)) {
        multilingual_finish(text);
        text_read_multilingual(mapping, key, true, text, problems);
    }
}

static int choice_among(const char *text, const char *const names[])
{
    for (int i = 0; names[i]; i++) {
        if (strcmp(text, names[i]) == 0) {
            return i;
        }
    }
    return -1;
}

static void read_paper(struct template *template, const struct yaml_node *root, struct problems *problems)
{
    static const char *const turns[] = {"portrait", "landscape", NULL};
    const char *name = yaml_read_text(root, "paper", "", problems);
    if (name[0] && !paper_parse(name, &template->paper)) {
        yaml_problem(yaml_find(root, "paper"), problems, "must be A5, A4, A3, A2, A1 or A0, not '%.40s'",
                     name);
    }
    int fallback = template->is_landscape ? 1 : 0;
    template->is_landscape = yaml_read_choice(root, "orientation", turns, fallback, problems) == 1;
}

static void read_languages(struct template *template, const struct yaml_node *root, struct problems *problems)
{
    const struct yaml_node *list = yaml_read_sequence(root, "languages", problems);
    size_t count = list ? yaml_count(list) : 0;
    if (!list) {
        return;
    }
    if (count < 1 || count > 2) {
        yaml_problem(list, problems, "must be one language or two of nl, en, fr and de");
        return;
    }
    enum language spoken[2];
    for (size_t i = 0; i < count; i++) {
        if (!language_parse(yaml_text(yaml_at(list, i)), &spoken[i])) {
            yaml_problem(yaml_at(list, i), problems, "must be nl, en, fr or de, not '%.20s'",
                         yaml_text(yaml_at(list, i)));
            return;
        }
    }
    if (count == 2 && spoken[0] == spoken[1]) {
        yaml_problem(list, problems, "says everything twice in the same language");
        return;
    }
    template->has_languages = true;
    template->languages = (struct language_pair){spoken[0], count == 2, count == 2 ? spoken[1] : spoken[0]};
}

/** The kinds of pages in the only orders that make sense. */
static void read_pages(struct template *template, const struct yaml_node *root, struct problems *problems)
{
    static const char *const orders[] = {"map", "index,sheet", "comparison", NULL};
    const struct yaml_node *list = yaml_read_sequence(root, "pages", problems);
    size_t count = list ? yaml_count(list) : 0;
    if (!list) {
        return;
    }
    char order[64] = "";
    size_t length = 0;
    bool has_tables = count > 0 && strcmp(yaml_text(yaml_at(list, count - 1)), "tables") == 0;
    for (size_t i = 0; i < count - (has_tables ? 1 : 0); i++) {
        const char *page = yaml_text(yaml_at(list, i));
        size_t more = strlen(page);
        if (more == 0 || strchr(page, ',') || length + more + 2 > sizeof order) {
            order[0] = '\0'; /* no kind of page */
            break;
        }
        order[length] = ',';
        length += length > 0 ? 1 : 0;
        memcpy(order + length, page, more + 1);
        length += more;
    }
    int kind = choice_among(order, orders);
    if (kind < 0) {
        yaml_problem(list, problems,
                     "must be [map], [index, sheet] or [comparison], with tables behind them or without");
        return;
    }
    template->kind = (enum template_kind)kind;
    template->has_tables = has_tables;
}

/** Places of elements, on paper of one orientation or of both. */
static void read_places(struct template *template, const struct yaml_node *root, const char *key,
                        bool is_of_portrait, bool is_of_landscape, struct problems *problems)
{
    const struct yaml_node *mapping = yaml_read_mapping(root, key, problems);
    if (!mapping) {
        return;
    }
    yaml_check_keys(mapping, element_names(), problems);
    for (int i = 0; i < ELEMENT_COUNT; i++) {
        const char *name = element_names()[i];
        if (!is_given(mapping, name)) {
            continue;
        }
        int place = yaml_read_choice(mapping, name, place_names(), PLACE_COUNT, problems);
        if (place == PLACE_COUNT) {
            continue;
        }
        if (!element_allows((enum element)i, (enum place)place)) {
            yaml_problem(yaml_find(mapping, name), problems, "%s", element_allowed_words((enum element)i));
            continue;
        }
        if (is_of_portrait) {
            template->places[0][i] = (enum place)place;
        }
        if (is_of_landscape) {
            template->places[1][i] = (enum place)place;
        }
    }
}

static void read_room(struct template *template, const struct yaml_node *root, struct problems *problems)
{
    static const char *const known[] = {"left", "right", "top", "bottom", NULL};
    double *const sides[] = {&template->room.left, &template->room.right, &template->room.top,
                             &template->room.bottom};
    const struct yaml_node *mapping = yaml_read_mapping(root, "room", problems);
    if (!mapping) {
        return;
    }
    yaml_check_keys(mapping, known, problems);
    for (int i = 0; known[i]; i++) {
        *sides[i] = yaml_read_number(mapping, known[i], ROOM_LEAST, ROOM_MOST, *sides[i], problems);
    }
}

static void read_shares(struct template *template, const struct yaml_node *root, struct problems *problems)
{
    const char *known[PLACE_AROUND + 1] = {NULL};
    const struct yaml_node *mapping = yaml_read_mapping(root, "shares", problems);
    if (!mapping) {
        return;
    }
    for (int i = 0; i < PLACE_AROUND; i++) {
        known[i] = place_names()[i];
    }
    yaml_check_keys(mapping, known, problems);
    for (int i = 0; i < PLACE_AROUND; i++) {
        template->shares[i] = yaml_read_number(mapping, known[i], 0.2, 5, template->shares[i], problems);
    }
}

/**
 * A map of its own size must fit on the template's own paper, also where only one of the two is said here; on
 * another paper the order says that it does not.
 */
static void check_frame(const struct template *template, const struct yaml_node *root,
                        struct problems *problems)
{
    static const char *const keys[] = {"map", "paper", "orientation"};
    const struct yaml_node *said = NULL;
    for (size_t i = 0; !said && i < sizeof keys / sizeof keys[0]; i++) {
        said = is_given(root, keys[i]) ? yaml_find(root, keys[i]) : NULL;
    }
    if (!said) {
        return;
    }
    const struct template_frame *frame = &template->frame;
    struct paper_size paper = paper_size(template->paper, template->is_landscape);
    if ((frame->width_mm > 0) != (frame->height_mm > 0)) {
        yaml_problem(said, problems, "has width_mm or height_mm without the other");
    } else if (frame->width_mm > paper.width_mm - 16 || frame->height_mm > paper.height_mm - 16) {
        yaml_problem(said, problems, "a map of %.10g x %.10g mm does not fit on %s, which is %.0f x %.0f mm",
                     frame->width_mm, frame->height_mm, paper_name(template->paper), paper.width_mm,
                     paper.height_mm);
    }
}

static void read_frame(struct template *template, const struct yaml_node *root, struct problems *problems)
{
    static const char *const known[] = {"width_mm", "height_mm", "snap_m", NULL};
    const struct yaml_node *mapping = yaml_read_mapping(root, "map", problems);
    if (!mapping) {
        return;
    }
    struct template_frame *frame = &template->frame;
    yaml_check_keys(mapping, known, problems);
    frame->width_mm = yaml_read_number(mapping, "width_mm", MAP_LEAST_MM, 1200, frame->width_mm, problems);
    frame->height_mm = yaml_read_number(mapping, "height_mm", MAP_LEAST_MM, 1200, frame->height_mm, problems);
    frame->snap_m = yaml_read_number(mapping, "snap_m", 1, 100000, frame->snap_m, problems);
}

static bool has_grid(const struct template *template, enum grid_kind kind)
{
    for (size_t i = 0; i < template->grid_count; i++) {
        if (template->grids[i] == kind) {
            return true;
        }
    }
    return false;
}

static void read_grid(struct template *template, const struct yaml_node *node, struct problems *problems)
{
    enum grid_kind kind;
    if (!grid_kind_parse(yaml_text(node), &kind)) {
        yaml_problem(node, problems, "must be map, rd, utm, mgrs, wgs84 or squares, not '%.40s'",
                     yaml_text(node));
    } else if (has_grid(template, kind)) {
        yaml_problem(node, problems, "is there twice");
    } else if (template->grid_count == GRID_MOST) {
        yaml_problem(node, problems, "is one too many: at most %d grids lie over a map", GRID_MOST);
    } else {
        template->grids[template->grid_count++] = kind;
    }
}

static void read_grids(struct template *template, const struct yaml_node *root, struct problems *problems)
{
    const struct yaml_node *list = yaml_read_sequence(root, "grids", problems);
    if (!list) {
        return;
    }
    template->grid_count = 0;
    for (size_t i = 0; i < yaml_count(list); i++) {
        read_grid(template, yaml_at(list, i), problems);
    }
}

static void read_logo(struct template *template, const struct yaml_node *mapping, struct problems *problems)
{
    const char *name = yaml_read_text(mapping, "logo", "", problems);
    if (!name[0]) {
        return;
    }
    struct fault fault;
    struct logo *logo = logo_read_beside(yaml_file(mapping), name, &fault);
    if (!logo) {
        yaml_problem(yaml_find(mapping, "logo"), problems, "'%.120s': %s", name, fault.message);
        return;
    }
    logo_free(template->logo);
    template->logo = logo;
}

static void read_organisation(struct template *template, const struct yaml_node *root,
                              struct problems *problems)
{
    static const char *const known[] = {"name", "logo", "contact", "disclaimer", NULL};
    const struct yaml_node *mapping = yaml_read_mapping(root, "organisation", problems);
    if (!mapping) {
        return;
    }
    yaml_check_keys(mapping, known, problems);
    read_texts(mapping, "name", &template->organisation, problems);
    read_texts(mapping, "contact", &template->contact, problems);
    read_texts(mapping, "disclaimer", &template->disclaimer, problems);
    read_logo(template, mapping, problems);
}

static void read_colour(const struct yaml_node *mapping, const char *key, struct colour *colour,
                        struct problems *problems)
{
    const char *text = yaml_read_text(mapping, key, "", problems);
    struct colour read;
    struct fault fault;
    if (!text[0]) {
        return;
    }
    if (!colour_parse(text, &read, &fault)) {
        yaml_problem(yaml_find(mapping, key), problems, "%s", fault.message);
        return;
    }
    double contrast = read.alpha == 255 ? colour_contrast(read, (struct colour){255, 255, 255, 255}) : 1;
    if (contrast < CONTRAST_LEAST) {
        yaml_problem(yaml_find(mapping, key), problems,
                     "is too light for letters on white: contrast %.1f, at least %.1f", contrast,
                     CONTRAST_LEAST);
        return;
    }
    *colour = read;
}

static void read_colours(struct template *template, const struct yaml_node *root, struct problems *problems)
{
    static const char *const known[] = {"heading", "title", "moment", NULL};
    const struct yaml_node *mapping = yaml_read_mapping(root, "colours", problems);
    if (!mapping) {
        return;
    }
    yaml_check_keys(mapping, known, problems);
    read_colour(mapping, "heading", &template->colours.heading, problems);
    read_colour(mapping, "title", &template->colours.title, problems);
    read_colour(mapping, "moment", &template->colours.moment, problems);
}

static void read_choices(struct template *template, const struct yaml_node *root, struct problems *problems)
{
    static const char *const changes[] = {"marked", "beside", NULL};
    static const char *const numberings[] = {"auto", "always", "never", NULL};
    static const char *const marginalia[] = {"full", "slim", NULL};
    template->changes =
        (enum template_changes)yaml_read_choice(root, "changes", changes, (int)template->changes, problems);
    template->numbering =
        (enum numbering)yaml_read_choice(root, "numbering", numberings, (int)template->numbering, problems);
    template->is_slim =
        yaml_read_choice(root, "marginalia", marginalia, template->is_slim ? 1 : 0, problems) == 1;
    template->scale_denominator =
        yaml_read_number(root, "scale", 100, 1e7, template->scale_denominator, problems);
    const char *crs = yaml_read_text(root, "crs", "", problems);
    if (crs[0]) {
        free(template->crs_code);
        template->crs_code = memory_copy_text(crs);
    }
}

void template_read_over(struct template *template, const struct yaml_node *root, struct problems *problems)
{
    static const char *const known[] = {
        "extends", "title",     "paper",      "orientation", "scale",        "crs",       "languages",
        "pages",   "numbering", "changes",    "elements",    "portrait",     "landscape", "room",
        "shares",  "map",       "marginalia", "grids",       "organisation", "colours",   NULL};
    if (yaml_kind(root) != YAML_MAPPING) {
        yaml_problem(root, problems, "must be a mapping with the fields of a template");
        return;
    }
    yaml_check_keys(root, known, problems);
    read_texts(root, "title", &template->title, problems);
    read_paper(template, root, problems);
    read_languages(template, root, problems);
    read_pages(template, root, problems);
    read_places(template, root, "elements", true, true, problems);
    read_places(template, root, "portrait", true, false, problems);
    read_places(template, root, "landscape", false, true, problems);
    read_room(template, root, problems);
    read_shares(template, root, problems);
    read_frame(template, root, problems);
    check_frame(template, root, problems);
    read_grids(template, root, problems);
    read_organisation(template, root, problems);
    read_colours(template, root, problems);
    read_choices(template, root, problems);
}
