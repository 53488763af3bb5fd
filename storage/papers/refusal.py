"""A file that cannot be opened as a paper, with the reason."""

from __future__ import annotations

from domain.papers.findings import Finding


class Refused(Exception):
    """Raised by everything that opens files here; `finding` says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.value)
        self.finding = finding
