"""Register pages as their reader sees and fills them."""

from io import BytesIO
from typing import Any

from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook


def page(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def words(response: Any) -> str:
    return " ".join(page(response).get_text(" ").split())


def filled(response: Any) -> dict[str, str]:
    """What the form of a page would send as it stands."""
    form = page(response).select_one("main form[method=post]")
    assert form is not None, words(response)
    data = {}
    for control in form.select("input[name], textarea[name]"):
        if control["name"] == "csrfmiddlewaretoken":
            continue
        if control.get("type") not in {"checkbox", "radio"} or control.has_attr("checked"):
            data[control["name"]] = control.get("value", control.get_text())
    for select in form.select("select"):
        chosen = select.select_one("option[selected]") or select.select_one("option")
        data[select["name"]] = chosen["value"] if chosen else ""
    return data


def fill(client: Any, address: str, **values: Any) -> Any:
    """Open the form at `address` and send it with `values` typed in."""
    return client.post(address, filled(client.get(address)) | values)


def workbook(*rows: tuple[Any, ...]) -> SimpleUploadedFile:
    """An upload: the first row is the heading."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    return SimpleUploadedFile("名单.xlsx", out.getvalue())


def upload(client: Any, address: str, *rows: tuple[Any, ...]) -> Any:
    """Upload a workbook and open its plan."""
    sent = client.post(address, {"file": workbook(*rows)})
    return client.get(sent["Location"]) if sent.status_code == 302 else sent


def counts(response: Any) -> list[int]:
    """New, changed, same, wrong rows of a plan."""
    return [int(figure.contents[0].get_text()) for figure in page(response).select(".figure .value")]


def confirm(client: Any, plan: Any, **more: str) -> Any:
    form = page(plan).select("main form[method=post]")[-1]
    data = {one["name"]: one.get("value", "") for one in form.select("input[type=hidden]")}
    return client.post(form["action"], data | more)


def problems(response: Any) -> dict[str, str]:
    """Sentence by cell."""
    rows = page(response).select("table.ledger tbody tr")
    return {
        row.th.get_text(strip=True): row.select_one("td.bad").get_text(strip=True)
        for row in rows
        if row.th and row.select_one("td.bad")
    }
