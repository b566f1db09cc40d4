"""Headings that are nearly those of a field: proposed to a person, never taken unasked."""

from rapidfuzz import fuzz, process

from framework.workbook.recognise.fields import BY_WORD, is_date_field, never, only_dates
from framework.workbook.recognise.known import named
from framework.workbook.recognise.labels import normal, stem, without_footnote

NEAR = 88  # of 100: how alike two headings must be


def nearest(heading: str) -> str | None:
    """The field whose words are nearly those of a heading, for a person to accept; None when none is near."""
    text = without_footnote(heading) or heading
    plain = normal(text)
    if len(plain) < 4 or never(plain) or named(heading) is not None:
        return None
    dates, own = only_dates(plain), stem(plain)
    for word, _, _ in process.extract(own, BY_WORD.keys(), scorer=fuzz.token_sort_ratio, score_cutoff=NEAR):
        name = BY_WORD[word][0][1]
        if (not dates or is_date_field(name)) and _misspelt(own, word):
            return name
    return None


def _misspelt(one: str, other: str) -> bool:
    """Whether two headings differ only within words: `miletone label`. A word more or less is another thing."""
    ours, theirs = sorted(one.split()), sorted(other.split())
    if len(ours) != len(theirs):
        return one.replace(" ", "") == other.replace(" ", "")
    left, right = sorted(set(ours) - set(theirs)), sorted(set(theirs) - set(ours))
    return all(min(len(a), len(b)) >= 5 and fuzz.ratio(a, b) >= 80 for a, b in zip(left, right, strict=False))
