"""Figures for whoever watches over the server, at /metrics, for those who have the token (`KESU_METRICS_TOKEN`)."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from hmac import compare_digest

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

from kesu.desk.own.wellbeing import wellbeing
from kesu.ledger.giving import since_given
from kesu.ledger.marked import marks_path, newest_checkpoints
from kesu.ledger.marks import read_marks

REGISTRY = CollectorRegistry()
ANSWERS = Counter("kesu_answers", "Answers by method and status", ["method", "status"], registry=REGISTRY)
SECONDS = Histogram("kesu_answer_seconds", "Seconds from a whole request to its answer", registry=REGISTRY)
METHODS = ("GET", "HEAD", "POST")  # others are counted together: a stranger invents as many as he likes


class Health(Collector):
    """What /healthz judges, as figures, at the moment that they are asked for."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """One after the other."""
        state = wellbeing(timezone.now())
        waited = (state.now - state.oldest).total_seconds() if state.oldest else 0
        yield GaugeMetricFamily("kesu_unsealed_entries", "Entries that wait for the sealer", state.unsealed)
        yield GaugeMetricFamily("kesu_unsealed_seconds", "How long the oldest of them has waited", waited)
        yield GaugeMetricFamily("kesu_disk_free_bytes", "Free bytes where the home is", state.free)
        yield GaugeMetricFamily("kesu_unwell", "Things that /healthz calls not well", len(state.unwell))
        trusted = 0 if "clock" in state.unwell else 1
        yield GaugeMetricFamily("kesu_clock_trusted", "1 while the clock is written by, else 0", trusted)
        turns = GaugeMetricFamily(
            "kesu_loop_seconds", "Seconds since the last good turn of a loop", labels=["loop"]
        )
        for loop, turn in state.turns.items():
            turns.add_metric([loop], (state.now - turn).total_seconds())
        yield turns
        given = GaugeMetricFamily(
            "kesu_checkpoint_given_seconds",
            "Seconds since a checkpoint was given away (+Inf: never)",
            labels=["organisation"],
        )
        for organisation, seconds in since_given(
            read_marks(marks_path()), newest_checkpoints(None), state.now
        ).items():
            given.add_metric([organisation], seconds)
        yield given


REGISTRY.register(Health())
ProcessCollector(registry=REGISTRY)  # memory, files, processor


class Counted:
    """Counts every answer, and how long it took."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begun = time.perf_counter()
        answer = self.get_response(request)
        SECONDS.observe(time.perf_counter() - begun)
        method = request.method if request.method in METHODS else "other"
        ANSWERS.labels(method, str(answer.status_code)).inc()
        return answer


def metrics(request: HttpRequest) -> HttpResponse:
    """The figures; 404 where no token is set, 401 without it. Raises Http404."""
    token = settings.METRICS_TOKEN
    if not token:
        raise Http404
    if not compare_digest(request.headers.get("Authorization", "").encode(), f"Bearer {token}".encode()):
        answer = HttpResponse("a token is needed\n", status=401, content_type="text/plain")
        answer["WWW-Authenticate"] = "Bearer"
        return answer
    return HttpResponse(generate_latest(REGISTRY), content_type=CONTENT_TYPE_LATEST)
