"""Any spreadsheet's bytes to cells, read in a child process: the whole file, or a refusal in words."""

import threading

from framework.errors import Cancelled
from framework.workbook.cells import Book
from framework.workbook.child import CANCELLED, Progress, Stop, read_in_child
from framework.workbook.meta import META_SHEET
from framework.workbook.package import refuse_size
from framework.workbook.shown import is_percent

# Each may take a gigabyte: who comes third waits, and the server goes on.
_AT_ONCE = threading.BoundedSemaphore(2)

__all__ = ["META_SHEET", "is_percent", "read"]


def read(content: bytes, name: str, *, progress: Progress | None = None, stop: Stop | None = None) -> Book:
    """The workbook's cells.

    name      what the sender calls the file: shown, and never believed
    progress  called with the share that is done (0 to 1) and what is being done
    stop      asked at least five times a second; once it says yes, nothing more is read
    Raises FileRefused, with its code and in words for whoever sent the file, when it cannot all be read;
    Cancelled when `stop` said so.
    """
    refuse_size(content)
    if stop is not None and stop():
        raise Cancelled(CANCELLED)
    with _AT_ONCE:
        book = read_in_child(content, name, progress=progress, stop=stop)
    if progress is not None:
        progress(1.0, "The file is read")
    return book
