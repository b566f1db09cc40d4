"""Sending by a real mail server: what arrives, and each way in which nothing does, in words."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from framework.post import Attachment, Message, NotSent, PostOffice
from framework.post.forms import as_sent
from framework.post.smtp import Security
from tests.edges.test_post import ARABIC, AT, EMOJI, SENDER, a_message, opened


class Box:
    """What a mail server was given, and whom it refuses."""

    def __init__(self) -> None:
        self.taken: list[Any] = []

    async def handle_MAIL(self, server, session, envelope, address, options):
        if address.startswith("stranger@"):
            return "553 5.7.1 Sender address rejected"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody@"):
            return "550 5.1.1 No such user here."
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if b"SPAM" in envelope.content:
            return "554 5.7.1 We do not like it"
        self.taken.append(envelope)
        return "250 OK"


Server = SimpleNamespace  # office: how to send to it; box: what came
SECRET = "secret-word"


def lets_in(server, session, envelope, mechanism, found) -> AuthResult:
    return AuthResult(success=(found.login, found.password) == (b"plan", SECRET.encode()), handled=False)


@contextmanager
def serving(**options: Any) -> Iterator[Server]:
    """A mail server in a thread."""
    box, port = Box(), free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        yield Server(box=box, office=PostOffice("127.0.0.1", SENDER, port, security=Security.NONE, patience=5))
    finally:
        controller.stop()


@pytest.fixture(scope="module")
def plain() -> Iterator[Server]:
    with serving(auth_require_tls=False, authenticator=lets_in) as server:
        yield server


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def its_own(authority) -> ssl.SSLContext:
    """What the server shows: a certificate that nobody trusts yet."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return context


@pytest.fixture(scope="module")
def encrypting(its_own) -> Iterator[Server]:
    with serving(tls_context=its_own, require_starttls=True, authenticator=lets_in) as server:
        server.office = replace(server.office, security=Security.STARTTLS)
        yield server


@pytest.fixture(scope="module")
def encrypted(its_own) -> Iterator[Server]:
    with serving(ssl_context=its_own, auth_require_tls=False, authenticator=lets_in) as server:
        server.office = replace(server.office, security=Security.TLS)
        yield server


@pytest.fixture
def trusted(authority, tmp_path, monkeypatch) -> None:
    """This machine trusts the server's certificate."""
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def refused(office: PostOffice, message: Message) -> str:
    with pytest.raises(NotSent) as refusal:
        office.send(message, AT)
    assert SECRET not in f"{refusal.value!r} {refusal.value.__cause__!r}"
    return str(refusal.value)


def test_a_message_arrives_as_it_was_written(plain):
    message = a_message(
        to_name=ARABIC, subject=EMOJI, text=f".\nFrom {EMOJI}", attachments=(Attachment("a.csv", b"1"),)
    )
    plain.office.send(message, AT)
    envelope = plain.box.taken[-1]
    assert (envelope.mail_from, envelope.rcpt_tos) == ("plan@trust.org", ["denise@centre.org"])
    found = opened(envelope.content)
    assert (found["To"].addresses[0].display_name, found["Subject"], found["Date"].datetime) == (ARABIC, EMOJI, AT)
    assert found.get_body().get_content().replace("\r\n", "\n") == f"{message.text}\n"
    assert found["X-Unsent"] is None


def test_a_message_has_one_name_however_often_it_is_sent():
    ids = [opened(as_sent(m, SENDER, AT))["Message-ID"] for m in (a_message(), a_message(), a_message(text="Another"))]
    assert ids[0] == ids[1] != ids[2]
    assert ids[0].endswith("@trust.org>")


@pytest.mark.parametrize(("automatic", "said"), [(True, "auto-generated"), (False, None)])
def test_what_nobody_pressed_a_button_for_says_so(automatic, said):
    assert opened(as_sent(a_message(automatic=automatic), SENDER, AT))["Auto-Submitted"] == said


def test_with_the_right_password_one_is_let_in(plain):
    before = len(plain.box.taken)
    replace(plain.office, user="plan", password=SECRET).send(a_message(), AT)
    assert len(plain.box.taken) == before + 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"to_address": "nobody@centre.org"}, 'deliver to nobody@centre.org: it says "550 5.1.1 No such user here". '),
        ({"text": "SPAM"}, 'did not take the message: it says "554 5.7.1 We do not like it"'),
    ],
)
def test_what_the_server_refuses_is_told_in_its_words(plain, changes, words):
    before = len(plain.box.taken)
    said = refused(plain.office, a_message(**changes))
    assert words in said
    assert said.endswith("Nothing was sent.")
    assert len(plain.box.taken) == before


def test_a_sender_whom_the_server_does_not_know_is_named(plain):
    said = refused(replace(plain.office, sender="stranger@trust.org"), a_message())
    assert 'does not send for stranger@trust.org (SMTP_FROM): it says "553 5.7.1 Sender address rejected"' in said


def test_a_wrong_password_is_told_without_it(plain):
    said = refused(replace(plain.office, user="plan", password=f"{SECRET}!"), a_message())
    assert "did not take the user name and password (SMTP_USER)" in said


def test_a_server_that_is_not_there_is_told(plain):
    assert "took no connection" in refused(replace(plain.office, port=free_port()), a_message())


def test_a_name_that_no_machine_has_is_told(plain, monkeypatch):
    def nowhere(*_: object) -> list[Any]:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)  # asked in earnest, the network may take its time
    assert "is not known by that name" in refused(plain.office, a_message())


def test_a_server_that_cannot_encrypt_is_sent_nothing(plain):
    said = refused(replace(plain.office, security=Security.STARTTLS, user="plan", password=SECRET), a_message())
    assert "does not offer STARTTLS" in said
    assert "does not speak as SMTP_SECURITY=tls expects" in refused(
        replace(plain.office, security=Security.TLS), a_message()
    )


@pytest.mark.parametrize("which", ["encrypting", "encrypted"])
def test_a_certificate_that_is_not_trusted_is_refused_before_the_password_goes_out(request, which):
    server = request.getfixturevalue(which)
    said = refused(replace(server.office, user="plan", password=SECRET), a_message())
    assert "showed a certificate that is not trusted (unable to get local issuer certificate). " in said
    assert server.box.taken == []


@pytest.mark.parametrize("which", ["encrypting", "encrypted"])
def test_over_an_encrypted_connection_it_arrives(request, which, trusted):
    server = request.getfixturevalue(which)
    replace(server.office, user="plan", password=SECRET).send(a_message(), AT)
    assert [envelope.rcpt_tos for envelope in server.box.taken] == [["denise@centre.org"]]
    server.box.taken.clear()


def test_a_certificate_of_another_name_is_refused(encrypting, trusted):
    assert "not trusted (Hostname mismatch" in refused(replace(encrypting.office, host="localhost"), a_message())


# A server that misbehaves


@contextmanager
def answering(*answers: bytes, then: Callable[[socket.socket], object] = lambda _: None) -> Iterator[PostOffice]:
    """A server that says its lines, one to each that it hears, and does one thing at the end."""
    with closing(socket.create_server(("127.0.0.1", 0))) as door:

        def serve() -> None:
            guest, _ = door.accept()
            with guest, guest.makefile("rb") as heard:
                for n, answer in enumerate(answers):
                    if n:
                        heard.readline()
                    guest.sendall(answer)
                then(guest)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield PostOffice("127.0.0.1", SENDER, door.getsockname()[1], security=Security.NONE, patience=0.2)
        thread.join(5)


def heard_nothing_more(guest: socket.socket) -> None:
    guest.settimeout(5)
    while guest.recv(65536):
        pass


def test_a_server_that_does_not_answer_is_waited_for_only_so_long():
    with answering(then=heard_nothing_more) as office:
        assert "did not answer within 0.2 seconds. Nothing was sent." in refused(office, a_message())


def test_a_server_that_lets_nobody_in_is_quoted():
    with answering(b"554 5.3.2 Not\x07 today\r\n") as office:
        assert 'lets nobody in: it says "554 5.3.2 Not today"' in refused(office, a_message())


def test_a_server_that_says_the_password_back_is_not_quoted():
    spoken = b"535 not with secret-word\r\n"
    with answering(b"220 hello\r\n", b"250-hello\r\n250 AUTH PLAIN\r\n", spoken, spoken) as office:
        assert "did not take the user name" in refused(replace(office, user="plan", password=SECRET), a_message())


IN = (b"220 hello\r\n", b"250 hello\r\n", b"250 OK\r\n", b"250 OK\r\n", b"354 go on\r\n")


def test_when_the_connection_breaks_off_it_is_not_claimed_that_nothing_went_out():
    with answering(*IN) as office:
        said = refused(office, a_message())
    assert "may have gone out or not" in said
    assert "Nothing was sent" not in said


def test_once_the_server_has_it_a_broken_goodbye_is_no_failure():
    def take_it(guest: socket.socket) -> None:
        heard = b""
        while not heard.endswith(b"\r\n.\r\n"):
            heard += guest.recv(65536)
        guest.sendall(b"250 OK\r\n")

    with answering(*IN, then=take_it) as office:
        office.send(a_message(), AT)
