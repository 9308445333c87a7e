"""Rows of a file that hit locked rows are proposed as amendments in one go, for one reason."""

import json
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from kernel.imports.conftest import workbook
from kernel.imports.test_pages import confirm, words
from shanhai.kernel import context
from shanhai.kernel.models import Amendment, Import
from toys.models import Output

IMPORT = "/toys/output/import/"


def lines(*rows: Any, amount: int = 77) -> Any:
    return [
        {
            "车间": row.workshop.code,
            "所属期": f"{row.period[:4]}年{int(row.period[5:])}月",
            "产值（元）": amount,
        }
        for row in rows
    ]


def send(client: Any, *rows: Any, more: Any = ()) -> str:
    content = workbook([*lines(*rows), *more])
    answer = client.post(IMPORT, {"file": SimpleUploadedFile("产值.xlsx", content)})
    assert answer.status_code == 302
    return str(answer.url)


def proposed() -> list[Any]:
    return list(Amendment.objects.order_by("id").values_list("after", "reason", "state"))


def test_verified_rows_are_proposed_and_the_rest_is_written(output: Any, sign_in: Any) -> None:
    verified, draft, submitted = (
        output("2021-08", "verified"),
        output("2021-08"),
        output("2021-08", "submitted"),
    )
    client = sign_in("alice")
    url = send(client, verified, draft, submitted)
    shown = words(client.get(url))
    assert "已核或已锁定、只能更正的行" in shown
    assert "作为更正提交 1 行" in shown  # a reported row of an open period is withdrawn, not amended
    assert "确认写入 1 行" in shown
    refused = client.post(f"{url}amend/", {"reason": " "})
    assert (refused.status_code, "更正必须写明原因。" in words(refused)) == (422, True)
    assert client.post(f"{url}amend/", {"reason": "总账有误"}).status_code == 302
    assert proposed() == [({"amount": "77.00"}, "总账有误", "proposed")]
    after = words(client.get(url))
    assert "已作为更正提交 1 行，由他人核实后生效" in after
    assert "作为更正提交 1 行 " not in after.replace("已作为更正提交 1 行", "")
    confirm(client, url)
    with context.unscoped("look"):
        amounts = {row.pk: row.amount for row in Output.objects.all()}
    assert [int(amounts[row.pk]) for row in (verified, draft, submitted)] == [10, 77, 10]
    assert "已作为更正提交 1 行" in words(client.get(url))
    assert client.post(f"{url}amend/", {"reason": "再来"}).status_code == 422
    assert len(proposed()) == 1


def test_after_the_rest_was_written_they_can_still_be_proposed(output: Any, sign_in: Any) -> None:
    verified, draft = output("2021-08", "verified"), output("2021-08")
    client = sign_in("alice")
    url = send(client, verified, draft)
    confirm(client, url)
    assert "作为更正提交 1 行" in words(client.get(url))
    client.post(f"{url}amend/", {"reason": "总账有误"})
    assert len(proposed()) == 1


def test_a_row_already_proposed_or_changed_since_is_told_and_left_alone(output: Any, sign_in: Any) -> None:
    first, second = output("2021-08", "verified"), output("2021-08", "verified")
    client = sign_in("alice")
    url, again = send(client, first, second), send(client, first)
    client.post(f"{again}amend/", {"reason": "先提的"})
    client.post(f"{url}amend/", {"reason": "后提的"})
    assert [reason for _after, reason, _state in proposed()] == ["先提的", "后提的"]
    assert "1 行已被他人改动或提出更正，请重新上传核对" in words(client.get(url))
    third = words(client.get(send(client, first)))
    assert "只能更正：打开这条记录" in third
    assert "作为更正提交" not in third


def test_a_change_that_breaks_a_rule_is_told_and_the_others_are_proposed(output: Any, sign_in: Any) -> None:
    first, second, third = (output("2021-08", "verified") for _ in range(3))
    client = sign_in("alice")
    right, wrong = lines(first, third)  # the second row is to become what the third is already
    more = [{"系统编号": str(row.pk), **said} for row, said in ((first, right), (second, wrong))]
    url = send(client, more=more)
    client.post(f"{url}amend/", {"reason": "总账有误"})
    assert len(proposed()) == 1
    assert "第 3 行没有提交：该车间本期已填。" in words(client.get(url))


def test_many_are_proposed_by_a_job(output: Any, sign_in: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("shanhai.kernel.imports.store.INLINE_AMENDMENTS", 0)
    client = sign_in("alice")
    url = send(client, output("2021-08", "verified"))
    client.post(f"{url}amend/", {"reason": "总账有误"})
    assert Import.objects.get().job is not None
    assert proposed() == []


def test_the_api_proposes_them_too(output: Any, sign_in: Any) -> None:
    client, api = sign_in("alice"), "/api/v1/toys/output/imports/"
    content = workbook(lines(output("2021-08", "verified")))
    planned = client.post(api, {"file": SimpleUploadedFile("产值.xlsx", content)}).json()
    assert len(planned["parts"][0]["plan"]["amendable"]["rows"]) == 1
    body = json.dumps({"reason": "总账有误"})
    answer = client.post(f"{api}{planned['id']}/amendments/", body, content_type="application/json").json()
    assert answer["parts"][0]["plan"]["amended"] == {"filed": 1, "refused": []}
    assert len(proposed()) == 1
    again = client.post(f"{api}{planned['id']}/amendments/", body, content_type="application/json")
    assert (again.status_code, again.json()["code"]) == (422, "nothing_amended")
