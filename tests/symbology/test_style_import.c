/*
 * test_style_import.c - styles in the dialects of QGIS 3 (SLD 1.1 with SE), GeoServer (SLD 1.0), PDOK and
 * MapLibre editors become styles of ours that read back without a problem, and what they lose is named.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/base/yaml.h"
#include "symbology/import/css_colour.h"
#include "symbology/import/style_import.h"
#include "symbology/style.h"
#include "tests/support/runner.h"
#include "tests/symbology/converted_style.h"
#include "tests/symbology/foreign_styles.h"

#define ck_assert_lost(converted, line, path, said)                                                          \
    ck_assert_msg(is_lost(converted, line, path, said), "%s", (converted)->yaml.bytes)

static void ck_assert_colour(struct colour colour, const char *expected)
{
    char text[10];
    ck_assert_str_eq(colour_format(colour, text), expected);
}

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
    suite_add_tcase(suite, cases);
    return suite;
}
