"""Licences are known and allowed, and nothing secret is kept by git."""

from __future__ import annotations

import re

import pytest

from tests.audit.licences import bundled, named_inside, table, written
from tests.audit.secret_patterns import SHAPES, scan

FORBIDDEN = re.compile(r"(?<!L)GPL|AGPL|SSPL|unknown|not installed|Proprietary|Commercial", re.IGNORECASE)
"""What may not be installed with the program; LGPL libraries are used as they are, unchanged."""


def test_every_package_has_a_licence_that_allows_what_we_do() -> None:
    assert {name: text for name, text in table().items() if FORBIDDEN.search(text)} == {}


def test_the_document_of_licences_is_of_today() -> None:
    said = written()
    assert {name: text for name, text in table().items() if said.get(name) != text} == {}


def test_libraries_that_lie_inside_packages_are_named_with_a_licence() -> None:
    said, found = named_inside(), bundled()
    assert {"libpq", "libcrypto"} <= found.keys()
    assert {library: package for library, package in found.items() if not re.search(rf"\b{library}\b", said)} == {}


def test_nothing_in_the_repository_looks_like_a_secret() -> None:
    assert list(scan()) == []


@pytest.mark.parametrize(
    ("what", "parts"),
    [
        ("a Telegram token", ("123456789:", "AAE" + "x" * 32)),
        ("a private key", ("-----BEGIN RSA ", "PRIVATE KEY-----")),
        ("a Twilio token", ("TWILIO_AUTH_TOKEN=", "0123456789abcdef" * 2)),
        ("an encryption key", ("ENCRYPTION_KEY=", "A" * 43 + "=")),
        ("a password in an address", ("postgresql://bot:", "hunter22@db/utys")),
    ],
)
def test_the_scan_knows_a_secret_when_it_sees_one(what: str, parts: tuple[str, str]) -> None:
    assert SHAPES[what].search("".join(parts))
