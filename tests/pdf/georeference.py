"""Do GIS programs place our PDFs where they lie? Asked of GDAL and of QGIS.

    georeference.py FOLDER      with a3.pdf and others around MIDDLE, and atlas.pdf of AREA, as run.sh makes them

One line a check; without GDAL's PDF driver or QGIS that part is SKIPPED.
"""

import json
import os
import re
import subprocess
import sys

MIDDLE = (101000, 411500)  # RD, of all but the atlas
AREA = (95000, 405000, 107000, 417000)  # RD: west, south, east, north
PLOT = "Oefening_Hollands_Diep"  # as GDAL names the layer of the exercise's plot
MM_PER_INCH = 25.4
DPI = 150  # of GDAL's pictures
failures = 0


def say(is_right, sentence, found=""):
    global failures
    failures += not is_right
    print(f"ok      {sentence}" if is_right else f"FAILED  {sentence}: {found}")


def gdalinfo(file, page, *options):
    command = ["gdalinfo", "-json", "-nofl", *options, f"PDF:{page}:{file}"]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def frame_of(info):
    """The frame of the map: west, south, east, north; None on a page without a map."""
    text = info["metadata"].get("", {}).get("NEATLINE")
    if not text:
        return None
    numbers = [tuple(map(float, pair.split())) for pair in re.findall(r"[\d.]+ [\d.]+", text)]
    x, y = zip(*numbers)
    return min(x), min(y), max(x), max(y)


def is_rd(info):
    return 'ID["EPSG",28992]]' in info.get("coordinateSystem", {}).get("wkt", "")


def page_count(file):
    return int(re.search(r"Pages:\s+(\d+)", subprocess.run(["pdfinfo", file], capture_output=True, text=True).stdout)[1])


def words_of(file, page):
    return subprocess.run(["pdftotext", "-f", str(page), "-l", str(page), file, "-"], capture_output=True, text=True).stdout


def check_sheet(file, scale):
    """The first page: its CRS, the middle that was asked for, and a scale that is true on paper."""
    info = gdalinfo(file, 1)
    frame = frame_of(info)
    say(is_rd(info), f"GDAL reads EPSG:28992 from {os.path.basename(file)}", info.get("coordinateSystem"))
    if not frame:
        say(False, f"GDAL finds the frame of {os.path.basename(file)}", info["metadata"])
        return
    metres_per_px = scale * MM_PER_INCH / 1000 / DPI
    off = [abs((frame[i] + frame[i + 2]) / 2 - MIDDLE[i]) for i in (0, 1)]
    say(max(off) < metres_per_px / 10, f"its frame lies round the middle that was asked for, to {max(off):.3f} m", off)
    across, down = info["geoTransform"][1], -info["geoTransform"][5]
    width, height = info["size"]
    error_px = max(abs(across - metres_per_px) * width, abs(down - metres_per_px) * height) / metres_per_px
    say(error_px < 1, f"its scale is 1:{scale} all over the page, to {error_px:.2f} px", (across, down, metres_per_px))


def checksums(file, off):
    command = ["gdalinfo", "--config", "GDAL_PDF_LAYERS_OFF", off, "-checksum", f"PDF:1:{file}"]
    return re.findall(r"Checksum=(\d+)", subprocess.run(command, capture_output=True, text=True).stdout)


def check_layers(file):
    layers = list(gdalinfo(file, 1, "-mdd", "LAYERS")["metadata"].get("LAYERS", {}).values())
    say(PLOT in layers and len(layers) > 3, f"GDAL lists {len(layers)} layers of {os.path.basename(file)}", layers)
    say(checksums(file, PLOT) != checksums(file, "no_such_layer"), "the plot can be switched off")


def check_atlas(file):
    """Every sheet lies where its name says, all of them cover the area; pages without a map lie nowhere."""
    sheets, lost, strays = {}, [], []
    for page in range(1, page_count(file) + 1):
        info = gdalinfo(file, page)
        name = re.search(r"Kaartblad ([A-Z]+)(\d+) \(", words_of(file, page))
        if name and is_rd(info) and frame_of(info):
            sheets[name[1], int(name[2])] = frame_of(info)
        elif name:
            lost.append(page)
        elif page > 1 and frame_of(info):
            strays.append(page)
    say(len(sheets) > 3 and not lost, f"GDAL places each of the {len(sheets)} sheets of {os.path.basename(file)}", lost)
    say(not strays, "pages of tables lie nowhere", strays)
    west, south, east, north = zip(*sheets.values())
    hull = min(west), min(south), max(east), max(north)
    say(hull[0] <= AREA[0] and hull[1] <= AREA[1] and hull[2] >= AREA[2] and hull[3] >= AREA[3], "they cover the area", hull)
    columns = sorted({letter for letter, _ in sheets})
    rows = sorted({number for _, number in sheets})
    steps = [sheets[b, rows[0]][0] - sheets[a, rows[0]][0] for a, b in zip(columns, columns[1:])]
    ups = [sheets[columns[0], b][1] - sheets[columns[0], a][1] for a, b in zip(rows, rows[1:])]
    say(min(steps) > 0 and max(steps) - min(steps) < 0.1, "letters go east in equal steps", steps)
    say(min(ups) > 0 and max(ups) - min(ups) < 0.1, "numbers go north in equal steps", ups)
    index = frame_of(gdalinfo(file, 1))
    say(index and index[0] <= hull[0] and index[3] >= hull[3], "the index shows all of them", index)


def darkest(lines, expected):
    """The middle of the dark line nearest to a place among rows or columns of pixels, None when there is none."""
    near = range(max(0, round(expected) - 4), min(len(lines), round(expected) + 5))
    dark = [i for i in near if sum(value < 90 for value in lines[i]) > 0.9 * len(lines[i])]
    return (dark[0] + dark[-1] + 1) / 2 if dark else None


def check_painted_frame(layer, name):
    """The line round the map is painted where the extent of the layer says that it is."""
    extent, provider = layer.extent(), layer.dataProvider()
    block = provider.block(1, extent, layer.width(), layer.height())
    page, file = re.match(r"PDF:(\d+):(.*)", layer.source()).groups()
    west, south, east, north = frame_of(gdalinfo(file, page))
    to_x = lambda x: (x - extent.xMinimum()) / layer.rasterUnitsPerPixelX()
    to_y = lambda y: (extent.yMaximum() - y) / layer.rasterUnitsPerPixelY()
    rows = range(round(to_y(north)) + 3, round(to_y(south)) - 3, 7)
    columns = range(round(to_x(west)) + 3, round(to_x(east)) - 3, 7)
    by_column = [[block.value(row, column) for row in rows] for column in range(layer.width())]
    by_row = [[block.value(row, column) for column in columns] for row in range(layer.height())]
    sides = [(by_column, to_x(west)), (by_column, to_x(east)), (by_row, to_y(north)), (by_row, to_y(south))]
    off = [abs(found - expected) if (found := darkest(lines, expected)) is not None else 99 for lines, expected in sides]
    say(max(off) <= 1, f"QGIS shows the frame of {name} where it lies, to {max(off):.2f} px", off)


def check_in_qgis(folder):
    os.environ.update(QT_QPA_PLATFORM="offscreen", GDAL_PAM_ENABLED="NO")  # no window, no notes beside our files
    try:
        from qgis.core import Qgis, QgsApplication, QgsRasterLayer
    except ImportError:
        print("SKIPPED QGIS: python3-qgis is not there")
        return
    application = QgsApplication([], False)
    application.initQgis()
    for name, page in (("a3.pdf", 1), ("a4-fr-de.pdf", 1), ("atlas.pdf", 1), ("atlas.pdf", 3)):
        path = f"{folder}/{name}"
        layer = QgsRasterLayer(f"PDF:{page}:{path}", name, "gdal")
        say(layer.isValid() and layer.crs().authid() == "EPSG:28992",
            f"QGIS {Qgis.QGIS_VERSION.split('-')[0]} opens page {page} of {name} in RD", layer.crs().authid())
        if layer.isValid():
            check_painted_frame(layer, f"page {page} of {name}")
    whole = QgsRasterLayer(path, name, "gdal")
    pages = len(whole.dataProvider().subLayers())
    say(pages == page_count(path), f"QGIS offers each of the {pages} pages of {name}", page_count(path))


def main(folder):
    formats = subprocess.run(["gdalinfo", "--formats"], capture_output=True, text=True).stdout
    if not re.search(r"^\s*PDF -raster", formats, re.MULTILINE):
        print("SKIPPED georeference: this GDAL has no PDF driver")
        return
    for file, scale in (("a3.pdf", 50000), ("a5-en.pdf", 100000), ("a4-fr-de.pdf", 50000), ("a0-flood.pdf", 25000)):
        check_sheet(f"{folder}/{file}", scale)
    check_layers(f"{folder}/a3.pdf")
    check_atlas(f"{folder}/atlas.pdf")
    check_in_qgis(folder)


if __name__ == "__main__":
    main(os.path.realpath(sys.argv[1]))
    sys.stdout.flush()
    os._exit(1 if failures else 0)  # QGIS takes its layers down after its application, and dies of it
