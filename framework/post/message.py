"""What is said to one person by mail. A message that was made can be sent: its address is one, its headers are a line.

Text only, on purpose: nothing of what people typed has to be escaped, and every mail program shows it alike.
"""

import re
from dataclasses import dataclass

from framework.errors import ValueRefused
from framework.text import clean

LONGEST_SUBJECT = 200  # characters
LONGEST_NAME = 100  # characters of a person's or a file's name
# What turns the direction of all that follows it: in a name or a subject it would write over its neighbours.
_TURNS = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_WORD = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL = re.compile(rf"{_WORD}(\.{_WORD})*")
_DOMAIN = re.compile(r"(?!-)[a-z0-9-]+(?<!-)(\.(?!-)[a-z0-9-]+(?<!-))+")
_MIME = re.compile(r"[a-z0-9][a-z0-9.+-]*/[a-z0-9][a-z0-9.+-]*")
ANY_FILE = "application/octet-stream"


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a message. `mime` is its media type; one that is none stands for any file."""

    name: str
    content: bytes
    mime: str = ANY_FILE

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", one_line(self.name)[:LONGEST_NAME] or "file")
        mime = self.mime.strip().lower()
        object.__setattr__(self, "mime", mime if _MIME.fullmatch(mime) else ANY_FILE)


@dataclass(frozen=True)
class Message:
    """A letter to one person. Raises ValueRefused when mail cannot go to its address, or an answer not to `reply_to`.

    reply_to   where an answer goes; empty: to whom it was sent by
    automatic  nobody pressed a button for it, so that machines do not answer it
    """

    to_name: str
    to_address: str
    subject: str
    text: str
    attachments: tuple[Attachment, ...] = ()
    reply_to: str = ""
    automatic: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "to_name", one_line(self.to_name)[:LONGEST_NAME].strip())
        object.__setattr__(self, "to_address", _the_address(self.to_address, self.to_name))
        object.__setattr__(self, "subject", one_line(self.subject)[:LONGEST_SUBJECT].strip())
        object.__setattr__(self, "text", clean(self.text))
        if self.reply_to:
            object.__setattr__(self, "reply_to", _the_address(self.reply_to, "whoever asks"))


def address_of(text: str | None) -> str | None:
    """The address as mail servers take it, a foreign domain in its ASCII form; None when mail cannot go there.

    Before the @ only ASCII: few mail servers take more (RFC 6531 is not everywhere).
    """
    local, _, domain = clean(text or "").rpartition("@")
    try:
        domain = domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return None
    whole = f"{local}@{domain}"
    fits = len(local) <= 64 and len(whole) <= 254  # RFC 5321, 4.5.3.1
    return whole if fits and _LOCAL.fullmatch(local) and _DOMAIN.fullmatch(domain) else None


def one_line(text: str) -> str:
    """Fit for a header: no line break, so that nothing typed can begin a header of its own."""
    return " ".join(clean(text).translate(_TURNS).split())


def _the_address(text: str, whose: str) -> str:
    found = address_of(text)
    if found is None:
        kept = one_line(text)[:LONGEST_NAME]
        what = f'has "{kept}"' if kept else "has no address"
        raise ValueRefused(
            f"Mail cannot go to {whose or 'nobody'}: the plan {what}, and an address looks like name@school.org. "
            "Correct it, or leave them out. Nothing was sent."
        )
    return found
