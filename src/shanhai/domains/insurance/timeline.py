"""What insurance tells on a person's timeline, to those who may read it."""

from django.utils.translation import gettext as _

from shanhai.registers.parties.timeline import Told, register_rows

register_rows(
    "insurance.entitlement",
    Told(
        day=lambda row: row.valid_from,
        until=lambda row: row.valid_to,
        text=lambda row: f"{row.get_insurance_display()}，{row.get_category_display()}",
    ),
)
register_rows(
    "insurance.filing",
    Told(
        day=lambda row: row.filed_on,
        text=lambda row: (
            _("%(kind)s，到%(place)s；%(standing)s")
            % {
                "kind": row.get_kind_display(),
                "place": row.care_place,
                "standing": row.get_standing_display(),
            }
        ),
        related=("care_place",),
    ),
)
register_rows(
    "insurance.medicalvisit",
    Told(
        day=lambda row: row.admitted_on,
        until=lambda row: row.discharged_on or row.admitted_on,
        # Never the diagnosis.
        text=lambda row: (
            _("%(care)s，%(hospital)s，医院总额 %(billed)s 元")
            % {
                "care": row.get_care_display(),
                "hospital": row.hospital.name,
                "billed": f"{row.billed:,.2f}",
            }
        ),
        related=("hospital",),
    ),
)
