"""Sending by a mail server that the environment names. Without one nothing is sent, and nothing is missed."""

import os
import re
import smtplib
import socket
import ssl
import stat
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path

from framework.errors import Refused, ValueRefused
from framework.post.forms import as_sent, sender_of
from framework.post.message import Message, one_line

PATIENCE = 15.0  # seconds that the server may take for each of its answers
_HERE = ("localhost", "127.0.0.1", "::1")
_HOST = re.compile(r"(?!-)[A-Za-z0-9-]{1,63}(\.(?!-)[A-Za-z0-9-]{1,63})*")
_NAMES = ("SMTP_HOST", "SMTP_PORT", "SMTP_USER", "SMTP_PASSWORD", "SMTP_PASSWORD_FILE", "SMTP_FROM", "SMTP_SECURITY")
_NOT_SENT = "Nothing was sent."


class NotSent(Refused):
    """A message that the mail server did not take, and why. What it says never holds the password."""


class Security(StrEnum):
    STARTTLS = "starttls"  # begins in the clear, and goes on only once it is encrypted
    TLS = "tls"  # encrypted from the first byte
    NONE = "none"  # in the clear, to this machine alone


@dataclass(frozen=True)
class PostOffice:
    """The mail server to send by. Each message is a connection of its own."""

    host: str
    sender: str  # an address, or `Name <address>`
    port: int = 587
    user: str = ""
    password: str = field(default="", repr=False)
    security: Security = Security.STARTTLS
    patience: float = PATIENCE

    def send(self, message: Message, at: datetime) -> None:
        """Hand a message to the server. Raises NotSent, in words, when it did not take it."""
        content = as_sent(message, self.sender, at)
        address = sender_of(self.sender)[1]
        server = self._at_the_door(address)
        try:
            self._let_in(server)
            self._hand_over(server, address, message, content)
        except BaseException:
            server.close()
            raise
        # It has the message now: whatever becomes of the goodbye, to send it again would send it twice.
        with suppress(OSError):  # which all of smtplib's errors are
            server.quit()

    def _at_the_door(self, address: str) -> smtplib.SMTP:
        # Named by the sender's domain: asking the network for this machine's own name can take many seconds.
        ours = address.rpartition("@")[2]
        try:
            if self.security is Security.TLS:
                safe = ssl.create_default_context()
                return smtplib.SMTP_SSL(self.host, self.port, ours, timeout=self.patience, context=safe)
            return smtplib.SMTP(self.host, self.port, ours, timeout=self.patience)
        except OSError as trouble:
            raise self._not_reached(trouble) from trouble

    def _let_in(self, server: smtplib.SMTP) -> None:
        try:
            if self.security is Security.STARTTLS:
                server.starttls(context=ssl.create_default_context())
        except smtplib.SMTPNotSupportedError as trouble:
            raise self._not_reached(why="does not offer STARTTLS, which SMTP_SECURITY asks for") from trouble
        except OSError as trouble:
            raise self._not_reached(trouble) from trouble
        try:
            if self.user:
                server.login(self.user, self.password)
        except smtplib.SMTPNotSupportedError:
            raise self._not_reached(why="does not take a user name; leave SMTP_USER out") from None
        except smtplib.SMTPServerDisconnected as trouble:
            raise self._not_reached(trouble) from None
        except smtplib.SMTPException:
            # Neither its words nor `from`: a server may say back what it was given, and it would stand in the log.
            raise self._not_reached(why="did not take the user name and password (SMTP_USER)") from None
        except OSError as trouble:
            raise self._not_reached(trouble) from None

    def _hand_over(self, server: smtplib.SMTP, address: str, message: Message, content: bytes) -> None:
        try:
            server.sendmail(address, [message.to_address], content)
        except smtplib.SMTPRecipientsRefused as refusal:
            said = _said(*next(iter(refusal.recipients.values())))
            raise NotSent(f"The mail server does not deliver to {message.to_address}: {said}. {_NOT_SENT}") from refusal
        except smtplib.SMTPSenderRefused as refusal:
            said = _said(refusal.smtp_code, refusal.smtp_error)
            raise NotSent(f"The mail server does not send for {address} (SMTP_FROM): {said}. {_NOT_SENT}") from refusal
        except smtplib.SMTPResponseException as refusal:
            said = _said(refusal.smtp_code, refusal.smtp_error)
            raise NotSent(f"The mail server did not take the message: {said}. {_NOT_SENT}") from refusal
        except OSError as trouble:
            raise NotSent(
                f"The connection to the mail server {self.host} broke off. The message to {message.to_address} "
                "may have gone out or not: ask them before sending it again."
            ) from trouble

    def _not_reached(self, trouble: BaseException | None = None, why: str = "") -> NotSent:
        if isinstance(trouble, smtplib.SMTPServerDisconnected):  # it wraps what went wrong, and a timeout is one
            trouble = trouble.__context__ or trouble
        where = f"The mail server {self.host} on port {self.port}"
        return NotSent(f"{where} {why or _why(trouble, self)}. {_NOT_SENT}")


def _why(trouble: BaseException | None, office: PostOffice) -> str:
    match trouble:
        case ssl.SSLCertVerificationError():
            return f"showed a certificate that is not trusted ({trouble.verify_message.rstrip('.')})"
        case ssl.SSLError():
            return f"does not speak as SMTP_SECURITY={office.security} expects"
        case TimeoutError():
            return f"did not answer within {office.patience:g} seconds"
        case socket.gaierror():
            return "is not known by that name"
        case ConnectionRefusedError():
            return "took no connection"
        case smtplib.SMTPResponseException():
            return f"lets nobody in: {_said(trouble.smtp_code, trouble.smtp_error)}"
        case OSError(strerror=str(words)):
            return f"cannot be reached ({words})"
        case _:
            return "broke off"


def post_office(environ: Mapping[str, str]) -> PostOffice | None:
    """The mail server that the environment names; None when it names none.

    Raises ValueRefused, in words, when only part of what is needed is there, or it cannot be right.
    """
    given = {name: value for name in _NAMES if (value := environ.get(name, "").strip())}
    if not given:
        return None
    for needed in ("SMTP_HOST", "SMTP_FROM"):
        if needed not in given:
            raise ValueRefused(f"Mail is half set up: {', '.join(given)} but no {needed}. Set it, or none of them.")
    try:
        sender_of(given["SMTP_FROM"])
    except ValueRefused as refusal:
        raise ValueRefused(f"SMTP_FROM: {refusal}") from None
    host, port = _host(given), _port(given)
    user, password = given.get("SMTP_USER", ""), _password(given)
    if bool(user) != bool(password):
        raise ValueRefused("Mail is half set up: SMTP_USER and its password come together. Set both, or neither.")
    if not (user + password).isascii():
        raise ValueRefused("SMTP_USER and its password may hold ASCII only: mail servers take nothing else.")
    return PostOffice(host, given["SMTP_FROM"], port, user, password, _security(given, host))


def _host(given: Mapping[str, str]) -> str:
    text = given["SMTP_HOST"]
    if not _HOST.fullmatch(text):
        with suppress(ValueError):
            return str(ip_address(text))
        raise ValueRefused(f'SMTP_HOST is "{text}". Give a name such as smtp.school.org, without its port.')
    return text


def _port(given: Mapping[str, str]) -> int:
    text = given.get("SMTP_PORT", "587")
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65_536):
        raise ValueRefused(f'SMTP_PORT is "{text}". Give a number from 1 to 65535; most servers take 587.')
    return int(text)


def _security(given: Mapping[str, str], host: str) -> Security:
    text = given.get("SMTP_SECURITY", Security.STARTTLS).casefold()
    if text not in list(Security):
        raise ValueRefused(f'SMTP_SECURITY is "{text}". Give one of {", ".join(Security)}.')
    if text == Security.NONE and host.casefold() not in _HERE:
        raise ValueRefused(f"SMTP_SECURITY is none, and {host} is another machine: give starttls or tls.")
    return Security(text)


def _password(given: Mapping[str, str]) -> str:
    name = given.get("SMTP_PASSWORD_FILE")
    if name is None:
        return given.get("SMTP_PASSWORD", "")
    if "SMTP_PASSWORD" in given:
        raise ValueRefused("The mail password is given twice: keep SMTP_PASSWORD_FILE or SMTP_PASSWORD.")
    try:
        # Windows keeps no such bits: there every file looks as if all could read it.
        if os.name == "posix" and Path(name).stat().st_mode & stat.S_IROTH:
            raise ValueRefused(f"Everyone on this machine can read {name} (SMTP_PASSWORD_FILE). Run: chmod 600 {name}")
        return Path(name).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as trouble:
        raise ValueRefused(f"SMTP_PASSWORD_FILE: {name} cannot be read. Name the file with the password.") from trouble


def _said(code: int, words: bytes | str) -> str:
    """A server's refusal on one line, for a person; never long."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return f'it says "{code} {one_line(text)[:200].rstrip(" .")}"'
