"""Pictures that stood on pages become images that editors can choose; each is its own cut."""

from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import migrations


def carry_over(apps: Any, schema_editor: Any) -> None:
    image_model = apps.get_model("media", "MarketImage")
    images: dict[int, Any] = {}
    for name in ("HomePage", "NewsPage"):
        for page in apps.get_model("cms", name).objects.exclude(picture=None).select_related("picture"):
            path = f"pictures/{page.picture.name}-960.jpg"
            if page.picture_id not in images and default_storage.exists(path):
                with default_storage.open(path) as file:
                    content = ContentFile(file.read(), name=f"{page.picture.name}.jpg")
                images[page.picture_id] = image_model.objects.create(
                    title=getattr(page, "picture_alt", "") or page.title,
                    file=content,
                    width=page.picture.width,
                    height=page.picture.height,
                    cut=page.picture,
                )
            page.image = images.get(page.picture_id)
            page.save(update_fields=["image"])


class Migration(migrations.Migration):
    dependencies = [("cms", "0007_stories_have_topics_and_an_image")]
    operations = [migrations.RunPython(carry_over, migrations.RunPython.noop)]
