"""What counts as signed is exactly what Twilio's own library takes for signed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator

from bot.channels.whatsapp.signature import Signatures

TOKEN = "a0b1" * 8
LIBRARY, OURS = RequestValidator(TOKEN), Signatures(TOKEN)
WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
FORMS = st.dictionaries(WORDS, WORDS, max_size=8)
URLS = st.sampled_from(
    [
        "https://utys.example/whatsapp/webhook",
        "https://utys.example:8443/whatsapp/status",
        "http://utys.example/w?a=1&b=%20",
    ]
)


@given(URLS, FORMS)
def test_what_the_library_signs_fits(url: str, form: dict[str, str]) -> None:
    assert OURS.fits(url, form, LIBRARY.compute_signature(url, form))


@given(URLS, FORMS, FORMS, URLS)
def test_a_signature_fits_nothing_else(url: str, form: dict[str, str], other: dict[str, str], elsewhere: str) -> None:
    signature = LIBRARY.compute_signature(url, form)
    assert OURS.fits(elsewhere, other, signature) == LIBRARY.validate(elsewhere, other, signature)


@pytest.mark.parametrize("url", ["https://utys.example:443/whatsapp/webhook", "https://utys.example/whatsapp/webhook"])
def test_twilio_may_sign_with_or_without_the_port(url: str) -> None:
    form = {"Body": "сәлем", "From": "whatsapp:+77010000001"}
    assert OURS.fits("https://utys.example/whatsapp/webhook", form, LIBRARY.compute_signature(url, form))


@pytest.mark.parametrize("signature", ["", "x", "құпия", "\ud800", "AAAAAAAAAAAAAAAAAAAAAAAAAAA="])
def test_what_is_no_signature_does_not_fit(signature: str) -> None:
    assert not OURS.fits("https://utys.example/", {"Body": "a"}, signature)
