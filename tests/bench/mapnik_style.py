"""mapnik_style.py - makes the style that lets Mapnik draw what Plottafel draws, from the data made for MapServer.

Data as Shapefiles with a spatial index, Mapnik's fastest source, already in the CRS of the tiles. What differs: Mapnik
places labels tile by tile, its line marks are discs, and what stands beside a line is drawn on it.
"""
import glob
import os
import subprocess
from xml.sax.saxutils import quoteattr

import yaml

import web_tiles
from mapfile import is_needed, kinds_of
from plot_layers import LABEL, SMALL_FROM, looks_of_set
from servers import MAP

FONTS = {"regular": "B612 Regular", "bold": "B612 Bold", "italic": "B612 Italic"}


def tag(element, content="", /, **attributes):
    """An element; "_" in a name stands for "-", and what is None is left out."""
    given = "".join(f" {key.replace('_', '-')}={quoteattr(str(value))}" for key, value in attributes.items()
                    if value is not None)
    return f"<{element}{given}>{content}</{element}>"


def dashes(stroke):
    return ",".join(str(max(length, 0.1)) for length in stroke["dash"]) if "dash" in stroke else None


def line_symbolizers(look):
    made = [tag("LineSymbolizer", stroke=stroke.get("colour", "#1A1A1A"), stroke_width=stroke.get("width", 1),
                stroke_dasharray=dashes(stroke), stroke_linecap=stroke.get("cap", "butt"), stroke_linejoin="round",
                offset=stroke.get("offset")) for stroke in look.get("strokes", [])]
    marks = look.get("marks")
    if marks:
        colour = marks["colour"] if "mark" in marks else marks["background"]
        made.append(tag("MarkersSymbolizer", placement="line", spacing=marks["spacing"], width=marks["size"],
                        height=marks["size"], fill=colour, stroke_width=0, allow_overlap="true",
                        ignore_placement="true"))
    return made


def hatch_file(folder, fill):
    """One period of a hatch as an SVG; all hatches slant by 45 degrees here, as MapServer's nearly do."""
    colour = fill.get("hatch") or fill.get("cross") or fill.get("stipple")
    side = round(fill.get("spacing", 8) * 1.414)
    path = os.path.join(folder, f"hatch-{colour[1:]}-{side}.svg")
    with open(path, "w") as file:
        file.write(f'<svg xmlns="http://www.w3.org/2000/svg" width="{side}" height="{side}" '
                   f'viewBox="0 0 {side} {side}"><path d="M-1 -1L{side + 1} {side + 1}" stroke="{colour[:7]}" '
                   f'stroke-width="{fill.get("width", 1)}"/></svg>')
    return path


def fill_symbolizers(fill, folder):
    if fill in (None, "none"):
        return []
    if isinstance(fill, str):
        return [tag("PolygonSymbolizer", fill=fill)]
    ground = [tag("PolygonSymbolizer", fill=fill["background"])] if "background" in fill else []
    return ground + [tag("PolygonPatternSymbolizer", file=hatch_file(folder, fill), alignment="global")]


def text_symbolizer(label, field, **more):
    font = "bold" if label.get("bold") else "italic" if label.get("italic") else "regular"
    return tag("TextSymbolizer", f"[{field}]", face_name=FONTS[font], size=label.get("size", 11),
               fill=label.get("colour", "#333333"), halo_fill=label.get("halo", "#FFFFFF"),
               halo_radius=label.get("halo_width", 1.5), **more)


def scale_tags(scale):
    low, high = scale or (0, float("inf"))
    return (tag("MinScaleDenominator", low) if low > 0 else "") + (
        tag("MaxScaleDenominator", high) if high < 1e12 else "")


def rule(symbolizers, condition=None, scale=None):
    chosen = tag("Filter", condition) if condition else ""
    return tag("Rule", chosen + scale_tags(scale) + "".join(symbolizers))


def catalogue_rule(each, kind, folder):
    strokes = each.get("stroke", [])
    look = {"strokes": strokes if isinstance(strokes, list) else [strokes]}
    symbolizers = fill_symbolizers(each.get("fill"), folder) if kind == "POLYGON" else []
    symbolizers += line_symbolizers(look) if kind != "POINT" else []
    mark = each.get("mark") or ({"size": 2 * each["radius"], "fill": each["fill"]} if each.get("radius", 0) >= 1 else None)
    if kind == "POINT" and mark:
        symbolizers.append(tag("MarkersSymbolizer", width=mark["size"], height=mark["size"], fill=mark["fill"],
                               allow_overlap="true"))
    if "label" in each:
        label = each["label"]
        along = {"placement": "line", "spacing": label.get("spacing")} if kind == "LINE" else {"dy": -8}
        symbolizers.append(text_symbolizer(label, label["field"], **along))
    where = each.get("where")
    condition = " and ".join(f"[{field}] = {value!r}" for field, value in where.items()) if where else None
    return rule(symbolizers, condition, each.get("scale"))


def shapefile(source, folder):
    """A Shapefile with an index, made of a FlatGeobuf."""
    name = os.path.splitext(os.path.basename(source))[0]
    target = os.path.join(folder, name + ".shp")
    subprocess.run(["ogr2ogr", "-q", "-overwrite", "-f", "ESRI Shapefile", "-lco", "ENCODING=UTF-8", target, source],
                   check=True, stderr=subprocess.DEVNULL)
    subprocess.run(["shapeindex", target], check=True, capture_output=True)
    return target


def layer(name, rules, source, folder, scale=None):
    """A style and the layer that is drawn with it."""
    path = shapefile(source, folder)
    style = tag("Style", "".join(rules), name=name, filter_mode="first")
    data = tag("Datasource", tag("Parameter", "shape", name="type") + tag("Parameter", path, name="file"))
    low, high = scale or (0, float("inf"))
    return style + tag("Layer", tag("StyleName", name) + data, name=name, srs="epsg:3857",
                       minimum_scale_denominator=low or None, maximum_scale_denominator=high if high < 1e12 else None)


def catalogue_layers(entry, data, folder):
    rules = [each for each in entry["style"]["rules"] if is_needed(each.get("scale"))]
    kinds = kinds_of(rules)
    made = []
    for kind in kinds:
        name = entry["id"] if len(kinds) == 1 else f"{entry['id']}-{kind.lower()}"
        made.append(layer(name, [catalogue_rule(each, kind, folder) for each in rules],
                          os.path.join(data, name + ".fgb"), folder, entry.get("scale")))
    return made


def shape_rules(looks, folder, is_area):
    rules = []
    for entity, look in looks.items():
        if ("outline" in look) == is_area:
            symbolizers = fill_symbolizers(look.get("fill"), folder) + line_symbolizers(
                look["outline"] if is_area else look)
            rules.append(rule(symbolizers, f"[symbol] = 'nl@1/{entity}'"))
    return rules


def point_rules(data):
    icons = [rule([tag("MarkersSymbolizer", file=os.path.join(data, f"[{detail}].png"),
                       allow_overlap="true"),
                   text_symbolizer(LABEL, "label", dx=10, horizontal_alignment="right")], scale=scale)
             for detail, scale in (("full", (0, SMALL_FROM)), ("small", (SMALL_FROM, float("inf"))))]
    return icons


def write_style(bench):
    """The path of the style; mapfile.write_map() must have made the data."""
    data, folder = os.path.join(bench.work, "mapserver"), os.path.join(bench.work, "mapnik")
    os.makedirs(folder, exist_ok=True)
    for path in glob.glob(glob.escape(folder) + "/*"):
        os.remove(path)
    with open(os.path.join(bench.example, "catalogue.yaml")) as file:
        catalogue = {each["id"]: each for each in yaml.safe_load(file)["layers"]}
    with open(os.path.join(bench.example, "maps.yaml")) as file:
        chosen = next(each for each in yaml.safe_load(file)["maps"] if each["id"] == MAP)
    entries = [catalogue[item["layer"]] for item in chosen["items"] if "layer" in item]
    parts = [part for entry in entries if is_needed(entry.get("scale"))
             for part in catalogue_layers(entry, data, folder)]
    looks = looks_of_set(bench)
    plot = {"areas": shape_rules(looks, folder, True), "lines": shape_rules(looks, folder, False),
            "points": point_rules(data), "names": [rule([text_symbolizer(dict(LABEL, italic=True), "label")])]}
    parts += [layer(name, rules, os.path.join(data, name + ".fgb"), folder) for name, rules in plot.items()]
    path = os.path.join(folder, "style.xml")
    with open(path, "w") as file:
        file.write(tag("Map", "".join(parts), srs=web_tiles.CRS.lower(), background_color=chosen["background"]))
    return path
