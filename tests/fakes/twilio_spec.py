"""Twilio's OpenAPI description as a judge: which paths and parameters exist, and whether values have the right types.

Lengths and the rules of WhatsApp are left to twilio_limits.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

Json = dict[str, Any]
Form = Mapping[str, list[str]]

SPECS = Path(__file__).parent.parent / "specs"
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Operation:
    """One verb on one path."""

    verb: str
    template: str
    spec: Json
    schemas: Json

    def match(self, path: str) -> re.Match[str] | None:
        return re.fullmatch(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+?)", self.template.replace(".", r"\.")), path)

    @property
    def body_type(self) -> str | None:
        """The only content type that the operation takes, None if it takes no body."""
        return next(iter(self.spec.get("requestBody", {}).get("content", {})), None)

    def check_path(self, values: Mapping[str, str]) -> list[str]:
        return list(
            self._check_strings(self._parameters("path"), {name: [value] for name, value in values.items()}, ())
        )

    def check_query(self, query: Form) -> list[str]:
        return list(self._check_strings(self._parameters("query"), query, ()))

    def check_form(self, form: Form) -> list[str]:
        schema = self._resolve(self.spec["requestBody"]["content"][FORM]["schema"]) if self.body_type else {}
        return list(self._check_strings(schema.get("properties", {}), form, schema.get("required", ())))

    def check_json(self, body: Any) -> list[str]:
        return list(self._check_json(self.spec["requestBody"]["content"]["application/json"]["schema"], body, "body"))

    def _parameters(self, place: str) -> dict[str, Json]:
        return {p["name"]: p["schema"] for p in self.spec.get("parameters", []) if p["in"] == place}

    def _resolve(self, schema: Json) -> Json:
        while "$ref" in schema:
            schema = self.schemas[schema["$ref"].rpartition("/")[2]]
        return schema

    def _check_strings(self, known: Mapping[str, Json], given: Form, required: Any) -> Iterator[str]:
        """Check a form or a query, where everything is a string and lists are repeated names."""
        yield from (f"unknown parameter {name}" for name in given if name not in known)
        yield from (f"missing required parameter {name}" for name in required if name not in given)
        for name in known.keys() & given.keys():
            schema = self._resolve(known[name])
            many = schema.get("type") == "array"
            if len(given[name]) > 1 and not many:
                yield f"{name} is given {len(given[name])} times"
            item = self._resolve(schema["items"]) if many else schema
            for value in given[name]:
                yield from check_string(item, value, name)

    def _check_json(self, schema: Json, value: Any, where: str) -> Iterator[str]:
        schema = self._resolve(schema)
        if value is None and schema.get("nullable"):
            return
        match schema.get("type"):
            case "object" if isinstance(value, dict):
                known: Json = schema.get("properties", {})
                other = schema.get("additionalProperties")
                yield from (f"missing {where}.{name}" for name in schema.get("required", []) if name not in value)
                for name, item in value.items():
                    inner = known.get(name, other)
                    if isinstance(inner, dict):
                        yield from self._check_json(inner, item, f"{where}.{name}")
                    elif known:
                        yield f"unknown {where}.{name}"
            case "array" if isinstance(value, list):
                for index, item in enumerate(value):
                    yield from self._check_json(schema["items"], item, f"{where}[{index}]")
            case "string" if isinstance(value, str):
                yield from check_string(schema, value, where)
            case "boolean" if isinstance(value, bool):
                return
            case "integer" | "number" if isinstance(value, int | float) and not isinstance(value, bool):
                return
            case None:
                return
            case kind:
                yield f"{where} must be {kind}, not {json.dumps(value)[:80]}"


def check_string(schema: Json, value: str, where: str) -> Iterator[str]:
    """Check one value that came as a string."""
    kind = schema.get("type")
    if kind == "integer" and not re.fullmatch(r"-?\d+", value):
        yield f"{where} must be an integer, not {value!r}"
    elif kind == "integer" and not schema.get("minimum", int(value)) <= int(value) <= schema.get("maximum", int(value)):
        yield f"{where} must be {schema.get('minimum')} to {schema.get('maximum')}, not {value}"
    if kind == "boolean" and value.lower() not in ("true", "false"):
        yield f"{where} must be true or false, not {value!r}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{where} must be one of {schema['enum']}, not {value!r}"
    if "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{where} {value!r} does not look like {schema['pattern']}"
    if schema.get("format") == "uri" and not (urlsplit(value).scheme in ("http", "https") and urlsplit(value).hostname):
        yield f"{where} is no valid URL: {value!r}"


@cache
def operations() -> tuple[Operation, ...]:
    """Everything that the reduced descriptions hold, read once."""
    found: list[Operation] = []
    for path in sorted(SPECS.glob("twilio_*.json")):
        spec: Json = json.loads(path.read_text(encoding="utf-8"))
        schemas = spec["components"]["schemas"]
        for template, verbs in spec["paths"].items():
            found += [Operation(verb.upper(), template, item, schemas) for verb, item in verbs.items()]
    return tuple(found)


def find_operation(verb: str, path: str) -> tuple[Operation, dict[str, str]] | None:
    """Find what a request asks for, and the values in its path."""
    for operation in operations():
        if operation.verb == verb and (matched := operation.match(path)):
            return operation, matched.groupdict()
    return None
