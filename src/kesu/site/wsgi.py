"""The application as a web server sees it. It does not start on a database that would let the ledger be changed,
nor on a home that others can read, nor as a demo where something else than the demo stands."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kesu.site.settings")
of_django = get_wsgi_application()

from django.conf import settings  # noqa: E402
from django.utils import timezone  # noqa: E402  (models want a configured Django)

from kesu.ledger.start import ready_to_serve  # noqa: E402
from kesu.site.always_a_page import always_a_page, load_pages  # noqa: E402
from kesu.site.demo_only import refuse_wrong_place  # noqa: E402
from kesu.site.private import require_closed  # noqa: E402
from kesu.site.proxies import behind  # noqa: E402
from kesu.upkeep.home import require_verified  # noqa: E402
from kesu.upkeep.upgrading import require_known  # noqa: E402

require_closed(settings.HOME)
require_verified(settings.HOME)
require_known()
refuse_wrong_place()
ready_to_serve(timezone.now())
load_pages()
application = always_a_page(behind(of_django, settings.PROXIES))
