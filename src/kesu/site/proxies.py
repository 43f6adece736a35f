"""Which address a request came from: what a proxy says of it counts only where the proxy is one of ours (`KESU_PROXIES`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Any, Final

Network = IPv4Network | IPv6Network
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
THIS_MACHINE: Final = "127.0.0.1,::1"


class NoProxy(ValueError):
    """`KESU_PROXIES` names something that is no address."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"KESU_PROXIES: “{text}” is no address; write addresses or networks such as 10.0.0.5 or 10.0.0.0/24"
        )
        self.text = text

    def in_(self, lang: str) -> str:
        """The message in Chinese (`zh`) or English."""
        zh = f"KESU_PROXIES：“{self.text}”不是地址；请写地址或网段，如 10.0.0.5 或 10.0.0.0/24，用逗号隔开"
        return zh if lang == "zh" else str(self)


def networks(listed: str) -> tuple[Network, ...]:
    """The proxies that are trusted, from text. Raises NoProxy."""
    found = []
    for one in (part.strip() for part in listed.split(",")):
        try:
            found += [ip_network(one)] if one else []
        except ValueError:
            raise NoProxy(one) from None
    return tuple(found)


def behind(application: Application, trusted: tuple[Network, ...]) -> Application:
    """The application, told the address of whoever asked and whether he came by https, as far as a trusted proxy says so."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if is_among(environ.get("REMOTE_ADDR", ""), trusted):
            environ["REMOTE_ADDR"] = _client(environ, trusted)
            if environ.get("HTTP_X_FORWARDED_PROTO", "").rpartition(",")[2].strip().lower() == "https":
                environ["wsgi.url_scheme"] = "https"
        return application(environ, start_response)

    return answer


def _client(environ: dict[str, Any], trusted: tuple[Network, ...]) -> str:
    """The last address of the list that is no proxy of ours: what stands before it anybody may have written."""
    passed = [one.strip() for one in environ.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    last = str(environ["REMOTE_ADDR"])
    for address in reversed(passed):
        if not _is_address(address):
            break
        last = address
        if not is_among(address, trusted):
            break
    return last


def is_among(address: str, trusted: tuple[Network, ...]) -> bool:
    """Whether it is an address of these networks."""
    return _is_address(address) and any(ip_address(address) in network for network in trusted)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
