"""A provider of OpenID Connect that lies as it is told, and the three others as their documents describe them, over HTTP."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "kesu", "a secret of the client"
OWN, OTHER = (RSAKey.generate_key(2048, parameters={"kid": "one", "use": "sig"}) for _ in range(2))


class Lying:
    """What it says next: claims of its token that are changed (None: left out), the key that signs, or an answer of its own."""

    def __init__(self, port: int) -> None:
        self.issuer = f"http://127.0.0.1:{port}"
        self.nonce = ""
        self.changed: dict[str, Any] = {}
        self.key, self.token = OWN, ""
        self.status, self.told = 200, dict[str, Any]()
        self.asked: list[tuple[str, dict[str, Any], str]] = []  # path, what was sent, authorization

    def id_token(self) -> str:
        """Signed, with everything right that was not changed."""
        claims = {
            "iss": self.issuer, "aud": CLIENT, "sub": "zhou-there", "nonce": self.nonce,
            "iat": int(time.time()), "exp": int(time.time()) + 300, **self.changed,
        }  # fmt: skip
        kept = {name: value for name, value in claims.items() if value is not None}
        return self.token or jwt.encode({"alg": "RS256", "kid": "one"}, kept, self.key)

    def answer(self, path: str) -> dict[str, Any]:
        """By address."""
        places: dict[str, Callable[[], dict[str, Any]]] = {
            "/.well-known/openid-configuration": lambda: {
                "issuer": self.issuer, "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token", "jwks_uri": f"{self.issuer}/keys",
                "id_token_signing_alg_values_supported": ["RS256"],
            },
            "/keys": lambda: {"keys": [OWN.as_dict(private=False)]},
            "/token": lambda: {"access_token": "a", "token_type": "Bearer", "id_token": self.id_token()},
        }  # fmt: skip
        if path in self.told:
            said: dict[str, Any] = self.told[path]
            return said
        return places[path]()


@contextmanager
def lying() -> Iterator[Lying]:
    """While a test asks it."""

    class Answering(BaseHTTPRequestHandler):
        provider: ClassVar[Lying]

        def do_GET(self) -> None:
            self._answer({name: one[0] for name, one in parse_qs(urlsplit(self.path).query).items()})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            is_json = "json" in self.headers["Content-Type"]
            self._answer(json.loads(body) if is_json else {k: v[0] for k, v in parse_qs(body).items()})

        def _answer(self, sent: dict[str, Any]) -> None:
            path, provider = urlsplit(self.path).path, self.provider
            named = self.headers.get("Authorization") or self.headers.get("x-acs-dingtalk-access-token") or ""
            provider.asked.append((path, sent, named))
            status = provider.status if path in ("/token", *provider.told) else 200
            body = json.dumps(provider.answer(path)).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    Answering.provider = Lying(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Answering.provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
