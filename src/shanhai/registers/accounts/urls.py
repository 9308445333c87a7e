"""Addresses of users, roles and the first steps, in the namespace `accounts`."""

from django.urls import path

from . import (
    bound_page,
    event_list,
    own_sessions,
    putting_to_use,
    role_page,
    rule_pages,
    starting,
    token_pages,
    user_import,
    user_list,
    user_pages,
)

urlpatterns = [
    path("start/", starting.start, name="start"),
    path("roles/", role_page.role_list, name="role_list"),
    path("sign-ins/", event_list.event_list, name="event_list"),
    path("devices/", own_sessions.own_sessions, name="own_sessions"),
    path("tokens/", token_pages.own_tokens, name="own_tokens"),
    path("tokens/new/", token_pages.token_create, name="token_create"),
    path("tokens/<uuid:pk>/revoke/", token_pages.token_revoke, name="token_revoke"),
    path("sign-ins/rules/", rule_pages.sign_in_rules, name="sign_in_rules"),
    path("sign-ins/rules/new/", rule_pages.sign_in_rule_create, name="sign_in_rule_create"),
    path("users/", user_list.user_list, name="user_list"),
    path("users/new/", user_pages.user_create, name="user_create"),
    path("users/bound/new/", bound_page.bound_create, name="bound_create"),
    path("users/awaiting/", putting_to_use.users_put_to_use, name="users_put_to_use"),
    *user_import.urlpatterns,
    path("users/<uuid:pk>/", user_pages.user_detail, name="user_detail"),
    path("users/<uuid:pk>/edit/", user_pages.user_edit, name="user_edit"),
    path("users/<uuid:pk>/act/", user_pages.user_act, name="user_act"),
    path("users/<uuid:pk>/roles/new/", user_pages.membership_create, name="membership_create"),
    path("users/<uuid:pk>/roles/<uuid:membership>/", user_pages.membership_edit, name="membership_edit"),
]
