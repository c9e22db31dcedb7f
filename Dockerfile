# The market's image: web, worker and clock run from it with different commands.
FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 VAR_DIR=/srv/var
WORKDIR /srv/market

COPY requirements.txt ./
RUN pip install --disable-pip-version-check -r requirements.txt

COPY . .
# Static files and translations are made once, at build time; the values below are used for nothing else.
RUN DATABASE_URL=postgresql://build@localhost/build SECRET_KEY=build-only python manage.py build_locale \
 && DATABASE_URL=postgresql://build@localhost/build SECRET_KEY=build-only python manage.py collectstatic --noinput --verbosity 0 \
 && useradd --system --uid 10001 market \
 && mkdir -p /srv/var && chown -R market /srv/var

USER market
EXPOSE 8000
CMD ["gunicorn", "shop.wsgi", "--bind", "0.0.0.0:8000", "--workers", "3", "--threads", "4", "--preload"]
