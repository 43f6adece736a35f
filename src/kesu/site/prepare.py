"""Makes an installation ready to serve: translations, tables, static files (`python -m kesu.site.prepare`).

Each part looks first whether there is anything to do, so that a second start is quick. What is wrong with the ledger is
said before any of it is put right: exit status 2, a sentence in each language on stderr.
"""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kesu.ledger.marks import Mark

REFUSED = 2  # what it says on stderr is for people: Chinese, then English


def main() -> None:
    """All parts, in this order."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kesu.site.settings")
    import django

    from . import translations

    translations.compiled()
    django.setup()
    from django.conf import settings
    from django.utils import timezone

    from kesu.caseload.rebuilding.sign_ins import begin_codes
    from kesu.ledger.start import look_first, ready_to_serve
    from kesu.upkeep.home import require_verified
    from kesu.upkeep.upgrading import bring_up_to_date, require_known

    from .demo_only import refuse_from_outside, refuse_wrong_place
    from .private import require_closed

    refuse_from_outside()
    require_closed(settings.HOME)
    require_verified(settings.HOME)
    require_known()
    look_first()
    bring_up_to_date()
    refuse_wrong_place()
    for adopted in ready_to_serve(timezone.now()):
        print(adoption(adopted), file=sys.stderr)
    begin_codes(timezone.now())
    collect_static(Path(settings.STATIC_ROOT))


def adoption(mark: Mark) -> str:
    """That the marks begin with a ledger that stood there before: said once, at the first start with marks."""
    zh = f"{mark.organisation}：台账的标记从现在开始，此前的检查点 {mark.number}（{mark.size} 条）照原样认下；请与您另存的检查点比对"
    en = (
        f"{mark.organisation}: the marks of the ledger begin now; checkpoint {mark.number} over {mark.size} entries is"
        " taken as it stands; compare it with one that you kept"
    )
    return f"{zh}\n{en}"


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


def run() -> int:
    """`main`, with an error that is made for people, or that the machine made, said in both languages."""
    from kesu.upkeep.machine import fault_of

    try:
        main()
    except Exception as error:
        said = error if hasattr(error, "in_") else fault_of(error)
        if said is None:
            raise
        print(f"{said.in_('zh')}\n{said.in_('en')}", file=sys.stderr)
        return REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(run())
