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

#define CONTRAST_LEAST 4.5 /* of letters on white, WCAG 2.1 */

static bool is_given(const struct yaml_node *mapping, const char *key)
{
    return !yaml_is_null(yaml_find(mapping, key));
}

/** '' takes away what the extended template says; who writes nothing may mean either. */
static void read_texts(const struct yaml_node *mapping, const char *key, struct multilingual *text,
                       struct problems *problems)
{
    if (is_given(mapping, key)) {
        multilingual_finish(text);
        text_read_multilingual(mapping, key, false, text, problems);
    } else if (yaml_find(mapping, key)) {
        yaml_problem(yaml_find(mapping, key), problems, "has no text: leave it out, or write '' for none");
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
    static const char *const sheets[] = {"content", "all", NULL};
    template->has_all_sheets =
        yaml_read_choice(root, "sheets", sheets, template->has_all_sheets ? 1 : 0, problems) == 1;
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
        "extends",   "title",      "paper",  "orientation",  "scale",    "crs",       "languages", "pages",
        "numbering", "changes",    "sheets", "elements",     "portrait", "landscape", "room",      "shares",
        "map",       "marginalia", "grids",  "organisation", "colours",  NULL};
    if (yaml_kind(root) != YAML_MAPPING) {
        yaml_problem(root, problems, "must be a mapping with the fields of a template");
        return;
    }
    yaml_check_keys(root, known, problems);
    read_texts(root, "title", &template->title, problems);
    read_paper(template, root, problems);
    read_languages(template, root, problems);
    read_pages(template, root, problems);
    template_read_layout(template, root, problems);
    read_organisation(template, root, problems);
    read_colours(template, root, problems);
    read_choices(template, root, problems);
}
