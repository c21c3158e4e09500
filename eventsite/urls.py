"""Every address of the site; those of an app are in the app."""

from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path

from talks.urls import preview

from . import views
from .sitemaps import SITEMAPS

site = [
    path("", views.home, name="home"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
]

urlpatterns = [
    path("", include((site, "eventsite"))),
    path("events/", include("talks.urls")),
    path("preview/", include((preview, "preview"))),
    path("papers/", include("papers.urls")),
    path("admin/", admin.site.urls),
]
