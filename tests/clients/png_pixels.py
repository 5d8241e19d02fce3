"""Dots of a PNG without any of our code: width, height and RGBA bytes."""

import struct
import zlib


def _chunks(data):
    assert data[:8] == b"\x89PNG\r\n\x1a\n", "not a PNG"
    place = 8
    while place < len(data):
        length, kind = struct.unpack(">I4s", data[place:place + 8])
        yield kind, data[place + 8:place + 8 + length]
        place += 12 + length


def _paeth(left, above, corner):
    guess = left + above - corner
    distances = abs(guess - left), abs(guess - above), abs(guess - corner)
    return (left, above, corner)[distances.index(min(distances))]


def _unfilter(kind, row, above, step):
    for i in range(len(row)):
        left = row[i - step] if i >= step else 0
        corner = above[i - step] if i >= step else 0
        add = (0, left, above[i], (left + above[i]) // 2, _paeth(left, above[i], corner))[kind]
        row[i] = (row[i] + add) & 0xFF


def _rows(raw, width, height, bits):
    """The bytes of each row; filters are undone."""
    length = (width * bits + 7) // 8
    above = bytearray(length)
    for y in range(height):
        begin = y * (length + 1)
        row = bytearray(raw[begin + 1:begin + 1 + length])
        if raw[begin]:
            _unfilter(raw[begin], row, above, max(1, bits // 8))
        above = row
        yield row


def _indices(row, width, depth):
    per_byte = 8 // depth
    mask = (1 << depth) - 1
    return [row[x // per_byte] >> (8 - depth - x % per_byte * depth) & mask for x in range(width)]


def read_png(data):
    """(width, height, RGBA bytes, north row first)"""
    raw = b""
    palette, opacity = b"", b""
    for kind, body in _chunks(data):
        if kind == b"IHDR":
            width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", body)
        elif kind == b"PLTE":
            palette = body
        elif kind == b"tRNS":
            opacity = body
        elif kind == b"IDAT":
            raw += body
    assert not interlaced and (depth == 8 or colour == 3) and colour in (2, 3, 6), "a kind that is not written"
    bits = depth * {2: 3, 3: 1, 6: 4}[colour]
    colours = [palette[i:i + 3] + opacity[i // 3:i // 3 + 1].ljust(1, b"\xff") for i in range(0, len(palette), 3)]
    out = bytearray()
    for row in _rows(zlib.decompress(raw), width, height, bits):
        if colour == 3:
            out += b"".join(colours[i] for i in _indices(row, width, depth))
        elif colour == 2:
            out += b"".join(row[i:i + 3] + b"\xff" for i in range(0, len(row), 3))
        else:
            out += row
    return width, height, bytes(out)


def side_by_side(rows):
    """One picture of several: rows of (width, height, RGBA bytes), all of one size."""
    out = bytearray()
    for tiles in rows:
        width, height, _ = tiles[0]
        for y in range(height):
            for _, _, pixels in tiles:
                out += pixels[y * width * 4:(y + 1) * width * 4]
    return bytes(out)
