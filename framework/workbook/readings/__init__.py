"""What people mean by what they typed: dates, status words, percentages, people, lists. Ours, because libraries guess.

Nothing is coerced in silence: a reading keeps the text, and says by which rule it was read and how sure that is.
"""

from framework.workbook.readings.colours import Rag, rag_of_colour, read_rag
from framework.workbook.readings.dates import month_first_evidence, orders_seen, read_when
from framework.workbook.readings.kinds import looks_like
from framework.workbook.readings.lists import read_list
from framework.workbook.readings.numbers import Amount, Comparator, read_amount
from framework.workbook.readings.people import read_people
from framework.workbook.readings.shape import Certainty, Precision, Reading, When, WhenKind
from framework.workbook.readings.shares import Scale, read_share, scale_of
from framework.workbook.readings.statuses import read_status

__all__ = [
    "Amount",
    "Certainty",
    "Comparator",
    "Precision",
    "Rag",
    "Reading",
    "Scale",
    "When",
    "WhenKind",
    "looks_like",
    "month_first_evidence",
    "orders_seen",
    "rag_of_colour",
    "read_amount",
    "read_list",
    "read_people",
    "read_rag",
    "read_share",
    "read_status",
    "read_when",
    "scale_of",
]
