"""What a load did: counts, and how each conflict was settled."""

from collections.abc import Mapping
from typing import Any

from pages import ui

STANDS = {"file": "the file's", "ours": "what was here", "both": "both"}


def receipt(done: Mapping[str, Any] | None) -> None:
    """The counts and settlements as they were kept; nothing for a load from before they were."""
    if done is None:
        return
    if done["change"] is None:
        ui.words("Nothing in the file differed from what is here, so nothing was written.")
        return
    said = [
        (done["new"], "new"),
        (done["changed"], "changed"),
        (done["archived"], "archived"),
        (done["left_out"], "left out because of problems"),
        (done["unchanged"], "unchanged"),
    ]
    ui.strip(ui.join(*(ui.join(ui.strong(f"{n:,}"), f" {word}") for n, word in said if n), by=" · "))
    rows = [(one["row"], one["field"], STANDS[one["took"]]) for one in done["conflicts"]]
    if rows:
        columns = (ui.Column("Row", width="50%"), ui.Column("Fact"), ui.Column("What stands now"))
        ui.table(columns, rows, caption="How conflicts were settled", key="receipt_conflicts", show_caption=True)
