"""A genuine call of Twilio's with its borders moved: the same joined text, so the same signature, read otherwise.

Leaves posting them to `running`.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.fakes.twilio_people import Form

Pairs = tuple[tuple[str, str], ...]


def moved(form: Form) -> Iterator[Form]:
    """Every way to move one border by some letters or to leave it out, and to make a new one before a capital letter: what is still
    in order, and so is signed as the genuine one is."""
    pairs = tuple((name, form[name]) for name in sorted(form))
    joined, seen = _joined(pairs), {pairs}
    for other in _moved(pairs):
        if other in seen or not _in_order(other):
            continue
        seen.add(other)
        assert _joined(other) == joined
        yield dict(other)


def _moved(pairs: Pairs) -> Iterator[Pairs]:
    for place, (name, value) in enumerate(pairs):
        before, after = pairs[:place], pairs[place + 1 :]
        whole = name + value
        for steps in (*range(-3, 4), *range(5, 40, 5)):  # between a name and its value
            if steps and 0 < len(name) + steps <= len(whole):
                yield (*before, (whole[: len(name) + steps], whole[len(name) + steps :]), *after)
        for cut in (at for at in range(1, len(value)) if value[at].isascii() and value[at].isalpha()):  # within a value
            for end in {cut + 1, min(cut + 6, len(value)), len(value)}:
                yield (*before, (name, value[:cut]), (value[cut:end], value[end:]), *after)
        if not after:
            continue
        (following, its), rest = after[0], after[1:]
        yield (*before, (name, value + following + its), *rest)  # between a value and the next name
        for steps in range(1, 4):
            if len(following) > steps:
                yield (*before, (name, value + following[:steps]), (following[steps:], its), *rest)
            if len(value) >= steps:
                yield (*before, (name, value[:-steps]), (value[-steps:] + following, its), *rest)


def _joined(pairs: Pairs) -> str:
    return "".join(name + value for name, value in pairs)


def _in_order(pairs: Pairs) -> bool:
    names = [name for name, _ in pairs]
    return all(names) and names == sorted(set(names))
