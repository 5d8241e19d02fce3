"""mapnik_renderer.py - draws tiles with Mapnik in one process, without a web server, which is to Mapnik's advantage.

    python3 mapnik_renderer.py STYLE.xml < boxes > pictures

Each line of the input is a box, "west south east north"; each answer is a length of four bytes and a PNG.
"""
import struct
import sys

import mapnik

FONT_FOLDER = "/usr/share/fonts/opentype/b612"


def main():
    mapnik.register_fonts(FONT_FOLDER)
    picture = mapnik.Image(256, 256)
    drawing = mapnik.Map(256, 256)
    mapnik.load_map(drawing, sys.argv[1])
    drawing.buffer_size = 64
    for line in sys.stdin:
        picture.clear()
        drawing.zoom_to_box(mapnik.Box2d(*map(float, line.split())))
        mapnik.render(drawing, picture)
        png = picture.tostring("png32:z=1")
        sys.stdout.buffer.write(struct.pack(">I", len(png)) + png)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
