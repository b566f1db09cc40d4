"""The documents name what the code has: every role, act, sheet, heading, choice, page, setting and standing word."""

import re
from collections.abc import Iterable
from dataclasses import fields
from enum import StrEnum
from pathlib import Path

import pytest

from framework.kpis.standing import Standing
from framework.people import Act, Audience, Role, Scope
from framework.picture.figures import Missing
from framework.settings import Settings
from framework.store.ledger import Via
from framework.subjects import SHEET_ORDER, Subject

ROOT = Path(__file__).parent.parent.parent
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
README = (ROOT / "README.md").read_text(encoding="utf-8")
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
PAGES = sorted(p.name for p in (ROOT / "pages").glob("*.py") if not p.name.startswith(("ui", "__")))
CHOICES: set[type[StrEnum]] = {f.choices for s in SHEET_ORDER for f in s.fields if f.choices is not None}
LINK = re.compile(r"\]\(([^)\s]+)\)")
PARTS_OF_A_DECISION = ("**Question.**", "**Choice.**", "**Because.**", "**Given up.**")


def section(text: str, heading: str) -> str:
    """What stands under a heading, up to the next of its level or above; empty when there is none."""
    level = heading.split(" ", 1)[0]
    lines = iter(text.splitlines())
    if heading not in lines:
        return ""
    found: list[str] = []
    for line in lines:
        if re.match(rf"#{{1,{len(level)}}} ", line):
            break
        found.append(line)
    return "\n".join(found)


def first_cells(text: str) -> list[str]:
    """The first cell of each row of the tables in a text, without code marks."""
    return [row.split("|")[1].strip().replace("`", "") for row in text.splitlines() if row.startswith("| ")]


def unnamed(names: Iterable[str], text: str) -> list[str]:
    """The names that do not stand in the text as words of their own."""
    return [name for name in names if not re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)]


def test_a_name_that_is_not_there_is_found_missing():
    assert unnamed(["leader", "lead", "% done"], "the leader says % done") == ["lead"]


def test_every_role_has_a_row():
    assert first_cells(section(GLOSSARY, "## Who may do what"))[1 : len(Role) + 1] == [str(role) for role in Role]


def test_every_act_has_a_row():
    rows = first_cells(section(GLOSSARY, "## Who may do what"))
    assert rows[-len(Act) :] == [str(act) for act in Act]


def test_every_scope_and_audience_is_named():
    assert unnamed([*Scope, *Audience], section(GLOSSARY, "## Who may do what")) == []


def test_every_way_into_the_ledger_is_named():
    assert [via for via in Via if f"`{via}`" not in section(GLOSSARY, "## How it is kept")] == []


@pytest.mark.parametrize("subject", SHEET_ORDER, ids=lambda s: s.sheet)
def test_every_heading_of_a_sheet_has_a_row_in_the_order_of_the_workbook(subject: Subject):
    headings = [f"{f.heading}*" if f.required else f.heading for f in subject.fields]
    headings += [f"{f.heading} †" for f in subject.derived]
    assert first_cells(section(GLOSSARY, f"### {subject.sheet}"))[1:] == headings


def test_the_sheets_stand_in_the_order_of_the_workbook():
    told = re.findall(r"^### (.+)$", section(GLOSSARY, "## The workbook"), re.MULTILINE)
    assert told == [subject.sheet for subject in SHEET_ORDER]


@pytest.mark.parametrize("choices", sorted(CHOICES, key=lambda c: c.__name__), ids=lambda c: c.__name__)
def test_every_choice_is_named(choices: type[StrEnum]):
    assert [word for word in choices if f"`{word}`" not in GLOSSARY and f"| {word} |" not in GLOSSARY] == []


def test_every_page_has_a_row_with_its_file():
    rows = [row for row in section(GLOSSARY, "## The pages").splitlines() if row.startswith("| ")]
    assert sorted(row.split("|")[2].strip(" `") for row in rows[1:]) == PAGES


def test_every_page_has_its_address_in_the_readme():
    told = re.findall(r"^\| [^|]+ \| `/(\w*)` \|", section(README, "## What it shows"), re.MULTILINE)
    assert sorted(f"{name or 'overview'}.py" for name in told) == [name for name in PAGES if name != "frame.py"]


def test_every_setting_has_a_row():
    rows = first_cells(section(GLOSSARY, "## Settings"))
    assert sorted(rows[1:]) == sorted(f.name for f in fields(Settings))


def test_a_setting_is_told_with_its_default():
    rows = {row.split("|")[1].strip(" `"): row.split("|")[2].strip() for row in GLOSSARY.splitlines() if "|" in row}
    for own in fields(Settings):
        told = rows[own.name]
        if own.default is None or isinstance(own.default, bool):
            assert told == {None: "none", False: "off", True: "on"}[own.default], own.name
        else:
            assert type(own.default)(told) == own.default, own.name


def test_every_standing_has_a_row_in_the_order_in_which_they_are_taken():
    rows = first_cells(section(GLOSSARY, "### Standings of a KPI"))
    assert rows[1:] == [str(standing) for standing in Standing]


def test_every_kind_of_empty_is_named():
    assert unnamed([str(kind).lower() for kind in Missing], section(GLOSSARY, "### Five kinds of empty").lower()) == []


def test_every_command_is_in_the_readme():
    commands = re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    listed_alone = {"help", "run"}  # `make` lists; `make run` has its own section
    assert unnamed([f"make {name}" for name in commands if name not in listed_alone], README) == []
    assert "\nmake run\n" in README


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_a_link_leads_to_something(document: Path):
    links = [link.partition("#") for link in LINK.findall(document.read_text(encoding="utf-8"))]
    inside = [(path, heading) for path, _, heading in links if "://" not in path]
    assert [path for path, _ in inside if not (document.parent / path).exists()] == []
    for path, heading in inside:
        if heading:
            assert heading in anchors((document.parent / path).read_text(encoding="utf-8"))


def anchors(text: str) -> set[str]:
    """The names under which headings can be linked to."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading).lower().replace(" ", "-") for heading in headings}


def test_decisions_are_numbered_without_a_gap_and_say_what_was_given_up():
    found = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [path.name[:4] for path in found] == [f"{n:04}" for n in range(1, len(found) + 1)]
    for path in found:
        text = path.read_text(encoding="utf-8")
        assert text.startswith(f"# {path.name[:4]} ")
        assert [part for part in PARTS_OF_A_DECISION if part not in text] == []


def test_a_decision_that_the_code_names_is_there():
    named = {
        name
        for folder in ("framework", "pages", "data", "tools")
        for path in (ROOT / folder).rglob("*.py")
        for name in re.findall(r"docs/decisions/[\w-]+\.md", path.read_text(encoding="utf-8"))
    }
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []
