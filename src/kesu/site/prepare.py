"""Makes an installation ready to serve: translations, tables, static files (`python -m kesu.site.prepare`).

Each part looks first whether there is anything to do, so that a second start is quick.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path


def main() -> None:
    """All three parts, in this order."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kesu.site.settings")
    import django

    from . import translations

    translations.compiled()
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    collect_static(Path(settings.STATIC_ROOT))


def collect_static(root: Path) -> bool:
    """Gathers the static files when one of them changed since the last time; whether it did."""
    from django.core.management import call_command

    mark, stamp = static_mark(), root / ".mark"
    if stamp.exists() and stamp.read_text() == mark:
        return False
    root.mkdir(parents=True, exist_ok=True)
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(mark)
    return True


def static_mark() -> str:
    """A digest of name, size and time of every static file: another one when any of them changed."""
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            file = Path(storage.path(name))
            stat = file.stat()
            digest.update(f"{name}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


if __name__ == "__main__":
    main()
