# The market's image: web, worker and clock run from it with different commands.
FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 \
    HOST=0.0.0.0 PORT=8000 VAR_DIR=/srv/var STATIC_ROOT=/srv/static
WORKDIR /srv/market

# Changes rarely, so it stands before the code and is built once.
COPY requirements.txt ./
RUN pip install --requirement requirements.txt

COPY . .
# Translations and static files are made once, here. Neither asks the database or uses the key: the values are only needed
# because the settings refuse to start without. The folder of uploads exists before a volume is laid over it, so that
# the volume belongs to the unprivileged user too.
RUN export DATABASE_URL=postgresql://build@localhost/build SECRET_KEY=build-only \
 && python manage.py build_locale \
 && python manage.py collectstatic --noinput --verbosity 0 \
 && useradd --system --uid 10001 --no-create-home market \
 && install --directory --owner market --mode 750 /srv/var

USER market
EXPOSE 8000
CMD ["gunicorn", "--config", "python:shop.server", "shop.wsgi"]
