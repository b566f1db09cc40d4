"""Changing the framework's words and the trust's settings."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from framework.civic import Element, Part
from framework.deeds import deed
from framework.errors import Unknown, ValueRefused
from framework.people import Act, Person, audience_of
from framework.picture.shape import Picture
from framework.settings import Settings
from framework.store.coding import new_ref
from framework.store.engine import Store
from framework.store.ledger import entry
from framework.store.pictures import load
from framework.subjects import ELEMENTS, data_of
from framework.text import clean


@deed(Act.EDIT_FRAMEWORK)
def add_element(
    store: Store, *, by: Person, now: datetime, edition: str, part: Part, words: str, kind: str = "", why: str = ""
) -> str:
    """Add an element at the end of its part; its ref.

    Raises NotAllowed, Unknown or ValueRefused; then nothing is written.
    """
    picture = load(store, now, audience_of(by))
    if edition not in picture.editions:
        raise Unknown("There is no such version of the framework here. Go back to the framework and choose one.")
    text = _words(words)
    _check_twice(picture, edition, part, text, but=None)
    position = max((e.position for e in picture.parts(edition, part)), default=0) + 1
    ref = new_ref()
    data = {"edition": edition, "part": part, "position": position, "kind": clean(kind) or None, "words": text}
    fictional = picture.editions[edition].fictional
    with entry(store, by=by, now=now, deed="add framework element", reason=clean(why)) as e:
        e.put(ELEMENTS, ref, {**data, "fictional": fictional}, seen=0)
    return ref


@deed(Act.EDIT_FRAMEWORK)
def change_element(
    store: Store, *, by: Person, now: datetime, element: str, words: str, seen: int, kind: str = "", why: str = ""
) -> None:
    """Change an element's words. Raises NotAllowed, Unknown, ValueRefused or Conflict; then nothing is written.

    seen  the version of the row that the person read
    """
    picture = load(store, now, audience_of(by))
    row = _element(picture, element)
    text = _words(words)
    _check_twice(picture, row.edition, row.part, text, but=element)
    data = {**data_of(ELEMENTS, row), "words": text, "kind": clean(kind) or None}
    if data == data_of(ELEMENTS, row):
        raise ValueRefused("Nothing differs from what is here already, so nothing was saved.")
    with entry(store, by=by, now=now, deed="change framework element", reason=clean(why)) as e:
        e.put(ELEMENTS, element, data, seen=seen)


@deed(Act.CHANGE_SETTINGS)
def change_setting(store: Store, *, by: Person, now: datetime, name: str, value: Any, why: str = "") -> None:
    """Change one setting. Raises NotAllowed or ValueRefused; then nothing is written."""
    if name not in Settings.__dataclass_fields__ or name == "sample_day":
        raise ValueRefused(f"There is no setting called {name}.")
    wanted = type(getattr(Settings(), name))
    if issubclass(wanted, StrEnum) and value in list(wanted):
        value = wanted(value)
    if not isinstance(value, wanted) or isinstance(value, bool) is not (wanted is bool):
        raise ValueRefused(f"{value!r} cannot be right for {name}: wanted {_kind(wanted)}. Nothing was saved.")
    with entry(store, by=by, now=now, deed="change setting", reason=clean(why)) as e:
        e.set(name, value)


def _kind(wanted: type) -> str:
    if wanted is bool:
        return "True or False"
    return " or ".join(wanted) if issubclass(wanted, StrEnum) else wanted.__name__


def _words(words: str) -> str:
    text = clean(words)
    if not text:
        raise ValueRefused("There are no words. Write them as the trust published them; nothing was saved.")
    return text


def _element(picture: Picture, ref: str) -> Element:
    found = picture.elements.get(ref)
    if found is None:
        raise Unknown("There is no such part of the framework here. Go back to the framework and choose one.")
    return found


def _check_twice(picture: Picture, edition: str, part: Part, words: str, but: str | None) -> None:
    for other in picture.parts(edition, part):
        if other.ref != but and other.words.casefold() == words.casefold():
            raise ValueRefused(
                f"This version has a {part} with these words already ({other.title}). Nothing was saved."
            )
