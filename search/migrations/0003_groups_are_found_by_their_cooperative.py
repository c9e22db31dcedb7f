"""Groups and goods hold the names of the cooperative above them: whoever renames it, or moves a group, changes these too."""

from django.db import migrations

ORGANISATION = """
CREATE OR REPLACE FUNCTION search_note_organisation() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE was record;
BEGIN
    was := COALESCE(NEW, OLD);
    IF was.kind = 'group' THEN
        INSERT INTO search_change (kind, object_id) VALUES ('group', was.id);
        IF TG_OP = 'UPDATE' AND (OLD.name_th, OLD.name_en, OLD.path) IS DISTINCT FROM (NEW.name_th, NEW.name_en, NEW.path) THEN
            INSERT INTO search_change (kind, object_id)
                SELECT 'product', id FROM catalogue_product WHERE group_id = was.id AND parent_id IS NULL;
            INSERT INTO search_change (kind, object_id) SELECT 'certificate', id FROM vendors_certificate WHERE holder_id = was.id;
        END IF;
    ELSIF was.kind IN ('national', 'regional', 'provincial') THEN
        INSERT INTO search_change (kind, object_id) VALUES ('network', was.id);
    ELSIF was.kind IN ('cooperative', 'farmer_group') AND TG_OP = 'UPDATE' THEN
        IF (OLD.name_th, OLD.name_en) IS DISTINCT FROM (NEW.name_th, NEW.name_en) THEN
            INSERT INTO search_change (kind, object_id) SELECT 'certificate', id FROM vendors_certificate WHERE holder_id = was.id;
            INSERT INTO search_change (kind, object_id)
                SELECT 'group', id FROM vendors_organisation WHERE kind = 'group' AND path LIKE NEW.path || '____';
            INSERT INTO search_change (kind, object_id)
                SELECT 'product', p.id FROM catalogue_product p JOIN vendors_organisation o ON o.id = p.group_id
                WHERE o.kind = 'group' AND o.path LIKE NEW.path || '____' AND p.parent_id IS NULL;
        END IF;
    END IF;
    RETURN NULL;
END $$;
"""
AGAIN = """
INSERT INTO search_change (kind, object_id) SELECT 'product', id FROM catalogue_product WHERE parent_id IS NULL;
INSERT INTO search_change (kind, object_id) SELECT 'group', id FROM vendors_organisation WHERE kind = 'group';
UPDATE search_engineindex SET state = 'retired' WHERE state <> 'retired';
"""
"""Rows of the embedded index are written again by the worker. An index in Elasticsearch has no place for the new field and would
refuse each document: it follows no more changes, and the clock has a new one made."""


class Migration(migrations.Migration):
    dependencies = [("search", "0002_changes_are_noted")]

    operations = [
        migrations.RunSQL(ORGANISATION, migrations.RunSQL.noop),
        migrations.RunSQL(AGAIN, migrations.RunSQL.noop),
    ]
