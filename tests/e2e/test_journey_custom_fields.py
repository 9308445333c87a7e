"""A coordinator adds fields for two units, and a new form shows those of the unit that is chosen."""

from playwright.sync_api import Page, expect

from e2e.conftest import SignIn

LEDGER = "/funds/project"


def _units(page: Page) -> list[tuple[str, str]]:
    """Key and name of the units for which the form files."""
    options = page.locator("select[name=owner_unit] option").evaluate_all(
        "options => options.map(one => [one.value, one.textContent])"
    )
    return [(key, name) for key, name in options if key]


def _choose(page: Page, unit: str) -> None:
    """As a person chooses, whether the box is the browser's or one that searches."""
    page.locator("select[name=owner_unit]").evaluate(
        "(box, unit) => box.tomselect ? box.tomselect.setValue(unit)"
        " : (box.value = unit, box.dispatchEvent(new Event('change', {bubbles: true})))",
        unit,
    )


def test_fields_of_the_chosen_unit_appear_and_nothing_typed_is_lost(sign_in_as: SignIn) -> None:
    page = sign_in_as("mt-coordinator")
    page.goto(f"{LEDGER}/new/")
    (first, _name), (second, _other), *_rest = _units(page)
    for unit, title in ((first, "自筹来源"), (second, "管护单位")):
        page.goto(f"{LEDGER}/fields/new/?unit={unit}")
        page.get_by_label("标题").fill(title)
        page.get_by_role("button", name="保存", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(title)
    page.goto(f"{LEDGER}/new/")
    page.locator("input[name=name]").fill("茶园步道")
    _choose(page, first)
    page.get_by_label("自筹来源").fill("村集体")
    _choose(page, second)
    expect(page.get_by_label("管护单位")).to_be_visible()
    expect(page.get_by_label("自筹来源")).to_have_count(0)
    expect(page.locator("input[name=name]")).to_have_value("茶园步道")
    _choose(page, first)
    expect(page.get_by_label("自筹来源")).to_have_value("村集体")
