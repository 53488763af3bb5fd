"""compose.yaml and env.example are held against the program and against each other."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address, ip_network
from pathlib import Path
from threading import Thread
from typing import ClassVar

import pytest
import yaml

from bot.settings import Settings
from bot.web.preview.channel import STATIC
from tests.deploy.composed import DEPLOY, Composed, interpolate, offered
from tests.world import World

OF_COMPOSE = {"POSTGRES_PASSWORD", "FILES_USER", "FILES_PASSWORD", "CERTIFICATES"}
OF_S3 = {"AWS_ENDPOINT_URL", "AWS_ALLOW_HTTP", "AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"}
"""Nothing of ours reads them yet."""


@pytest.fixture
def composed() -> Composed:
    return Composed(POSTGRES_PASSWORD="of-the-database", FILES_PASSWORD="of-the-files")


def test_every_setting_that_is_given_exists(composed: Composed) -> None:
    known = {name.upper() for name in Settings.model_fields}
    assert set(offered()) - OF_COMPOSE <= known
    assert {"PUBLIC_URL", "ENCRYPTION_KEY", *OF_COMPOSE} <= set(offered())
    for name in ("bot-1", "bot-2"):
        assert set(composed.services[name]["environment"]) - known == OF_S3
    assert set(re.findall(r"(?<!\$)\$\{(\w+)", composed.text)) == {*OF_COMPOSE, "PUBLIC_URL"}


def test_what_must_be_filled_in_is_asked_for() -> None:
    with pytest.raises(KeyError, match="POSTGRES_PASSWORD is required"):
        Composed(FILES_PASSWORD="of-the-files")
    assert interpolate("a $${b} ${c}", {"c": "d"}) == "a ${b} d"


def test_both_processes_are_alike_and_only_the_proxy_can_be_reached(composed: Composed) -> None:
    services = composed.services
    assert services["bot-1"] == services["bot-2"]
    assert {name: service["ports"] for name, service in services.items() if "ports" in service} == {
        "proxy": ["443:8443", "80:8080"]
    }
    config = (DEPLOY / "haproxy.cfg").read_text("utf-8")
    assert re.findall(r"^    server (bot-\d) (bot-\d:8080) maxconn 900$", config, re.MULTILINE) == [
        ("bot-1", "bot-1:8080"),
        ("bot-2", "bot-2:8080"),
    ]
    assert re.findall(r"bind :(\d+)", config) == ["8080", "8443", "8404"]


def test_the_proxy_lets_through_what_the_program_answers_and_nothing_that_is_told_inside(world: World) -> None:
    config = (DEPLOY / "haproxy.cfg").read_text("utf-8")
    plain = [path for line in re.findall(r"^    acl \w+ path (/.*)$", config, re.MULTILINE) for path in line.split()]
    shapes = re.findall(r"^    acl \w+ path_reg (\S+)$", config, re.MULTILINE)
    samples = {"/preview/files/12345678", *(f"/preview/static/{path.name}" for path in STATIC.iterdir())}
    web = world.app.web()
    served = {*web.webhooks, *web.pages} - {"/healthz"}
    assert served - {"/preview/files/{id:str}", "/preview/static/{file_path:path}"} == set(plain)
    assert {path for path in samples if not any(re.fullmatch(shape, path) for shape in shapes)} == set()
    assert len(shapes) == 2


def test_no_container_has_capabilities_and_the_proxy_cannot_reach_what_is_kept(composed: Composed) -> None:
    for service in composed.services.values():
        assert (service["cap_drop"], service["security_opt"]) == (["ALL"], ["no-new-privileges:true"])
    networks = {name: set(service["networks"]) for name, service in composed.services.items()}
    assert networks == {
        **{name: {"edge", "kept"} for name in ("bot-1", "bot-2")},
        **{name: {"kept"} for name in ("database", "files", "bucket")},
        "proxy": {"edge"},
    }
    described = yaml.safe_load(composed.text)["networks"]
    assert described["kept"] == {"internal": True}
    (edge,) = described["edge"]["ipam"]["config"]
    proxy = composed.services["proxy"]["networks"]["edge"]["ipv4_address"]
    assert ip_address(proxy) in ip_network(edge["subnet"])
    assert composed.environment("bot-1")["TRUSTED_PROXIES"] == proxy


def test_every_image_is_pinned_to_the_digest_that_its_registry_names(tmp_path: Path) -> None:
    deploy = tmp_path / "deploy"
    shutil.copytree(DEPLOY, deploy)
    docker = tmp_path / "docker"
    docker.write_text('#!/bin/sh\necho "$4" >> "$ASKED"\nprintf "sha256:%064d\\\\n" "$DIGIT"\n')
    docker.chmod(0o755)
    for digit in ("1", "2"):  # a second time renews them
        asked = tmp_path / f"asked{digit}"
        environment = {"PATH": f"{tmp_path}:/usr/bin:/bin", "ASKED": str(asked), "DIGIT": digit}
        subprocess.run([str(deploy / "pin")], env=environment, check=True, capture_output=True, timeout=60)
        text = (deploy / "compose.yaml").read_text("utf-8") + (deploy / "Dockerfile").read_text("utf-8")
        images = re.findall(r"^ *(?:image:|FROM) +(\S+)", text, re.MULTILINE)
        pinned = {image for image in images if image != "utys"}
        assert {image.partition("@")[0] for image in pinned} == set(asked.read_text().split())
        assert {image.partition("@")[2] for image in pinned} == {f"sha256:{int(digit):064}"}
        assert len(pinned) == 5


def test_a_process_listens_longer_than_the_proxy_needs_to_leave_it_alone_and_is_given_time_to_end(
    composed: Composed,
) -> None:
    config = (DEPLOY / "haproxy.cfg").read_text("utf-8")
    assert "check inter 1s fastinter 500ms fall 2 " in config
    assert "timeout check 2s" in config
    drain = float(composed.environment("bot-1")["DRAIN_SECONDS"])
    # the first look a second later, each of both without an answer for 2 s, half a second between
    assert drain >= 1 + 2 + 0.5 + 2
    assert composed.services["bot-1"]["stop_grace_period"] == "60s"
    assert drain + 40 <= 60, "docs/operating.md: a process finishes within 40 seconds"


class Bucket(BaseHTTPRequestHandler):
    """As much of S3 as making a bucket needs."""

    made: ClassVar[set[str]]
    asked: ClassVar[list[tuple[str, str, str]]]

    def _asked(self) -> None:
        signed = self.headers.get("Authorization", "")
        credential = re.sub(r"^AWS4-HMAC-SHA256 Credential=([^/]*)/\d{8}/(.*?),.*", r"\1 \2", signed)
        self.asked.append((self.command, self.path, credential))

    def do_HEAD(self) -> None:
        self._asked()
        self._answer(200 if self.path in self.made else 404)

    def do_PUT(self) -> None:
        self._asked()
        self.made.add(self.path)
        self._answer(200)

    def _answer(self, status: int) -> None:
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def storage() -> Iterator[str]:
    Bucket.made, Bucket.asked = set(), []
    with HTTPServer(("127.0.0.1", 0), Bucket) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_the_bucket_is_made_once_with_the_credentials_that_the_processes_have(composed: Composed, storage: str) -> None:
    service = composed.services["bucket"]
    line = [*service["entrypoint"], *service["command"]]
    environment = composed.environment("bucket")
    assert environment.items() <= composed.environment("bot-1").items()
    files = composed.services["files"]["environment"]
    assert files == {
        "ROOT_ACCESS_KEY": environment["AWS_ACCESS_KEY_ID"],
        "ROOT_SECRET_KEY": environment["AWS_SECRET_ACCESS_KEY"],
    }
    for _ in range(2):  # a second start finds it
        here = {**environment, "AWS_ENDPOINT_URL": storage, "PATH": "/usr/bin:/bin"}
        subprocess.run(line, env=here, check=True, timeout=60)
    signed = "utys us-east-1/s3/aws4_request"
    assert Bucket.asked == [("HEAD", "/utys", signed), ("PUT", "/utys", signed), ("HEAD", "/utys", signed)]
