"""The icons of Making Data Count, drawn anew: variation (blue better, orange worse, grey usual) and assurance.

Each has a letter or shape of its own, so that it can be told without its colour: H and L for high and low, a level
wave for the usual, P, F and ? for a target that is met, missed, or met by chance.
Source: NHS England, Making Data Count; R package NHSRplotthedots 0.2.2, geom_ptd_icon.R.
"""

from framework.charts.palette import LIGHT, Palette

SIZE = 40
_RISING = ((9, 29), (15, 26), (21, 22), (27, 18), (32, 13))
_FALLING = ((9, 13), (15, 17), (21, 20), (27, 25), (32, 29))
_LEVEL = ((8, 20), (13, 24), (18, 17), (23, 23), (28, 17), (33, 20))


def icon(name: str, palette: Palette = LIGHT) -> str:
    """The icon of a variation or an assurance by its name, as SVG. Raises ValueError for a name that has none."""
    words = name.casefold().replace("_", " ").split()
    kind = words[0] if words else ""
    if kind in ("improvement", "concern", "neutral") and words[-1] in ("high", "low"):
        colour = {"improvement": palette.better, "concern": palette.worse, "neutral": palette.quiet}[kind]
        return _variation(colour, words[-1] == "high", palette, kind == "concern")
    if kind == "common":
        return _svg(palette.beside, _dots(_LEVEL, palette.beside), palette)
    letters = {"pass": ("P", palette.better), "fail": ("F", palette.worse), "inconsistent": ("?", palette.beside)}
    if kind in letters:
        letter, colour = letters[kind]
        return _assurance(letter, colour, palette)
    raise ValueError(f"wanted a variation or an assurance; found {name!r}.")


def _variation(colour: str, high: bool, palette: Palette, concern: bool) -> str:
    letter = _letter("H" if high else "L", 12 if high else 28, 17, palette)
    # A second ring says concern where there is no colour.
    ring = f'<circle cx="20" cy="20" r="15" fill="none" stroke="{colour}" stroke-width="1"/>' if concern else ""
    return _svg(colour, ring + _dots(_RISING if high else _FALLING, colour) + letter, palette)


def _assurance(letter: str, colour: str, palette: Palette) -> str:
    line = f'<path d="M7 28H33" stroke="{palette.ink}" stroke-width="1.5" stroke-dasharray="3 2"/>'
    return _svg(colour, line + _letter(letter, 20, 22, palette, 15), palette)


def _letter(letter: str, x: int, y: int, palette: Palette, size: int = 12) -> str:
    face = f'font-family="system-ui,sans-serif" font-weight="700" font-size="{size}" text-anchor="middle"'
    return f'<text x="{x}" y="{y}" {face} fill="{palette.ink}">{letter}</text>'


def _dots(spots: tuple[tuple[int, int], ...], colour: str) -> str:
    line = " ".join(f"{x},{y}" for x, y in spots)
    dots = "".join(f'<circle cx="{x}" cy="{y}" r="2.2" fill="{colour}"/>' for x, y in spots)
    return f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="1"/>{dots}'


def _svg(colour: str, inside: str, palette: Palette) -> str:
    ring = f'<circle cx="20" cy="20" r="18" fill="{palette.paper}" stroke="{colour}" stroke-width="2.5"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIZE}" height="{SIZE}" viewBox="0 0 {SIZE} {SIZE}">'
        f"{ring}{inside}</svg>"
    )
