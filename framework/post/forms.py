"""A message as an address that opens a mail program (mailto), as a file to open there (.eml), or as a zip of those."""

import hashlib
import io
import re
import unicodedata
import zipfile
from collections.abc import Sequence
from datetime import datetime
from email import policy
from email.charset import QP, Charset
from email.header import Header
from email.message import Message as Mime
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.utils import format_datetime, formataddr
from urllib.parse import quote

from framework.errors import ValueRefused
from framework.post.message import Message, address_of, one_line

# Characters of a whole mailto address. Windows hands on 2,083 (INTERNET_MAX_URL_LENGTH); measured with Outlook 2,046,
# with Chrome about 2,000. Source: stackoverflow.com/questions/4473959, superruub.wordpress.com (30 May 2013).
LONGEST_MAILTO = 1_900
CUT = "[Cut here: it was too long for this button. Copy the whole message from the page.]"
_LONGEST_FILE_NAME = 80
_NOT_IN_FILE_NAMES = frozenset('<>:"/\\|?*')
_DEVICES = {"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10))}
_NAMED = re.compile(r"(?P<name>[^<>]*)<(?P<address>[^<>]+)>")
_UTF8 = Charset("utf-8")
_UTF8.body_encoding = QP  # else it would be base64, and a person who opens the file could not read it
# The older of Python's two writers of headers. The newer loses the quotes of a long name with commas when it folds it
# (seen in 3.11.7): each part of the name becomes an address of its own.
_WIRE = policy.compat32.clone(linesep="\r\n")


def mailto(message: Message) -> str:
    """The address that opens a mail program with this message in it (RFC 6068), at most LONGEST_MAILTO characters.

    Attachments never go along. A text that is too long loses whole lines from its end, but never one with a link in
    it, and `CUT` says so: see `fits_mailto`.
    """
    head = _head(message.to_address, _short_subject(message.subject))
    return head + _coded(_shortened(message.text, LONGEST_MAILTO - len(head)))


def fits_mailto(message: Message) -> bool:
    """Whether the address of `mailto` holds the whole message; else its text is to be copied, or the file taken."""
    whole = _head(message.to_address, message.subject) + _coded(message.text)
    return not message.attachments and mailto(message) == whole


def as_eml(message: Message, sender: str | None = None, at: datetime | None = None) -> bytes:
    """The message as a file. Outlook for the desktop opens it as a draft, ready to be sent; others show it as mail.

    Raises ValueRefused for a sender that is none.

    sender  an address, or `Name <address>`; None: of whoever opens it.
    at      when it was written; None: undated
    """
    made = _mime(message, sender, at)
    made["X-Unsent"] = "1"  # [MS-OXCMAIL], and learn.microsoft.com/archive/blogs/stephen_griffin/did-i-send-that
    return made.as_bytes(policy=_WIRE)


def as_sent(message: Message, sender: str, at: datetime) -> bytes:
    """The message as it goes to a mail server. The same message at the same moment has the same Message-ID."""
    made = _mime(message, sender, at)
    told = (message.to_address, message.subject, message.text, at.isoformat())
    digest = hashlib.sha256("\0".join(told).encode()).hexdigest()[:32]
    made["Message-ID"] = f"<{digest}@{sender_of(sender)[1].rpartition('@')[2]}>"
    if message.automatic:
        made["Auto-Submitted"] = "auto-generated"  # RFC 3834: no machine answers it
    return made.as_bytes(policy=_WIRE)


def bundle(messages: Sequence[Message], sender: str | None = None, at: datetime | None = None) -> bytes:
    """A zip with a file a message, each named after whom it is to; no two names are alike, on Windows either."""
    packed, taken = io.BytesIO(), set[str]()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as files:
        for message in messages:
            files.writestr(_entry(_free_name(message, taken), at), as_eml(message, sender, at))
    return packed.getvalue()


def sender_of(text: str) -> tuple[str, str]:
    """The name, which may be empty, and the address of `Name <address>` or of an address alone.

    Raises ValueRefused when mail cannot come from there.
    """
    found = _NAMED.fullmatch(one_line(text))
    address = address_of(text if found is None else found["address"])
    if address is None:
        raise ValueRefused(f'Mail cannot come from "{one_line(text)}": give an address, or Name <address>.')
    name = "" if found is None else found["name"].strip()
    return name.removeprefix('"').removesuffix('"'), address


# mailto


def _coded(text: str) -> str:
    return quote(text.replace("\n", "\r\n"), safe="")


def _head(address: str, subject: str) -> str:
    return f"mailto:{quote(address, safe='@')}?subject={_coded(subject)}&body="


def _short_subject(subject: str) -> str:
    """At most a third of the room, whatever its characters weigh."""
    while len(_coded(subject)) > LONGEST_MAILTO // 3:
        subject = f"{subject[:-2]}…"
    return subject


def _shortened(text: str, room: int) -> str:
    if len(_coded(text)) <= room:
        return text
    lines = text.split("\n")
    costs = [len(_coded(f"{line}\n")) for line in lines]
    linked = ["://" in line for line in lines]
    left = room - len(_coded(CUT)) - sum(cost for cost, link in zip(costs, linked, strict=True) if link)
    if left < 0:
        return CUT
    kept: list[str] = []
    cut = False
    for line, cost, link in zip(lines, costs, linked, strict=True):
        if link or (not cut and cost <= left):
            kept.append(line)
            left -= 0 if link else cost
        elif not cut:
            kept.append(CUT)
            cut = True
    return "\n".join(kept)


# Files


def _mime(message: Message, sender: str | None, at: datetime | None) -> Mime:
    text = MIMENonMultipart("text", "plain", charset="utf-8")
    text.set_payload(f"{message.text}\n", charset=_UTF8)
    made: Mime = text
    if message.attachments:
        made = MIMEMultipart()
        made.attach(text)
        for one in message.attachments:
            part = MIMEApplication(one.content)
            part.replace_header("Content-Type", one.mime)
            part.add_header("Content-Disposition", "attachment", filename=("utf-8", "", _file_name(one.name)))
            made.attach(part)
    if sender is not None:
        made["From"] = _person(*sender_of(sender))
    made["To"] = _person(message.to_name, message.to_address)
    if message.reply_to:
        made["Reply-To"] = message.reply_to
    made["Subject"] = Header(message.subject, _charset(message.subject), header_name="Subject").encode()
    if at is not None:
        made["Date"] = format_datetime(at)
    return made


def _person(name: str, address: str) -> str:
    if _charset(name) == "us-ascii":
        return formataddr((name, address))
    return f"{Header(name, 'utf-8', header_name='From').encode()} <{address}>"


def _charset(text: str) -> str:
    """Text that looks coded already is coded once more: else it would be read as what it only looks like."""
    return "us-ascii" if text.isascii() and "=?" not in text else "utf-8"


def _entry(name: str, at: datetime | None) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0) if at is None else at.timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _free_name(message: Message, taken: set[str]) -> str:
    stem = _file_name(message.to_name or message.to_address)
    name, number = stem, 1
    while name.casefold() in taken:
        number += 1
        name = f"{stem} ({number})"
    taken.add(name.casefold())
    return f"{name}.eml"


def _file_name(name: str) -> str:
    """A name that every system takes: no folder, no device, nothing unseen."""
    seen = (c for c in one_line(name) if c not in _NOT_IN_FILE_NAMES and unicodedata.category(c)[0] != "C")
    kept = "".join(seen)[:_LONGEST_FILE_NAME].strip(" .")
    return f"{kept}_" if kept.partition(".")[0].casefold() in _DEVICES else kept or "message"
