"""What is told about a paper that somebody sent: one thing to do, in the order in which findings are told.

Not here: finding it (see domain/papers/), asking for papers and keeping them.
"""

from __future__ import annotations

from collections.abc import Iterable

from dialogs.messages import Phrase, say
from domain.papers.findings import REMARKS, Finding, in_order


def told(findings: Iterable[Finding]) -> tuple[Phrase, ...]:
    """The first thing that can be mended, and every remark. Nothing where nothing was found."""
    order = in_order(findings)
    mended = [finding for finding in order if finding not in REMARKS][:1]
    return tuple(say(f"papers.{finding.value}") for finding in (*mended, *(each for each in order if each in REMARKS)))
