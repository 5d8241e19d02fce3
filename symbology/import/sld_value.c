#include "symbology/import/sld_value.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "geo/base/number.h"
#include "geo/base/xml.h"
#include "symbology/import/css_colour.h"

struct style_origin sld_origin(const struct sld_scope *scope, const struct xml_node *element)
{
    return (struct style_origin){element ? xml_line(element) : 0, scope->rule};
}

static bool is_named(const struct xml_node *element, const char *name)
{
    return element && strcmp(xml_name(element), name) == 0;
}

/* Is the value written down, plainly or as a Literal? */
static bool is_literal(const struct xml_node *element)
{
    const struct xml_node *inner = xml_first(element);
    return !inner || (is_named(inner, "Literal") && !xml_next(inner) && !xml_first(inner));
}

char *sld_text(const struct sld_scope *scope, const struct xml_node *element)
{
    if (!element) {
        return NULL;
    }
    if (is_literal(element)) {
        return xml_text(element);
    }
    const char *name = xml_attribute(element, "name");
    style_lose(scope->losses, sld_origin(scope, element),
               "%s depends on an attribute or function (%s), which is not carried over: its default instead",
               name ? name : xml_name(element), xml_name(xml_first(element)));
    return NULL;
}

double sld_number(const struct sld_scope *scope, const struct xml_node *element, double fallback)
{
    char *text = sld_text(scope, element);
    double number = fallback;
    const char *rest = text;
    if (text && (!number_read(&rest, &number) || (*rest != '\0' && strcmp(rest, "px") != 0))) {
        style_lose(scope->losses, sld_origin(scope, element), "'%.60s' is no number; %g instead", text,
                   fallback);
        number = fallback;
    }
    free(text);
    return number;
}

double sld_length_px(const struct sld_scope *scope, const struct xml_node *element, double fallback_px)
{
    double number = sld_number(scope, element, NAN);
    return isnan(number) ? fallback_px : number * scope->px_per_unit;
}

char *sld_property_name(const struct xml_node *property_name)
{
    char *path = xml_text(property_name);
    const char *name = path;
    for (const char *letter = path; *letter != '\0'; letter++) {
        if ((*letter == '/' || *letter == ':') && letter[1] != '\0') {
            name = letter + 1;
        }
    }
    char *copy = memory_copy_text(name);
    free(path);
    return copy;
}

char *sld_attribute(const struct xml_node *element)
{
    const struct xml_node *inner = element ? xml_first(element) : NULL;
    bool is_property = is_named(inner, "PropertyName") || is_named(inner, "ValueReference");
    return is_property && !xml_next(inner) ? sld_property_name(inner) : NULL;
}

const struct xml_node *sld_parameter(const struct xml_node *element, const char *name)
{
    for (const struct xml_node *child = element ? xml_first(element) : NULL; child; child = xml_next(child)) {
        const char *of_child = xml_attribute(child, "name");
        bool is_parameter = is_named(child, "CssParameter") || is_named(child, "SvgParameter");
        if (is_parameter && of_child && strcmp(of_child, name) == 0) {
            return child;
        }
    }
    return NULL;
}

struct colour sld_colour(const struct sld_scope *scope, const struct xml_node *element, const char *name,
                         const char *opacity_name, struct colour fallback)
{
    struct colour colour = fallback;
    const struct xml_node *parameter = sld_parameter(element, name);
    char *text = sld_text(scope, parameter);
    if (text && !css_colour_parse(text, &colour)) {
        style_lose(scope->losses, sld_origin(scope, parameter), "'%.60s' is no colour; the default instead",
                   text);
    }
    free(text);
    double opacity = sld_number(scope, sld_parameter(element, opacity_name), 1);
    return css_colour_fade(colour, fmin(fmax(opacity, 0), 1));
}
