"""mapfile.py - makes the map file that lets MapServer draw what Plottafel draws.

Layers and styles come from catalogue.yaml and maps.yaml, the looks of lines and areas from the symbol set, the
plot from Plottafel's store and the symbols as PNG from Plottafel itself. All is done to make MapServer fast: data
as FlatGeobuf with a spatial index (through OGR and kept open: the own reader of MapServer 8.0.0 fails on tiles
without a feature of a layer), already in the CRS of the tiles, with only the columns that are used; no layer, class
or symbol that these tiles do not need (mapserv reads its map file for every request).

What differs: MapServer places labels tile by tile, draws no label or symbol whose feature lies beside the tile,
makes no crowded symbol smaller, and what stands beside a line is drawn on it.
"""
import os
import subprocess

import yaml

import plot_layers
import web_tiles
from map_styles import MARKS, block, fill_styles, label_block, line_styles, quoted
from servers import MAP

FONT_FOLDER = "/usr/share/fonts/opentype/b612"
FONTS = {"regular": "B612-Regular.otf", "bold": "B612-Bold.otf", "italic": "B612-Italic.otf"}
FINEST = web_tiles.scale_denominator(max(web_tiles.ZOOMS))
COARSEST = web_tiles.scale_denominator(min(web_tiles.ZOOMS))


def is_needed(scale):
    low, high = scale or (0, float("inf"))
    return low <= COARSEST and FINEST < high


def scale_lines(scale):
    low, high = scale or (0, float("inf"))
    return ([f"MINSCALEDENOM {low}"] if low > FINEST else []) + ([f"MAXSCALEDENOM {high}"] if high <= COARSEST else [])


def body_px(rule):
    """How far a point's mark reaches from its place."""
    return rule["mark"]["size"] / 2 if "mark" in rule else rule.get("radius", 0)


def mark_style(rule):
    if "mark" in rule:
        mark = rule["mark"]
        stroke = mark.get("stroke")
        edge = [f"OUTLINECOLOR {quoted(stroke['colour'])}", f"WIDTH {stroke['width']}"] if stroke else []
        symbol = {"circle": "dot"}.get(mark["shape"], mark["shape"])
        return block("STYLE", f"SYMBOL {quoted(symbol)}", f"SIZE {mark['size']}", f"COLOR {quoted(mark['fill'])}", edge)
    if rule.get("radius", 0) >= 1:
        return block("STYLE", 'SYMBOL "dot"', f"SIZE {2 * rule['radius']}", f"COLOR {quoted(rule['fill'])}")
    return []


def rule_label(rule, kind):
    label = rule["label"]
    if kind == "LINE" and label.get("along"):
        return label_block(label, "cc", "ANGLE FOLLOW", f"REPEATDISTANCE {label.get('spacing', 0)}")
    return label_block(label, "uc", f"OFFSET 0 {body_px(rule) + 1}")


def rule_class(rule, kind):
    """A rule becomes a class. The rules of a layer test one attribute, which is its CLASSITEM."""
    strokes = rule.get("stroke", [])
    strokes = strokes if isinstance(strokes, list) else [strokes]
    lines = scale_lines(rule.get("scale"))
    if "where" in rule:
        (value,) = rule["where"].values()
        lines.append(f"EXPRESSION {quoted(value)}")
    if kind == "POINT":
        lines += mark_style(rule)
    if kind == "POLYGON":
        lines += fill_styles(rule.get("fill"))
    if kind != "POINT":
        lines += line_styles({"strokes": strokes}, is_outline=kind == "POLYGON")
    if "label" in rule:
        lines += rule_label(rule, kind)
    return block("CLASS", lines)


def kinds_of(rules):
    """The geometries that the rules paint, each of which is a layer of its own for MapServer."""
    if not any("radius" in rule or "mark" in rule for rule in rules):
        return ["POLYGON" if any("fill" in rule for rule in rules) else "LINE"]
    has_lines = any(rule.get("label", {}).get("along") for rule in rules)
    return ["LINE", "POINT"] if has_lines else ["POINT"]


def catalogue_layer(layer, example, folder):
    """Converts the data of a layer and gives its LAYER, or one for each of several geometries."""
    rules = [rule for rule in layer["style"]["rules"] if is_needed(rule.get("scale"))]
    class_items = sorted({item for rule in rules for item in rule.get("where", {})})
    label_items = sorted({rule["label"]["field"] for rule in rules if "label" in rule})
    kinds = kinds_of(rules)
    lines = []
    for kind in kinds:
        name = layer["id"] if len(kinds) == 1 else f"{layer['id']}-{kind.lower()}"
        geometry = kind if len(kinds) > 1 else None
        to_flatgeobuf(os.path.join(example, layer["path"]), os.path.join(folder, name + ".fgb"),
                      class_items + label_items, geometry)
        classes = [line for rule in rules for line in rule_class(rule, kind)]
        lines += plot_layers.data_layer(name, kind, scale_lines(layer.get("scale")) + (
            [f"CLASSITEM {quoted(class_items[0])}"] if class_items else []) + (
            [f"LABELITEM {quoted(label_items[0])}"] if label_items else []) + classes)
    return lines


def to_flatgeobuf(source, target, columns, geometry):
    """geometry: only features of this kind, POINT or LINE; None: all."""
    if os.path.exists(target) and os.path.getmtime(target) > os.path.getmtime(source):
        return
    chosen = ["-where", f"OGR_GEOMETRY='{'POINT' if geometry == 'POINT' else 'LINESTRING'}'"] if geometry else []
    subprocess.run(["ogr2ogr", "-q", "-f", "FlatGeobuf", "-t_srs", web_tiles.CRS, "-select", ",".join(columns),
                    *chosen, target, source], check=True)


def symbol_definitions(icons):
    lines = block("SYMBOL", 'NAME "hatch"', "TYPE HATCH")
    for name, (kind, points) in MARKS.items():
        lines += block("SYMBOL", f"NAME {quoted(name)}", f"TYPE {kind}", "FILLED TRUE", f"POINTS {points} END")
    for name, (x, y) in icons.items():
        lines += block("SYMBOL", f"NAME {quoted(name)}", "TYPE PIXMAP", f"IMAGE {quoted(name + '.png')}",
                       f"ANCHORPOINT {x:.4f} {y:.4f}")
    return lines


def map_lines(background, layers, icons):
    png = block("OUTPUTFORMAT", 'NAME "png"', 'MIMETYPE "image/png"', 'DRIVER "AGG/PNG"', 'EXTENSION "png"',
                "IMAGEMODE RGB", 'FORMATOPTION "COMPRESSION=1"')
    return block("MAP", 'NAME "bench"', "SIZE 256 256", "UNITS METERS", "EXTENT -20037508 -20037508 20037508 20037508",
                 f"IMAGECOLOR {quoted(background)}", "IMAGETYPE png", "RESOLUTION 90.714", "DEFRESOLUTION 90.714",
                 'FONTSET "fonts.txt"', block("PROJECTION", '"init=epsg:3857"'), png,
                 block("WEB", block("METADATA", '"ows_enable_request" "*"', '"ows_srs" "EPSG:3857"',
                                    '"ows_title" "bench"', '"ows_onlineresource" "http://localhost/mapserv"')),
                 symbol_definitions(icons), *layers)


def write_text(folder, name, lines):
    with open(os.path.join(folder, name), "w") as file:
        file.write("\n".join(lines) + "\n")


def write_map(bench, connect, moment):
    """Fills the folder of MapServer. connect(): a connection to Plottafel, for the symbols."""
    folder = os.path.join(bench.work, "mapserver")
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(bench.example, "catalogue.yaml")) as file:
        catalogue = {layer["id"]: layer for layer in yaml.safe_load(file)["layers"]}
    with open(os.path.join(bench.example, "maps.yaml")) as file:
        chosen = next(each for each in yaml.safe_load(file)["maps"] if each["id"] == MAP)
    layers = [catalogue_layer(catalogue[item["layer"]], bench.example, folder) for item in chosen["items"]
              if "layer" in item and is_needed(catalogue[item["layer"]].get("scale"))]
    plot, icons = plot_layers.make(bench, connect, moment, folder)
    write_text(folder, "fonts.txt", [f"{name} {FONT_FOLDER}/{file}" for name, file in FONTS.items()])
    write_text(folder, "bench.map", map_lines(chosen["background"], layers + plot, icons))
    write_text(folder, "mapserver.conf", block("CONFIG", block("ENV", 'MS_MAP_PATTERN "."')))
