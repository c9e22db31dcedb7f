"""A group's goods and lots in its workspace."""

from __future__ import annotations

from django.urls import path

from catalogue.web.workspace import (
    begin,
    lots,
    parts,
    pictures,
    product,
    sheet,
    stock,
    today,  # noqa: F401  (its cards for the desk)
    variants,
    views,
)

app_name = "workspace_goods"
urlpatterns = [
    path("<slug:workspace>/goods/", views.index, name="list"),
    path("<slug:workspace>/goods/new/", begin.begin, name="new"),
    path("<slug:workspace>/goods/new/keep/", begin.keep, name="keep"),
    path("<slug:workspace>/goods/new/photo/", begin.photo, name="new-photo"),
    path("<slug:workspace>/goods/stock/", stock.table, name="stock"),
    path("<slug:workspace>/goods/sheet/", sheet.index, name="sheet"),
    path("<slug:workspace>/goods/sheet/template.<slug:form>", sheet.template, name="sheet-template"),
    path("<slug:workspace>/goods/sheet/export.<slug:form>", sheet.export, name="sheet-export"),
    path("<slug:workspace>/goods/sheet/<slug:code>/", sheet.detail, name="sheet-run"),
    path("<slug:workspace>/goods/sheet/<slug:code>/save/", sheet.save, name="sheet-save"),
    path("<slug:workspace>/goods/sheet/<slug:code>/drop/", sheet.drop, name="sheet-drop"),
    path("<slug:workspace>/goods/sheet/<slug:code>/problems.csv", sheet.problems, name="sheet-problems"),
    path("<slug:workspace>/goods/<int:pk>/", product.show, name="product"),
    path("<slug:workspace>/goods/<int:pk>/act/", product.act, name="act"),
    path("<slug:workspace>/goods/<int:pk>/price/", parts.price, name="price"),
    path("<slug:workspace>/goods/<int:pk>/past/", product.past, name="past"),
    path("<slug:workspace>/goods/<int:pk>/prices/", variants.prices, name="prices"),
    path("<slug:workspace>/goods/<int:pk>/pictures/", pictures.pictures, name="pictures"),
    path("<slug:workspace>/goods/<int:pk>/variants/", variants.variants, name="variants"),
    path("<slug:workspace>/goods/<int:pk>/variants/new/", variants.add, name="variant-new"),
    path("<slug:workspace>/goods/<int:pk>/variants/<int:variant>/", variants.change, name="variant"),
    path("<slug:workspace>/goods/<int:pk>/part/<slug:section>/", parts.part, name="part"),
    path("<slug:workspace>/goods/<int:pk>/exemption/", views.exemption, name="exemption"),
    path("<slug:workspace>/lots/", lots.index, name="lots"),
    path("<slug:workspace>/lots/new/", lots.choose, name="lot-choose"),
    path("<slug:workspace>/lots/new/<int:pk>/", lots.enter, name="lot-enter"),
]
