/*
 * test_style_import.c - styles in the dialects of QGIS 3 (SLD 1.1 with SE), GeoServer (SLD 1.0), PDOK and
 * MapLibre editors become styles of ours that read back without a problem, and what they lose is named.
 */
#include "symbology/import/style_import.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "geo/base/yaml.h"
#include "symbology/import/css_colour.h"
#include "symbology/import/style_losses.h"
#include "symbology/style.h"
#include "tests/support/random.h"
#include "tests/support/runner.h"

/* What came of a conversion; style is that of the only layer. */
struct converted {
    bool is_done;
    struct fault fault;
    struct style_losses losses;
    struct buffer yaml;
    struct yaml_document *document;
    struct style *style;
};

static bool is_one_style(const struct yaml_node *root)
{
    return yaml_find(root, "rules") || yaml_find(root, "raster");
}

/* Every style in the YAML must be one of ours without a problem. */
static void read_back(struct converted *converted)
{
    struct problems problems;
    problems_init(&problems);
    converted->document =
        yaml_document_parse("out.yaml", converted->yaml.bytes, converted->yaml.length, &problems);
    problems_print(&problems, stderr);
    ck_assert_msg(converted->document != NULL, "%s", converted->yaml.bytes);
    const struct yaml_node *root = yaml_document_root(converted->document);
    for (size_t i = 0; !is_one_style(root) && i < yaml_count(root); i++) {
        style_free(style_read(yaml_at(root, i), &problems));
    }
    converted->style = is_one_style(root) ? style_read(root, &problems) : NULL;
    problems_print(&problems, stderr);
    ck_assert_msg(problems.count == 0, "%s", converted->yaml.bytes);
    problems_finish(&problems);
}

static struct converted convert_bytes(const char *text, size_t length, const char *layer)
{
    struct converted converted = {.is_done = false};
    struct style_import import = {.name = "in", .text = text, .length = length, .layer = layer};
    style_losses_init(&converted.losses, import.name);
    buffer_init(&converted.yaml, 4 * STYLE_IMPORT_MOST_BYTES);
    converted.is_done = style_import(&import, &converted.losses, &converted.yaml, &converted.fault);
    if (converted.is_done) {
        read_back(&converted);
    } else {
        ck_assert_int_ne(converted.fault.code, FAULT_NONE);
    }
    return converted;
}

static struct converted convert(const char *text)
{
    return convert_bytes(text, strlen(text), NULL);
}

static void finish(struct converted *converted)
{
    style_free(converted->style);
    yaml_document_free(converted->document);
    buffer_finish(&converted->yaml);
    style_losses_finish(&converted->losses);
}

/* Is the thing among the losses, at that line or JSON path? */
static bool is_lost(const struct converted *converted, int line, const char *path, const char *said)
{
    for (size_t i = 0; i < converted->losses.list.count; i++) {
        const struct problem *loss = &converted->losses.list.items[i];
        if ((line == 0 || loss->line == line) && strstr(loss->field, path) && strstr(loss->sentence, said)) {
            return true;
        }
    }
    return false;
}

#define ck_assert_lost(converted, line, path, said)                                                          \
    ck_assert_msg(is_lost(converted, line, path, said), "%s", (converted)->yaml.bytes)

static void ck_assert_colour(struct colour colour, const char *expected)
{
    char text[10];
    ck_assert_str_eq(colour_format(colour, text), expected);
}

/* As QGIS 3 saves roads with rules: SE with its own namespace, Description, casing below, Size in px. */
static const char qgis_roads[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<StyledLayerDescriptor xmlns=\"http://www.opengis.net/sld\" xmlns:se=\"http://www.opengis.net/se\""
    " xmlns:ogc=\"http://www.opengis.net/ogc\" version=\"1.1.0\">\n"
    " <NamedLayer><se:Name>roads</se:Name><UserStyle><se:Name>roads</se:Name><se:FeatureTypeStyle>\n"
    "  <se:Rule><se:Name>Snelweg</se:Name>\n" /* 4 */
    "   <se:Description><se:Title>Snelweg &lt;A&gt;</se:Title></se:Description>\n"
    "   <ogc:Filter><ogc:And><ogc:PropertyIsEqualTo><ogc:PropertyName>class</ogc:PropertyName>"
    "<ogc:Literal>motorway</ogc:Literal></ogc:PropertyIsEqualTo><ogc:Not><ogc:PropertyIsNull>"
    "<ogc:PropertyName>ref</ogc:PropertyName></ogc:PropertyIsNull></ogc:Not></ogc:And></ogc:Filter>\n"
    "   <se:MinScaleDenominator>100</se:MinScaleDenominator><se:MaxScaleDenominator>500000"
    "</se:MaxScaleDenominator>\n"
    "   <se:LineSymbolizer><se:Stroke><se:SvgParameter name=\"stroke\">#7a3b00</se:SvgParameter>"
    "<se:SvgParameter name=\"stroke-width\">7</se:SvgParameter><se:SvgParameter "
    "name=\"stroke-linejoin\">bevel"
    "</se:SvgParameter><se:SvgParameter name=\"stroke-linecap\">square</se:SvgParameter></se:Stroke>"
    "</se:LineSymbolizer>\n"
    "   <se:LineSymbolizer><se:Stroke><se:SvgParameter name=\"stroke\">#e8a33d</se:SvgParameter>"
    "<se:SvgParameter name=\"stroke-width\">5</se:SvgParameter><se:SvgParameter name=\"stroke-opacity\">0.5"
    "</se:SvgParameter><se:SvgParameter name=\"stroke-dasharray\">4 2 1</se:SvgParameter></se:Stroke>"
    "<se:PerpendicularOffset>2</se:PerpendicularOffset></se:LineSymbolizer>\n"
    "   <se:TextSymbolizer><se:Label><ogc:PropertyName>name</ogc:PropertyName> [A]<![CDATA[ (]]>"
    "<ogc:PropertyName>ref</ogc:PropertyName>)</se:Label>\n"
    "    <se:Font><se:SvgParameter name=\"font-family\">Open Sans</se:SvgParameter>\n" /* 11 */
    "    <se:SvgParameter name=\"font-size\">13</se:SvgParameter><se:SvgParameter name=\"font-weight\">bold"
    "</se:SvgParameter></se:Font>\n"
    "    <se:LabelPlacement><se:LinePlacement><se:GeneralizeLine>true</se:GeneralizeLine></se:LinePlacement>"
    "</se:LabelPlacement>\n"
    "    <se:Halo><se:Radius>2</se:Radius><se:Fill><se:SvgParameter name=\"fill\">#fafafa</se:SvgParameter>"
    "</se:Fill></se:Halo></se:TextSymbolizer>\n"
    "  </se:Rule>\n"
    "  <se:Rule><se:Name>rest</se:Name><se:ElseFilter/><se:LineSymbolizer><se:Stroke><se:SvgParameter "
    "name=\"stroke\">#888</se:SvgParameter></se:Stroke></se:LineSymbolizer></se:Rule>\n"
    " </se:FeatureTypeStyle></UserStyle></NamedLayer>\n"
    "</StyledLayerDescriptor>\n";

START_TEST(roads_of_qgis_keep_casing_label_and_scale)
{
    struct converted roads = convert(qgis_roads);
    ck_assert_uint_eq(roads.style->rule_count, 2);
    const struct style_rule *rule = &roads.style->rules[0];
    ck_assert_str_eq(multilingual_text(&rule->title, LANGUAGE_NL), "Snelweg <A>");
    ck_assert_double_eq(rule->min_denominator, 100);
    ck_assert_double_eq(rule->max_denominator, 500000);
    ck_assert_uint_eq(rule->where.count, 2);
    ck_assert_int_eq(rule->look.outline.stroke_count, 2);
    ck_assert_double_eq(rule->look.outline.strokes[0].width_px, 7);
    ck_assert_int_eq(rule->look.outline.strokes[0].cap, STROKE_CAP_SQUARE);
    ck_assert_int_eq(rule->look.outline.strokes[1].dash_count, 6);
    ck_assert_double_eq(rule->look.outline.strokes[1].dash_px[3], 4);
    ck_assert_double_eq(rule->look.outline.strokes[1].offset_px, -2); /* left there is negative here */
    ck_assert_colour(rule->look.outline.strokes[1].colour, "#E8A33D80");
    ck_assert(rule->label.is_along && rule->label.look.is_bold);
    ck_assert_double_eq(rule->label.look.halo_px, 2);
    ck_assert(strstr(roads.yaml.bytes, "\"{name} [[A] ({ref})\"") != NULL);
    ck_assert(roads.style->rules[1].is_otherwise);
    ck_assert_lost(&roads, 11, "Snelweg", "'Open Sans'");
    ck_assert_lost(&roads, 13, "Snelweg", "GeneralizeLine");
    ck_assert_uint_eq(roads.losses.list.count, 2);
    finish(&roads);
}
END_TEST

/* As GeoServer has them: SLD 1.0, sld: prefixes, shape:// patterns, vendor options, marks, pictures. */
static const char geoserver_landuse[] =
    "<sld:StyledLayerDescriptor xmlns:sld=\"http://www.opengis.net/sld\" "
    "xmlns:ogc=\"http://www.opengis.net/ogc\""
    " xmlns:xlink=\"http://www.w3.org/1999/xlink\" version=\"1.0.0\">\n"
    "<sld:NamedLayer><sld:Name>landuse</sld:Name><sld:UserStyle><sld:Title>x</sld:Title>\n"
    "<sld:FeatureTypeStyle><sld:Rule><sld:Name>wood</sld:Name>\n"
    "<sld:Title>Bos<sld:Localized lang=\"en\">Wood</sld:Localized></sld:Title>\n"
    "<ogc:Filter><ogc:Or><ogc:PropertyIsEqualTo><ogc:PropertyName>use</"
    "ogc:PropertyName><ogc:Literal>wood"
    "</ogc:Literal></ogc:PropertyIsEqualTo><ogc:PropertyIsLike wildCard=\"%\" singleChar=\"_\" "
    "escape=\"\\\">"
    "<ogc:PropertyName>use</ogc:PropertyName><ogc:Literal>forest_%</ogc:Literal></ogc:PropertyIsLike>"
    "<ogc:PropertyIsBetween><ogc:PropertyName>trees</"
    "ogc:PropertyName><ogc:LowerBoundary><ogc:Literal>10.0"
    "</ogc:Literal></ogc:LowerBoundary><ogc:UpperBoundary><ogc:Literal>20</ogc:Literal></"
    "ogc:UpperBoundary>"
    "</ogc:PropertyIsBetween></ogc:Or></ogc:Filter>\n" /* 5 */
    "<sld:PolygonSymbolizer><sld:Fill><sld:GraphicFill><sld:Graphic><sld:Mark><sld:WellKnownName>shape:/"
    "/slash"
    "</sld:WellKnownName><sld:Stroke><sld:CssParameter "
    "name=\"stroke\">#228B22</sld:CssParameter><sld:CssParameter"
    " name=\"stroke-width\">2</sld:CssParameter></sld:Stroke></sld:Mark><sld:Size>10</sld:Size></"
    "sld:Graphic>"
    "</sld:GraphicFill></sld:Fill></sld:PolygonSymbolizer>\n"
    "<sld:PointSymbolizer><sld:Graphic><sld:Mark><sld:WellKnownName>star</sld:WellKnownName><sld:Fill>"
    "<sld:CssParameter "
    "name=\"fill\">gold</sld:CssParameter></sld:Fill></sld:Mark><sld:Opacity>0.5</sld:Opacity>"
    "<sld:Size>14</sld:Size><sld:Rotation><ogc:PropertyName>app:angle</ogc:PropertyName></sld:Rotation>"
    "</sld:Graphic></sld:PointSymbolizer>\n"
    "<sld:PointSymbolizer><sld:Graphic><sld:ExternalGraphic><sld:OnlineResource "
    "xlink:href=\"tree.svg\"/>" /* 8 */
    "<sld:Format>image/svg</sld:Format></sld:ExternalGraphic></sld:Graphic></sld:PointSymbolizer>\n"
    "<sld:TextSymbolizer><sld:Label><ogc:PropertyName>name</ogc:PropertyName></"
    "sld:Label><sld:LabelPlacement>"
    "<sld:PointPlacement><sld:AnchorPoint><sld:AnchorPointX>0.5</sld:AnchorPointX><sld:AnchorPointY>0"
    "</sld:AnchorPointY></sld:AnchorPoint><sld:Displacement><sld:DisplacementX>0</sld:DisplacementX>"
    "<sld:DisplacementY>6</sld:DisplacementY></sld:Displacement></sld:PointPlacement></"
    "sld:LabelPlacement>\n"
    "<sld:VendorOption "
    "name=\"group\">yes</sld:VendorOption></sld:TextSymbolizer></sld:Rule></sld:FeatureTypeStyle>\n"
    "<sld:FeatureTypeStyle><sld:Rule><sld:LineSymbolizer "
    "uom=\"http://www.opengeospatial.org/se/units/metre\">"
    "<sld:Stroke><sld:GraphicStroke><sld:Graphic><sld:Mark><sld:WellKnownName>triangle</"
    "sld:WellKnownName>"
    "</sld:Mark><sld:Size>14</sld:Size></sld:Graphic></sld:GraphicStroke></sld:Stroke></"
    "sld:LineSymbolizer>"
    "</sld:Rule></sld:FeatureTypeStyle></sld:UserStyle></sld:NamedLayer></sld:StyledLayerDescriptor>\n";

START_TEST(land_use_of_geoserver_keeps_pattern_marks_and_choice_of_conditions)
{
    struct converted landuse = convert(geoserver_landuse);
    ck_assert_uint_eq(landuse.style->rule_count, 3); /* the last group on top, then the second mark */
    const struct style_rule *along = &landuse.style->rules[0];
    ck_assert(along->is_also);
    ck_assert_int_eq(along->look.outline.marks.mark, LINE_MARK_TRIANGLE);
    ck_assert_double_eq_tol(along->look.outline.marks.size_px, 10, 0.01); /* 14 m at 1:5,000 */
    const struct style_rule *wood = &landuse.style->rules[2];
    ck_assert_str_eq(multilingual_text(&wood->title, LANGUAGE_NL), "Bos");
    ck_assert_uint_eq(wood->any_count, 3);
    ck_assert_int_eq(wood->look.fill.kind, FILL_HATCH);
    ck_assert_double_eq(wood->look.fill.angle_deg, -45);
    ck_assert_double_eq(wood->look.fill.width_px, 2);
    ck_assert_int_eq(wood->mark.shape, POINT_SHAPE_STAR);
    ck_assert_colour(wood->mark.fill, "#FFD70080");
    ck_assert_uint_ne(wood->rotation, STYLE_NO_ATTRIBUTE);
    ck_assert_uint_ne(style_attribute_find(landuse.style, "angle"), STYLE_NO_ATTRIBUTE);
    ck_assert(strstr(landuse.yaml.bytes, "{like: \"forest?*\"}") != NULL);
    ck_assert(strstr(landuse.yaml.bytes, "place: above, offset: 6") != NULL);
    ck_assert_lost(&landuse, 8, "wood", "tree.svg");
    ck_assert_lost(&landuse, 10, "wood", "VendorOption group");
    ck_assert_lost(&landuse, 11, "", "metres");
    finish(&landuse);
}
END_TEST

START_TEST(colour_maps_of_both_versions_become_ramps_and_classes)
{
    struct converted ramp = convert(
        "<StyledLayerDescriptor version=\"1.0.0\"><NamedLayer><Name>dem</Name><UserStyle><FeatureTypeStyle>"
        "<Rule><RasterSymbolizer><Opacity>0.6</Opacity><ColorMap type=\"ramp\"><ColorMapEntry "
        "color=\"#000000\""
        " quantity=\"-5\" opacity=\"0\"/><ColorMapEntry color=\"#ffffff\" quantity=\"10\"/><ColorMapEntry "
        "color=\"#ff0000\" quantity=\"10\"/></ColorMap><ShadedRelief/></RasterSymbolizer></Rule>"
        "</FeatureTypeStyle></UserStyle></NamedLayer></StyledLayerDescriptor>");
    ck_assert_uint_eq(ramp.style->ramp_count, 2);
    ck_assert_double_eq(ramp.style->opacity, 0.6);
    ck_assert(ramp.style->is_hillshade);
    ck_assert_lost(&ramp, 1, "", "not above the one before");
    finish(&ramp);
    struct converted classes = convert(
        "<UserStyle><CoverageStyle><Rule><RasterSymbolizer><ColorMap><Categorize fallbackValue=\"#0\">"
        "<LookupValue>Rasterdata</LookupValue><Value>#00f</Value><Threshold>1.5</Threshold><Value>#0f0</"
        "Value>"
        "<Threshold>3</Threshold><Value>#f00</Value></Categorize></ColorMap></RasterSymbolizer></Rule>"
        "</CoverageStyle></UserStyle>");
    ck_assert_uint_eq(classes.style->class_count, 3);
    ck_assert_double_eq(classes.style->classes[1].min, 1.5);
    ck_assert_double_eq(classes.style->classes[1].below, 3);
    ck_assert_colour(classes.style->classes[2].colour, "#FF0000");
    finish(&classes);
    struct converted intervals = convert(
        "<UserStyle><FeatureTypeStyle><Rule><RasterSymbolizer><ColorMap type=\"intervals\"><ColorMapEntry "
        "color=\"#111111\" quantity=\"1\" label=\"laag\"/><ColorMapEntry color=\"#222222\" quantity=\"inf\"/>"
        "</ColorMap></RasterSymbolizer></Rule></FeatureTypeStyle></UserStyle>");
    ck_assert_uint_eq(intervals.style->class_count, 2);
    ck_assert_str_eq(multilingual_text(&intervals.style->classes[0].title, LANGUAGE_NL), "laag");
    ck_assert_double_eq(intervals.style->classes[1].min, 1);
    finish(&intervals);
}
END_TEST

/* As PDOK wrote the style of its first vector tiles: functions with stops, legacy filters, tokens. */
static const char pdok_style[] =
    "{\"version\": 8, \"layers\": ["
    "{\"id\": \"background\", \"type\": \"background\", \"paint\": {\"background-color\": \"#D6F1E9\"}},"
    "{\"id\": \"roads_case\", \"type\": \"line\", \"source\": \"v\", \"source-layer\": \"infra\", "
    "\"minzoom\": 6,"
    " \"maxzoom\": 12, \"filter\": [\"==\", \"lod1\", \"roads\"], \"layout\": {\"line-cap\": \"round\"}, "
    "\"paint\": {"
    "\"line-color\": {\"property\": \"lod2\", \"type\": \"categorical\", \"stops\": [[\"local\", "
    "\"#d1c1be\"],"
    " [\"highway\", \"#E69801\"]], \"default\": \"#d1c1be\"}, \"line-width\": {\"property\": \"lod2\", "
    "\"type\":"
    " \"categorical\", \"stops\": [[\"local\", 2], [\"highway\", 4.1]], \"default\": 3}, \"line-opacity\": "
    "0.5,"
    " \"line-blur\": 2}},"
    "{\"id\": \"names\", \"type\": \"symbol\", \"source\": \"v\", \"source-layer\": \"infra\", \"filter\": "
    "[\"all\","
    " [\"in\", \"lod2\", \"highway\", \"arterial\"], [\"!has\", \"tunnel\"], [\">=\", \"z_index\", 0]], "
    "\"layout\": {"
    "\"symbol-placement\": \"line\", \"text-field\": \"{name} [{ref}]\", \"text-font\": [\"Sans Bold "
    "Italic\"],"
    " \"text-size\": {\"stops\": [[8, 12], [10, 16]]}}, \"paint\": {\"text-color\": \"#535353\"}}]}";

START_TEST(vector_tile_style_of_pdok_becomes_rules_by_class_and_scale)
{
    struct converted infra = convert(pdok_style);
    ck_assert_uint_eq(infra.style->rule_count, 3 + 3);
    const struct style_rule *label = &infra.style->rules[1]; /* zoom 8 to 10 */
    ck_assert(label->is_also && label->label.is_along);
    ck_assert_double_eq(label->label.look.size_px, 14);
    ck_assert(label->label.look.is_bold && label->label.look.is_italic);
    ck_assert_uint_eq(label->where.count, 3);
    ck_assert(strstr(infra.yaml.bytes, "\"{name} [[{ref}]\"") != NULL);
    const struct style_rule *rest = &infra.style->rules[3]; /* neither local nor highway */
    ck_assert_double_eq(rest->look.outline.strokes[0].width_px, 3);
    const struct style_rule *highway = &infra.style->rules[4];
    ck_assert_colour(highway->look.outline.strokes[0].colour, "#E6980180");
    ck_assert_double_eq(highway->look.outline.strokes[0].width_px, 4.1);
    ck_assert_int_eq(highway->look.outline.strokes[0].cap, STROKE_CAP_ROUND);
    ck_assert(!highway->is_also);
    double at_6 = 559082264.03 / 128; /* tiles of 256 px have it from zoom 7 on, but not at 13 */
    double at_12 = 559082264.03 / 8192;
    ck_assert(style_rule_is_at_scale(highway, at_6) && style_rule_is_at_scale(highway, at_12 * 2));
    ck_assert(!style_rule_is_at_scale(highway, at_6 * 2) && !style_rule_is_at_scale(highway, at_12));
    ck_assert_lost(&infra, 0, "layers[0] (background)", "background");
    ck_assert_lost(&infra, 0, "layers[1] (roads_case).paint.line-blur", "not carried over");
    ck_assert_lost(&infra, 0, "layers[2] (names)", "3 steps");
    finish(&infra);
}
END_TEST

/* As MapLibre's editors write: expressions for everything. */
static const char maplibre_style[] =
    "{\"version\": 8, \"layers\": ["
    "{\"id\": \"water\", \"type\": \"fill\", \"source-layer\": \"water\", \"filter\": [\"all\", [\"==\","
    " [\"geometry-type\"], \"Polygon\"], [\"!=\", [\"get\", \"brunnel\"], \"tunnel\"]], \"paint\": "
    "{\"fill-color\":"
    " [\"case\", [\">\", [\"get\", \"depth\"], 2.5], \"hsl(210, 100%, 50%)\", [\"has\", \"shallow\"],"
    " \"rgba(10, 20, 30, 0.5)\", [\"rgb\", 1, 2, 3]], \"fill-opacity\": [\"step\", [\"zoom\"], 1, 10, 0.5],"
    " \"fill-pattern\": \"waves\"}},"
    "{\"id\": \"poi\", \"type\": \"circle\", \"source-layer\": \"poi\", \"paint\": {\"circle-radius\": "
    "[\"interpolate\","
    " [\"linear\"], [\"get\", \"rank\"], 1, 10, 3, 4], \"circle-color\": [\"match\", [\"get\", \"class\"], "
    "[\"school\","
    " \"college\"], \"blue\", \"shop\", \"#f00\", \"#888\"], \"circle-stroke-width\": 2}},"
    "{\"id\": \"poi-name\", \"type\": \"symbol\", \"source-layer\": \"poi\", \"layout\": {\"text-field\": "
    "[\"format\","
    " [\"get\", \"name\"], {\"font-scale\": 1.2}, \" - \", {}, [\"to-string\", [\"get\", \"rank\"]], {}],"
    " \"icon-image\": [\"concat\", \"maki-\", \"x\"], \"text-offset\": [0, 1.5]}},"
    "{\"id\": \"casing\", \"type\": \"line\", \"source-layer\": \"river\", \"paint\": {\"line-gap-width\": 4,"
    " \"line-dasharray\": [2, 1], \"line-width\": [\"let\", \"w\", 3, [\"*\", 2, [\"var\", \"w\"]]]}},"
    "{\"id\": \"odd\", \"type\": \"line\", \"source-layer\": \"river\", \"paint\": {\"line-width\": "
    "[\"get\", \"w\"],"
    " \"line-color\": [\"feature-state\", \"c\"]}},"
    "{\"id\": \"hills\", \"type\": \"hillshade\", \"source\": \"dem\"},"
    "{\"id\": \"heat\", \"type\": \"heatmap\", \"source-layer\": \"poi\"}]}";

START_TEST(expressions_of_maplibre_become_rules_or_losses)
{
    struct converted all = convert(maplibre_style);
    ck_assert_uint_eq(yaml_count(yaml_document_root(all.document)), 4);
    ck_assert_lost(&all, 0, "layers[0] (water).paint.fill-pattern", "fill-color");
    ck_assert_lost(&all, 0, "layers[1] (poi).paint.circle-radius", "'rank'");
    ck_assert_lost(&all, 0, "layers[2] (poi-name).layout.text-field", "look");
    ck_assert_lost(&all, 0, "layers[2] (poi-name)", "'maki-x'");
    ck_assert_lost(&all, 0, "layers[4] (odd).paint.line-width", "value of w");
    ck_assert_lost(&all, 0, "layers[4] (odd).paint.line-color", "feature-state");
    ck_assert_lost(&all, 0, "layers[6] (heat)", "heatmap");
    finish(&all);
    struct converted water = convert_bytes(maplibre_style, sizeof maplibre_style - 1, "water");
    ck_assert_uint_eq(water.style->rule_count, 6); /* three colours, two opacities */
    ck_assert_colour(water.style->rules[2].look.fill.colour, "#0080FF80");
    ck_assert_colour(water.style->rules[5].look.fill.colour, "#0080FF");
    finish(&water);
    struct converted river = convert_bytes(maplibre_style, sizeof maplibre_style - 1, "river");
    const struct line_look *casing = &river.style->rules[1].look.outline;
    ck_assert_int_eq(casing->stroke_count, 2);
    ck_assert_double_eq(casing->strokes[0].offset_px, -5); /* half of 4 and of 6 */
    ck_assert_double_eq(casing->strokes[1].dash_px[0], 12);
    finish(&river);
    struct converted poi = convert_bytes(maplibre_style, sizeof maplibre_style - 1, "poi");
    ck_assert(strstr(poi.yaml.bytes, "\"{name} - {rank}\"") != NULL);
    ck_assert(strstr(poi.yaml.bytes, "place: below") != NULL);
    ck_assert(strstr(poi.yaml.bytes, "{class: {in: [school, college]}") != NULL);
    finish(&poi);
}
END_TEST

START_TEST(a_layer_is_picked_by_name_and_an_unknown_one_is_a_fault)
{
    struct converted none = convert_bytes(maplibre_style, sizeof maplibre_style - 1, "roads");
    ck_assert(!none.is_done);
    ck_assert_int_eq(none.fault.code, FAULT_NOT_FOUND);
    ck_assert(strstr(none.fault.message, "'water', 'poi', 'river', 'dem'") != NULL);
    finish(&none);
}
END_TEST

#define SLD_LAYER(name, graphic)                                                                             \
    "<NamedLayer><Name>" name "</Name><UserStyle><FeatureTypeStyle><Rule><PointSymbolizer><Graphic>" graphic \
    "</Graphic></PointSymbolizer></Rule></FeatureTypeStyle></UserStyle></NamedLayer>\n"
#define SLD_PICTURE(address) "<ExternalGraphic><OnlineResource href=\"" address "\"/></ExternalGraphic>"
#define SLD_STAR "<Mark><WellKnownName>star</WellKnownName></Mark>"

static const char picture_layers[] =
    "<StyledLayerDescriptor version=\"1.0.0\">" SLD_LAYER("trees", SLD_PICTURE("tree.svg") SLD_STAR)
        SLD_LAYER("poles", SLD_STAR SLD_PICTURE("pole.svg")) SLD_LAYER("wells", SLD_PICTURE("well.svg"))
            SLD_LAYER("wells", SLD_PICTURE("other.svg")) "</StyledLayerDescriptor>";

START_TEST(a_picture_that_gave_way_to_its_mark_is_named)
{
    struct converted trees = convert_bytes(picture_layers, sizeof picture_layers - 1, "trees");
    ck_assert_int_eq(trees.style->rules[0].mark.shape, POINT_SHAPE_STAR);
    ck_assert_lost(&trees, 1, "", "tree.svg is not carried over: the mark that stands beside it instead");
    finish(&trees);
    struct converted poles = convert_bytes(picture_layers, sizeof picture_layers - 1, "poles");
    ck_assert_uint_eq(poles.losses.list.count, 0); /* the mark comes first: it is what the style wants */
    finish(&poles);
}
END_TEST

START_TEST(of_one_layer_only_its_own_losses_are_named)
{
    struct converted wells = convert_bytes(picture_layers, sizeof picture_layers - 1, "wells");
    ck_assert_uint_eq(wells.losses.list.count, 2);
    ck_assert(strstr(wells.yaml.bytes, "Not carried over as it was (2):") != NULL);
    ck_assert(strstr(wells.yaml.bytes, "tree.svg") == NULL);
    finish(&wells);
    struct converted all = convert(picture_layers);
    ck_assert_uint_eq(all.losses.list.count, 3);
    finish(&all);
    struct converted water = convert_bytes(maplibre_style, sizeof maplibre_style - 1, "water");
    for (size_t i = 0; i < water.losses.list.count; i++) {
        ck_assert_ptr_null(strstr(water.losses.list.items[i].field, "poi-name"));
    }
    finish(&water);
}
END_TEST

START_TEST(colours_are_read_in_every_form_of_css)
{
    static const char *const good[][2] = {
        {"#abc", "#AABBCC"},
        {"#ABCD", "#AABBCCDD"},
        {"#a1b2c3", "#A1B2C3"},
        {"#a1b2c380", "#A1B2C380"},
        {"rgb(1, 2, 300)", "#0102FF"},
        {"rgba(255,0,0,.5)", "#FF000080"},
        {"rgb(10% 20% 30% / 50%)", "#1A334D80"},
        {"hsl(120, 100%, 25%)", "#008000"},
        {"hsla(-240,100%,25%,1)", "#008000"},
        {" AliceBlue\n", "#F0F8FF"},
        {"yellowgreen", "#9ACD32"},
        {"transparent", "#00000000"},
    };
    static const char *const bad[] = {"",     "#",        "#12",        "#12345",
                                      "#ggg", "rgb(1,2)", "rgb(1,2,3",  "rgb(1,2,3,4,5)",
                                      "blau", "rgb",      "hsl(a,b,c)", "rgb(1,2,3) x"};
    struct colour colour;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        ck_assert_msg(css_colour_parse(good[i][0], &colour), "%s", good[i][0]);
        ck_assert_colour(colour, good[i][1]);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        ck_assert_msg(!css_colour_parse(bad[i], &colour), "%s", bad[i]);
    }
}
END_TEST

START_TEST(what_is_no_style_is_a_named_fault)
{
    static const struct {
        const char *text;
        const char *said;
    } wrongs[] = {
        {"", "neither XML nor JSON"},
        {"name: roads", "neither XML nor JSON"},
        {"{", "no JSON"},
        {"{}", "has no layers"},
        {"{\"layers\": {}}", "has no layers"},
        {"{\"layers\": []}", "has no layers"},
        {"{\"layers\": [1, null, \"x\", []]}", "nothing in it"},
        {"<StyledLayerDescriptor>", "in"},
        {"<html/>", "its first element is html"},
        {"<StyledLayerDescriptor/>", "has no layers"},
        {"<StyledLayerDescriptor><NamedLayer/></StyledLayerDescriptor>", "has no layers"},
        {"<UserStyle><FeatureTypeStyle><Rule/></FeatureTypeStyle></UserStyle>", "nothing in it"},
        {"<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><UserStyle>&b;</UserStyle>", "in"},
    };
    for (size_t i = 0; i < sizeof wrongs / sizeof *wrongs; i++) {
        struct converted wrong = convert(wrongs[i].text);
        ck_assert_msg(!wrong.is_done && strstr(wrong.fault.message, wrongs[i].said), "%s: %s", wrongs[i].text,
                      wrong.fault.message);
        finish(&wrong);
    }
}
END_TEST

/* A layer with one property of any value. */
static void expect_survival(const char *property, const char *value)
{
    char style[2000];
    snprintf(style, sizeof style,
             "{\"layers\": [{\"id\": \"x\", \"type\": \"line\", \"source-layer\": \"l\", %s: %s},"
             "{\"id\": \"y\", \"type\": \"line\", \"source-layer\": \"l\", \"paint\": {\"line-width\": %s}},"
             "{\"id\": \"z\", \"type\": \"symbol\", \"source-layer\": \"l\", \"layout\": {\"text-field\": %s,"
             " \"text-font\": %s, \"text-offset\": %s}}]}",
             property, value, value, value, value, value);
    struct converted converted = convert(style);
    finish(&converted);
}

START_TEST(wrong_types_everywhere_are_losses_not_crashes)
{
    static const char *const properties[] = {"\"filter\"", "\"minzoom\"", "\"paint\"",
                                             "\"layout\"", "\"ref\"",     "\"maxzoom\""};
    static const char *const values[] = {"null",
                                         "true",
                                         "-1e300",
                                         "\"\"",
                                         "\"\\u0007\\ufeff\\ud83d\\ude00{[\"",
                                         "[]",
                                         "[[]]",
                                         "{}",
                                         "[null]",
                                         "[\"get\"]",
                                         "[\"==\"]",
                                         "[\"==\", 1]",
                                         "[\"==\", [], []]",
                                         "[\"in\"]",
                                         "[\"in\", \"a\"]",
                                         "[\"match\", [\"get\", \"a\"]]",
                                         "[\"case\", true]",
                                         "[\"step\", [\"zoom\"]]",
                                         "[\"interpolate\", [\"linear\"], [\"zoom\"], 5, 1, 4, 2]",
                                         "[\"interpolate\", [\"linear\"], [\"zoom\"], 5, \"a\", 6, 2]",
                                         "{\"stops\": []}",
                                         "{\"stops\": [[1]]}",
                                         "{\"stops\": [[{}, 1], [{}, 2]], \"property\": \"a\"}",
                                         "{\"property\": 1, \"stops\": [[1, 2]]}",
                                         "{\"type\": \"identity\", \"property\": \"a\"}",
                                         "[\"let\", \"a\", [\"var\", \"a\"], [\"var\", \"a\"]]",
                                         "[\"has\", [\"get\"]]",
                                         "[\"none\", [\"any\"], [\"all\"]]",
                                         "[\"!\"]",
                                         "[\"literal\"]",
                                         "[\"rgb\", \"a\"]",
                                         "[\"concat\"]",
                                         "[\"format\", {}]",
                                         "[\"coalesce\"]",
                                         "[\"to-color\"]",
                                         "[\"/\", 1, 0]",
                                         "[\"^\", -1, 0.5]",
                                         "[\"exponential\"]",
                                         "[\"==\", \"$type\", 7]",
                                         "[\"in\", \"$id\", 1]",
                                         "{\"a\": {\"b\": [1]}}"};
    for (size_t i = 0; i < sizeof properties / sizeof *properties; i++) {
        for (size_t j = 0; j < sizeof values / sizeof *values; j++) {
            expect_survival(properties[i], values[j]);
        }
    }
}
END_TEST

/* before, then middle so many times, then after */
static struct converted convert_repeated(const char *before, const char *middle, size_t count,
                                         const char *after)
{
    struct buffer text;
    buffer_init(&text, 64u << 20);
    buffer_append_text(&text, before);
    for (size_t i = 0; i < count; i++) {
        buffer_append_text(&text, middle);
    }
    buffer_append_text(&text, after);
    struct converted converted = convert_bytes(text.bytes, text.length, NULL);
    buffer_finish(&text);
    return converted;
}

#define LINE_LAYER "{\"id\": \"x\", \"type\": \"line\", \"source-layer\": \"l\", \"filter\": "

START_TEST(large_and_deep_documents_end_soon)
{
    struct converted deep = convert_repeated("{\"layers\": [" LINE_LAYER, "[\"!\", ", 1500, "true");
    ck_assert(!deep.is_done);
    finish(&deep);
    char closing[1501];
    memset(closing, ']', 1500);
    closing[1500] = '\0';
    struct buffer after;
    buffer_init(&after, 4000);
    buffer_appendf(&after, "true%s}]}", closing);
    struct converted nested = convert_repeated("{\"layers\": [" LINE_LAYER, "[\"!\", ", 1500, after.bytes);
    ck_assert(is_lost(&nested, 0, "filter", "nested too deeply"));
    finish(&nested);
    buffer_finish(&after);
    struct converted wide =
        convert_repeated("{\"layers\": [" LINE_LAYER "[\"in\", \"a\"", ", \"bcdefgh\"", 900000, "]}]}");
    ck_assert(!wide.is_done && is_lost(&wide, 0, "layers[0]", "nested too widely"));
    finish(&wide);
    struct converted layers = convert_repeated("{\"layers\": [",
                                               "{\"type\": \"line\", \"paint\": {\"line-width\": "
                                               "[\"interpolate\", [\"linear\"], [\"zoom\"], 0, 1, 24, 9]}},",
                                               60000, "0]}");
    ck_assert(layers.is_done && layers.losses.left_out > 0);
    ck_assert_uint_eq(layers.style->rule_count, 256);
    finish(&layers);
    struct converted rules =
        convert_repeated("<UserStyle><FeatureTypeStyle>", "<Rule><ElseFilter/><LineSymbolizer/></Rule>",
                         60000, "</FeatureTypeStyle></UserStyle>");
    ck_assert(rules.is_done && rules.style->rule_count <= 256);
    finish(&rules);
    struct converted bomb = convert_repeated("{\"layers\": [" LINE_LAYER "true, \"paint\": {\"line-width\": ",
                                             "[\"let\", \"a\", [\"+\", [\"var\", \"a\"], [\"var\", \"a\"]], ",
                                             30, "[\"var\", \"a\"]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}}]}");
    ck_assert(bomb.is_done);
    finish(&bomb);
}
END_TEST

/* Bytes changed, cut out, doubled; words of one language put into another. */
static size_t mutate(const char *text, size_t length, char *mutant, uint64_t *state)
{
    static const char *const words[] = {"[",     "]",           "{",       "\"",      "<",
                                        ">",     "-1",          "1e999",   "null",    "[\"get\",\"a\"]",
                                        "&amp;", "\xC3",        "\\u0000", "</Rule>", "<Rule>",
                                        "0",     "\xEF\xBB\xBF"};
    memcpy(mutant, text, length);
    for (uint32_t changes = 1 + random_below(state, 3); changes > 0; changes--) {
        size_t at = random_below(state, (uint32_t)length);
        size_t run = 1 + random_below(state, 40);
        run = at + run > length ? length - at : run;
        const char *word = words[random_below(state, sizeof words / sizeof *words)];
        size_t word_length = strlen(word);
        switch (random_below(state, 4)) {
        case 0:
            mutant[at] = (char)random_next(state);
            break;
        case 1:
            memmove(mutant + at, mutant + at + run, length - at - run);
            length -= length > run ? run : 0;
            break;
        case 2:
            if (at + word_length <= length) {
                memcpy(mutant + at, word, word_length);
            }
            break;
        default: {
            size_t from = random_below(state, (uint32_t)(length - run + 1));
            memmove(mutant + at, mutant + from, run);
        }
        }
    }
    return length;
}

#define MUTANTS 1500

START_TEST(changed_documents_convert_or_fail_but_never_crash)
{
    static const struct {
        const char *text;
        size_t length;
    } seeds[] = {{qgis_roads, sizeof qgis_roads - 1},
                 {geoserver_landuse, sizeof geoserver_landuse - 1},
                 {pdok_style, sizeof pdok_style - 1},
                 {maplibre_style, sizeof maplibre_style - 1}};
    char mutant[8192];
    uint64_t state = 7;
    size_t done = 0;
    for (int i = 0; i < MUTANTS; i++) {
        size_t number = (size_t)i % (sizeof seeds / sizeof *seeds);
        ck_assert_uint_lt(seeds[number].length, sizeof mutant);
        size_t length = mutate(seeds[number].text, seeds[number].length, mutant, &state);
        char *copy = malloc(length + 1); /* so that a step beyond its end is seen */
        ck_assert_ptr_nonnull(copy);
        memcpy(copy, mutant, length);
        copy[length] = '\0';
        struct converted converted = convert_bytes(copy, length, NULL);
        done += converted.is_done;
        finish(&converted);
        free(copy);
    }
    ck_assert_uint_gt(done, MUTANTS / 20); /* they are not all refused at the door */
}
END_TEST

/* The style that PDOK published, and sheets of the Dutch topography in SLD. */
START_TEST(published_styles_convert)
{
    static const char *const files[] = {
        "standards/styles/pdok-brt-mvt-style.json", "standards/styles/pdok-sld/property_is_between_1.0.0.sld",
        "standards/styles/pdok-sld/1.1.0.sld", "standards/styles/top10nl-sld/geocat_Terreinvlakken_style.sld",
        "standards/styles/top10nl-sld/algemeen_top10_wegdeel_hartlijn.sld"};
    char *path = test_shared_data(files[_i]);
    if (!path) {
        return;
    }
    size_t length;
    struct fault fault;
    char *text = file_read(path, STYLE_IMPORT_MOST_BYTES, &length, &fault);
    ck_assert_ptr_nonnull(text);
    struct converted converted = convert_bytes(text, length, NULL);
    ck_assert(converted.is_done);
    finish(&converted);
    free(text);
    free(path);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("style_import");
    TCase *cases = tcase_create("style_import");
    tcase_set_timeout(cases, 120);
    tcase_add_test(cases, roads_of_qgis_keep_casing_label_and_scale);
    tcase_add_test(cases, land_use_of_geoserver_keeps_pattern_marks_and_choice_of_conditions);
    tcase_add_test(cases, colour_maps_of_both_versions_become_ramps_and_classes);
    tcase_add_test(cases, vector_tile_style_of_pdok_becomes_rules_by_class_and_scale);
    tcase_add_test(cases, expressions_of_maplibre_become_rules_or_losses);
    tcase_add_test(cases, a_layer_is_picked_by_name_and_an_unknown_one_is_a_fault);
    tcase_add_test(cases, a_picture_that_gave_way_to_its_mark_is_named);
    tcase_add_test(cases, of_one_layer_only_its_own_losses_are_named);
    tcase_add_test(cases, colours_are_read_in_every_form_of_css);
    tcase_add_test(cases, what_is_no_style_is_a_named_fault);
    tcase_add_test(cases, wrong_types_everywhere_are_losses_not_crashes);
    tcase_add_test(cases, large_and_deep_documents_end_soon);
    tcase_add_test(cases, changed_documents_convert_or_fail_but_never_crash);
    tcase_add_loop_test(cases, published_styles_convert, 0, 5);
    suite_add_tcase(suite, cases);
    return suite;
}
