from django.db import migrations, models

_CARRY_OVER = """
UPDATE order_line SET short_reasons = jsonb_build_object(coalesce(nullif(short_reason, ''), 'other'), short_quantity)
WHERE short_quantity > 0
"""


class Migration(migrations.Migration):
    dependencies = [("order", "0027_storage_and_more_reasons_of_a_line")]
    operations = [
        migrations.AddField(
            model_name="line",
            name="short_reasons",
            field=models.JSONField(
                blank=True,
                default=dict,
                help_text="pieces by why they are missing; they add up to short_quantity",
            ),
        ),
        migrations.RunSQL(_CARRY_OVER, migrations.RunSQL.noop),
    ]
