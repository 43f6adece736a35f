"""Where somebody who is not signed in may send files. Read by the server too, before there is any Django."""

from __future__ import annotations

from typing import Final

PORTAL: Final = (
    "/portal/"  # how the addresses of the portal begin, where whoever complains brings his evidence
)
