"""Where the sample and the demo's database lie. Imports nothing of ours, so that a start need not wait for it."""

import os
from pathlib import Path

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "data" / "civic_duty_framework.xlsx"
DEMO = ROOT / "data" / "demo.db"
DATABASE = "CIVIC_DATABASE"  # the name of the environment's variable: a path, or a PostgreSQL address
INBOX = ROOT / "data" / "inbox"
WATCHED = "CIVIC_INBOX"  # the name of the environment's variable: another folder to watch


def base_url() -> str | None:
    """The outside address, for links in messages, without a slash at its end; None where nobody has set BASE_URL."""
    return os.environ.get("BASE_URL", "").strip().rstrip("/") or None
