"""Addresses of the portal, all under `/portal/`."""

from __future__ import annotations

from django.urls import path

from .pages import act, complain, front, link, look_up, own

urlpatterns = [
    path("", front.houses, name="portals"),
    path("language/", front.language, name="portal language"),
    path("<str:organisation>/", front.front, name="portal"),
    path("<str:organisation>/complain/", complain.complain, name="portal complain"),
    path("<str:organisation>/look-up/", look_up.look_up, name="portal look up"),
    path("<str:organisation>/mail-link/", link.mail_link, name="portal mail link"),
    path("<str:organisation>/link/<str:token>/", link.link, name="portal link"),
    path("<str:organisation>/leave/", look_up.leave, name="portal leave"),
    path("<str:organisation>/taken/", own.taken, name="portal taken"),
    path("<str:organisation>/own/", own.own, name="portal own"),
    path("<str:organisation>/own/receipt/", own.receipt, name="portal receipt"),
    path("<str:organisation>/own/steps/<str:slug>/", act.act, name="portal act"),
]
