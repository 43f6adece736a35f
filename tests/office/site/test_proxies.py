"""The word of a proxy counts where it is one of ours, and the https profile leaves nothing for Django's own check to find."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kesu.site.proxies import NoProxy, behind, networks

OURS = networks("127.0.0.1, 10.0.0.0/24,::1")


def told(**environ: str) -> tuple[str, str]:
    """The address and the scheme that the application is told."""
    got: dict[str, Any] = {"wsgi.url_scheme": "http", **environ}
    behind(lambda environ, start: [], OURS)(got, lambda *_: None)
    return got.get("REMOTE_ADDR", ""), got["wsgi.url_scheme"]


@pytest.mark.parametrize(
    ("peer", "passed", "address"),
    [
        ("127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9"),  # the first one the client wrote himself
        ("127.0.0.1", "198.51.100.1, 203.0.113.9, 10.0.0.7", "203.0.113.9"),
        ("::1", "2001:db8::9", "2001:db8::9"),
        ("10.0.0.255", "203.0.113.9", "203.0.113.9"),
        ("10.0.1.1", "198.51.100.1", "10.0.1.1"),
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "unknown", "127.0.0.1"),
        ("127.0.0.1", "198.51.100.1, <b>", "127.0.0.1"),
        ("127.0.0.1", "10.0.0.7, 10.0.0.8", "10.0.0.7"),
        ("", "198.51.100.1", ""),
    ],
)
def test_the_address_is_the_last_one_that_no_proxy_of_ours_has(peer: str, passed: str, address: str) -> None:
    assert told(REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=passed)[0] == address


def test_only_a_proxy_of_ours_says_that_it_came_by_https() -> None:
    for peer, said, scheme in [
        ("127.0.0.1", "https", "https"),
        ("127.0.0.1", "HTTPS ", "https"),
        ("127.0.0.1", "https, http", "http"),
        ("127.0.0.1", "http", "http"),
        ("203.0.113.9", "https", "http"),
    ]:
        assert told(REMOTE_ADDR=peer, HTTP_X_FORWARDED_PROTO=said)[1] == scheme


def test_what_is_no_address_is_said_before_anything_starts() -> None:
    assert networks("") == ()
    for wrong in ("proxy.example", "10.0.0.0/33", "10.0.0.5/24", "*"):
        with pytest.raises(NoProxy) as refusal:
            networks(f"127.0.0.1,{wrong}")
        assert wrong in refusal.value.in_("zh")
        assert wrong in refusal.value.in_("en")


CHECKED = "import sys; from django.core.management import execute_from_command_line as run; run(['x', 'check', '--deploy', '--fail-level', 'INFO'])"
ASKED = """
import django; django.setup()
from kesu.site import translations; translations.compiled()
from django.core.management import call_command; call_command("migrate", verbosity=0)
from kesu.site.wsgi import application
for peer, scheme, path in (("127.0.0.1", "https", "/sign-in/"), ("127.0.0.1", "http", "/sign-in/"), ("203.0.113.9", "https", "/sign-in/"),
                           ("127.0.0.1", "", "/healthz")):
    from django.test import RequestFactory
    environ = RequestFactory(REMOTE_ADDR=peer, HTTP_HOST="complaints.example.org").get(path).environ
    if scheme: environ["HTTP_X_FORWARDED_PROTO"] = scheme
    def start(status, headers):
        named = dict(headers)
        print(status[:3], named.get("Location"), named.get("Strict-Transport-Security"), "Secure" in named.get("Set-Cookie", "Secure"))
    list(application(environ, start))
"""


def in_https(home: Path, code: str) -> subprocess.CompletedProcess[str]:
    of_tests = (
        "DATABASE_URL",
        "DJANGO_ALLOW_ASYNC_UNSAFE",
    )  # the browser's tests set the latter for their process
    environment = {name: value for name, value in os.environ.items() if name not in of_tests}
    environment |= {"KESU_HOME": str(home), "DJANGO_SETTINGS_MODULE": "kesu.site.settings"}
    environment |= {"KESU_HTTPS": "yes", "KESU_HOSTS": "complaints.example.org"}
    return subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )


def test_djangos_check_of_a_deployment_has_nothing_to_say(tmp_path: Path) -> None:
    done = in_https(tmp_path / "home", CHECKED)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("System check identified no issues")


def test_the_https_profile_redirects_and_says_that_it_is_always_https(tmp_path: Path) -> None:
    done = in_https(tmp_path / "home", ASKED)
    assert done.stderr == ""
    there = "https://complaints.example.org/sign-in/"
    assert done.stdout.splitlines() == [
        "200 None max-age=31536000 True",
        f"301 {there} None True",
        f"301 {there} None True",
        "200 None None True",
    ]
