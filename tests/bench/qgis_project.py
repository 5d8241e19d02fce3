"""qgis_project.py - makes the project that lets QGIS Server print what a briefing of Plottafel prints.

    QT_QPA_PLATFORM=offscreen python3 qgis_project.py EXAMPLE LOOKS.json DATA PROJECT.qgs

DATA is the folder of FlatGeobuf and symbols made for MapServer (mapfile.py), LOOKS.json the looks of lines and areas
of the symbol set. The layout "A3" has the map with a grid, a legend of what is in it, a scale bar, a north arrow, title
and sources. What differs: hatches and marks along lines are plain, symbols are the pictures that MapServer and Mapnik
have, labels are placed by QGIS' own rules, and the legend names symbols by number.
"""
import json
import os
import sys

import yaml
from qgis.core import (QgsApplication, QgsCategorizedSymbolRenderer, QgsCoordinateReferenceSystem, QgsFillSymbol,
                       QgsLayoutItemLabel, QgsLayoutItemLegend, QgsLayoutItemMap, QgsLayoutItemPicture,
                       QgsLayoutItemScaleBar, QgsLayoutPoint, QgsLayoutSize, QgsLinePatternFillSymbolLayer,
                       QgsLineSymbol, QgsMarkerSymbol, QgsNullSymbolRenderer, QgsPalLayerSettings, QgsPrintLayout,
                       QgsProject, QgsRasterMarkerSymbolLayer, QgsRectangle, QgsRendererCategory,
                       QgsSimpleFillSymbolLayer, QgsSimpleLineSymbolLayer, QgsSimpleMarkerSymbolLayer,
                       QgsTextBufferSettings, QgsTextFormat, QgsUnitTypes, QgsVectorLayer,
                       QgsVectorLayerSimpleLabeling)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor, QFont

from mapfile import kinds_of

MM_PER_PX = 0.28
SYMBOL_MM = 6.7
PAPER_MM = (420, 297)
MAP_MM = (10, 25, 290, 250)  # left, top, width, height
SCALE = 50000
CENTRE_RD = (100000, 411500)
STYLES = {"butt": Qt.FlatCap, "round": Qt.RoundCap, "square": Qt.SquareCap}


def colour(text):
    """"#RRGGBB" or "#RRGGBBAA"; QColor wants the opacity in front."""
    return QColor(f"#{text[7:9]}{text[1:7]}" if len(text) == 9 else text)


def with_layers(symbol, layers):
    """The symbol owns each layer; given as a list they would be freed too early."""
    symbol.deleteSymbolLayer(0)
    for layer in layers:
        symbol.appendSymbolLayer(layer)
    return symbol


def stroke_layer(stroke):
    layer = QgsSimpleLineSymbolLayer(colour(stroke.get("colour", "#1A1A1A")), stroke.get("width", 1) * MM_PER_PX)
    layer.setPenCapStyle(STYLES[stroke.get("cap", "butt")])
    layer.setOffset(-stroke.get("offset", 0) * MM_PER_PX)
    if "dash" in stroke:
        layer.setUseCustomDashPattern(True)
        layer.setCustomDashVector([max(length, 0.1) * MM_PER_PX for length in stroke["dash"]])
    return layer


def line_symbol(strokes):
    return with_layers(QgsLineSymbol(), [stroke_layer(stroke) for stroke in strokes or [{"width": 0.5}]])


def hatch_layer(fill):
    layer = QgsLinePatternFillSymbolLayer()
    layer.setLineAngle(fill.get("angle", 45))
    layer.setDistance(fill.get("spacing", 8) * MM_PER_PX)
    line = {"width": fill.get("width", 1), "colour": fill.get("hatch") or fill.get("cross") or fill.get("stipple")}
    layer.setSubSymbol(line_symbol([line]))
    return layer


def fill_symbol(fill, strokes):
    layers = []
    ground = fill if isinstance(fill, str) else (fill or {}).get("background")
    if ground and ground != "none":
        layers.append(QgsSimpleFillSymbolLayer(colour(ground), Qt.SolidPattern, QColor(0, 0, 0, 0), Qt.NoPen))
    if isinstance(fill, dict):
        layers.append(hatch_layer(fill))
    return with_layers(QgsFillSymbol(), layers + [stroke_layer(stroke) for stroke in strokes])


def label_of(look, field):
    letters = QFont("B612")
    letters.setBold(look.get("bold", False))
    letters.setItalic(look.get("italic", False))
    letter_format = QgsTextFormat()
    letter_format.setFont(letters)
    letter_format.setSize(look.get("size", 11) * MM_PER_PX)
    letter_format.setSizeUnit(QgsUnitTypes.RenderMillimeters)
    letter_format.setColor(colour(look.get("colour", "#333333")))
    halo = QgsTextBufferSettings()
    halo.setEnabled(True)
    halo.setSize(look.get("halo_width", 1.5) * MM_PER_PX)
    halo.setColor(colour(look.get("halo", "#FFFFFF")))
    letter_format.setBuffer(halo)
    settings = QgsPalLayerSettings()
    settings.fieldName = field
    settings.setFormat(letter_format)
    if look.get("along"):
        settings.placement = QgsPalLayerSettings.Curved
    return QgsVectorLayerSimpleLabeling(settings)


def vector_layer(data, name, renderer, label=None):
    layer = QgsVectorLayer(os.path.join(data, name + ".fgb"), name, "ogr")
    if not layer.isValid():
        raise RuntimeError(f"QGIS cannot read {name}.fgb")
    layer.setRenderer(renderer)
    if label:
        layer.setLabeling(label)
        layer.setLabelsEnabled(True)
    return layer


def categories(field, symbols):
    renderer = QgsCategorizedSymbolRenderer(field)
    for value, symbol in symbols.items():
        renderer.addCategory(QgsRendererCategory(value, symbol.clone(), str(value)))
    return renderer


# The base layers.

def strokes_of(rule):
    strokes = rule.get("stroke", [])
    return strokes if isinstance(strokes, list) else [strokes]


def base_symbol(rule, kind):
    if kind == "POLYGON":
        return fill_symbol(rule.get("fill"), strokes_of(rule))
    if kind == "LINE":
        return line_symbol(strokes_of(rule))
    mark = QgsSimpleMarkerSymbolLayer(QgsSimpleMarkerSymbolLayer.Circle, 2 * rule.get("radius", 0.5) * MM_PER_PX)
    mark.setColor(colour(rule.get("fill", "#333333")) if isinstance(rule.get("fill"), str) else QColor("#333333"))
    return with_layers(QgsMarkerSymbol(), [mark])


def at_scale(entry):
    low, high = entry.get("scale") or (0, float("inf"))
    return low <= SCALE < high


def base_layers(entry, data):
    """For each kind of geometry a layer with one category for each rule that holds at the scale; rules test one
    attribute."""
    kinds = kinds_of(entry["style"]["rules"])
    rules = [rule for rule in entry["style"]["rules"] if at_scale(rule)]
    label = next((label_of(rule["label"], rule["label"]["field"]) for rule in rules if "label" in rule), None)
    field = next((next(iter(rule["where"])) for rule in rules if "where" in rule), "")
    for kind in kinds:
        name = entry["id"] if len(kinds) == 1 else f"{entry['id']}-{kind.lower()}"
        symbols = {next(iter(rule["where"].values())) if "where" in rule else "": base_symbol(rule, kind)
                   for rule in rules}
        yield vector_layer(data, name, categories(field, symbols), label)


# The plot.

def shape_layer(data, name, looks, is_area):
    symbols = {}
    for entity, look in looks.items():
        if ("outline" in look) == is_area:
            symbols["nl@1/" + entity] = (fill_symbol(look.get("fill"), look["outline"].get("strokes", [])) if is_area
                                         else line_symbol(look.get("strokes", [])))
    return vector_layer(data, name, categories("symbol", symbols))


def point_symbol(path):
    return with_layers(QgsMarkerSymbol(), [QgsRasterMarkerSymbolLayer(path, SYMBOL_MM)])


def point_layer(data, label):
    files = [name[:-4] for name in os.listdir(data) if name.startswith("full-") and name.endswith(".png")]
    symbols = {name: point_symbol(os.path.join(data, name + ".png")) for name in sorted(files)}
    return vector_layer(data, "points", categories("full", symbols), label_of(label, "label"))


# The page.

def place(item, layout, left, top, width, height):
    item.attemptMove(QgsLayoutPoint(left, top, QgsUnitTypes.LayoutMillimeters))
    item.attemptResize(QgsLayoutSize(width, height, QgsUnitTypes.LayoutMillimeters))
    layout.addLayoutItem(item)


def text_item(layout, text, size, *box):
    item = QgsLayoutItemLabel(layout)
    item.setText(text)
    item.setFont(QFont("B612", size))
    place(item, layout, *box)


def extent():
    """West, south, east, north of the map, RD metres."""
    half_width, half_height = (edge / 2000 * SCALE for edge in MAP_MM[2:])
    x, y = CENTRE_RD
    return x - half_width, y - half_height, x + half_width, y + half_height


def map_item(layout, background):
    item = QgsLayoutItemMap(layout)
    item.setBackgroundColor(background)
    item.setFrameEnabled(True)
    place(item, layout, *MAP_MM)
    item.setCrs(QgsCoordinateReferenceSystem("EPSG:28992"))
    item.setExtent(QgsRectangle(*extent()))
    item.grid().setEnabled(True)
    item.grid().setIntervalX(2000)
    item.grid().setIntervalY(2000)
    item.grid().setAnnotationEnabled(True)
    return item


def make_layout(project, background):
    layout = QgsPrintLayout(project)
    layout.initializeDefaults()
    layout.setName("A3")
    layout.pageCollection().page(0).setPageSize(QgsLayoutSize(*PAPER_MM, QgsUnitTypes.LayoutMillimeters))
    picture = map_item(layout, background)
    text_item(layout, "Situatie", 20, 10, 8, 250, 12)
    text_item(layout, "GSHHG 2.3.7, Wessel & Smith; WDBII; concept 0.3; RD New (EPSG:28992)", 8, 10, 280, 290, 8)
    legend = QgsLayoutItemLegend(layout)
    legend.setLinkedMap(picture)
    legend.setLegendFilterByMapEnabled(True)
    legend.setColumnCount(2)
    place(legend, layout, 305, 25, 105, 200)
    bar = QgsLayoutItemScaleBar(layout)
    bar.setLinkedMap(picture)
    bar.applyDefaultSize()
    place(bar, layout, 305, 260, 80, 15)
    arrow = QgsLayoutItemPicture(layout)
    arrow.setPicturePath("/usr/share/qgis/svg/arrows/NorthArrow_02.svg")
    place(arrow, layout, 395, 258, 15, 20)
    project.layoutManager().addLayout(layout)


def make_project(example, looks_file, data, path):
    with open(looks_file) as file:
        looks, label, chosen_id = json.load(file)
    with open(os.path.join(example, "catalogue.yaml")) as file:
        catalogue = {each["id"]: each for each in yaml.safe_load(file)["layers"]}
    with open(os.path.join(example, "maps.yaml")) as file:
        chosen = next(each for each in yaml.safe_load(file)["maps"] if each["id"] == chosen_id)
    entries = [catalogue[item["layer"]] for item in chosen["items"] if "layer" in item]
    layers = [layer for entry in entries if at_scale(entry) for layer in base_layers(entry, data)]
    layers += [shape_layer(data, "areas", looks, True), shape_layer(data, "lines", looks, False),
               vector_layer(data, "names", QgsNullSymbolRenderer(), label_of(dict(label, italic=True), "label")), point_layer(data, label)]
    project = QgsProject.instance()
    project.setCrs(QgsCoordinateReferenceSystem("EPSG:28992"))
    for layer in layers:
        project.addMapLayer(layer)
    make_layout(project, colour(chosen["background"]))
    if not project.write(path):
        raise RuntimeError(project.error())


if __name__ == "__main__":
    application = QgsApplication([], False)
    application.initQgis()
    make_project(*sys.argv[1:])
    os._exit(0)  # its own end crashes on what Python still holds
