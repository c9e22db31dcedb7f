"""Every table that points at a person is accounted for: told, deleted or kept for a reason. A new one fails here first."""

from __future__ import annotations

from django.contrib.auth import get_user_model

from shop.people.leaving import FOREIGN

DELETED_BY_US = {
    ("people", "user_groups", "user"),
    ("people", "user_user_permissions", "user"),
    ("address", "useraddress", "user"),
    ("favourites", "favourite", "user"),
    ("favourites", "follow", "user"),
    ("vendors", "membership", "user"),
    ("vendors", "invitation", "accepted_by"),
    ("catalogue", "goodsdraft", "by"),
}
KEPT = {
    ("people", "consent", "user"): "proof of what was agreed to, without a name",
    ("people", "accountdeletion", "user"): "the deletion itself",
    ("order", "order", "user"): "accounts and tax: five years",
    ("basket", "basket", "owner"): "open ones are deleted; those of orders hold goods alone",
    ("order", "vendororderevent", "by"): "history of an order, by somebody unnamed",
    ("fulfilment", "movement", "by"): "history of an order, by somebody unnamed",
    ("fulfilment", "paperrun", "by"): "a list that was printed: it goes within a day",
    ("fulfilment", "parcel", "created_by"): "history of an order, by somebody unnamed",
    ("fulfilment", "parcelevent", "by"): "history of an order, by somebody unnamed",
    ("fulfilment", "transfer", "sent_by"): "history of an order, by somebody unnamed",
    ("fulfilment", "transfer", "closed_by"): "history of an order, by somebody unnamed",
    ("fulfilment", "transferbox", "sent_by"): "history of an order, by somebody unnamed",
    ("fulfilment", "transferbox", "counted_by"): "history of an order, by somebody unnamed",
    ("order", "ordernote", "user"): "history of an order, by somebody unnamed",
    ("vendors", "certificate", "verified_by"): "record of the office",
    ("vendors", "certificateevent", "by"): "record of the office",
    ("vendors", "grant", "created_by"): "record of an organisation",
    ("vendors", "importrun", "by"): "record of the office; the file goes after 30 days",
    ("vendors", "groupapplication", "applicant"): "drafts are deleted; what was handed in is the group's",
    ("vendors", "grouprecord", "reviewer"): "record of the office",
    ("vendors", "attestation", "by"): "what was accepted for a group, by somebody unnamed",
    ("vendors", "officercheck", "by"): "record of the office",
    ("vendors", "support", "by"): "record of a group",
    ("vendors", "training", "by"): "record of a group",
    ("vendors", "invitation", "invited_by"): "until the invitation is cleared away",
    ("cms", "boothevent", "by"): "record of a group and of the office, by somebody unnamed",
    ("cms", "pagereview", "submitted_by"): "record of a group",
    ("cms", "pagereview", "decided_by"): "record of the office",
    ("cms", "course", "created_by"): "record of the office",
    ("cms", "registration", "person"): "the group's seat; phone and account go, the name with the training",
    ("cms", "registration", "registered_by"): "record of a group",
    ("cms", "registrationevent", "by"): "history of a seat, by somebody unnamed",
    ("catalogue", "lot", "created_by"): "record of a group",
    ("catalogue", "lot", "recalled_by"): "record of the office",
    ("catalogue", "productevent", "by"): "history of a product, by somebody unnamed",
    ("catalogue", "gateexemption", "asked_by"): "record of a group",
    ("catalogue", "gateexemption", "decided_by"): "record of the office",
    ("catalogue", "pendingedit", "asked_by"): "record of a group",
    ("catalogue", "pendingedit", "decided_by"): "record of the office",
    ("payment", "cashcollection", "by"): "accounts: five years, by somebody unnamed",
    ("payment", "cashhandin", "by"): "accounts: five years, by somebody unnamed",
    ("payment", "refund", "asked_by"): "accounts: five years, by somebody unnamed",
    ("payment", "refund", "done_by"): "accounts: five years, by somebody unnamed",
    ("payment", "paymentproblem", "closed_by"): "accounts: five years, by somebody unnamed",
    ("payment", "reconciliationrun", "by"): "accounts: five years, by somebody unnamed",
    ("payment", "moneyact", "by"): "accounts: five years, by somebody unnamed",
    ("order", "sharerule", "made_by"): "record of the office, by somebody unnamed",
    ("payouts", "bankaccount", "entered_by"): "accounts: five years, by somebody unnamed",
    ("payouts", "bankaccount", "verified_by"): "accounts: five years, by somebody unnamed",
    ("payouts", "bankaccount", "confirmed_by"): "accounts: five years, by somebody unnamed",
    ("payouts", "payoutbatch", "made_by"): "accounts: five years, by somebody unnamed",
    ("payouts", "payoutbatch", "approved_by"): "accounts: five years, by somebody unnamed",
    ("payouts", "payoutbatch", "sent_by"): "accounts: five years, by somebody unnamed",
    ("documents", "taxstanding", "made_by"): "record of the office, by somebody unnamed",
    ("documents", "vatrate", "made_by"): "record of the office, by somebody unnamed",
    ("fund", "spending", "asked_by"): "accounts: five years, by somebody unnamed",
    ("fund", "spending", "decided_by"): "accounts: five years, by somebody unnamed",
    ("vouchers", "voucher", "made_by"): "accounts: five years, by somebody unnamed",
    ("vouchers", "voucher", "ended_by"): "accounts: five years, by somebody unnamed",
    ("voucher", "voucherapplication", "user"): "part of an order",
}
WORK_OF_STAFF = {"media", "wagtailcore", "wagtailadmin", "wagtailimages", "wagtaildocs", "offer", "partner"}
"""What people made for the market while they worked for it: it stays the market's, by somebody unnamed."""
PERSONAL_EVEN_THERE = {("wagtailcore", "apitoken", "user"), ("wagtailcore", "pagesubscription", "user")}


def test_every_relation_to_a_person_is_accounted_for() -> None:
    deleted = DELETED_BY_US | {(app, model.lower(), name) for app, model, name in FOREIGN}
    found = {
        (relation.related_model._meta.app_label, relation.related_model._meta.model_name, relation.field.name)
        for relation in get_user_model()._meta.get_fields(include_hidden=True)
        if relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one)
    }
    unknown = {entry for entry in found - deleted - set(KEPT) if entry[0] not in WORK_OF_STAFF}
    assert unknown == set(), "say what happens to it when the person leaves (shop.people.leaving, people.person_left)"
    assert deleted - found == set()
    assert set(KEPT) - found == set()
    assert deleted >= PERSONAL_EVEN_THERE
