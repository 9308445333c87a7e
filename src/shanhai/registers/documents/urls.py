"""Addresses of documents, in the namespace `documents`."""

from django.urls import path

from . import pages, template_pages

urlpatterns = [
    path("", pages.documents, name="kinds"),
    path("templates/<uuid:pk>/file/", template_pages.template_file, name="template_file"),
    path("templates/<uuid:pk>/remove/", template_pages.template_remove, name="template_remove"),
    path("<str:kind>/templates/", template_pages.templates, name="templates"),
    path("<str:kind>/<uuid:pk>/", pages.document, name="document"),
    path("<str:kind>/<uuid:pk>/starter/", template_pages.starter_file, name="starter"),
    path("<str:kind>/<uuid:pk>/<str:form>/", pages.document_file, name="document_file"),
]
