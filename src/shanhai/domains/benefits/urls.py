"""Addresses of the chapter's own pages, in its namespace."""

from django.urls import path

from . import claim_pages, employer_pages, pages, payment_pages, push_list_pages, push_pages, return_pages

urlpatterns = [
    path("policy/<uuid:pk>/preview/", pages.preview, name="preview"),
    path("policy/<uuid:pk>/release/", pages.release, name="release"),
    path("policy/<uuid:pk>/restore/", pages.restore, name="restore"),
    path("policy/<uuid:pk>/answer/<uuid:who>/", pages.answer, name="answer"),
    path("employers/", employer_pages.employers, name="employers"),
    path("employers.xlsx", employer_pages.employers_xlsx, name="employers_xlsx"),
    path("policy/<uuid:pk>/paying/", claim_pages.paying, name="paying"),
    path("policy/<uuid:pk>/find/", claim_pages.find_claims, name="find_claims"),
    path("policy/<uuid:pk>/approve/", claim_pages.approve_claims, name="approve_claims"),
    path("policy/<uuid:pk>/back/", claim_pages.claim_back, name="claim_back"),
    path("policypush/<uuid:pk>/whom/", push_pages.whom, name="whom"),
    path("policypush/<uuid:pk>/push/", push_pages.push_out, name="push_out"),
    path("pushes/", push_pages.pushes, name="pushes"),
    path("pushes/recipients/", push_list_pages.push_recipients, name="push_recipients"),
    path("pushes/recipients.xlsx", push_list_pages.push_recipients_xlsx, name="push_recipients_xlsx"),
    path("pushes/tell/", push_list_pages.tell, name="tell"),
    path("pushrecipient/<uuid:pk>/know/", push_list_pages.know, name="know"),
    path("pushrecipient/<uuid:pk>/acknowledge/", push_list_pages.acknowledge, name="acknowledge"),
    path("publicnotice/<uuid:pk>/shown/", payment_pages.notice_page, name="notice_page"),
    path("publicnotice/<uuid:pk>/shown.docx", payment_pages.notice_docx, name="notice_docx"),
    path("publicnotice/<uuid:pk>/shown.xlsx", payment_pages.notice_xlsx, name="notice_xlsx"),
    path("publicnotice/<uuid:pk>/post/", payment_pages.post_notice, name="post_notice"),
    path("publicnotice/<uuid:pk>/close/", payment_pages.close_notice, name="close_notice"),
    path("paymentlist/<uuid:pk>/load/", payment_pages.load_list, name="load_list"),
    path("paymentlist/<uuid:pk>/unload/", payment_pages.unload_list, name="unload_list"),
    path("paymentlist/<uuid:pk>/return/", return_pages.take_return, name="take_return"),
    path("paymentlist/<uuid:pk>/leftovers.xlsx", return_pages.leftovers_xlsx, name="leftovers_xlsx"),
    path("clawback/<uuid:pk>/resolve/", payment_pages.resolve_claw_back, name="resolve_claw_back"),
    path("claim/<uuid:pk>/approve/", claim_pages.approve_claim, name="approve_claim"),
    path("claim/<uuid:pk>/decide/", claim_pages.decide_claim, name="decide_claim"),
]
