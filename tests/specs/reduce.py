"""Cuts the published API descriptions down to what the fakes check: names, types, required-ness, lengths, fixed values.

Where the full descriptions come from and under which licence is told in README.md; reading it is the fakes' work.
"""

import argparse
import json
import re
from pathlib import Path
from typing import Any

Json = dict[str, Any]

HERE = Path(__file__).parent
TWILIO: dict[str, tuple[str, ...]] = {
    "twilio_api_v2010.json": ("/Messages.json", "/Messages/{Sid}.json", "/Messages/{MessageSid}/Media"),
    "twilio_content_v1.json": ("/v1/Content", "/v1/Content/"),
    "twilio_messaging_v2.json": ("/v2/Indicators/Typing.json",),
}
NOISE = {"description", "x-twilio", "examples", "example", "responses", "tags", "summary", "servers", "security"}
VERBS = {"get", "post", "put", "delete"}

LENGTH = re.compile(r"(?<![\w.])(\d+)-(\d+) (characters|bytes)")
FIXED = re.compile(r"(?:must be|always) '?([a-z_0-9]+)'?$")


def reduce_telegram(spec: Json) -> Json:
    """Keep every member by name and type; lengths and fixed values are lifted out of the descriptions first."""
    kept: Json = {key: spec[key] for key in ("version", "release_date", "source")}
    for kind in ("methods", "types"):
        kept[kind] = {}
        for name, member in spec[kind].items():
            small: Json = {"fields": [reduce_field(field) for field in member.get("fields", [])]}
            small |= {key: member[key] for key in ("returns", "subtypes") if member.get(key)}
            kept[kind][name] = small
    return kept


def reduce_field(field: Json) -> Json:
    small: Json = {"name": field["name"], "types": field["types"], "required": field["required"]}
    if length := LENGTH.search(field["description"]):
        small["length"] = [int(length[1]), int(length[2])]
        small["unit"] = length[3]
    if field["name"] in ("type", "status", "source") and (fixed := FIXED.search(field["description"])):
        small["const"] = fixed[1]
    return small


def reduce_twilio(spec: Json, wanted: tuple[str, ...]) -> Json:
    """Keep the wanted paths and the schemas that their requests lead to."""
    paths: Json = {}
    for path, item in spec["paths"].items():
        if any(path.endswith(part) if part.endswith(".json") else part in path for part in wanted):
            paths[path] = {verb: strip(item[verb]) for verb in sorted(VERBS & item.keys())}
    schemas: Json = {}
    todo = references(paths)
    while todo:
        name = todo.pop()
        if name not in schemas:
            schemas[name] = strip(spec["components"]["schemas"][name])
            todo |= references(schemas[name])
    info = {key: spec["info"][key] for key in ("title", "version", "license")}
    return {
        "openapi": spec["openapi"],
        "info": info,
        "paths": paths,
        "components": {"schemas": dict(sorted(schemas.items()))},
    }


def strip(node: Any, inside_properties: bool = False) -> Any:
    """Drop the noise, but never a property that happens to be called `description`."""
    if isinstance(node, dict):
        return {
            key: strip(value, key == "properties" and not inside_properties)
            for key, value in node.items()
            if inside_properties or key not in NOISE
        }
    if isinstance(node, list):
        return [strip(item) for item in node]
    return node


def references(node: Any) -> set[str]:
    return set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(node)))


def main() -> None:
    """Read the full descriptions from a folder and write the reduced ones beside this file."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("source", type=Path, help="folder with the full descriptions")
    source: Path = parser.parse_args().source
    small = {"telegram-bot-api.json": reduce_telegram(json.loads((source / "telegram-bot-api.json").read_text()))}
    for name, wanted in TWILIO.items():
        small[name] = reduce_twilio(json.loads((source / name).read_text()), wanted)
    for name, spec in small.items():
        (HERE / name).write_text(json.dumps(spec, ensure_ascii=False, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
