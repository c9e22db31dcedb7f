"""Organisations, places, people's roles in them, and certificates."""

from vendors.models.certification import Certificate, CertificateEvent, CertificateReminder, CertificationScheme
from vendors.models.geography import Province, Region
from vendors.models.groups import (
    Attestation,
    Bank,
    GroupApplication,
    GroupRecord,
    OfficerCheck,
    Support,
    Training,
    Whose,
)
from vendors.models.imports import ImportRun
from vendors.models.organisation import Cooperative, Network, OccupationalGroup, Office, Organisation
from vendors.models.people import Grant, Invitation, Membership
from vendors.models.places import Place

__all__ = [
    "Attestation",
    "Bank",
    "Certificate",
    "CertificateEvent",
    "CertificateReminder",
    "CertificationScheme",
    "Cooperative",
    "Grant",
    "GroupApplication",
    "GroupRecord",
    "ImportRun",
    "Invitation",
    "Membership",
    "Network",
    "OccupationalGroup",
    "Office",
    "OfficerCheck",
    "Organisation",
    "Place",
    "Province",
    "Region",
    "Support",
    "Training",
    "Whose",
]
