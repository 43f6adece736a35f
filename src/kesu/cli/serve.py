"""`kesu serve`: prepares the installation and becomes the web server."""

from __future__ import annotations

import argparse
import ipaddress
import os
import socket
import subprocess
import sys

from kesu.reading.text import Text

from . import failure
from .demo import tell_stopped
from .printed import as_json
from .table import lined_up
from .tongue import lang
from .wrong_use import WrongUse

REFUSED = 2  # the exit status of kesu.site.prepare when it said why, in both languages


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """The options of `kesu serve`."""
    title = Text(
        "准备好数据库、译文和静态文件，然后启动网页服务（含到期与封存两项后台工作）。",
        "Prepares the database, the translations and the static files, then serves the pages; "
        "what falls late and what wants sealing is seen to beside it.",
    )
    parser = commands.add_parser("serve", help=Text("启动网页服务", "start the web server").in_(lang()))
    parser.description = title.in_(lang())
    demo = Text(
        "用演示数据启动，可一键登录；只在本机可见", "with demo data and one-click sign-ins; this machine only"
    )
    parser.add_argument("--demo", action="store_true", help=demo.in_(lang()))
    host = Text("监听的地址（默认 127.0.0.1）", "the address to listen on (default 127.0.0.1)")
    parser.add_argument("--host", default="127.0.0.1", help=host.in_(lang()))
    port = Text("监听的端口（默认取 KESU_PORT，再默认 8000）", "the port (default: KESU_PORT, else 8000)")
    parser.add_argument("--port", default=os.environ.get("KESU_PORT") or "8000", help=port.in_(lang()))
    return parser


def run(args: argparse.Namespace) -> int:
    """Prepares and becomes the server; comes back only when something is in the way."""
    port = _port(args.port)
    args.demo = args.demo or os.environ.get("KESU_DEMO", "").lower() in ("1", "yes", "true")
    if args.demo:
        _only_this_machine(args.host)
        os.environ["KESU_DEMO"] = "yes"
    _free(args.host, port)
    wait = Text("正在准备，第一次启动约需一分钟……", "Getting ready; the first start takes about a minute …")
    print(wait.in_(args.lang), file=sys.stderr, flush=True)
    prepare("serve")
    persons = _demo(args) if args.demo else []
    _say(f"http://{args.host}:{port}/", persons, args)
    server = ["kesu.site.serve", "--host", args.host, "--port", str(port)]
    return os.execv(sys.executable, [sys.executable, "-m", *server])


def _say(address: str, persons: list[dict[str, str]], args: argparse.Namespace) -> None:
    if args.json:
        as_json({"address": address, "demo": args.demo, "sign_ins": persons})
    else:
        if persons:
            print(Text("演示数据，点名字即可登录：", "Demo data; one click signs in as:").in_(args.lang))
            rows = [[person["name"], person["organisation"], person["posts"]] for person in persons]
            print("\n".join(f"  {line.rstrip()}" for line in lined_up(rows, left=3)))
        print(Text(f"客诉：{address}", f"Kesu is at {address}").in_(args.lang))
    sys.stdout.flush()


def prepare(command: str) -> None:
    """In a process of its own, so that the server does not carry the memory of it. What it has to say is passed on.

    `command` is for the log of what failed. Raises WrongUse.
    """
    prepared = subprocess.run(
        [sys.executable, "-m", "kesu.site.prepare"], stderr=subprocess.PIPE, text=True, check=False
    )
    if prepared.returncode == REFUSED:
        *_, zh, en = prepared.stderr.strip().splitlines()
        raise WrongUse(zh=zh, en=en)
    if prepared.returncode:
        log = failure.write_down(prepared.stderr, argv=[command])
        last = (prepared.stderr.strip().splitlines() or ["?"])[-1]
        raise WrongUse(
            zh=f"启动前的准备没有做完：{last}。详情见 {log}",
            en=f"Kesu could not be made ready: {last}; the trace is in {log}",
        )
    print(prepared.stderr, end="", file=sys.stderr)


def _port(text: str) -> int:
    if text.isascii() and text.isdigit() and 0 < int(text) < 65536:
        return int(text)
    raise WrongUse(
        zh=f"“{text}”不是端口号；请给 1 到 65535 之间的整数（--port 或 KESU_PORT）",
        en=f"“{text}” is no port; give a whole number from 1 to 65535 (--port or KESU_PORT)",
    )


def _only_this_machine(host: str) -> None:
    """Demo sign-ins ask for no password, so nobody else may reach them."""
    try:
        loopback = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        loopback = False
    if not loopback:
        raise WrongUse(
            zh=f"演示模式不设密码，只能监听本机地址，不能监听 {host}；去掉 --host 或去掉 --demo",
            en=f"demo mode asks for no password and listens on this machine only, not on {host};"
            " leave out --host or --demo",
        )


def _free(host: str, port: int) -> None:
    """Whether the address can be listened on, before anything is prepared for it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise WrongUse(
                zh=f"{host}:{port} 用不了（{error.strerror}）；换个端口，例如 KESU_PORT=8010 make run",
                en=f"{host}:{port} cannot be used ({error.strerror}); another: KESU_PORT=8010 make run",
            ) from None


def _demo(args: argparse.Namespace) -> list[dict[str, str]]:
    """The demo data, made once; and who can sign in."""
    from . import office

    office.setup()
    from django.utils import timezone

    from kesu.demo.stories import load_demo
    from kesu.desk.who.demo import demo_persons

    now = timezone.now()
    tell_stopped(load_demo(now=now).stopped, args.lang)
    return [
        {"name": one.name, "posts": one.posts.in_(args.lang), "organisation": one.organisation}
        for one in demo_persons(now)
    ]
