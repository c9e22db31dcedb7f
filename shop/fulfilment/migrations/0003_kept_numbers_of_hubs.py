"""What a busy hub counts on every page is kept beside the rows: each change adds to it or takes from it, in its own transaction.

Adding and taking is right whoever changes what at the same time, with or without the lock of the order; counting anew
would not be. Every statement of the triggers names one key, so that it needs no statistics of the tables.
"""

from django.db import migrations, models

_KEEP = """
CREATE FUNCTION fulfilment_keep_pieces() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
    own bigint;
BEGIN
    SELECT order_id INTO own FROM order_line WHERE id = CASE TG_OP WHEN 'DELETE' THEN OLD.line_id ELSE NEW.line_id END;
    IF TG_OP <> 'INSERT' AND OLD."where" = 'place' THEN
        UPDATE fulfilment_deliveryplan SET pieces_here = pieces_here - OLD.quantity
        WHERE order_id = own AND hub_id = OLD.place_id;
    END IF;
    IF TG_OP <> 'DELETE' AND NEW."where" = 'place' THEN
        UPDATE fulfilment_deliveryplan SET pieces_here = pieces_here + NEW.quantity
        WHERE order_id = own AND hub_id = NEW.place_id;
    END IF;
    RETURN NULL;
END $body$;
CREATE TRIGGER fulfilment_pieces_here AFTER INSERT OR UPDATE OR DELETE ON fulfilment_holding
    FOR EACH ROW EXECUTE FUNCTION fulfilment_keep_pieces();

CREATE FUNCTION fulfilment_keep_coming(part bigint, place bigint, more int) RETURNS void LANGUAGE plpgsql AS $body$
DECLARE
    own bigint;
BEGIN
    SELECT order_id INTO own FROM order_vendororder WHERE id = part AND state NOT IN ('cancelled', 'delivered');
    IF FOUND THEN
        UPDATE fulfilment_deliveryplan SET boxes_coming = boxes_coming + more WHERE order_id = own AND hub_id = place;
    END IF;
END $body$;
CREATE FUNCTION fulfilment_keep_stops() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.reached_at IS NULL THEN
        PERFORM fulfilment_keep_coming(OLD.vendor_order_id, OLD.place_id, -1);
    END IF;
    IF TG_OP <> 'DELETE' AND NEW.reached_at IS NULL THEN
        PERFORM fulfilment_keep_coming(NEW.vendor_order_id, NEW.place_id, 1);
    END IF;
    RETURN NULL;
END $body$;
CREATE TRIGGER fulfilment_boxes_coming AFTER INSERT OR DELETE OR UPDATE OF vendor_order_id, place_id, reached_at
    ON fulfilment_stop FOR EACH ROW EXECUTE FUNCTION fulfilment_keep_stops();

CREATE FUNCTION fulfilment_mark_unpacked() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    NEW.is_unpacked := NEW.position = 1 AND EXISTS (
        SELECT FROM order_vendororder WHERE id = NEW.vendor_order_id AND state IN ('to_accept', 'to_pack'));
    RETURN NEW;
END $body$;
CREATE TRIGGER fulfilment_stop_unpacked BEFORE INSERT ON fulfilment_stop
    FOR EACH ROW EXECUTE FUNCTION fulfilment_mark_unpacked();

CREATE FUNCTION fulfilment_follow_parts() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
    was_over boolean := OLD.state IN ('cancelled', 'delivered');
    is_over boolean := NEW.state IN ('cancelled', 'delivered');
    unpacked boolean := NEW.state IN ('to_accept', 'to_pack');
    hub bigint;
BEGIN
    IF was_over <> is_over THEN
        FOR hub IN SELECT place_id FROM fulfilment_stop WHERE vendor_order_id = NEW.id AND reached_at IS NULL LOOP
            UPDATE fulfilment_deliveryplan SET boxes_coming = boxes_coming + CASE WHEN is_over THEN -1 ELSE 1 END
            WHERE order_id = NEW.order_id AND hub_id = hub;
        END LOOP;
    END IF;
    IF unpacked <> (OLD.state IN ('to_accept', 'to_pack')) THEN
        UPDATE fulfilment_stop SET is_unpacked = unpacked WHERE vendor_order_id = NEW.id AND position = 1;
    END IF;
    RETURN NULL;
END $body$;
CREATE TRIGGER fulfilment_parts_followed AFTER UPDATE OF state ON order_vendororder
    FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION fulfilment_follow_parts();

CREATE FUNCTION fulfilment_keep_boxes() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
    before bigint;
    after bigint;
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.state IN ('announced', 'sent') THEN before := OLD.transfer_id; END IF;
    IF TG_OP <> 'DELETE' AND NEW.state IN ('announced', 'sent') THEN after := NEW.transfer_id; END IF;
    IF before IS DISTINCT FROM after THEN
        UPDATE fulfilment_transfer SET boxes_open = boxes_open - 1 WHERE id = before;
        UPDATE fulfilment_transfer SET boxes_open = boxes_open + 1 WHERE id = after;
    END IF;
    RETURN NULL;
END $body$;
CREATE TRIGGER fulfilment_boxes_open AFTER INSERT OR DELETE OR UPDATE OF state, transfer_id ON fulfilment_transferbox
    FOR EACH ROW EXECUTE FUNCTION fulfilment_keep_boxes();
"""
_BEGIN = """
UPDATE fulfilment_deliveryplan plan SET pieces_here = held.pieces
FROM (SELECT line.order_id, holding.place_id, sum(holding.quantity) AS pieces
      FROM fulfilment_holding holding JOIN order_line line ON line.id = holding.line_id
      WHERE holding."where" = 'place' GROUP BY 1, 2) held
WHERE held.order_id = plan.order_id AND held.place_id = plan.hub_id;
UPDATE fulfilment_deliveryplan plan SET boxes_coming = awaited.number
FROM (SELECT part.order_id, stop.place_id, count(*) AS number
      FROM fulfilment_stop stop JOIN order_vendororder part ON part.id = stop.vendor_order_id
      WHERE stop.reached_at IS NULL AND part.state NOT IN ('cancelled', 'delivered') GROUP BY 1, 2) awaited
WHERE awaited.order_id = plan.order_id AND awaited.place_id = plan.hub_id;
UPDATE fulfilment_stop stop SET is_unpacked = true FROM order_vendororder part
WHERE part.id = stop.vendor_order_id AND stop.position = 1 AND part.state IN ('to_accept', 'to_pack');
UPDATE fulfilment_transfer transfer SET boxes_open = box.number
FROM (SELECT transfer_id, count(*) AS number FROM fulfilment_transferbox
      WHERE state IN ('announced', 'sent') GROUP BY 1) box WHERE box.transfer_id = transfer.id;
UPDATE fulfilment_parcel parcel SET to_counter = true FROM fulfilment_deliveryplan plan
WHERE plan.order_id = parcel.order_id AND plan.way = 'pickup';
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""
_LIFT = """
DROP TRIGGER fulfilment_boxes_open ON fulfilment_transferbox;
DROP TRIGGER fulfilment_parts_followed ON order_vendororder;
DROP TRIGGER fulfilment_stop_unpacked ON fulfilment_stop;
DROP TRIGGER fulfilment_boxes_coming ON fulfilment_stop;
DROP TRIGGER fulfilment_pieces_here ON fulfilment_holding;
DROP FUNCTION fulfilment_keep_boxes();
DROP FUNCTION fulfilment_follow_parts();
DROP FUNCTION fulfilment_mark_unpacked();
DROP FUNCTION fulfilment_keep_stops();
DROP FUNCTION fulfilment_keep_coming(bigint, bigint, int);
DROP FUNCTION fulfilment_keep_pieces();
"""


class Migration(migrations.Migration):

    dependencies = [("fulfilment", "0002_papers_of_hubs")]

    operations = [
        migrations.RemoveIndex(model_name="parcel", name="parcels_open_at_a_place"),
        migrations.AddField("deliveryplan", "pieces_here", models.PositiveIntegerField(default=0, editable=False)),
        migrations.AddField("deliveryplan", "boxes_coming", models.PositiveIntegerField(default=0, editable=False)),
        migrations.AddField("stop", "is_unpacked", models.BooleanField(default=False, editable=False)),
        migrations.AddField("transfer", "boxes_open", models.PositiveIntegerField(default=0, editable=False)),
        migrations.AddField("parcel", "to_counter", models.BooleanField(default=False)),
        migrations.RunSQL(_BEGIN, migrations.RunSQL.noop),
        migrations.AddIndex(
            "deliveryplan",
            models.Index(
                condition=models.Q(("boxes_coming", 0), ("pieces_here__gt", 0)),
                fields=["hub", "latest", "order"],
                name="purchases_to_put_together",
            ),
        ),
        migrations.AddIndex(
            "deliveryplan",
            models.Index(
                condition=models.Q(("boxes_coming__gt", 0), ("pieces_here__gt", 0)),
                fields=["hub", "latest", "order"],
                name="purchases_that_wait",
            ),
        ),
        migrations.AddIndex(
            "parcel",
            models.Index(
                condition=models.Q(("state", "ready")),
                fields=["place", "to_counter", "created_at", "id"],
                name="parcels_ready",
            ),
        ),
        migrations.AddIndex(
            "parcel",
            models.Index(
                condition=models.Q(("state", "on_shelf")),
                fields=["place", "keep_until", "id"],
                name="parcels_on_a_shelf",
            ),
        ),
        migrations.AddIndex(
            "parcel",
            models.Index(
                condition=models.Q(("state", "sent")),
                fields=["place", "created_at", "id"],
                name="parcels_with_a_carrier",
            ),
        ),
        migrations.AddIndex(
            "stop",
            models.Index(
                condition=models.Q(("is_unpacked", True)), fields=["place", "due"], name="stops_not_packed"
            ),
        ),
        migrations.AddIndex(
            "transfer",
            models.Index(
                condition=models.Q(("state__in", ["announced", "sent"])),
                fields=["from_place", "due"],
                name="transfers_leaving",
            ),
        ),
        migrations.RunSQL(_KEEP, _LIFT),
    ]
