"""What is asked of the writer's thread besides turns: writes, and the three questions that must see marks made just before."""

from __future__ import annotations

import ast

from tests.sources import of

WRITES = {
    "bot.channels.whatsapp.kept": ["keep_content", "move_delivery"],
    "bot.delivery.outbox": ["work"],  # pause_chat, pause_channel
    "bot.running.chores": ["partial(purge_uploads)", "partial(sweep)", "partial(sweep)"],
    "bot.running.failed_events": ["ask"],  # unfinished: parks what cannot be read
    "bot.running.timers": ["partial(close_contacts)", "partial(give_to_persons)"],
    "bot.running.processes": ["take_over", "claim", "leave", "work", "inherit", "self._claim"],  # work: heartbeat
}
MUST_SEE_MARKS = {
    "bot.channels.whatsapp.kept": ["known_to_be_sent"],
    "bot.running.processes": ["running_pauses", "owned"],
}
"""What was sent or paused a moment ago may still be a mark in hand: only the writer answers after it."""


def test_only_writes_and_three_questions_run_on_the_writers_thread() -> None:
    found: dict[str, list[str]] = {}
    for module in of("bot", "storage"):
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("writer.call"):
                found.setdefault(module.name, []).append(_work(node.args[0]))
    expected = {name: sorted([*works, *MUST_SEE_MARKS.get(name, ())]) for name, works in WRITES.items()}
    assert {name: sorted(works) for name, works in found.items()} == expected


def _work(argument: ast.expr) -> str:
    """The function that is to run: of `lambda connection: leave(connection, me)` it is `leave`."""
    if isinstance(argument, ast.Lambda):
        assert isinstance(argument.body, ast.Call)
        return ast.unparse(argument.body.func)
    if isinstance(argument, ast.Call):
        return f"{ast.unparse(argument.func)}({ast.unparse(argument.args[0])})"
    return ast.unparse(argument)
