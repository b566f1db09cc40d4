"""Why a file is not read, each with its code and its own sentence for whoever sent it."""

from typing import NamedTuple

from framework.errors import FileRefused


class Refusal(NamedTuple):
    code: str
    words: str

    def refused(self) -> FileRefused:
        return FileRefused(self.words, code=self.code)


_SAVE_AS = "Save it as Excel Workbook (.xlsx) and choose that file."
_COPY = "Copy its sheets into a new workbook and send that."

EMPTY = Refusal(
    "FILE-EMPTY", "This file is empty: there is nothing in it. Save the workbook again and choose it once more."
)
TOO_BIG = Refusal(
    "FILE-TOO-BIG",
    "This file is larger than 15 MB. Take out pictures and sheets that are not needed, and send it again.",
)
TOO_MANY_CELLS = Refusal(
    "FILE-TOO-BIG",
    "This file spreads over more than 2,000,000 cells. Delete what stands far from the table, "
    "or split it into several workbooks and send them one by one.",
)
TOO_MANY_MERGES = Refusal(
    "FILE-TOO-BIG",
    "This file has more than 5,000 merged blocks of cells. In Excel select all cells of its sheets, "
    "choose Unmerge Cells, save it and send it again.",
)
TOO_LONG = Refusal(
    "FILE-TOO-BIG",
    "This list has more than 200,000 rows or 512 columns. Split it into several files and send them one by one.",
)
LONG_FIELD = Refusal(
    "FILE-DAMAGED",
    "One field of this text runs over more than 1,000,000 characters, so a quotation mark is probably missing. "
    "Open it in Excel, save it as Excel Workbook (.xlsx) and choose that file.",
)
LOCK_FILE = Refusal(
    "FILE-LOCKFILE", "You chose Excel's temporary file (~$...). Close Excel and pick the one without ~$."
)
LOCKED = Refusal(
    "FILE-LOCKED",
    "This file is locked with a password or a sensitivity label, so we cannot open it. In Excel choose File, Info, "
    "Protect Workbook and remove it, or copy the sheet into a new workbook.",
)
WORD = Refusal("FILE-WORD", "This is a Word document with an Excel name. Copy its table into the template.")
PDF = Refusal("FILE-OTHER", "This is a PDF, not a workbook. Copy its table into the template.")
PICTURE = Refusal("FILE-OTHER", "This is a picture or a film, not a workbook. Type what it shows into the template.")
SLIDES = Refusal("FILE-OTHER", "This is a presentation, not a workbook. Copy its table into the template.")
MAIL = Refusal(
    "FILE-OTHER", "This is an e-mail, not a workbook. Save the workbook that is attached to it and send that."
)
WEB_PAGE = Refusal("FILE-OTHER", f"This is a web page with the name of a workbook. Open it in Excel. {_SAVE_AS}")
OLD_XML = Refusal("FILE-OTHER", f"This is an XML file, not a workbook. If Excel opens it, open it there. {_SAVE_AS}")
NUMBERS = Refusal(
    "FILE-OTHER", "This is a Numbers document. In Numbers choose File, Export To, Excel, and send the file it makes."
)
ARCHIVE = Refusal(
    "FILE-OTHER", "This is a compressed folder, not a workbook. Unpack it and choose the workbook inside."
)
OTHER = Refusal("FILE-OTHER", "This is not an Excel workbook. Choose a file that ends in .xlsx and opens in Excel.")
DAMAGED = Refusal(
    "FILE-DAMAGED",
    "This file is damaged, so it cannot be read. Open it in Excel, save it again as Excel Workbook (.xlsx), "
    "and choose the new file. If Excel cannot open it either, ask the sender for another copy.",
)
UNSAFE_SIZE = Refusal(
    "FILE-UNSAFE",
    f"This file would unpack to far more than a workbook should hold, so it was not opened. {_COPY}",
)
UNSAFE_PARTS = Refusal(
    "FILE-UNSAFE",
    f"This file holds parts that no workbook needs and that can do harm, so it was not opened. {_COPY}",
)
TOO_MUCH_MEMORY = Refusal(
    "FILE-UNSAFE",
    f"This file takes more memory than a workbook should, so we stopped reading it. {_COPY}",
)
TOO_MUCH_TIME = Refusal(
    "FILE-UNSAFE",
    f"This file takes more time than a workbook should, so we stopped reading it. {_COPY}",
)
TOO_MUCH_TEXT = Refusal(
    "FILE-UNSAFE",
    f"This file holds more text than a workbook should, so we stopped reading it. {_COPY}",
)


def lost(sheet: str, counted: int, read: int) -> FileRefused:
    return FileRefused(
        f"On the sheet '{sheet}' we count {counted:,} filled cells but could read {read:,}, so the "
        "file is damaged, or we have a fault. Open it in Excel, save it again and choose the new file; if that "
        "does not help, send it to whoever looks after this page.",
        code="FILE-DAMAGED",
    )
