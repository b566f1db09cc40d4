"""The rings: rules ← edges ← deeds ← pages. Imports point inwards, and each library has one owner."""

import ast
import re
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
FRAMEWORK = ROOT / "framework"

EDGES = ("store", "workbook", "charts", "papers", "access", "post")
# Each library, and the edge that owns it.
OWNERS = {
    "sqlalchemy": "store", "sqlmodel": "store", "alembic": "store", "psycopg": "store",
    "openpyxl": "workbook", "xlsxwriter": "workbook", "defusedxml": "workbook",
    "python_calamine": "workbook", "olefile": "workbook", "rapidfuzz": "workbook",
    "altair": "charts", "starlette": "access", "smtplib": "post",
}  # fmt: skip


def ring(module: str) -> str:
    """Which ring a module of ours lies in."""
    parts = module.split(".")
    if parts[0] in ("pages", "app"):
        return "pages"
    if len(parts) < 2 or parts[1] in ("__main__", "commands"):
        return "command line"
    if parts[1] == "deeds":
        return "deeds"
    return "edges" if parts[1] in EDGES else "rules"


ORDER = ("rules", "edges", "deeds", "pages", "command line")


def modules():
    for path in sorted([*FRAMEWORK.rglob("*.py"), *(ROOT / "pages").glob("*.py"), ROOT / "app.py"]):
        yield ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"), path


@cache
def imports(path: Path) -> tuple[str, ...]:
    return tuple(_imports(path))


def _imports(path: Path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


ALL = list(modules())
IDS = [name for name, _ in ALL]


@pytest.mark.parametrize(("module", "path"), ALL, ids=IDS)
def test_imports_point_inwards(module, path):
    ours = [name for name in imports(path) if name.split(".")[0] in ("framework", "pages") and name != "framework"]
    outwards = [name for name in ours if ORDER.index(ring(name)) > ORDER.index(ring(module))]
    assert outwards == []


@pytest.mark.parametrize(("module", "path"), ALL, ids=IDS)
def test_an_edge_never_imports_another_edge(module, path):
    if ring(module) == "edges":
        edge = module.split(".")[1]
        others = [
            n for n in imports(path) if n.startswith("framework.") and ring(n) == "edges" and n.split(".")[1] != edge
        ]
        assert others == []


@pytest.mark.parametrize(("module", "path"), ALL, ids=IDS)
def test_each_library_has_one_owner(module, path):
    for name in imports(path):
        owner = OWNERS.get(name.split(".")[0])
        if owner is not None and module.startswith("framework"):
            assert module.split(".")[1] == owner, f"{module} imports {name}"


@pytest.mark.parametrize(("module", "path"), ALL, ids=IDS)
def test_the_framework_never_imports_streamlit_and_pages_never_touch_tables(module, path):
    names = set(imports(path))
    if module.startswith("framework"):
        assert not [name for name in names if name.split(".")[0] == "streamlit"]
    else:
        kept = (
            *(f"framework.store.{name}" for name in ("tables", "engine", "ledger", "rows")),
            "sqlmodel",
            "sqlalchemy",
        )
        assert not [name for name in names if name.startswith(kept)]


@pytest.mark.parametrize(("module", "path"), [m for m in ALL if ring(m[0]) == "rules"], ids=lambda x: str(x)[-30:])
def test_rules_read_no_clock_no_file_and_no_database(module, path):
    source = path.read_text(encoding="utf-8")
    assert not re.search(
        r"\bdatetime\.now\(|\bdate\.today\(|\btime\.time\(|(?<!def )\bopen\(|read_text|read_bytes", source
    )


@pytest.mark.parametrize(("module", "path"), [m for m in ALL if ring(m[0]) == "pages"], ids=lambda x: str(x)[-30:])
def test_only_ui_writes_markup_and_no_page_draws_a_bare_table(module, path):
    source = path.read_text(encoding="utf-8")
    assert "unsafe_allow" not in source
    if not module.startswith("pages.ui"):
        assert not re.search(r"\bst\.(html|table|dataframe|data_editor|line_chart|bar_chart|area_chart)\(", source)
    assert not re.search(r"\.encode\(\s*[\"'xy]", source.replace('.encode("utf-8', "").replace(".encode()", ""))


def test_nothing_lies_beside_the_script_for_streamlit_to_discover():
    assert not (ROOT / "pages" / "pages").exists()
    assert 'st.App(\n    "pages/frame.py"' in (ROOT / "app.py").read_text(encoding="utf-8")


def test_no_module_has_a_name_that_says_nothing():
    assert not [name for name in IDS if re.search(r"util|helper|manager|service|common|misc", name)]


def test_no_page_hides_a_module_of_python():
    """While a page runs its folder lies on the path, and is handed on to the process that reads files."""
    assert {path.stem for path in (ROOT / "pages").glob("*.py")} & sys.stdlib_module_names == set()
