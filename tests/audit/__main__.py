"""`make audit`: licences, a scan for secrets, and known vulnerabilities of every locked package (pip-audit).

Exit code 1: something was found. 2: nothing was found, but the advisories could not be asked, so that nothing is known of them.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys

from tests.audit.licences import ROOT, table, write, written
from tests.audit.secret_patterns import scan
from tests.audit.test_audit import FORBIDDEN


def advisories(lock: str) -> tuple[int, int, list[str]]:
    """How many packages were looked up, how many could not be, and what is known against the others."""
    line = [sys.executable, "-m", "pip_audit", "--require-hashes", "--disable-pip", "--format", "json", "-r", lock]
    done = subprocess.run([*line, "--progress-spinner", "off"], cwd=ROOT, capture_output=True, text=True, check=False)
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        print(
            done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "pip-audit said nothing", file=sys.stderr
        )
        return 0, 1, []
    skipped = [one for one in packages if "skip_reason" in one]
    found = [
        f"{one['name']} {one['version']}: {flaw['id']}, mended in {', '.join(flaw['fix_versions']) or 'nothing yet'}"
        for one in packages
        for flaw in one.get("vulns", ())
    ]
    return len(packages) - len(skipped), len(skipped), found


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.audit", description=__doc__)
    parser.add_argument("--write", action="store_true", help="write docs/licences.md anew and stop")
    if parser.parse_args().write:
        write()
        return
    licences = table()
    wrong = [
        f"{name}: {text}" for name, text in licences.items() if FORBIDDEN.search(text) or written().get(name) != text
    ]
    print(f"licences: {len(licences)} packages, {len(wrong)} in question (docs/licences.md)")
    secrets = list(scan())
    print(f"secrets: {len(secrets)} places")
    asked = missed = 0
    flaws: list[str] = []
    for lock in ("requirements.txt", "requirements-dev.txt"):
        known, unknown, found = advisories(lock)
        asked, missed, flaws = asked + known, missed + unknown, flaws + found
        print(
            f"advisories, {lock}: {known} packages looked up, {len(found)} flaws known, {unknown} could not be looked up"
        )
    for line in (*wrong, *secrets, *flaws):
        print(f"  {line}")
    if wrong or secrets or flaws:
        sys.exit(1)
    if missed or not asked:
        print(
            "The advisory service cannot be reached from here (or does not know these packages): run this where it can."
        )
        sys.exit(2)


if __name__ == "__main__":
    main()
