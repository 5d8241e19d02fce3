/*
 * sld_read.c - layers, styles and rules. What a rule paints beyond one fill, mark and label becomes a further
 * rule of the same conditions, painted on top of it as the order of its symbolizers says.
 */
#include "symbology/import/sld_read.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/base/problems.h"
#include "geo/base/xml.h"
#include "symbology/import/sld_filter.h"
#include "symbology/import/sld_symbolizer.h"
#include "symbology/import/sld_value.h"
#include "symbology/import/style_draft.h"
#include "symbology/import/style_filter.h"
#include "symbology/import/style_import.h"

#define MOST_RULES 3000 /* of a draft layer */
#define MOST_LAYERS 2000

struct sld_reading {
    const char *wanted; /* name of the only layer that is taken; NULL: all */
    struct style_losses *losses;
    struct style_draft *draft;
    struct draft_layer *layer;
    size_t group; /* the FeatureTypeStyle */
};

static bool is_named(const struct xml_node *element, const char *name)
{
    return strcmp(xml_name(element), name) == 0;
}

static char *text_of(const struct xml_node *element)
{
    return element ? xml_text(element) : NULL;
}

/* SE 1.1 has the title in a Description; GeoServer puts translations into it. */
static char *read_title(const struct xml_node *rule)
{
    const struct xml_node *title = xml_find(rule, "Title");
    title = title ? title : xml_find(xml_find(rule, "Description"), "Title");
    title = title ? title : xml_find(rule, "Name");
    if (!title) {
        return NULL;
    }
    const char *own = xml_text_first(title);
    own += strspn(own, " \t\r\n");
    size_t length = strlen(own);
    while (length > 0 && strchr(" \t\r\n", own[length - 1])) {
        length--;
    }
    return memory_copy_bytes(own, length);
}

static double read_denominator(const struct sld_scope *scope, const struct xml_node *rule, const char *name,
                               double fallback)
{
    const struct xml_node *element = xml_find(rule, name);
    double denominator = sld_number(scope, element, fallback);
    return element && denominator >= 0 ? denominator : fallback;
}

/* A rule with the conditions of the element and nothing to paint. */
static struct draft_rule *begin_rule(const struct sld_reading *reading, const struct sld_scope *scope,
                                     const struct xml_node *element)
{
    const struct xml_node *filter = xml_find(element, "Filter");
    struct draft_rule *rule = draft_layer_add_rule(reading->layer);
    rule->group = reading->group;
    rule->line = xml_line(element);
    rule->path = memory_copy_text(scope->rule);
    rule->title = read_title(element);
    rule->is_else = xml_find(element, "ElseFilter") != NULL;
    rule->filter = filter ? sld_filter_read(scope, filter) : NULL;
    rule->min_denominator = read_denominator(scope, element, "MinScaleDenominator", 0);
    rule->max_denominator = read_denominator(scope, element, "MaxScaleDenominator", INFINITY);
    return rule;
}

static void read_symbolizers(const struct sld_reading *reading, const struct sld_scope *scope,
                             const struct xml_node *element)
{
    struct draft_rule *rule = begin_rule(reading, scope, element);
    bool is_empty = true;
    for (const struct xml_node *child = xml_first(element); child; child = xml_next(child)) {
        if (is_named(child, "RasterSymbolizer")) {
            sld_raster_read(scope, child, &reading->layer->raster);
            is_empty = false;
        }
        if (!sld_symbolizer_is(child)) {
            continue;
        }
        if (!sld_symbolizer_fits(child, rule)) {
            rule = begin_rule(reading, scope, element);
            free(rule->title); /* in a legend once */
            rule->title = NULL;
        }
        sld_symbolizer_read(*scope, child, rule);
        is_empty = false;
    }
    if (is_empty) {
        style_lose(reading->losses, sld_origin(scope, element),
                   "the rule has no symbolizer: it paints nothing");
    }
}

static void read_rule(const struct sld_reading *reading, const struct xml_node *element)
{
    static const char *const known[] = {"Name",
                                        "Title",
                                        "Abstract",
                                        "Description",
                                        "LegendGraphic",
                                        "Filter",
                                        "ElseFilter",
                                        "LineSymbolizer",
                                        "PointSymbolizer",
                                        "PolygonSymbolizer",
                                        "TextSymbolizer",
                                        "RasterSymbolizer",
                                        "MinScaleDenominator",
                                        "MaxScaleDenominator",
                                        NULL};
    char *name = text_of(xml_find(element, "Name"));
    struct sld_scope scope = {reading->losses, name, 1};
    sld_lose_unknown(&scope, element, known);
    if (reading->layer->rule_count < MOST_RULES) {
        read_symbolizers(reading, &scope, element);
    } else {
        style_lose(reading->losses, sld_origin(&scope, element), "there are too many rules: left out");
    }
    free(name);
}

static void read_feature_type_style(struct sld_reading *reading, const struct xml_node *element)
{
    static const char *const known[] = {"Name",
                                        "Title",
                                        "Abstract",
                                        "Description",
                                        "FeatureTypeName",
                                        "CoverageName",
                                        "SemanticTypeIdentifier",
                                        "Rule",
                                        NULL};
    struct sld_scope scope = {reading->losses, NULL, 1};
    sld_lose_unknown(&scope, element, known);
    for (const struct xml_node *child = xml_first(element); child; child = xml_next(child)) {
        if (is_named(child, "Rule")) {
            read_rule(reading, child);
        }
    }
    reading->group++;
}

static void read_user_style(struct sld_reading *reading, const struct xml_node *element)
{
    for (const struct xml_node *child = xml_first(element); child; child = xml_next(child)) {
        if (is_named(child, "FeatureTypeStyle") || is_named(child, "CoverageStyle")) {
            read_feature_type_style(reading, child);
        }
    }
}

static bool is_default(const struct xml_node *style)
{
    char *text = text_of(xml_find(style, "IsDefault"));
    bool is_true = text && (strcmp(text, "1") == 0 || strcmp(text, "true") == 0);
    free(text);
    return is_true;
}

/* Of several styles of a layer it is the default, or else the first. */
static const struct xml_node *choose_style(const struct sld_reading *reading, const struct xml_node *layer)
{
    const struct xml_node *chosen = NULL;
    int count = 0;
    for (const struct xml_node *child = xml_first(layer); child; child = xml_next(child)) {
        if (is_named(child, "UserStyle")) {
            count++;
            chosen = !chosen || (is_default(child) && !is_default(chosen)) ? child : chosen;
        }
    }
    if (count > 1) {
        style_lose(reading->losses, (struct style_origin){xml_line(chosen), NULL},
                   "the layer has %d styles: the one of this line is taken", count);
    }
    return chosen;
}

static void read_layer(struct sld_reading *reading, const struct xml_node *element)
{
    char *name = text_of(xml_find(element, "Name"));
    bool is_wanted = !reading->wanted || strcmp(name ? name : "", reading->wanted) == 0;
    const struct xml_node *style = is_wanted ? choose_style(reading, element) : NULL;
    if (reading->draft->layer_count == MOST_LAYERS) {
        style_lose(reading->losses, (struct style_origin){xml_line(element), name},
                   "there are too many layers: left out");
    } else if (!is_wanted) {
        style_draft_layer(reading->draft, name ? name : "");
    } else if (style) {
        reading->layer = style_draft_layer(reading->draft, name ? name : "");
        read_user_style(reading, style);
    } else {
        style_lose(reading->losses, (struct style_origin){xml_line(element), name},
                   "the layer has no style of its own: left out");
    }
    free(name);
}

/* The root may be a whole document, or a part of one that editors write alone. */
static bool read_root(struct sld_reading *reading, const struct xml_node *root)
{
    if (is_named(root, "StyledLayerDescriptor")) {
        for (const struct xml_node *child = xml_first(root); child; child = xml_next(child)) {
            if (is_named(child, "NamedLayer") || is_named(child, "UserLayer")) {
                read_layer(reading, child);
            }
        }
        return true;
    }
    bool is_style = is_named(root, "UserStyle");
    if (!is_style && !is_named(root, "FeatureTypeStyle") && !is_named(root, "CoverageStyle")) {
        return false;
    }
    reading->layer = style_draft_layer(reading->draft, "");
    (is_style ? read_user_style : read_feature_type_style)(reading, root);
    return true;
}

bool sld_read(const struct style_import *import, struct style_losses *losses, struct style_draft *draft,
              struct fault *fault)
{
    struct problems problems;
    problems_init(&problems);
    struct xml_document *document = xml_document_parse(losses->file, import->text, import->length, &problems);
    struct sld_reading reading = {.wanted = import->layer, .losses = losses, .draft = draft};
    bool is_read = document && read_root(&reading, xml_document_root(document));
    if (!document) {
        problems_to_fault(&problems, fault);
    } else if (!is_read) {
        fault_set(fault, FAULT_INPUT, "%s: is no SLD: its first element is %s", losses->file,
                  xml_name(xml_document_root(document)));
    }
    xml_document_free(document);
    problems_finish(&problems);
    return is_read;
}
