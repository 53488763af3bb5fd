"""The house stands: bot -> storage -> dialogs -> domain, no way back, no clock and no file where only thinking is done."""

from __future__ import annotations

import ast
from collections import Counter
from graphlib import TopologicalSorter

import pytest

from dialogs.router import SCENES
from tests.sources import LAYERS, Module, folder, modules, names, of

PURE = {
    *(
        "__future__",
        "bisect",
        "calendar",
        "collections",
        "dataclasses",
        "datetime",
        "decimal",
        "enum",
        "functools",
        "graphlib",
        "hashlib",
    ),
    *(
        "itertools",
        "math",
        "operator",
        "re",
        "statistics",
        "string",
        "types",
        "typing",
        "unicodedata",
        "zlib",
        "zoneinfo",
    ),
    *("holidays", "msgspec", "numpy", "rapidfuzz"),
}
"""What dialogs and domain may use of the world: nothing here waits, sends, reads a file or a clock, or throws dice."""
WORLDLY_CALLS = {"open", "print", "input", "exec", "eval", "compile", "__import__", "id", "hash"}
"""`hash` and `id` differ from run to run."""
WORLDLY_METHODS = {"now", "today", "utcnow"}
UNITS = {"Seconds": "_S", "ms ": "_MS", "Milliseconds": "_MS"}


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_a_module_imports_only_its_own_layer_and_what_stands_to_its_right(module: Module) -> None:
    allowed = LAYERS[LAYERS.index(module.layer) :]
    ours = {name for name in module.imports() if name.partition(".")[0] in LAYERS}
    wrong = {name for name in ours if name.partition(".")[0] not in allowed}
    assert not wrong


def test_no_module_imports_tests_or_benchmarks() -> None:
    assert not [m.name for m in modules() for name in m.imports() if name.partition(".")[0] in ("tests", "benchmarks")]


def test_storage_knows_no_scene() -> None:
    """What a scene needs loaded it says itself (`Scene.needs`); the storage is told through `Turns`."""
    shapes = {"dialogs.conversation", "dialogs.messages", "dialogs.turn"}
    known = {name for name in names() if name.startswith("dialogs.")} - shapes
    assert not [module.name for module in of("storage") for name in module.imports() if name in known]


def test_no_imports_run_in_a_circle() -> None:
    """Imports inside functions count: a circle that is put off is still one."""
    graph = {module.name: {name for name in module.imports() if name in names()} for module in modules()}
    assert tuple(TopologicalSorter(graph).static_order())  # raises CycleError, naming the circle


def test_no_folder_imports_one_that_imports_it() -> None:
    """Folders that stand beside each other; what lies in a folder may use its parent's files, and the other way round."""
    graph: dict[str, set[str]] = {}
    for module in modules():
        for name in module.imports():
            mine, other = folder(module.name), folder(name)
            if name in names() and not f"{mine}.".startswith(f"{other}.") and not f"{other}.".startswith(f"{mine}."):
                graph.setdefault(mine, set()).add(other)
    assert tuple(TopologicalSorter(graph).static_order())


def test_no_module_hides_an_import_behind_type_checking() -> None:
    assert not [module.name for module in modules() if "TYPE_CHECKING" in ast.unparse(module.tree)]


@pytest.mark.parametrize("module", of("dialogs", "domain"), ids=lambda module: module.name)
def test_dialogs_and_domain_only_think(module: Module) -> None:
    """They get the time, fresh ids and texts as arguments, and give back values."""
    foreign = {name.partition(".")[0] for name in module.imports()} - set(LAYERS) - PURE
    assert not foreign
    called = {name for name in module.calls() if name in WORLDLY_CALLS or name.rpartition(".")[2] in WORLDLY_METHODS}
    assert not called
    waits = [node for node in ast.walk(module.tree) if isinstance(node, ast.AsyncFunctionDef | ast.Await | ast.Global)]
    assert not waits


def test_no_code_reads_what_lies_beside_the_repository() -> None:
    assert not [
        module.name for module in modules() for text in module.strings() if "/shared" in text or "shared/" in text
    ]


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_every_module_says_what_it_is_for(module: Module) -> None:
    assert ast.get_docstring(module.tree) or not module.tree.body


# the scenes: explicit tables, and everything that the code names stands in one of them


def test_every_step_that_is_named_exists() -> None:
    for module in of("dialogs"):
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "at":
                scene, step = (ast.literal_eval(argument) for argument in node.args)
                assert step in SCENES[scene].steps, f"{module.name}: {scene}.{step}"


def test_every_scene_is_registered_under_its_own_name() -> None:
    assert all(name == scene.name and scene.steps for name, scene in SCENES.items())


def test_no_two_scenes_answer_the_same_button() -> None:
    for words in (
        [word for scene in SCENES.values() for word in scene.options],
        [word for scene in SCENES.values() for word in scene.plain],
    ):
        assert len(words) == len(set(words))


def test_every_button_that_is_named_is_answered() -> None:
    plain = {word for scene in SCENES.values() for word in scene.plain}
    about = {word for scene in SCENES.values() for word in scene.options}
    for module in of("dialogs"):
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Option" and node.args:
                written = ast.unparse(node.args[0]).lstrip("f").strip("'\"")
                word, dot, _ = written.partition(".")
                if isinstance(node.args[0], (ast.Constant, ast.JoinedStr)):
                    assert word in (about if dot else plain), f"{module.name}: {written}"


# words: what is named, is named once, and says in what unit it counts


def test_no_class_name_stands_twice() -> None:
    classes = [node.name for module in modules() for node in ast.walk(module.tree) if isinstance(node, ast.ClassDef)]
    assert [name for name, count in Counter(classes).items() if count > 1] == []


def test_a_constant_of_time_carries_its_unit() -> None:
    """A number whose docstring counts in seconds or milliseconds says so in its name; a timedelta knows its own."""
    bare = []
    for module in modules():
        for constant, words in zip(module.tree.body, module.tree.body[1:], strict=False):
            if (
                isinstance(constant, ast.Assign)
                and isinstance(words, ast.Expr)
                and isinstance(words.value, ast.Constant)
            ):
                said, name = str(words.value.value), ast.unparse(constant.targets[0])
                unit = next((ending for word, ending in UNITS.items() if said.startswith(word)), None)
                if unit and not name.endswith(unit):
                    bare.append(f"{module.name}.{name}")
    assert bare == []
