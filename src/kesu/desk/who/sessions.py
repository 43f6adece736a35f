"""Sessions in the database under the digest of their key: who reads the table, or a backup of it, is signed in by none."""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as InDatabase
from django.contrib.sessions.base_session import AbstractBaseSession

from kesu.ledger.clock_watch import steady_now

LENGTH = 40  # of the column; 160 bits


class SessionStore(InDatabase):
    """Django's store in the database; the key itself stands in the cookie of the browser and nowhere else."""

    def exists(self, session_key: str) -> bool:
        """Whether a session stands under this key."""
        return super().exists(digest(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        """The row as it is written; how long it holds is counted steadily, so that no clock that is set ends it."""
        row = super().create_model_instance(data)
        row.session_key = digest(row.session_key)
        row.expire_date = self.get_expiry_date(modification=steady_now())
        return row

    def delete(self, session_key: str | None = None) -> None:
        """Ends the session under this key, or this one."""
        key = session_key or self.session_key
        if key is not None:
            super().delete(digest(key))

    def _get_session_from_db(self) -> AbstractBaseSession | None:
        """The row of this session as long as it holds; without one the key is forgotten, so that nobody chooses his own."""
        key = digest(self.session_key or "")
        row = self.model.objects.filter(session_key=key, expire_date__gt=steady_now()).first()
        if row is None:
            self._session_key = None
        return row


def digest(key: str) -> str:
    """Under what a key stands in the table."""
    return hashlib.sha256(key.encode(errors="surrogatepass")).hexdigest()[:LENGTH]
