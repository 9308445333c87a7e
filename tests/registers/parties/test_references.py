"""What files write for persons, bodies and places, and how names are spelled for sorting."""

from datetime import date
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import connections

from shanhai.registers.parties.identity import demo_credit_code, demo_identity
from shanhai.registers.parties.models import Body, Person, Unit
from shanhai.registers.places.models import Place


def number(serial: int) -> str:
    return demo_identity(area=1, born_on=date(1990, 1, 1), serial=serial)


def person(cast: Any, name: str, serial: int) -> Person:
    return Person(
        side="east", owner_unit=cast.dm_labour, name=name, identity_number=number(serial), sharing="private"
    )


def test_every_way_of_writing_a_number_means_the_one_person(cast: Any, as_actor: Any) -> None:
    with as_actor("alice"):
        kept = person(cast, "张三", 1)
        kept.save()
        texts = [number(1), f" {number(1)} ", number(1).lower(), number(2), "不是号码", ""]
        found = Person.resolve_references(texts)
    assert set(found) == set(texts[:3])
    assert set(found.values()) == {kept}


def test_a_person_is_found_only_by_who_may_see_the_row(cast: Any, as_actor: Any) -> None:
    with as_actor("alice"):
        person(cast, "张三", 1).save()
    with as_actor("bob"):
        assert Person.resolve_references([number(1)]) == {}


def test_names_of_persons_are_spelled_however_they_are_written(cast: Any, as_actor: Any) -> None:
    with as_actor("alice"):
        single = person(cast, "单小明", 1)
        single.save()
        Person.objects.bulk_create([person(cast, "曾大", 2), person(cast, "阿三", 3)])
        single.refresh_from_db()
        assert (single.pinyin, single.initials) == ("shanxiaoming", "sxm")
        assert [one.name for one in Person.objects.order_by("pinyin")] == ["阿三", "单小明", "曾大"]
        single.name = "查小明"
        single.save(update_fields=["name", "pinyin", "initials"])
        single.refresh_from_db()
    assert (single.pinyin, single.initials) == ("zhaxiaoming", "zxm")


def test_bodies_are_found_by_the_letters_of_their_names(cast: Any, as_actor: Any, client_of: Any) -> None:
    with as_actor("alice"):
        for n, name in enumerate(("珠海市演示电器有限公司", "湄潭茶业有限公司"), 1):
            given = {"side": "east", "owner_unit": cast.dm_labour, "credit_code": demo_credit_code(n)}
            Body.objects.create(name=name, **given)
        found = Body.objects.get(initials="zhsysdqyxgs")
    alice, url = client_of("alice"), "/api/v1/lookup/parties.body/"
    for text in ("zhsys", "ysdq", "zhuhaishiyan", "演示"):
        assert [one["id"] for one in alice.get(url, {"q": text}).json()] == [str(found.pk)]
        assert "珠海市演示电器" in alice.get("/parties/body/", {"q": text}).content.decode()
    assert alice.get(url, {"q": "dianqi"}).json() == []
    assert "珠海市演示电器" not in client_of("bob").get("/parties/body/", {"q": "ysdq"}).content.decode()


@pytest.mark.django_db(databases=["default", "owner"])
def test_bodies_filed_before_get_their_letters() -> None:
    migration = import_module("shanhai.registers.parties.migrations.0005_body_initials")
    owner = connections["owner"]
    with owner.cursor() as cursor:
        cursor.execute("SELECT set_config('shanhai.actor', 'system:test', true)")
        unit = Unit(code="o", name="甲局", kind="department", side="east", valid_from=date(2020, 1, 1))
        unit.save(using="owner")
        Body(side="east", owner_unit=unit, name="演示电器", credit_code=demo_credit_code(1)).save(
            using="owner"
        )
        cursor.execute("UPDATE parties_body SET initials = '', pinyin = ''")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        migration.fill(apps, SimpleNamespace(connection=owner))
        cursor.execute("SELECT initials, pinyin FROM parties_body")
        assert cursor.fetchall() == [("ysdq", "yanshidianqi")]


@pytest.mark.django_db(databases=["default", "owner"])
def test_persons_filed_before_get_their_letters_without_a_word_in_history() -> None:
    """As the owner upgrades: set-based, the triggers silent."""
    migration = import_module("shanhai.registers.parties.migrations.0002_person_initials")
    owner = connections["owner"]
    with owner.cursor() as cursor:
        cursor.execute("SELECT set_config('shanhai.actor', 'system:test', true)")
        unit = Unit(code="o", name="甲局", kind="department", side="east", valid_from=date(2020, 1, 1))
        unit.save(using="owner")
        one = Person(side="east", owner_unit=unit, name="单小明", identity_number=number(1))
        one.save(using="owner")
        cursor.execute("UPDATE parties_person SET initials = ''")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # an upgrade begins with nothing pending
        kept = "SELECT count(*) FROM kernel_history WHERE table_name = 'parties_person'"
        cursor.execute(kept)
        before = cursor.fetchone()
        migration.fill(apps, SimpleNamespace(connection=owner))
        cursor.execute(kept)
        assert cursor.fetchone() == before
        cursor.execute("SELECT initials FROM parties_person")
        assert cursor.fetchall() == [("sxm",)]
        cursor.execute("UPDATE parties_person SET sex = 'male'")
        cursor.execute(kept)
        assert cursor.fetchone() > before, "the triggers speak again"


def test_a_body_is_meant_by_its_code_or_its_name(cast: Any, as_actor: Any) -> None:
    code = demo_credit_code(1)
    with as_actor("alice"):
        body = Body.objects.create(side="east", owner_unit=cast.dm_labour, name="演示电器", credit_code=code)
        found = Body.resolve_references([code, code.lower(), "演示电器", " 演示电器 ", "另一家"])
    assert found == dict.fromkeys([code, code.lower(), "演示电器", " 演示电器 "], body)


def test_a_place_is_meant_by_code_path_or_a_name_that_one_place_bears(cast: Any) -> None:
    texts = ["520328101", "永兴镇", "湄潭县/永兴镇", "/湄潭县/永兴镇/", "没有这个镇"]
    assert Place.resolve_references(texts) == dict.fromkeys(texts[:4], cast.yongxing)
