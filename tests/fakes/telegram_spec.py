"""The Bot API description as a judge: which methods and parameters exist, and whether values have the right types.

Rules that the description has no words for (markup, keyboards, commands) are left to telegram_limits.
"""

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

Json = dict[str, Any]

SPEC = Path(__file__).parent.parent / "specs" / "telegram-bot-api.json"
PLAIN = {"Integer", "Float", "String", "Boolean", "True"}
INTEGER = re.compile(r"-?\d{1,19}")
TRUTH = {"true": True, "false": False, "1": True, "0": False}
PARSED = {"text", "caption", "message_text"}  # their length counts after entities are parsed: telegram_limits


def units(text: str) -> int:
    """Length in UTF-16 code units, the way Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


class BotApi:
    """One version of the Bot API."""

    def __init__(self, path: Path = SPEC) -> None:
        spec: Json = json.loads(path.read_text(encoding="utf-8"))
        self.methods: dict[str, Json] = spec["methods"]
        self.types: dict[str, Json] = spec["types"]

    def returns(self, method: str) -> list[str]:
        return list(self.methods[method]["returns"])

    def read(self, method: str, raw: Mapping[str, Any]) -> tuple[Json, list[str]]:
        """Turn what came over the wire (strings in a form, anything in JSON) into typed parameters."""
        known = {field["name"]: field["types"] for field in self.methods[method]["fields"]}
        params: Json = {}
        problems: list[str] = []
        for name, value in raw.items():
            try:
                params[name] = read_value(value, known[name]) if name in known else value
            except ValueError as error:
                problems.append(f"can't parse {name} JSON object: {error}")
        return params, problems

    def check_call(self, method: str, params: Mapping[str, Any], files: Iterable[str] = ()) -> list[str]:
        """List what is wrong with a call: unknown, missing or ill-typed parameters, files that nothing refers to."""
        attached = set(files)
        problems = self._check_fields(self.methods[method]["fields"], params, "", attached)
        referred = set(re.findall(r"attach://([^\"\\\s]+)", json.dumps(params, ensure_ascii=False)))
        problems += [f"attach://{name} refers to no file of this request" for name in sorted(referred - attached)]
        known = {field["name"] for field in self.methods[method]["fields"]}
        problems += [f"unknown parameter {name} (a file)" for name in sorted(attached - referred - known)]
        return problems

    def check(self, value: Any, types: list[str], where: str) -> list[str]:
        """List what is wrong with a value that must be of one of the types."""
        if isinstance(value, list):
            inner = [name.removeprefix("Array of ") for name in self._flat(types) if name.startswith("Array of ")]
            if inner:
                return [p for i, item in enumerate(value) for p in self.check(item, inner, f"{where}[{i}]")]
        elif isinstance(value, dict):
            found = [self._check_object(value, name, where) for name in self._candidates(value, types)]
            if found:
                return min(found, key=len)
        elif any(is_plain(value, name) for name in self._flat(types)):
            return lone_surrogates(value, where)
        return [f"{where} must be {' or '.join(types)}, not {json.dumps(value, default=str)[:80]}"]

    def _flat(self, types: Iterable[str]) -> list[str]:
        """Replace unions by their members."""
        names: list[str] = []
        for name in types:
            members = self.types.get(name, {}).get("subtypes")
            names += self._flat(members) if members else [name]
            if name == "KeyboardButton":
                names.append("String")  # said only in prose: a plain string may stand for a button
        return names

    def _candidates(self, value: Json, types: Iterable[str]) -> list[str]:
        """Narrow a union down by the fixed values (`type`, `status`) of its members."""
        objects = [name for name in self._flat(types) if name in self.types]
        fixed = {name: [f for f in self.types[name]["fields"] if "const" in f] for name in objects}
        exact = [n for n in objects if fixed[n] and all(value.get(f["name"]) == f["const"] for f in fixed[n])]
        return exact or objects

    def _check_object(self, value: Json, name: str, where: str) -> list[str]:
        return self._check_fields(self.types[name]["fields"], value, f"{where}.", ())

    def _check_fields(
        self, fields: list[Json], value: Mapping[str, Any], prefix: str, files: Iterable[str]
    ) -> list[str]:
        known = {field["name"]: field for field in fields}
        problems = [f"unknown parameter {prefix}{name}" for name in value if name not in known]
        for name, field in known.items():
            if name not in value:
                if field["required"] and name not in files:
                    problems.append(f"missing required parameter {prefix}{name}")
                continue
            problems += self.check(value[name], field["types"], prefix + name)
            if "const" in field and value[name] != field["const"]:
                problems.append(f"{prefix}{name} must be {field['const']}")
            if "length" in field and isinstance(value[name], str) and not (name in PARSED and "parse_mode" in known):
                problems += check_length(value[name], field, prefix + name)
        return problems


def read_value(value: Any, types: list[str]) -> Any:
    """Read one value: forms carry strings only, JSON bodies may carry objects as strings too."""
    if not isinstance(value, str):
        return value
    if "Integer" in types and INTEGER.fullmatch(value):
        return int(value)
    if "String" in types or "InputFile" in types:
        return value
    if types[0] in ("Boolean", "True"):
        return TRUTH.get(value.lower(), value)
    if types == ["Float"]:
        return float(value)
    return value if types == ["Integer"] else json.loads(value)


def is_plain(value: Any, name: str) -> bool:
    match name:
        case "Integer":
            return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63
        case "Float":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "Boolean":
            return isinstance(value, bool)
        case "True":
            return value is True
        case "String" | "InputFile":
            return isinstance(value, str)
    return False


def lone_surrogates(value: Any, where: str) -> list[str]:
    if isinstance(value, str) and any(0xD800 <= ord(char) <= 0xDFFF for char in value):
        return [f"{where}: strings must be encoded in UTF-8"]
    return []


def check_length(value: str, field: Json, where: str) -> list[str]:
    least, most = field["length"]
    size = units(value) if field["unit"] == "characters" else len(value.encode("utf-8", "surrogatepass"))
    return [] if least <= size <= most else [f"{where} is {size} {field['unit']} long, allowed are {least}-{most}"]


@cache
def bot_api() -> BotApi:
    """The description, read once."""
    return BotApi()
