"""Takes a picture of every page, at a desk and on a phone, in light and in dark, from a server of its own.

They lie in docs/pictures as <page>-<width>-<theme>.png. At a desk a picture shows one screen, on a phone the whole
page.
"""

import argparse
import io
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.browser.browsing import DETAILS, LOOKS, PAGES, Look, Visit, chromium, visit
from tests.browser.serving import ROOT, serve

PICTURES = ROOT / "docs" / "pictures"
EVERY_PAGE = (*PAGES, *DETAILS)
DESK_HEIGHT = 960
LONGEST = 12_000  # pixels of a phone's page; beyond that the picture ends
HEIGHT = """() => {
    const main = document.querySelector('[data-testid=stMain]');
    return Math.ceil(main.scrollHeight + innerHeight - main.clientHeight);
}"""


def picture(visitor: Visit, look: Look) -> bytes:
    """The page as a PNG. A page scrolls inside the window, so on a phone the window is made as high as the page."""
    height = DESK_HEIGHT
    if look.width < 600:
        height = max(look.height, min(LONGEST, visitor.page.evaluate(HEIGHT)))
    visitor.page.set_viewport_size({"width": look.width, "height": height})
    visitor.wait_until_drawn()
    return visitor.page.screenshot(animations="disabled", caret="hide")


def small(png: bytes) -> bytes:
    """The same picture in 256 colours, about a third of the size."""
    out = io.BytesIO()
    Image.open(io.BytesIO(png)).convert("RGB").quantize(256, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def names(wanted: str) -> list[str]:
    chosen = wanted.split(",")
    unknown = [name for name in chosen if name not in EVERY_PAGE]
    if unknown:
        raise SystemExit(f"There is no page {', '.join(unknown)}. The pages are: {', '.join(EVERY_PAGE)}.")
    return chosen


def main() -> None:
    parser = argparse.ArgumentParser(description="Takes a picture of every page.")
    parser.add_argument("--only", default=",".join(EVERY_PAGE), help="page,page")
    parser.add_argument("--into", type=Path, default=PICTURES)
    chosen = parser.parse_args()
    wanted = names(chosen.only)
    chosen.into.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        serve(Path(folder) / "demo.db") as server,
        sync_playwright() as playwright,
    ):
        browser = chromium(playwright)
        for name in wanted:
            for look in LOOKS:
                with visit(browser, server.address, look) as visitor:
                    visitor.open(name)
                    path = chosen.into / f"{name}-{look}.png"
                    path.write_bytes(small(picture(visitor, look)))
                    print(f"{path.name}  {path.stat().st_size // 1024} kB")
        browser.close()


if __name__ == "__main__":
    main()
