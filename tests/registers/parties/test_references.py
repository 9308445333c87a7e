"""What files write for persons, bodies and places, and how names are spelled for sorting."""

from datetime import date
from typing import Any

from shanhai.registers.parties.identity import demo_credit_code, demo_identity
from shanhai.registers.parties.models import Body, Person
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
        assert single.pinyin == "shanxiaoming"
        assert [one.name for one in Person.objects.order_by("pinyin")] == ["阿三", "单小明", "曾大"]
        single.name = "查小明"
        single.save(update_fields=["name", "pinyin"])
        single.refresh_from_db()
    assert single.pinyin == "zhaxiaoming"


def test_a_body_is_meant_by_its_code_or_its_name(cast: Any, as_actor: Any) -> None:
    code = demo_credit_code(1)
    with as_actor("alice"):
        body = Body.objects.create(side="east", owner_unit=cast.dm_labour, name="演示电器", credit_code=code)
        found = Body.resolve_references([code, code.lower(), "演示电器", " 演示电器 ", "另一家"])
    assert found == dict.fromkeys([code, code.lower(), "演示电器", " 演示电器 "], body)


def test_a_place_is_meant_by_code_path_or_a_name_that_one_place_bears(cast: Any) -> None:
    texts = ["520328101", "永兴镇", "湄潭县/永兴镇", "/湄潭县/永兴镇/", "没有这个镇"]
    assert Place.resolve_references(texts) == dict.fromkeys(texts[:4], cast.yongxing)
