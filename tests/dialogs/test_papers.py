"""One thing to do about a paper at a time."""

from __future__ import annotations

from dialogs.papers import told
from domain.papers.findings import Finding


def test_the_first_thing_that_can_be_mended_is_told_and_every_remark() -> None:
    found = {Finding.EXPIRED, Finding.BLURRED, Finding.SIGNATURE_NOT_VERIFIED}
    assert [phrase.key for phrase in told(found)] == ["papers.blurred", "papers.signature_not_verified"]
    assert told([]) == ()
