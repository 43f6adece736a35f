"""Settings of the office. What differs between installations comes from the environment:

KESU_HOME     folder of database, keys and files (default: `var` in the working copy or the current folder)
DATABASE_URL  PostgreSQL instead of SQLite
KESU_HOSTS    host names that the site answers to, separated by commas (default: this machine only)
KESU_HTTPS    `yes` when people reach the site by https (through a proxy): cookies then travel by https only
KESU_PROXIES  addresses of the proxies whose word counts (default with KESU_HTTPS: this machine; else nobody's)
KESU_METRICS_TOKEN  the token for which /metrics gives its figures (default: nobody gets them)
KESU_CLOCK_STEP  seconds by which clocks may differ before nothing is written any more (default: 60)
KESU_CLOCK_ABSENCE  hours that the machine may have been off, without a time service, before people are asked whether its clock
              is right (default: 72)
KESU_FILE_SIZE  megabytes that one file of a case may have (default: 20)
KESU_FILES_UNFILED  megabytes that one person, or one visitor of the portal, may have sent in and not put on record (default: 200)
KESU_S3       BUCKET or BUCKET/PREFIX in S3 for the files of cases (default: the folder `files` of the home); KESU_S3_ENDPOINT where it
              is not Amazon's; credentials as boto3 reads them
KESU_OIDC     CLIENT:SECRET at a provider of OpenID Connect, whose issuer is KESU_OIDC_ISSUER (https://…); KESU_OIDC_TITLE what people
              call it; KESU_OIDC_MATCH=email joins an address that it has verified to the sign-in that has it. Likewise KESU_DINGTALK,
              KESU_FEISHU, KESU_WECHAT with KESU_…_TITLE; KESU_…_AT another host than theirs (default: nobody signs in elsewhere)
KESU_SMTP     the server that takes mail: smtp://USER:PASSWORD@HOST:PORT, or smtps:// (default: no mail); KESU_MAIL_FROM the sender
              and by it whoever complains is mailed a link to his complaint
KESU_MARKS_TO whom checkpoints are mailed to, separated by commas; KESU_MARKS_DAYS how often at most (default: 7)
KESU_TSA      the address of a service of time stamps (RFC 3161; default: none), whose certificates stand in `tsa.pem` of the home;
              KESU_TSA_HOURS how often at most (default: 24)
KESU_DEBUG    `yes` shows errors in the browser; never in production
"""

from __future__ import annotations

import os
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path

from kesu.ledger.keys import secret_text
from kesu.people.provider import providers_of
from kesu.site.database import chosen
from kesu.site.logs import logging_of
from kesu.site.private import close_to_others
from kesu.site.proxies import THIS_MACHINE, networks
from kesu.upkeep.home import FILES, MARKS, PREVIEWS, STATIC, home_folder
from kesu.upkeep.mail import mail_of, web_address

HOME = home_folder()
close_to_others()
HOME.mkdir(parents=True, exist_ok=True)


def _yes(name: str) -> bool:
    return os.environ.get(name, "").lower() in ("1", "yes", "true")


def _number(name: str, default: int) -> int:
    """A whole number of the environment, above nothing. Raises ValueError."""
    text = os.environ.get(name) or str(default)
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 10**6):
        raise ValueError(f"{name}: “{text}” is no whole number from 1 to 999999")
    return int(text)


def _there(room: str) -> bool:
    return find_spec(room) is not None and find_spec(f"{room}.apps") is not None


# ── What it is made of
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "kesu.ledger",
    "kesu.files",
    *(
        room
        for room in ("kesu.people", "kesu.caseload", "kesu.intake", "kesu.desk", "kesu.portal")
        if _there(room)
    ),
]
MIDDLEWARE = [
    "kesu.site.metrics.Counted",
    "django.middleware.gzip.GZipMiddleware",  # a case page of 80 kB is one of 12; a random length hides what is in it
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    *(
        ["kesu.desk.who.middleware.Headers", "kesu.desk.frame.readable.Readable"]
        if _there("kesu.desk")
        else []
    ),
]
ROOT_URLCONF = "kesu.site.urls"
WSGI_APPLICATION = "kesu.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [Path(__file__).parents[1] / room / "templates" for room in ("desk", "forms", "portal")],
        "OPTIONS": {
            "environment": "kesu.desk.frame.environment.environment",
            "context_processors": ["django.contrib.messages.context_processors.messages"],
        },
    }
]

# ── Where things are kept
DATABASES = {"default": chosen(HOME, os.environ.get("DATABASE_URL"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
STATIC_URL = "static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 365 * 24 * 3600  # seconds: addresses change with the content (kesu.desk.frame.assets)
STATIC_ROOT = HOME / STATIC
STATIC_ROOT.mkdir(exist_ok=True)  # WhiteNoise warns of a folder that is not there
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700  # of static files too
FILES_FOLDER = HOME / FILES
FILES_IN_S3, FILES_S3_ENDPOINT = os.environ.get("KESU_S3", ""), os.environ.get("KESU_S3_ENDPOINT", "")
FILE_SIZE = _number("KESU_FILE_SIZE", 20)  # megabytes
FILES_UNFILED = _number("KESU_FILES_UNFILED", 200)  # megabytes, of one person
PREVIEWS_FOLDER = HOME / PREVIEWS
LEDGER_SIGNING_KEY = HOME / "signing-key"
LEDGER_MAC_KEY = HOME / "mac-key"  # of the authentication codes of entries
LOOKUP_KEY = HOME / "lookup-key"  # from which the codes follow by which complainants look up their files
LEDGER_MARKS = HOME / MARKS  # what was signed so far, where the database cannot reach

# ── What leaves by itself: checkpoints
STAMPS_FOLDER = HOME / "stamps"  # as the service gave them
TSA_CERTIFICATES = HOME / "tsa.pem"  # who vouches for the service
GIVING_FAILED = HOME / "giving-failed"  # what did not go out, until it does
MAIL = mail_of(os.environ)
MARKS_EVERY = timedelta(days=_number("KESU_MARKS_DAYS", 7))
TSA = web_address(os.environ.get("KESU_TSA", ""))
TSA_EVERY = timedelta(hours=_number("KESU_TSA_HOURS", 24))

CLOCK_STEP = timedelta(seconds=_number("KESU_CLOCK_STEP", 60))
CLOCK_ABSENCE = timedelta(hours=_number("KESU_CLOCK_ABSENCE", 72))

LOGGING = logging_of(HOME)

# ── Who gets in
SECRET_KEY = os.environ.get("KESU_SECRET_KEY") or secret_text(HOME / "secret-key")
DEBUG = _yes("KESU_DEBUG")
DEMO = _yes("KESU_DEMO")  # one-click sign-ins; `kesu serve --demo` sets it, and listens on this machine only
ALLOWED_HOSTS = [
    name for name in os.environ.get("KESU_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if name
]
if "kesu.people" in INSTALLED_APPS:
    AUTH_USER_MODEL = "people.User"
    AUTHENTICATION_BACKENDS = ["kesu.people.sign_in.ByNameOrEmail"]
PROVIDERS = providers_of(os.environ)
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [{"NAME": "kesu.people.password_rules.Rules"}]
SESSION_ENGINE = "kesu.desk.who.sessions"
SESSION_COOKIE_AGE = 12 * 3600  # after the last act; the screen locks long before
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "kesu.desk.frame.errors.stale"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # a table of 500 lines has 1,500 inputs, and a form may hold several
DATA_UPLOAD_MAX_NUMBER_FILES = 60  # of all facts of a form
FILE_UPLOAD_HANDLERS = ["kesu.files.uploads.Uploads"]
METRICS_TOKEN = os.environ.get("KESU_METRICS_TOKEN", "")
HTTPS = _yes("KESU_HTTPS")
PROXIES = networks(os.environ.get("KESU_PROXIES", THIS_MACHINE if HTTPS else ""))
if HTTPS:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    CSRF_TRUSTED_ORIGINS = [f"https://{name}" for name in ALLOWED_HOSTS]
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^metrics$"]  # asked by watchdogs of the machine itself
    SECURE_HSTS_SECONDS = 365 * 86400
    SILENCED_SYSTEM_CHECKS = [
        "security.W005",
        "security.W021",
    ]  # other names of the domain are not ours to decide

# ── Language and time
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [Path(__file__).resolve().parents[1] / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
