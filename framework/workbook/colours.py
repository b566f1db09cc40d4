"""The colour that someone gave a cell, as `RRGGBB`. What conditional formatting shows is not stored in the cell."""

import colorsys
from collections.abc import Sequence
from typing import Any
from xml.parsers.expat import ExpatError

from framework.workbook.package import parser_without_types

# A theme's colours stand in its part in another order than cells number them.
_ORDER = (
    "lt1",
    "dk1",
    "lt2",
    "dk2",
    "accent1",
    "accent2",
    "accent3",
    "accent4",
    "accent5",
    "accent6",
    "hlink",
    "folHlink",
)
# Source: the theme "Office", when a workbook brings none.
_OFFICE = (
    "FFFFFF", "000000", "EEECE1", "1F497D", "4F81BD", "C0504D", "9BBB59", "8064A2", "4BACC6", "F79646", "0000FF",
    "800080",
)  # fmt: skip


def theme_colours(theme: bytes | None) -> tuple[str, ...]:
    """The twelve colours of a workbook's theme, as cells number them."""
    found: dict[str, str] = {}
    name = ""

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal name
        local = tag.rpartition(" ")[2]
        if local in _ORDER:
            name = local
        elif local in ("srgbClr", "sysClr") and name:
            found.setdefault(name, attributes.get("lastClr" if local == "sysClr" else "val", ""))

    def end(tag: str) -> None:
        nonlocal name
        if tag.rpartition(" ")[2] in _ORDER:
            name = ""

    if theme:
        parser = parser_without_types()
        parser.StartElementHandler, parser.EndElementHandler = start, end
        try:
            parser.Parse(theme, True)
        except ExpatError:
            return _OFFICE
    return tuple(_hex(found.get(name, "")) or other for name, other in zip(_ORDER, _OFFICE, strict=True))


def fill_of(fill: Any, theme: Sequence[str], indexed: Sequence[str]) -> str:
    """The colour of a solid fill as openpyxl gives it; "" when the cell has none, or one that cannot be resolved."""
    if getattr(fill, "fill_type", None) != "solid":
        return ""
    colour = fill.fgColor
    if colour.type == "rgb":
        rgb = _hex(str(colour.rgb)[-6:])
    elif colour.type == "theme":
        rgb = theme[colour.theme] if 0 <= colour.theme < len(theme) else ""
    elif colour.type == "indexed":
        rgb = _hex(str(indexed[colour.indexed])[-6:]) if 0 <= colour.indexed < len(indexed) else ""
    else:
        rgb = ""
    return tinted(rgb, colour.tint or 0.0) if rgb else ""


def tinted(rgb: str, tint: float) -> str:
    """Darker by a negative tint, lighter by a positive one (-1 to 1). Source: ECMA-376 part 1, 18.8.19."""
    if tint == 0:
        return rgb
    hue, light, saturation = colorsys.rgb_to_hls(*(int(rgb[at : at + 2], 16) / 255 for at in (0, 2, 4)))
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    parts = colorsys.hls_to_rgb(hue, min(max(light, 0.0), 1.0), saturation)
    return "".join(f"{round(part * 255):02X}" for part in parts)


def _hex(text: str) -> str:
    try:
        return f"{int(text, 16):06X}" if len(text) == 6 else ""
    except ValueError:
        return ""
