"""Visits to the served product in Chromium: opening pages, and asking of a page what a test wants to know."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Playwright

PAGES = (
    *("overview", "framework", "actions", "kpis", "changes", "search", "data", "load", "kpi_edit", "library"),
    *("my", "propose", "action_edit", "proposals", "chase", "returns", "carry"),
    *("meetings", "term_dates", "history"),
)
# page → the list whose first link leads to it
DETAILS = {"action": "actions", "kpi": "kpis", "element": "framework", "change": "data", "meeting": "meetings"}

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SETTINGS: dict[str, Any] = {"locale": "en-GB", "timezone_id": "Europe/London", "reduced_motion": "reduce"}
HERE = ("127.0.0.1", "localhost")
AXE = Path(__file__).parent / "vendor" / "axe.min.js"


@dataclass(frozen=True)
class StreamlitsOwn:
    """A violation that Streamlit makes and we cannot mend: the rule of axe, where, and why it stays."""

    rule: str
    selector: str  # the element itself, or one around it
    why: str


STREAMLITS_OWN: tuple[StreamlitsOwn, ...] = (
    StreamlitsOwn(
        "presentation-role-conflict",
        "[data-testid=stFileUploaderDropzone]",
        "The uploader's drop zone is both a presentation and focusable; Streamlit 1.67 gives no way to say otherwise.",
    ),
)

# Looked for below the page's own path first, then found at the root: answers 404 once a deep link.
STREAMLITS_OWN_ERRORS = ("/_stcore/health", "/_stcore/host-config")


@dataclass(frozen=True)
class Look:
    width: int = 1280
    theme: str = "light"

    @property
    def height(self) -> int:
        return 844 if self.width < 600 else 800

    def __str__(self) -> str:
        return f"{self.width}-{self.theme}"


LOOKS = tuple(Look(width, theme) for width in (1280, 390) for theme in ("light", "dark"))

DRAWN = """() => {
    const app = document.querySelector('[data-testid=stApp]');
    return app !== null
        && app.dataset.testConnectionState === 'CONNECTED'
        && app.dataset.testScriptState === 'notRunning'
        && document.querySelector('[data-testid=stMain] [data-testid=stElementContainer]') !== null
        && document.querySelector('[data-testid=stAppSkeleton], [data-testid=stSkeleton], [data-stale=true]') === null;
}"""

# By the colour of the page itself: a test of the dark page must not look at the light one.
IS_DARK = """wanted => {
    const colour = getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor;
    return colour.match(/[0-9]+/g).slice(0, 3).every(part => Number(part) < 60) === wanted;
}"""

# Streamlit draws in several goes (charts load their library late); drawn is when nothing has moved for a while.
AT_REST = """() => new Promise(rest => {
    const quiet = 250, patience = 8000, end = performance.now() + patience;
    let timer = setTimeout(done, quiet);
    const watch = new MutationObserver(() => {
        clearTimeout(timer);
        timer = setTimeout(done, Math.max(0, Math.min(quiet, end - performance.now())));
    });
    function done() { watch.disconnect(); document.fonts.ready.then(() => rest(true)); }
    watch.observe(document.body, {subtree: true, childList: true, characterData: true});
})"""

OURS_OF_AXE = """async (streamlits) => {
    const found = await axe.run({elementRef: true});
    const own = (rule, element) => streamlits.some(s => s.rule === rule && element && element.closest(s.selector));
    return found.violations.flatMap(violation => violation.nodes
        .filter(node => !own(violation.id, node.element))
        .map(node => `${violation.id} (${violation.impact}): ${violation.help} at ${node.target.join(' ')}: `
            + `${node.html.slice(0, 200)} ${node.any.map(check => check.message).join('; ')}`));
}"""

# What can be seen (words, pictures, fields) right of the screen, unless it is inside a box that scrolls by itself.
STICKS_OUT = """() => {
    const main = document.querySelector('[data-testid=stMain]');
    const name = e => e.tagName.toLowerCase() + (e.dataset.testid ? `[${e.dataset.testid}]` : '')
        + (e.className && typeof e.className === 'string' ? `.${e.className.split(' ')[0]}` : '');
    const shielded = element => {
        for (let box = element.parentElement; box && box !== main; box = box.parentElement)
            if (/auto|scroll|hidden|clip/.test(getComputedStyle(box).overflowX)) return true;
        return false;
    };
    const wide = [document.scrollingElement, document.querySelector('[data-testid=stAppViewContainer]'), main]
        .filter(box => box && box.scrollWidth > box.clientWidth + 1)
        .map(box => `${name(box)} scrolls sideways: ${box.scrollWidth} in ${box.clientWidth}`);
    const out = [...main.querySelectorAll('*')]
        .filter(e => e.checkVisibility() && e.getBoundingClientRect().width > 1)
        .filter(e => e.matches('img, svg, canvas, input, button, hr')
            || [...e.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.textContent.trim()))
        .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !shielded(e))
        .map(e => `${name(e)} ends at ${Math.round(e.getBoundingClientRect().right)}: ${e.textContent.slice(0, 60)}`);
    return [...wide, ...out.slice(0, 10)];
}"""


@dataclass(frozen=True)
class Focus:
    """What has the keyboard's focus."""

    kind: str  # its tag, role or type
    words: str
    inside: str  # menu, main or elsewhere
    href: str
    is_link: bool
    is_filter: bool


FOCUS = """() => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const within = selector => element.closest(selector) !== null;
    const role = element.getAttribute('role') || '';
    return {
        kind: `${element.tagName.toLowerCase()} ${role} ${element.type || ''}`.trim(),
        words: (element.getAttribute('aria-label') || element.innerText || '').trim().slice(0, 80),
        inside: within('[data-testid=stTopNavLinkContainer], [data-testid=stSidebarNav], header nav') ? 'menu'
            : within('[data-testid=stMain]') ? 'main' : 'elsewhere',
        href: element.getAttribute('href') || '',
        is_link: element.tagName === 'A' && element.hasAttribute('href'),
        is_filter: element.tagName === 'INPUT' || /combobox|radio|listbox/.test(role)
            || within('[data-testid=stButtonGroup], [data-testid=stSelectbox]'),
    };
}"""


@dataclass
class Visit:
    """One visitor's window on one server, and what it noticed meanwhile."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)  # errors in the browser's console
    went_out: list[str] = field(default_factory=list)  # requests to any other host

    def open(self, name: str) -> None:
        """Open a page by its name; a detail page through the first link of its list."""
        if name in DETAILS:
            self.open(DETAILS[name])
            self.follow(self.first_link_to(name))
        else:
            self.go(path_of(name))

    def go(self, path: str) -> None:
        self.page.goto(self.address + path)
        self.wait_until_drawn()

    def follow(self, link: Locator) -> None:
        href = link.get_attribute("href") or ""
        link.click()
        self.page.wait_for_url(f"**{href}")
        self.wait_until_drawn()

    def first_link_to(self, name: str) -> Locator:
        return self.page.locator(f'[data-testid=stMain] a[href*="{name}?"]:visible').first

    def wait_until_drawn(self) -> None:
        self.page.wait_for_function(DRAWN, timeout=30_000)
        self.page.evaluate(AT_REST)
        self.page.wait_for_function(DRAWN, timeout=30_000)

    def look_as(self, look: Look) -> None:
        """The same page as another screen shows it, without loading it again."""
        self.page.set_viewport_size({"width": look.width, "height": look.height})
        self.page.emulate_media(color_scheme="dark" if look.theme == "dark" else "light")
        self.page.wait_for_function(IS_DARK, arg=look.theme == "dark")
        self.wait_until_drawn()

    def exceptions(self) -> list[str]:
        """Streamlit's boxes about something that went wrong in our script."""
        return self.page.locator("[data-testid=stException]").all_inner_texts()

    def titles(self) -> list[str]:
        return self.page.locator("h1:visible").all_inner_texts()

    def violations(self) -> list[str]:
        """What axe holds against the page and is not Streamlit's own."""
        # Evaluated, not added as a script: our content policy rightly refuses scripts that are not the app's.
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        own = [{"rule": known.rule, "selector": known.selector} for known in STREAMLITS_OWN]
        return list(self.page.evaluate(OURS_OF_AXE, own))

    def sticks_out(self) -> list[str]:
        """What makes the page scroll sideways, or is cut off at its right."""
        return list(self.page.evaluate(STICKS_OUT))

    def tab(self) -> Focus | None:
        """Press Tab; answers where the focus is now, None when it left the page."""
        self.page.keyboard.press("Tab")
        found: dict[str, Any] | None = self.page.evaluate(FOCUS)
        return None if found is None else Focus(**found)

    def focus_can_be_seen(self) -> bool:
        """Whether what has the focus looks otherwise than without it."""
        element = self.page.evaluate_handle("document.activeElement")
        box = self.page.evaluate(
            "e => { const b = e.getBoundingClientRect(); return {x: b.x, y: b.y, width: b.width, height: b.height} }",
            element,
        )
        focused = self._picture_of(box)
        self.page.evaluate("e => e.blur()", element)
        without = self._picture_of(box)
        self.page.evaluate("e => e.focus({preventScroll: true})", element)
        return focused != without

    def _picture_of(self, box: dict[str, float], margin: int = 24) -> bytes:
        left, top = max(box["x"] - margin, 0), max(box["y"] - margin, 0)
        clip = {
            "x": left,
            "y": top,
            "width": box["x"] + box["width"] + margin - left,
            "height": box["y"] + box["height"] + margin - top,
        }
        return self.page.screenshot(clip=clip, animations="disabled", caret="hide")  # type: ignore[arg-type]


def path_of(name: str) -> str:
    return "/" if name == "overview" else f"/{name}"


def chromium(playwright: Playwright) -> Browser:
    """The system's Chromium, started. Raises RuntimeError when there is none."""
    named = os.environ.get("CHROMIUM")
    found = [path for path in map(shutil.which, (named,) if named else CHROMIUM) if path]
    if not found:
        raise RuntimeError("Chromium is not installed. `make chromium` installs it from the system's packages.")
    return playwright.chromium.launch(executable_path=found[0], args=list(ARGUMENTS))


@contextmanager
def visit(browser: Browser, address: str, look: Look | None = None) -> Iterator[Visit]:
    """A new visitor with no history, who leaves at the end of the block."""
    context = browser.new_context(**SETTINGS)
    try:
        with tab(context, address, look) as visitor:
            yield visitor
    finally:
        context.close()


@contextmanager
def tab(context: BrowserContext, address: str, look: Look | None = None) -> Iterator[Visit]:
    """A new tab of a visitor, the only one; closed at the end of the block."""
    look = look or Look()
    visitor = Visit(context.new_page(), address)
    visitor.page.set_viewport_size({"width": look.width, "height": look.height})
    visitor.page.emulate_media(color_scheme="dark" if look.theme == "dark" else "light")

    def noticed(url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname not in HERE:
            visitor.went_out.append(url)

    def heard(message: ConsoleMessage) -> None:
        where = message.location["url"]
        if message.type == "error" and not where.endswith(STREAMLITS_OWN_ERRORS):
            visitor.complaints.append(f"{message.text} {where}".strip())

    listening: dict[Any, Any] = {
        "request": lambda request: noticed(request.url),
        "console": heard,
        "weberror": lambda error: visitor.complaints.append(str(error.error)),
    }
    for event, told in listening.items():
        context.on(event, told)
    visitor.page.on("websocket", lambda socket: noticed(socket.url))
    try:
        yield visitor
    finally:
        visitor.page.close()
        for event, told in listening.items():
            context.remove_listener(event, told)
