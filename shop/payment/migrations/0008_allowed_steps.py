"""The allowed steps of attempts, refunds and disputes, as triggers (`shop.payment.states.transition_sql` writes them)."""

from django.db import migrations

PAYMENTATTEMPT = """
CREATE OR REPLACE FUNCTION payment_paymentattempt_steps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> OLD.state AND NOT (OLD.state || '>' || NEW.state = ANY (ARRAY['created>awaiting_payer', 'created>cancelled', 'created>expired', 'created>failed', 'created>processing', 'created>review', 'created>succeeded', 'awaiting_payer>cancelled', 'awaiting_payer>expired', 'awaiting_payer>failed', 'awaiting_payer>processing', 'awaiting_payer>review', 'awaiting_payer>succeeded', 'processing>awaiting_payer', 'processing>cancelled', 'processing>expired', 'processing>failed', 'processing>review', 'processing>succeeded', 'review>succeeded', 'failed>review', 'failed>succeeded', 'cancelled>review', 'cancelled>succeeded', 'expired>review', 'expired>succeeded'])) THEN
        RAISE EXCEPTION 'payment_paymentattempt %: % may not become %', OLD.id, OLD.state, NEW.state USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS payment_paymentattempt_steps ON payment_paymentattempt;
CREATE TRIGGER payment_paymentattempt_steps BEFORE UPDATE OF state ON payment_paymentattempt FOR EACH ROW EXECUTE FUNCTION payment_paymentattempt_steps();
"""
REFUND = """
CREATE OR REPLACE FUNCTION payment_refund_steps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> OLD.state AND NOT (OLD.state || '>' || NEW.state = ANY (ARRAY['asked>cancelled', 'asked>failed', 'asked>pending', 'asked>requires_action', 'asked>succeeded', 'pending>cancelled', 'pending>failed', 'pending>requires_action', 'pending>succeeded', 'requires_action>cancelled', 'requires_action>failed', 'requires_action>pending', 'requires_action>succeeded', 'succeeded>failed'])) THEN
        RAISE EXCEPTION 'payment_refund %: % may not become %', OLD.id, OLD.state, NEW.state USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS payment_refund_steps ON payment_refund;
CREATE TRIGGER payment_refund_steps BEFORE UPDATE OF state ON payment_refund FOR EACH ROW EXECUTE FUNCTION payment_refund_steps();
"""
DISPUTE = """
CREATE OR REPLACE FUNCTION payment_dispute_steps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> OLD.state AND NOT (OLD.state || '>' || NEW.state = ANY (ARRAY['open>lost', 'open>won', 'won>lost', 'won>open', 'lost>won'])) THEN
        RAISE EXCEPTION 'payment_dispute %: % may not become %', OLD.id, OLD.state, NEW.state USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS payment_dispute_steps ON payment_dispute;
CREATE TRIGGER payment_dispute_steps BEFORE UPDATE OF state ON payment_dispute FOR EACH ROW EXECUTE FUNCTION payment_dispute_steps();
"""
DROP = "DROP TRIGGER IF EXISTS {0}_steps ON {0}; DROP FUNCTION IF EXISTS {0}_steps();"


class Migration(migrations.Migration):
    dependencies = [("payment", "0007_states_refunds_events_disputes")]

    operations = [
        migrations.RunSQL(PAYMENTATTEMPT, DROP.format("payment_paymentattempt")),
        migrations.RunSQL(REFUND, DROP.format("payment_refund")),
        migrations.RunSQL(DISPUTE, DROP.format("payment_dispute")),
    ]
