from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cms", "0008_pictures_become_images")]
    operations = [
        migrations.RemoveField(model_name="homepage", name="picture"),
        migrations.RemoveField(model_name="newspage", name="picture"),
    ]
