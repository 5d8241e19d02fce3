"""plot_layers.py - the plot for MapServer: its features as FlatGeobuf, its looks as classes, its symbols as PNG."""
import json
import os
import sqlite3
import subprocess
import urllib.parse
import xml.etree.ElementTree as ElementTree

import yaml

import web_tiles
from map_styles import block, fill_styles, label_block, line_styles, quoted
from servers import PLOT

SMALL_FROM = 150000  # symbols are drawn small from this scale denominator on
LABEL = {"size": 11.5, "colour": "#1A1A1A", "halo": "#FFFFFF", "halo_width": 1.75}


def data_layer(name, kind, lines, data=None):
    return block("LAYER", f"NAME {quoted(name)}", f"TYPE {kind}", "STATUS DEFAULT", "CONNECTIONTYPE OGR",
                 f"CONNECTION {quoted((data or name) + '.fgb')}", 'PROCESSING "CLOSE_CONNECTION=DEFER"', *lines)


# The features.

def read_features(store, moment, geometry):
    """GeoJSON features in the CRS of the tiles that are valid at a moment, from the layer of the store that shows the plot."""
    with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as database:
        table, = database.execute("SELECT layer FROM plot WHERE name = ?", (PLOT,)).fetchone()
    valid = f"coalesce(valid_from, '') <= '{moment}' AND coalesce(valid_to, '9') > '{moment}'" if moment else "1"
    answer = subprocess.run(["ogr2ogr", "-f", "GeoJSON", "/vsistdout/", store, "-t_srs", web_tiles.CRS, "-dialect",
                            "sqlite", "-sql", f'SELECT {geometry} AS geometry, symbol, "name", "count", "time", '
                            f'organisation, hazard, victims FROM "{table}" WHERE {valid}'],
                           check=True, capture_output=True, text=True).stdout
    return json.loads(answer)["features"]


def label_of(properties):
    """The name, and in a second line what else is told; "|" breaks the line."""
    more = " · ".join(properties[key] for key in ("time", "organisation") if properties[key])
    return "|".join(text for text in (properties["name"], more) if text)


def code_of(properties):
    """The symbol code without its texts: "nl@1/bw.ugs;st=planned"."""
    code, *options = properties["symbol"].split(";")
    return ";".join([code] + [option for option in options if option.startswith(("st=", "tr=", "rot="))])


def icon_of(properties):
    """The address of a symbol among /symbols/: its code, and the texts that it shows itself."""
    texts = {key: properties[column] for key, column in (("c", "count"), ("h", "hazard"), ("v", "victims"))
             if properties[column]}
    return code_of(properties), urllib.parse.urlencode(texts)


def write_flatgeobuf(folder, name, features):
    path = os.path.join(folder, name)
    with open(path + ".json", "w") as file:
        json.dump({"type": "FeatureCollection", "features": features}, file)
    subprocess.run(["ogr2ogr", "-q", "-f", "FlatGeobuf", "-a_srs", web_tiles.CRS, "-nlt", "PROMOTE_TO_MULTI",
                    "-lco", "SPATIAL_INDEX=YES", path + ".fgb", path + ".json"], check=True)


def feature(geometry, **properties):
    return {"type": "Feature", "properties": properties, "geometry": geometry}


# The symbols.

def fetch(connection, address):
    answer = connection.get(address)
    if answer.status != 200:
        raise RuntimeError(f"no symbol {address}: {answer.status} {answer.body!r}")
    return answer.body


def anchor_of(svg):
    """Where in the picture its place is, 0 to 1 both ways: the origin of its viewBox."""
    x, y, width, height = map(float, ElementTree.fromstring(svg).get("viewBox").split())
    return -x / width, -y / height


def make_icon(connection, folder, name, icon, detail):
    code, texts = icon
    address = f"/symbols/{code};lod={detail}"
    svg = fetch(connection, f"{address}.svg?{texts}")
    with open(os.path.join(folder, name + ".png"), "wb") as file:
        file.write(fetch(connection, f"{address}.png?{texts}"))
    return anchor_of(svg)


def make_icons(connection, folder, icons):
    """All symbols in full and small: their names for the map file with their anchors."""
    made = {}
    for number, icon in enumerate(icons):
        for detail in ("full", "small"):
            name = f"{detail}-{number}"
            made[name] = make_icon(connection, folder, name, icon, detail)
    return made


# The looks.

def looks_of_set(bench):
    with open(os.path.join(bench.source, "symbology/sets/nl/set.yaml")) as file:
        symbols = yaml.safe_load(file)
    return {entry["id"]: entry for entry in symbols["lines"] + symbols["areas"]}


def shape_class(symbol, looks):
    entity, *options = symbol.partition("/")[2].split(";")
    look, is_planned = looks[entity], "st=planned" in options
    if "outline" in look:
        styles = fill_styles(look.get("fill")) + line_styles(look["outline"], is_planned, is_outline=True)
    else:
        styles = line_styles(look, is_planned)
    return block("CLASS", f"EXPRESSION {quoted(symbol)}", styles)


def shape_layer(name, kind, features, looks):
    symbols = sorted({code_of(each["properties"]) for each in features})
    classes = [line for symbol in symbols for line in shape_class(symbol, looks)]
    return data_layer(name, kind, ['CLASSITEM "symbol"'] + classes)


def point_layer(detail):
    scale = f"MAXSCALEDENOM {SMALL_FROM}" if detail == "full" else f"MINSCALEDENOM {SMALL_FROM}"
    icon = block("CLASS", block("STYLE", f"SYMBOL [{detail}]"),
                 label_block(LABEL, "CR", "OFFSET 4 0", 'WRAP "|"'))
    return data_layer("points-" + detail, "POINT", [scale, 'LABELITEM "label"'] + icon, data="points")


def of_kind(features, kind):
    return [each for each in features if each["geometry"]["type"].endswith(kind)]


def write_shapes(folder, name, shapes):
    write_flatgeobuf(folder, name, [feature(each["geometry"], symbol=code_of(each["properties"])) for each in shapes])


def write_names(folder, middles):
    labels = [(each["geometry"], label_of(each["properties"])) for each in middles]
    write_flatgeobuf(folder, "names", [feature(geometry, label=label) for geometry, label in labels if label])


def centre_points(middles, looks):
    """The symbol in the middle of an area that has one, as a point without a name."""
    found = []
    for each in middles:
        entity = each["properties"]["symbol"].partition("/")[2].partition(";")[0]
        if "centre" in looks[entity]:
            nothing = dict.fromkeys(each["properties"])
            found.append(feature(each["geometry"], **dict(nothing, symbol="nl@1/" + looks[entity]["centre"])))
    return found


def write_points(folder, points):
    """Gives a number to each symbol that looks different."""
    icons = {}
    rows = []
    for each in points:
        number = icons.setdefault(icon_of(each["properties"]), len(icons))
        rows.append(feature(each["geometry"], label=label_of(each["properties"]), full=f"full-{number}",
                            small=f"small-{number}"))
    write_flatgeobuf(folder, "points", rows)
    return icons


def make(bench, connect, moment, folder):
    """Writes the data and symbols; gives the LAYERs and the symbols with their anchors."""
    looks = looks_of_set(bench)
    features = read_features(bench.store, moment, "geometry")
    areas, lines, points = (of_kind(features, kind) for kind in ("Polygon", "LineString", "Point"))
    all_middles = read_features(bench.store, moment, "ST_PointOnSurface(geometry)")
    middles = [middle for middle, whole in zip(all_middles, features) if whole["geometry"]["type"] != "Point"]
    write_shapes(folder, "areas", areas)
    write_shapes(folder, "lines", lines)
    write_names(folder, middles)
    icons = write_points(folder, points + centre_points(middles, looks))
    names = block("CLASS", label_block(dict(LABEL, italic=True), "CC", 'WRAP "|"'))
    layers = [shape_layer("areas", "POLYGON", areas, looks), shape_layer("lines", "LINE", lines, looks),
              point_layer("full"), point_layer("small"), data_layer("names", "POINT", ['LABELITEM "label"'] + names)]
    return layers, make_icons(connect(), folder, icons)
