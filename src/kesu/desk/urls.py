"""Addresses of the desk."""

from __future__ import annotations

from django.urls import path

from .pages import (
    barred,
    batches,
    calendar,
    case,
    cases,
    complainant,
    description,
    due,
    health,
    items,
    ledger,
    people,
    procedure,
    programmes,
    register,
    reports,
    session,
    sign_in,
    work,
)

urlpatterns = [
    path("", work.work, name="work"),
    path("sign-in/", sign_in.sign_in, name="sign in"),
    path("sign-in/demo/", sign_in.demo_sign_in, name="demo sign in"),
    path("sign-out/", session.sign_out, name="sign out"),
    path("language/", session.language, name="language"),
    path("organisation/", session.choose, name="choose"),
    path("unlock/", session.unlock, name="unlock"),
    path("password/", session.password, name="password"),
    path("register/", register.register, name="register"),
    path("register/<str:case_id>/", register.registered, name="registered"),
    path("cases/", cases.case_list, name="cases"),
    path("cases/<str:case_id>/", case.case, name="case"),
    path("cases/<str:case_id>/steps/<str:slug>/", case.step, name="step"),
    path("cases/<str:case_id>/for-the-complainant/", complainant.for_complainant, name="for the complainant"),
    path("cases/<str:case_id>/contact/", case.contact, name="contact"),
    path("cases/<str:case_id>/limits/<int:place>/", due.due, name="due"),
    path("batches/", batches.batch_list, name="batches"),
    path("batches/<str:case_id>/", batches.one_batch, name="batch"),
    path("programmes/", programmes.programmes, name="programmes"),
    path("programmes/<str:case_id>/", programmes.one_programme, name="programme"),
    path("reports/", reports.reports, name="reports"),
    path("reports/<str:case_id>/", reports.one_report, name="report"),
    path("items/", items.items, name="items"),
    path("items/new/", items.new, name="new item"),
    path("items/one/<path:key>/", items.one_item, name="item"),
    path("procedures/", procedure.procedures, name="procedures"),
    path("procedures/<str:name>/", procedure.procedure, name="procedure"),
    path("calendars/<str:name>/", calendar.calendar, name="calendar"),
    path("people/", people.people, name="people"),
    path("people/<str:kind>/", people.appoint, name="appoint"),
    path("barred/", barred.barred_list, name="barred"),
    path("access/", barred.access_log, name="access"),
    path("ledger/", ledger.ledger, name="ledger"),
    path("how-we-handle-complaints/", description.houses, name="descriptions"),
    path(
        "how-we-handle-complaints/<str:organisation>/<str:name>/", description.description, name="description"
    ),
    path("healthz", health.health, name="health"),
]
