"""Clients of the harness: a command is a JSON text, its answer another."""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from .clients import Asked, Client


class Commanding(Client):
    """Sends what `perform` takes."""

    def send(self, asked: Asked) -> str:
        """One command with one key."""
        key = str(uuid4())
        sent: dict[str, Any] = {**asked.who, "step": asked.step, "facts": asked.facts, "key": key}
        sent |= {"file": asked.file, "procedure": asked.procedure}
        for _ in self.tries_left():
            answer = self._once(sent)
            if answer is not None:
                self.acknowledged.append(
                    {"key": key, "person": asked.who["person"], "step": asked.step, **answer}
                )
                return str(answer["file"])
        raise AssertionError("the tries end by themselves")

    def _once(self, sent: Mapping[str, Any]) -> dict[str, Any] | None:
        """One try; None when the server died of it or was busy."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("POST", "/", json.dumps(sent))
            answer = connection.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()
        if answer.status == 503:
            return None
        assert answer.status == 200, body.decode()
        taken = json.loads(body)
        assert isinstance(taken, dict)
        return taken
