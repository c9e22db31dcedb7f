from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("order", "0028_pieces_by_why_they_are_missing")]
    operations = [migrations.RemoveField(model_name="line", name="short_reason")]
