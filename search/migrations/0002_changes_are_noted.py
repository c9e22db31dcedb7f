"""Whatever can be found notes its own changes, in the change's own transaction and whoever makes it, plain SQL included."""

from django.db import migrations

FUNCTIONS = """
CREATE OR REPLACE FUNCTION search_note_product() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        INSERT INTO search_change (kind, object_id) VALUES ('product', OLD.id);
    ELSIF TG_OP = 'INSERT' OR OLD.* IS DISTINCT FROM NEW.* THEN
        INSERT INTO search_change (kind, object_id) VALUES ('product', COALESCE(NEW.parent_id, NEW.id));
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION search_note_material() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        INSERT INTO search_change (kind, object_id) VALUES ('product', OLD.product_id);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO search_change (kind, object_id) VALUES ('product', NEW.product_id);
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION search_note_organisation() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE was record;
BEGIN
    was := COALESCE(NEW, OLD);
    IF was.kind = 'group' THEN
        INSERT INTO search_change (kind, object_id) VALUES ('group', was.id);
        IF TG_OP = 'UPDATE' AND (OLD.name_th, OLD.name_en) IS DISTINCT FROM (NEW.name_th, NEW.name_en) THEN
            INSERT INTO search_change (kind, object_id)
                SELECT 'product', id FROM catalogue_product WHERE group_id = was.id AND parent_id IS NULL;
            INSERT INTO search_change (kind, object_id) SELECT 'certificate', id FROM vendors_certificate WHERE holder_id = was.id;
        END IF;
    ELSIF was.kind IN ('national', 'regional', 'provincial') THEN
        INSERT INTO search_change (kind, object_id) VALUES ('network', was.id);
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION search_note_place() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE was record;
BEGIN
    was := COALESCE(NEW, OLD);
    IF was.kind = 'hub' THEN
        INSERT INTO search_change (kind, object_id) VALUES ('network', was.organisation_id);
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION search_note_certificate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO search_change (kind, object_id) VALUES ('certificate', COALESCE(NEW.id, OLD.id));
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION search_note_page() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO search_change (kind, object_id) VALUES ('page', COALESCE(NEW.id, OLD.id));
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION search_note_category() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO search_change (kind, object_id)
        SELECT 'product', id FROM catalogue_product WHERE main_category_id = NEW.id AND parent_id IS NULL;
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION search_note_province() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO search_change (kind, object_id)
        SELECT 'product', id FROM catalogue_product WHERE province_id = NEW.code AND parent_id IS NULL;
    INSERT INTO search_change (kind, object_id)
        SELECT CASE WHEN kind = 'group' THEN 'group' ELSE 'network' END, id FROM vendors_organisation
        WHERE province_id = NEW.code AND kind IN ('group', 'national', 'regional', 'provincial');
    RETURN NULL;
END $$;
"""
TRIGGERS = {
    "product": ("catalogue_product", "INSERT OR UPDATE OR DELETE", ""),
    "material": ("catalogue_rawmaterial", "INSERT OR UPDATE OR DELETE", ""),
    "organisation": ("vendors_organisation", "INSERT OR UPDATE OR DELETE", ""),
    "place": ("vendors_place", "INSERT OR UPDATE OR DELETE", ""),
    "certificate": ("vendors_certificate", "INSERT OR UPDATE OR DELETE", ""),
    "page": ("wagtailcore_page", "INSERT OR UPDATE OR DELETE", ""),
    "category": (
        "catalogue_category",
        "UPDATE",
        "WHEN ((OLD.name, OLD.name_en) IS DISTINCT FROM (NEW.name, NEW.name_en))",
    ),
    "province": (
        "vendors_province",
        "UPDATE",
        "WHEN ((OLD.name_th, OLD.name_en, OLD.region_id) IS DISTINCT FROM (NEW.name_th, NEW.name_en, NEW.region_id))",
    ),
}


def _make(name: str) -> str:
    table, events, when = TRIGGERS[name]
    return (
        f"DROP TRIGGER IF EXISTS search_{name}_changed ON {table}; "
        f"CREATE TRIGGER search_{name}_changed AFTER {events} ON {table} FOR EACH ROW {when} "
        f"EXECUTE FUNCTION search_note_{name}();"
    )


def _drop(name: str) -> str:
    return f"DROP TRIGGER IF EXISTS search_{name}_changed ON {TRIGGERS[name][0]}; DROP FUNCTION IF EXISTS search_note_{name}();"


FIRST = """
INSERT INTO search_change (kind, object_id) SELECT 'product', id FROM catalogue_product WHERE parent_id IS NULL;
INSERT INTO search_change (kind, object_id) SELECT 'group', id FROM vendors_organisation WHERE kind = 'group';
INSERT INTO search_change (kind, object_id)
    SELECT 'network', id FROM vendors_organisation WHERE kind IN ('national', 'regional', 'provincial');
INSERT INTO search_change (kind, object_id) SELECT 'certificate', id FROM vendors_certificate;
INSERT INTO search_change (kind, object_id) SELECT 'page', id FROM wagtailcore_page;
"""
"""What exists already is indexed by the worker as if it had just changed."""


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0001_initial"),
        ("cms", "0014_stories_hold_more"),
        ("catalogue", "0039_begun_products_and_pending_changes"),
        ("vendors", "0007_import_runs_of_groups"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
        *(migrations.RunSQL(_make(name), _drop(name)) for name in TRIGGERS),
        migrations.RunSQL(FIRST, migrations.RunSQL.noop),
    ]
