"""Mail: what a message may be, how it is handed to a mail program, and what the environment says of a server."""

import io
import os
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.utils import parseaddr
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framework.errors import ValueRefused
from framework.post import Attachment, Message, PostOffice, address_of, post_office
from framework.post.forms import CUT, LONGEST_MAILTO, as_eml, bundle, fits_mailto, mailto, sender_of
from framework.post.smtp import Security

AT = datetime(2026, 11, 16, 8, 30, tzinfo=UTC)
SENDER = "Our Trust, civic duty <plan@trust.org>"
ARABIC = "فاطمة الزهراء"
EMOJI = "Zoë 👩🏽‍🏫"


def a_message(**changes: Any) -> Message:
    """A question to Denise about three actions."""
    asked = Message("Denise Member", "denise@centre.org", "Three actions need a word", "Dear Denise,\n\nhow are they?")
    return replace(asked, **changes)


def opened(content: bytes) -> Any:
    """A message as a mail program reads it."""
    return message_from_bytes(content, policy=policy.default)


def told(content: bytes, header: str) -> str:
    """A header in plain text. Python's newer reader puts spaces into names that were coded in two words."""
    return str(make_header(decode_header(message_from_bytes(content)[header])))


# Addresses


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (" Denise.Member+civic@Centre.ORG\n", "Denise.Member+civic@centre.org"),
        ("o'neil@bücher.example", "o'neil@xn--bcher-kva.example"),
        (f"{'a' * 64}@centre.org", f"{'a' * 64}@centre.org"),
        (f"{'a' * 65}@centre.org", None),
        (f"a@{'b' * 63}.org", f"a@{'b' * 63}.org"),
        (f"a@{'b' * 64}.org", None),
        ("denise", None),
        ("denise@centre", None),
        ("denise@@centre.org", None),
        ("denise@centre..org", None),
        ("denise@-centre.org", None),
        (".denise@centre.org", None),
        ("den ise@centre.org", None),
        ("dénise@centre.org", None),
        ("Denise <denise@centre.org>", None),
        ("a@centre.org,b@centre.org", None),
        ("denise@centre.org\r\nBcc: all@centre.org", None),
        ("", None),
        (None, None),
    ],
)
def test_an_address_is_one_that_mail_can_go_to(text, address):
    assert address_of(text) == address


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"to_address": "denise at centre"}, 'to Denise Member: the plan has "denise at centre"'),
        ({"to_address": ""}, "to Denise Member: the plan has no address"),
        ({"reply_to": "me@"}, 'to whoever asks: the plan has "me@"'),
    ],
)
def test_a_message_to_no_address_is_refused_in_words(changes, words):
    with pytest.raises(ValueRefused, match=words) as refusal:
        a_message(**changes)
    assert str(refusal.value).endswith("Nothing was sent.")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("plan@trust.org", ("", "plan@trust.org")),
        ("Our Trust, civic duty <plan@trust.org>", ("Our Trust, civic duty", "plan@trust.org")),
        ('"Our Trust" <plan@trust.org>', ("Our Trust", "plan@trust.org")),
    ],
)
def test_a_sender_is_an_address_with_or_without_a_name(text, parts):
    assert sender_of(text) == parts


@pytest.mark.parametrize("text", ["", "Our Trust", "Our Trust <plan>", "<a@b.org> <c@d.org>", "plan@trust.org (us)"])
def test_a_sender_that_is_no_address_is_refused(text):
    with pytest.raises(ValueRefused, match="Mail cannot come from"):
        sender_of(text)


# The address that opens a mail program


def read_mailto(address: str) -> tuple[str, str, str]:
    """To whom, subject and text, as a mail program takes them."""
    parts = urlsplit(address)
    fields = parse_qs(parts.query, keep_blank_values=True, strict_parsing=True)
    assert set(fields) == {"subject", "body"}
    return unquote(parts.path), fields["subject"][0], fields["body"][0]


@pytest.mark.parametrize("text", ["a & b = c? 100% #1 + 2", EMOJI, ARABIC, "line\nline", '"quoted" <b>'])
def test_a_mailto_carries_subject_and_text_whole(text):
    message = a_message(to_address="o'neil+1@centre.org", subject=text, text=text)
    assert read_mailto(mailto(message)) == ("o'neil+1@centre.org", message.subject, text.replace("\n", "\r\n"))
    assert fits_mailto(message)


def test_a_mailto_holds_nothing_that_has_to_be_escaped_on_a_page():
    address = mailto(a_message(subject="\"'<>& \n", text="\"'<script>&\n"))
    assert not set(address.partition("?")[2].replace("&body=", "")) & set("\"'<>& \r\n")


def test_what_just_fits_stays_whole_and_one_character_more_is_cut():
    room = LONGEST_MAILTO - len(mailto(a_message(text="")))
    fits, cut = a_message(text="x" * room), a_message(text="x" * (room + 1))
    assert (len(mailto(fits)), fits_mailto(fits)) == (LONGEST_MAILTO, True)
    assert (read_mailto(mailto(cut))[2], fits_mailto(cut)) == (CUT, False)


def test_a_long_text_loses_lines_from_its_end_says_so_and_keeps_its_link():
    lines = [f"{n}. Breakfast club at Hazel Grange" for n in range(100)]
    link = "https://plan.trust.org/by-link/0123456789abcdef"
    text = read_mailto(mailto(a_message(text="\n".join(["Dear Denise,", *lines, link, "Thank you"]))))[2]
    kept = text.split("\r\n")
    assert kept[:3] == ["Dear Denise,", *lines[:2]]
    assert kept[-2:] == [CUT, link]


def test_with_more_links_than_fit_nothing_but_the_cut_is_left():
    text = "\n".join(f"https://plan.trust.org/by-link/{n:064}" for n in range(40))
    assert read_mailto(mailto(a_message(text=text)))[2] == CUT


def test_a_subject_takes_at_most_a_third_of_a_mailto_and_says_that_it_was_cut():
    message = a_message(subject="👍" * 200)
    _, subject, text = read_mailto(mailto(message))
    assert (len(subject), subject[-1], text) == (53, "…", message.text.replace("\n", "\r\n"))
    assert not fits_mailto(message)


@given(st.text(max_size=300), st.text(max_size=3000))
def test_a_mailto_is_never_longer_than_windows_hands_on(subject, text):
    assert len(mailto(a_message(subject=subject, text=text))) <= LONGEST_MAILTO


def test_a_file_that_goes_along_is_not_in_a_mailto():
    assert not fits_mailto(a_message(attachments=(Attachment("sheet.xlsx", b"x"),)))


# The file


@given(name=st.text(max_size=120), subject=st.text(max_size=220), text=st.text(max_size=400))
def test_whatever_is_typed_a_message_is_to_one_address_and_says_what_was_written(name, subject, text):
    message = a_message(to_name=name, subject=subject, text=text)
    content = as_eml(message, SENDER, AT)
    assert parseaddr(message_from_bytes(content)["To"])[1] == "denise@centre.org"
    assert [one.addr_spec for one in opened(content)["To"].addresses] == ["denise@centre.org"]
    assert told(content, "Subject") == message.subject
    assert opened(content).get_content().replace("\r\n", "\n") == f"{message.text}\n"


@pytest.mark.parametrize(
    "name",
    [
        ARABIC,
        EMOJI,
        "\u202eesineD",
        'Smith, John "Jo" \\ and a very long name, with commas, that goes on and on until it has to be folded',
        "Smith, Jürgen, and a very long name, with commas, that goes on and on until it has to be folded",
        "=?utf-8?q?looks_coded?=",
        "denise@elsewhere.org",
    ],
)
def test_a_name_arrives_as_it_was_written(name):
    content = as_eml(a_message(to_name=name), SENDER, AT)
    coded, address = parseaddr(message_from_bytes(content)["To"].replace("\r\n", ""))
    assert str(make_header(decode_header(coded))) == name.replace("\u202e", "")
    assert address == "denise@centre.org"


BREAKS = ("\r\nBcc: all@centre.org", "\nBcc: all@centre.org", "\rBcc: all@centre.org", "\u2028Bcc: all@centre.org")


@pytest.mark.parametrize("typed", BREAKS)
@pytest.mark.parametrize("where", ["to_name", "subject"])
def test_a_line_break_in_a_name_or_subject_begins_no_header(where, typed):
    found = opened(as_eml(a_message(**{where: f"Denise{typed}"}), SENDER, AT))
    assert sorted(found.keys()) == sorted(opened(as_eml(a_message(), SENDER, AT)).keys())


@pytest.mark.parametrize("typed", BREAKS)
def test_a_line_break_in_the_name_of_a_file_or_a_sender_begins_no_header(typed):
    message = a_message(attachments=(Attachment(f"a{typed}.xlsx", b"x", f"text/plain{typed}"),))
    found = opened(as_eml(message, f"Trust{typed} <plan@trust.org>", AT))
    assert all("Bcc" not in part for part in found.walk())


def test_a_file_opens_as_a_draft_with_its_date_and_an_address_for_answers():
    found = opened(as_eml(a_message(reply_to="priya@trust.org"), SENDER, AT))
    assert (found["X-Unsent"], found["Date"].datetime, found["Reply-To"]) == ("1", AT, "priya@trust.org")
    assert (found["From"].addresses[0].display_name, found["Message-ID"]) == ("Our Trust, civic duty", None)


def test_without_a_sender_or_a_moment_it_is_from_whoever_opens_it():
    found = opened(as_eml(a_message()))
    assert (found["From"], found["Date"]) == (None, None)


def test_every_line_ends_as_mail_does_and_no_line_is_longer_than_it_may_be():
    content = as_eml(a_message(text=f"From here\n.\n{'x' * 5000}\n{EMOJI * 300}"), SENDER, AT)
    assert content.count(b"\n") == content.count(b"\r\n")
    assert max(map(len, content.split(b"\r\n"))) <= 78
    assert b"\r\n\r\nFrom here\r\n.\r\n" in content


@pytest.mark.parametrize(
    ("name", "mime", "kept", "kind"),
    [
        ("Return Hazel.xlsx", "application/vnd.ms-excel", "Return Hazel.xlsx", "application/vnd.ms-excel"),
        (f"{ARABIC} “{EMOJI}”.csv", "text/csv", f"{ARABIC} “{EMOJI}”.csv".replace("\u200d", ""), "text/csv"),
        ("../../etc/passwd", "nonsense", "....etcpasswd".lstrip("."), "application/octet-stream"),
    ],
)
def test_a_file_goes_along_whole_under_a_safe_name(name, mime, kept, kind):
    content = bytes(range(256)) * 40
    (part,) = opened(as_eml(a_message(attachments=(Attachment(name, content, mime),)))).iter_attachments()
    assert (part.get_filename(), part.get_content_type(), part.get_payload(decode=True)) == (kept, kind, content)


# Several in a zip


def test_a_zip_has_a_file_a_message_and_no_two_names_alike():
    names = ["Denise", "DENISE", "Denise", "", "CON", "a/b\\c:d", "..", EMOJI, ARABIC, "x" * 300]
    with zipfile.ZipFile(io.BytesIO(bundle([a_message(to_name=name) for name in names], SENDER, AT))) as files:
        found = files.namelist()
        assert opened(files.read(found[0]))["X-Unsent"] == "1"
    assert found == [
        "Denise.eml", "DENISE (2).eml", "Denise (3).eml", "denise@centre.org.eml", "CON_.eml", "abcd.eml",
        "message.eml", f"{EMOJI.replace(chr(0x200D), '')}.eml", f"{ARABIC}.eml", f"{'x' * 80}.eml",
    ]  # fmt: skip


@given(st.lists(st.text(max_size=90), max_size=8))
def test_names_in_a_zip_are_alike_on_no_system_and_lead_into_no_folder(names):
    with zipfile.ZipFile(io.BytesIO(bundle([a_message(to_name=name) for name in names]))) as files:
        found = files.namelist()
    assert len({name.casefold() for name in found}) == len(names)
    assert not [name for name in found if set(name) & set('/\\:*?"<>|') or name.startswith(".")]


# What the environment says

WHOLE = {"SMTP_HOST": "smtp.trust.org", "SMTP_FROM": SENDER, "SMTP_USER": "plan", "SMTP_PASSWORD": "secret-word"}


@pytest.mark.parametrize("environ", [{}, {"SMTP_HOST": " "}, {"PATH": "/bin"}])
def test_without_settings_there_is_no_post_office(environ):
    assert post_office(environ) is None


def test_a_post_office_begins_in_the_clear_on_587_and_goes_on_encrypted():
    assert post_office(WHOLE) == PostOffice(
        "smtp.trust.org", SENDER, 587, "plan", "secret-word", Security.STARTTLS, patience=15.0
    )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"SMTP_HOST": ""}, "half set up: SMTP_USER, SMTP_PASSWORD, SMTP_FROM but no SMTP_HOST"),
        ({"SMTP_FROM": ""}, "but no SMTP_FROM"),
        ({"SMTP_FROM": "Our Trust"}, 'SMTP_FROM: Mail cannot come from "Our Trust"'),
        ({"SMTP_PASSWORD": ""}, "come together"),
        ({"SMTP_USER": ""}, "come together"),
        ({"SMTP_PASSWORD": "geheimwört"}, "ASCII"),
        ({"SMTP_PORT": "0"}, "1 to 65535"),
        ({"SMTP_PORT": "65536"}, "1 to 65535"),
        ({"SMTP_PORT": "²"}, "1 to 65535"),
        ({"SMTP_SECURITY": "ssl"}, "starttls, tls, none"),
        ({"SMTP_SECURITY": "none"}, "another machine"),
        ({"SMTP_HOST": "smtp.trust.org:587"}, "without its port"),
        ({"SMTP_HOST": "smtp..org"}, "SMTP_HOST is"),
        ({"SMTP_PASSWORD_FILE": "/nowhere"}, "given twice"),
        ({"SMTP_PASSWORD": "", "SMTP_PASSWORD_FILE": "/nowhere"}, "/nowhere cannot be read"),
    ],
)
def test_half_a_post_office_is_refused_in_words_that_never_hold_the_password(changes, words):
    with pytest.raises(ValueRefused, match=words) as refusal:
        post_office({**WHOLE, **changes})
    assert not {"secret-word", "geheimwört"} & {word.strip('".,') for word in str(refusal.value).split()}


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1"])
def test_to_this_machine_mail_may_go_in_the_clear(host):
    office = post_office({**WHOLE, "SMTP_HOST": host, "SMTP_SECURITY": "None", "SMTP_PORT": "65535"})
    assert office is not None
    assert (office.security, office.port) == (Security.NONE, 65535)


def test_the_password_is_read_from_a_file_of_ones_own(tmp_path):
    path = tmp_path / "password"
    path.write_text("secret-word\n", encoding="utf-8")
    path.chmod(0o640)
    environ = {**WHOLE, "SMTP_PASSWORD": "", "SMTP_PASSWORD_FILE": str(path)}
    office = post_office(environ)
    assert office is not None
    assert office.password == "secret-word"
    assert "secret-word" not in repr(office)
    path.chmod(0o644)
    if os.name == "posix":
        with pytest.raises(ValueRefused, match=r"Everyone on this machine can read .* chmod 600"):
            post_office(environ)
