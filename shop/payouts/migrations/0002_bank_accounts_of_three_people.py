"""Who confirms bank details is neither who entered nor who verified them. Where one person did both, another confirms anew."""

from __future__ import annotations

from django.db import migrations, models

_CONFIRM_ANEW = """
UPDATE payouts_bankaccount SET confirmed_at = NULL, confirmed_by_id = NULL, confirmed_how = ''
WHERE confirmed_by_id IS NOT NULL AND confirmed_by_id IN (verified_by_id, entered_by_id)
"""


class Migration(migrations.Migration):
    dependencies = [("payouts", "0001_accounts_and_batches")]

    operations = [
        migrations.RunSQL(_CONFIRM_ANEW, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="bankaccount",
            constraint=models.CheckConstraint(
                condition=models.Q(confirmed_by=None)
                | (~models.Q(confirmed_by=models.F("verified_by")) & ~models.Q(confirmed_by=models.F("entered_by"))),
                name="bank_account_of_three_people",
            ),
        ),
    ]
