"""What commands print for other programs."""

from __future__ import annotations

import json


def as_json(value: object) -> None:
    """Prints one JSON document, readable in a terminal: Chinese as Chinese, two spaces of indent."""
    print(json.dumps(value, ensure_ascii=False, indent=2))
