"""Numbers in force that rules of the chapter ask for."""

from decimal import Decimal

from shanhai.kernel import clock

from .models import Threshold


def threshold(code: Threshold.Code) -> Decimal | None:
    """The number in force today; None when nobody set one."""
    rows = Threshold.objects.in_force(clock.today()).filter(code=code)
    value: Decimal | None = rows.values_list("value", flat=True).first()
    return value
