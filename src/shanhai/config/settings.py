"""Django settings, one file.

Everything that differs between installations is an environment variable (docs/operating.md).
"""

import json
from pathlib import Path

import django_stubs_ext
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from shanhai.domains.governance import channels
from shanhai.registers.accounts.single_sign_on import providers

from . import env

# Django's generic classes (ModelForm[User]) take their parameter at run time as well.
django_stubs_ext.monkeypatch()

PACKAGE = Path(__file__).resolve().parent.parent

# --- installation -----------------------------------------------------------------------------------------
SECRET_KEY = env.secret("SHANHAI_SECRET_KEY")
DEBUG = env.flag("SHANHAI_DEBUG")
ALLOWED_HOSTS = [host for host in env.text("SHANHAI_HOSTS", "127.0.0.1,localhost").split(",") if host]
CSRF_TRUSTED_ORIGINS = [origin for origin in env.text("SHANHAI_ORIGINS").split(",") if origin]
#: Files of the installation: evidence, uploads, documents, exports.
SHANHAI_FILES = Path(env.text("SHANHAI_FILES", str(Path.home() / ".local/share/shanhai/files")))
#: In a demonstration the clock stands here and identity numbers of nobody are accepted; None in real work.
SHANHAI_DEMONSTRATION_TODAY = env.day("SHANHAI_DEMONSTRATION_TODAY")
#: Keys of sealed fields, in the shape `kernel.sealing.Keyring.from_settings` reads.
SHANHAI_FIELD_KEYS = json.loads(env.secret("SHANHAI_FIELD_KEYS"))
#: The file they are in, which processes read anew when it changes; "" when the environment holds them.
SHANHAI_FIELD_KEYS_FILE = env.text("SHANHAI_FIELD_KEYS_FILE")

#: What history is sealed with from now on: `sha256` or `sm3` (docs/adr/0021).
SHANHAI_SEAL_ALGORITHM = env.text("SHANHAI_SEAL_ALGORITHM", "sha256")
#: Where anchors of the seal are appended every day; best on a medium that this machine cannot rewrite.
SHANHAI_ANCHORS = Path(env.text("SHANHAI_ANCHORS", str(SHANHAI_FILES / "anchors")))
#: The folder of private signing keys, outside the database; "": sealed in the database (docs/adr/0064).
SHANHAI_SIGNING_KEYS = env.text("SHANHAI_SIGNING_KEYS")

# --- database: two roles (docs/adr/0002) ------------------------------------------------------------------
DATABASES = {"default": env.database("DATABASE_URL"), "owner": env.database("DATABASE_OWNER_URL")}
#: Kept in PostgreSQL, as all workers must know that a code was used or how often somebody came.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shanhai_cache"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SHANHAI_UNIT_MODEL = "parties.Unit"
SHANHAI_PLACE_MODEL = "places.Place"
AUTH_USER_MODEL = "accounts.User"

# --- applications, ground to top --------------------------------------------------------------------------
INSTALLED_APPS = [
    # First, because its templates stand before those of the kernel (kernel/shell.html) and of allauth.
    "shanhai.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.usersessions",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "procrastinate.contrib.django",
    "shanhai.kernel",
    "shanhai.registers.places",
    "shanhai.registers.parties",
    "shanhai.registers.accounts",
    "shanhai.registers.rulebook",
    "shanhai.registers.approvals",
    "shanhai.registers.signing",
    "shanhai.registers.documents",
    "shanhai.registers.exchange",
    "shanhai.domains.scheme",
    "shanhai.domains.funds",
    "shanhai.domains.labour",
    "shanhai.domains.insurance",
    "shanhai.domains.benefits",
    "shanhai.domains.training",
    "shanhai.domains.governance",
    "shanhai.domains.appraisal",
    "shanhai.config",
]

MIDDLEWARE = [
    "shanhai.web.probes.ProbeMiddleware",
    "shanhai.web.observed.ObservedMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "shanhai.web.requests.KeptNowhereMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "shanhai.registers.accounts.limits.StrangersMiddleware",
    "shanhai.registers.accounts.middleware.SessionLimitMiddleware",
    "shanhai.registers.accounts.calls.TokenMiddleware",
    "shanhai.web.requests.ReadableTextMiddleware",
    "shanhai.web.errors.RefusalMiddleware",
    "shanhai.registers.accounts.middleware.KernelTransactionMiddleware",
    "shanhai.registers.accounts.middleware.DutiesFirstMiddleware",
    "shanhai.registers.accounts.middleware.OwnPagesMiddleware",
]

ROOT_URLCONF = "shanhai.config.urls"
WSGI_APPLICATION = "shanhai.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "shanhai.web.shell.context",
            ],
        },
    }
]

# --- language, time ---------------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# --- signing in -------------------------------------------------------------------------------------------
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    # Length, kinds of signs and former passwords are a dated rule, kept in the database.
    {"NAME": "shanhai.registers.accounts.passwords.RuleValidator"},
]
ACCOUNT_ADAPTER = "shanhai.registers.accounts.adapter.ClosedSignupAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_CHANGE_EMAIL = False
ACCOUNT_FORMS = {
    "login": "shanhai.registers.accounts.sign_in.SignInForm",
    "change_password": "shanhai.registers.accounts.sign_in.OwnPasswordForm",
    "reauthenticate": "shanhai.registers.accounts.sign_in.PasswordAgainForm",
}
MFA_ADAPTER = "shanhai.registers.accounts.factors.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_RECOVERY_CODES_SHOW_ONCE = True
#: A telephone's clock may be half a minute off.
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "shanhai.registers.accounts.factors.CodeForm",
    "reauthenticate": "shanhai.registers.accounts.factors.CodeAgainForm",
    "authenticate_webauthn": "shanhai.registers.accounts.factors.KeyForm",
    "activate_totp": "shanhai.registers.accounts.factors.NewTelephoneForm",
    "add_webauthn": "shanhai.registers.accounts.factors.NewKeyForm",
    "edit_webauthn": "shanhai.registers.accounts.factors.KeyNameForm",
}
#: Who else may say who somebody is, from a file that only the operator writes (docs/adr/0032).
SHANHAI_SINGLE_SIGN_ON_FILE = env.text("SHANHAI_SINGLE_SIGN_ON_FILE")
SHANHAI_PROVIDERS = providers.read(SHANHAI_SINGLE_SIGN_ON_FILE)

# Reminders beyond the installation (domains/governance/channels.py): none without a file.
SHANHAI_REMINDERS = channels.read(env.text("SHANHAI_REMINDERS_FILE"))
MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": env.text("SHANHAI_SMTP_HOST", "localhost"),
            "port": env.whole("SHANHAI_SMTP_PORT", 25),
            "username": env.text("SHANHAI_SMTP_USER"),
            "password": env.optional_secret("SHANHAI_SMTP_PASSWORD"),
            "use_tls": env.flag("SHANHAI_SMTP_TLS"),
            "timeout": 10,
        },
    }
}
DEFAULT_FROM_EMAIL = env.text("SHANHAI_SMTP_FROM", "shanhai@localhost")
_SINGLE_SIGN_ON = "shanhai.registers.accounts.single_sign_on"
SOCIALACCOUNT_ADAPTER = f"{_SINGLE_SIGN_ON}.adapter.SignOnAccounts"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"provider_class": f"{_SINGLE_SIGN_ON}.protocol.SignOnProvider"}}
SOCIALACCOUNT_STORE_TOKENS = False
#: How often one address may sign in, try a second factor or open a set-up link in a minute: an office behind
#: one address begins its day together.
SHANHAI_TRIES_PER_MINUTE = env.whole("SHANHAI_TRIES_PER_MINUTE", 120)
#: How often one token of the API may be used in a minute.
SHANHAI_TOKEN_CALLS_PER_MINUTE = env.whole("SHANHAI_TOKEN_CALLS_PER_MINUTE", 600)
#: Wrong passwords and codes are counted from the record of sign-ins (ADR 0024), tries before the transaction.
ACCOUNT_RATE_LIMITS = {"login_failed": "", "login": ""}
#: No «remember me» on an office's shared computer: the session ends with the browser.
ACCOUNT_SESSION_REMEMBER = False
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
#: Unit: seconds from signing in to having to sign in anew, and without a request until then.
SESSION_COOKIE_AGE = env.whole("SHANHAI_SESSION_SECONDS", 8 * 3600)
SHANHAI_IDLE_SECONDS = env.whole("SHANHAI_IDLE_SECONDS", 30 * 60)
#: How often a request writes down that its session is in use, in seconds.
SHANHAI_SEEN_SECONDS = 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# --- files and static assets ------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = SHANHAI_FILES.parent / "static"
MEDIA_ROOT = SHANHAI_FILES
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
#: Bytes that one evidence file may have.
SHANHAI_EVIDENCE_LIMIT = env.whole("SHANHAI_EVIDENCE_MEGABYTES", 20) * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
#: A filter form of a wide ledger posts many fields; bulk selections post row ids.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# --- transport --------------------------------------------------------------------------------------------
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.SELF],
    "form-action": [CSP.SELF],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
#: Cookies know no ports: two installations on one machine must not sign each other out.
SESSION_COOKIE_NAME = f"shanhai_session_{env.text('SHANHAI_INSTANCE', 'own')}"
CSRF_COOKIE_NAME = f"shanhai_csrf_{env.text('SHANHAI_INSTANCE', 'own')}"
#: Behind a TLS proxy the operator sets SHANHAI_HTTPS=1; the demonstration on loopback is plain HTTP.
HTTPS = env.flag("SHANHAI_HTTPS")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
#: How many proxies of the operator's own stand before us: as many entries of X-Forwarded-For are believed.
ALLAUTH_TRUSTED_PROXY_COUNT = env.whole("SHANHAI_PROXIES", 1 if HTTPS else 0)
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS

# --- what machines watch (docs/adr/0031) ------------------------------------------------------------------
#: A statement that takes longer is told in the log and counted; 0 for none. Unit: milliseconds.
SHANHAI_SLOW_STATEMENT_MS = env.whole("SHANHAI_SLOW_STATEMENT_MS", 1000)
#: An answer that takes longer is told in the log. Unit: milliseconds.
SHANHAI_SLOW_REQUEST_MS = env.whole("SHANHAI_SLOW_REQUEST_MS", 2000)
#: A job that has waited longer is told to the operator and to administrators.
SHANHAI_JOB_WAIT_SECONDS = env.whole("SHANHAI_JOB_WAIT_SECONDS", 600)
#: Whoever asks for `/metrics` must send this; without it only the machine itself is answered.
SHANHAI_METRICS_TOKEN = env.optional_secret("SHANHAI_METRICS_TOKEN")

# --- logs: expected refusals are not faults; no value of anybody's is ever logged -------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "shanhai.kernel.observing.logs.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "loggers": {
        "django.request": {"level": "ERROR"},
        # What it tells at its lowest level are statements with their values.
        "django.db.backends": {"level": "INFO"},
    },
    "root": {"handlers": ["stderr"], "level": env.text("SHANHAI_LOG", "WARNING")},
}
