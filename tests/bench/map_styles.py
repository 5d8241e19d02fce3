"""map_styles.py - strokes, fills, marks and labels of Plottafel in the words of a MapServer map file."""

POINTS_PER_PX = 72 / 96  # MapServer's font sizes are points at 96 dpi

MARKS = {  # vector symbols for marks and ends; x grows along the line, y to its right
    "cross": ("VECTOR", "0 0.2 0.2 0 0.5 0.3 0.8 0 1 0.2 0.7 0.5 1 0.8 0.8 1 0.5 0.7 0.2 1 0 0.8 0.3 0.5 0 0.2"),
    "bar": ("VECTOR", "0 0 0.25 0 0.25 1 0 1 0 0"),
    "triangle": ("VECTOR", "0 1 0.5 0 1 1 0 1"),
    "chevron": ("VECTOR", "0 0 0.4 0 0.8 0.5 0.4 1 0 1 0.4 0.5 0 0"),
    "square": ("VECTOR", "0 0 1 0 1 1 0 1 0 0"),
    "arrow": ("VECTOR", "0 0 1 0.5 0 1 0 0"),
    "open-arrow": ("VECTOR", "0 0 0.3 0 1 0.5 0.3 1 0 1 0.6 0.5 0 0"),
    "slash": ("VECTOR", "0 1 0.75 0 1 0 0.25 1 0 1"),
    "half-disc": ("VECTOR", "0 1 0.07 0.63 0.27 0.32 0.5 0.2 0.73 0.32 0.93 0.63 1 1 0 1"),
    "dot": ("ELLIPSE", "1 1"),
}


def block(name, *lines):
    """A MapServer object; lines may be lists."""
    flat = []
    for line in lines:
        flat += line if isinstance(line, list) else [line]
    return [name] + ["  " + line for line in flat] + ["END"]


def quoted(text):
    return '"' + str(text).replace('"', '\\"') + '"'


def stroke_style(stroke, is_outline):
    lines = [("OUTLINECOLOR " if is_outline else "COLOR ") + quoted(stroke.get("colour", "#1A1A1A")),
             f"WIDTH {stroke.get('width', 1)}", f"LINECAP {stroke.get('cap', 'butt')}", "LINEJOIN round"]
    if "dash" in stroke:
        lines += ["PATTERN " + " ".join(str(max(length, 0.1)) for length in stroke["dash"]) + " END"]
    if stroke.get("offset"):
        lines += [f"OFFSET {stroke['offset']} -99"]
    return block("STYLE", lines)


def planned(stroke, widest):
    return dict(stroke, dash=[max(8, 2.5 * widest), max(5, 1.5 * widest)], cap="butt")


def line_styles(look, is_planned=False, is_outline=False):
    strokes = look.get("strokes", [])
    widest = max([stroke.get("width", 1) for stroke in strokes], default=0)
    lines = []
    for stroke in strokes:
        lines += stroke_style(planned(stroke, widest) if is_planned else stroke, is_outline)
    marks = look.get("marks")
    if marks and not is_outline:
        # The drawing of a symbol along a line is a plain disc here, which is less work.
        colour = marks["colour"] if "mark" in marks else marks["background"]
        lines += block("STYLE", f"SYMBOL {quoted(marks.get('mark', 'dot'))}", f"SIZE {marks['size']}",
                       f"COLOR {quoted(colour)}", f"GAP {-marks['spacing']}",
                       f"INITIALGAP {marks.get('phase', marks['spacing'] / 2)}")
    for end in ("start", "end"):
        if end in look and not is_outline:
            lines += block("STYLE", f"GEOMTRANSFORM {quoted(end)}", f"SYMBOL {quoted(look[end])}",
                           f"SIZE {look.get('end_size', 12)}", f"COLOR {quoted(look['end_colour'])}", "ANGLE AUTO")
    return lines


def hatch_style(fill, colour, angle):
    return block("STYLE", 'SYMBOL "hatch"', f"COLOR {quoted(colour)}", f"ANGLE {-angle % 180}",
                 f"SIZE {fill.get('spacing', 8)}", f"WIDTH {fill.get('width', 1)}")


def fill_styles(fill):
    if fill in (None, "none"):
        return []
    if isinstance(fill, str):
        return block("STYLE", f"COLOR {quoted(fill)}")
    lines = block("STYLE", f"COLOR {quoted(fill['background'])}") if "background" in fill else []
    angle = fill.get("angle", 45)
    if "hatch" in fill:
        lines += hatch_style(fill, fill["hatch"], angle)
    if "cross" in fill:
        lines += hatch_style(fill, fill["cross"], angle) + hatch_style(fill, fill["cross"], -angle)
    if "stipple" in fill:
        lines += block("STYLE", 'SYMBOL "dot"', f"COLOR {quoted(fill['stipple'])}",
                       f"SIZE {fill.get('width', 1)}", f"GAP {fill.get('spacing', 8)}")
    return lines


def label_block(label, position, *more):
    font = "bold" if label.get("bold") else "italic" if label.get("italic") else "regular"
    return block("LABEL", f"FONT {quoted(font)}", "TYPE TRUETYPE",
                 f"SIZE {label.get('size', 11) * POINTS_PER_PX}", f"COLOR {quoted(label.get('colour', '#333333'))}",
                 f"OUTLINECOLOR {quoted(label.get('halo', '#FFFFFF'))}",
                 f"OUTLINEWIDTH {label.get('halo_width', 1.5)}",
                 f"POSITION {position}", "PARTIALS TRUE", "BUFFER 0", *more)
