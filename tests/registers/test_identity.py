import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from shanhai.registers.parties.identity import (
    IdentityNumber,
    NumberRefused,
    Sex,
    UnifiedCreditCode,
    _with_check_digit,
    bank_card_warnings,
    demo_credit_code,
    demo_identity,
    parse_phone,
)
from shanhai.registers.parties.identity_columns import right_as_written

TODAY = datetime.date(2021, 9, 24)
EXAMPLE = "11010519491231002X"  # the example of GB 11643 itself
born = st.dates(datetime.date(1900, 1, 1), TODAY)
demo_numbers = st.builds(demo_identity, area=st.integers(0, 9999), born_on=born, serial=st.integers(0, 999))
demo_codes = st.integers(0, 10**8 - 1).map(demo_credit_code)


def parse(text: str) -> IdentityNumber:
    return IdentityNumber.parse(text, TODAY, demonstration=True)


def test_the_example_of_the_standard_is_read() -> None:
    identity = IdentityNumber.parse(EXAMPLE, TODAY)
    assert (identity.number, identity.division_code) == (EXAMPLE, "110105")
    assert (identity.born_on, identity.sex) == (datetime.date(1949, 12, 31), Sex.FEMALE)
    assert identity.warnings == ()
    assert not identity.is_demonstration


@pytest.mark.parametrize(
    "written",
    [
        "11010519491231002x",
        " 110105 19491231 002X ",
        "１１０１０５１９４９１２３１００２Ｘ",
        "'11010519491231002X",
        "11010519491231002×",
        "\u200e11010519491231002X\ufeff",
    ],
)
def test_common_writings_are_normalised(written: str) -> None:
    assert IdentityNumber.parse(written, TODAY).number == EXAMPLE


@pytest.mark.parametrize(
    ("number", "code", "sentence"),
    [
        ("", "length", "现为 0 位"),
        ("1101051949123100", "length", "现为 16 位"),
        ("11010519491231002XX", "length", "现为 19 位"),
        ("11010549123100X", "length", "现为 15 位"),
        ("110105491231002", "old_form", "填写 18 位的新号"),
        ("1101O519491231002X", "characters", "第 5 位"),
        ("110105194912310O2X", "characters", "第 16 位"),
        ("X1010519491231002X", "characters", "第 1 位"),
        ("11010519491231002A", "characters", "第 18 位"),
        ("①10105194912310021", "check_digit", "校验码"),
        ("10010519491231002X", "division", "第 1—2 位"),
        ("98010519491231002X", "division", "第 1—2 位"),
        ("11010519490231002X", "birth_date", "第 7—14 位"),
        ("11010519491331002X", "birth_date", "第 7—14 位"),
        ("11010500001231002X", "birth_date", "第 7—14 位"),
        ("11010517491231002X", "birth_date", "太久"),
        ("11010520211231002X", "birth_date_future", "晚于今天"),
        ("110105194912310021", "check_digit", "第 18 位"),
        ("110105194912310000", "scientific", "表格软件"),
        ("1.10105E+17", "scientific", "科学计数"),
        ("1.10105194912310E+17", "scientific", "科学计数"),
        ("990101199001010012", "demonstration_only", "演示"),
    ],
)
def test_a_refusal_names_the_check_that_failed_and_never_the_number(
    number: str, code: str, sentence: str
) -> None:
    with pytest.raises(NumberRefused) as caught:
        IdentityNumber.parse(number, TODAY)
    assert caught.value.code == code
    assert sentence in str(caught.value)
    assert str(caught.value).endswith(("。", "）。"))
    assert number == "" or number not in f"{caught.value} {caught.value!r}"


def test_the_expected_check_digit_is_not_given_away() -> None:
    sentences = set()
    for wrong in "012345679":
        with pytest.raises(NumberRefused) as caught:
            IdentityNumber.parse(EXAMPLE[:-1] + wrong, TODAY)
        sentences.add(str(caught.value))
    assert len(sentences) == 1


def test_someone_born_today_has_a_number_and_tomorrow_has_none() -> None:
    assert parse(demo_identity(area=1, born_on=TODAY, serial=1)).born_on == TODAY
    with pytest.raises(NumberRefused, match="晚于今天"):
        parse(demo_identity(area=1, born_on=TODAY + datetime.timedelta(days=1), serial=1))


@given(st.integers(0, 9999), born, st.integers(0, 999))
def test_every_demonstration_number_passes_in_a_demonstration_and_only_there(
    area: int, born_on: datetime.date, serial: int
) -> None:
    number = demo_identity(area=area, born_on=born_on, serial=serial)
    identity = parse(number)
    assert identity.number == number
    assert identity.is_demonstration
    assert identity.born_on == born_on
    assert identity.sex is (Sex.MALE if serial % 2 else Sex.FEMALE)
    assert identity.warnings == ()
    with pytest.raises(NumberRefused, match="演示"):
        IdentityNumber.parse(number, TODAY)


@given(demo_numbers, st.integers(0, 17), st.data())
def test_every_change_of_one_digit_is_noticed(number: str, at: int, data: st.DataObject) -> None:
    other = data.draw(st.sampled_from("0123456789X").filter(lambda one: one != number[at]))
    with pytest.raises(NumberRefused):
        parse(number[:at] + other + number[at + 1 :])


@given(demo_numbers, st.integers(0, 16))
def test_every_exchange_of_two_neighbours_is_noticed(number: str, at: int) -> None:
    exchanged = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    if exchanged != number:
        with pytest.raises(NumberRefused):
            parse(exchanged)


@given(demo_numbers)
def test_of_an_old_number_the_new_one_is_not_made_up(number: str) -> None:
    with pytest.raises(NumberRefused) as caught:
        parse(number[:6] + number[8:17])
    assert caught.value.code == "old_form"


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(NumberRefused, match=r"。$"):
        parse(text)


@pytest.mark.parametrize(
    ("first", "warning"),
    [
        (
            "440421196501010011",
            None,
        ),  # 斗门县 1983–2001: the bearer is older
        ("440403200501010000", None),  # 斗门区 since 2001
        ("522128197501010000", None),  # 湄潭县 until 1997
        ("830000199001010000", None),  # residence permit of a Taiwan resident
        ("522128200501010000", "已停用"),
        ("440499199001010000", "不在区划表中"),
    ],
)
def test_an_odd_division_warns_and_does_not_refuse(first: str, warning: str | None) -> None:
    identity = IdentityNumber.parse(first[:17] + ric.calc_check_digit(first), TODAY)
    assert len(identity.warnings) == (warning is not None)
    assert warning is None or warning in str(identity.warnings[0])


def test_stated_sex_and_birth_date_are_held_against_the_number() -> None:
    identity = IdentityNumber.parse(EXAMPLE, TODAY)
    assert identity.contradictions(sex="female", born_on=datetime.date(1949, 12, 31)) == {}
    assert identity.contradictions() == {}
    found = identity.contradictions(sex=Sex.MALE, born_on=datetime.date(1949, 12, 30))
    assert "第 17 位表示性别为女" in str(found["sex"])
    assert "第 7—14 位" in str(found["born_on"])


def test_an_identity_shows_no_number() -> None:
    shown = repr(IdentityNumber.parse(EXAMPLE, TODAY))
    assert EXAMPLE not in shown
    assert "1949" not in shown


@pytest.mark.parametrize(
    ("area", "serial"),
    [
        (-1, 0),
        (10_000, 0),
        (0, -1),
        (0, 1000),
    ],
)
def test_a_demonstration_number_that_does_not_fit_is_not_made(area: int, serial: int) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        demo_identity(area=area, born_on=TODAY, serial=serial)


@pytest.mark.parametrize(
    "code", ["914403001922038216", "91440300708461136T", "91110000600037341L", " 91440300-708461136t "]
)
def test_published_credit_codes_are_read(code: str) -> None:
    read = UnifiedCreditCode.parse(code)
    assert read.code == code.strip().upper().replace("-", "")
    assert read.warnings == ()


def test_rural_collectives_have_codes_that_begin_with_a_letter() -> None:
    first = "N252032800000001" + "9"
    code = first + uscc.calc_check_digit(first)
    assert UnifiedCreditCode.parse(code).code == code


@pytest.mark.parametrize(
    ("code", "refusal", "sentence"),
    [
        ("", "length", "现为 0 位"),
        ("91440300192203821", "length", "现为 17 位"),
        ("91440300192203821O", "characters", "第 18 位"),
        ("9144O3001922038216", "characters", "第 5 位"),
        ("91A403001922038216", "division", "第 3—8 位"),
        ("914403001922038217", "check_digit", "第 18 位"),
        ("919901011922038216", "demonstration_only", "演示"),
    ],
)
def test_a_wrong_credit_code_is_refused_by_the_failed_check(code: str, refusal: str, sentence: str) -> None:
    with pytest.raises(NumberRefused) as caught:
        UnifiedCreditCode.parse(code)
    assert caught.value.code == refusal
    assert sentence in str(caught.value)


@given(demo_codes)
def test_demonstration_codes_pass_in_a_demonstration_and_only_there(code: str) -> None:
    assert UnifiedCreditCode.parse(code, demonstration=True) == UnifiedCreditCode(code)
    with pytest.raises(NumberRefused, match="演示"):
        UnifiedCreditCode.parse(code)


@given(demo_codes, st.integers(0, 17), st.data())
def test_every_change_of_a_credit_code_is_noticed(code: str, at: int, data: st.DataObject) -> None:
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    other = data.draw(st.sampled_from(alphabet).filter(lambda one: one != code[at]))
    with pytest.raises(NumberRefused):
        UnifiedCreditCode.parse(code[:at] + other + code[at + 1 :], demonstration=True)


def test_a_body_code_that_does_not_check_warns() -> None:
    first = "91440300192203822"
    read = UnifiedCreditCode.parse(first + uscc.calc_check_digit(first))
    assert "第 9—17 位" in str(read.warnings[0])


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("13800005678", "13800005678"),
        ("+86 138 0000 5678", "13800005678"),
        ("138-0000-5678", "13800005678"),
        ("１３８００００５６７８", "13800005678"),
        ("07565550123", "0756-5550123"),
        ("+86-0756-5550123", "0756-5550123"),
        ("0756-5550123", "0756-5550123"),
        ("（0756）5550123", "0756-5550123"),
        ("0756－5550123转801", "0756-5550123-801"),
        ("0851-24220000", "0851-24220000"),
        ("010-65550123", "010-65550123"),
        ("02085550123", "020-85550123"),
        ("4000000123", "400-000-0123"),
        ("400-000-0123", "400-000-0123"),
    ],
)
def test_telephones_have_one_writing(written: str, normal: str) -> None:
    assert parse_phone(written) == normal
    assert parse_phone(normal) == normal


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ("", "telephone"),
        ("1380000567", "telephone"),
        ("12800005678", "telephone"),
        ("138000056789", "telephone"),
        ("5550123", "area_code"),
        ("24220000", "area_code"),
        ("010-555012", "telephone"),
        ("电话", "telephone"),
    ],
)
def test_what_is_no_telephone_is_refused(wrong: str, code: str) -> None:
    with pytest.raises(NumberRefused) as caught:
        parse_phone(wrong)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("number", "warnings"),
    [
        ("6222020000000000001", 1),
        ("4111111111111111", 0),
        ("4111 1111 1111 1112", 1),
        ("12345678901234567890123", 0),
        ("12345678", 0),
        ("ABC", 1),
    ],
)
def test_bank_cards_warn_only(number: str, warnings: int) -> None:
    assert len(bank_card_warnings(number)) == warnings


nearly = st.builds(
    lambda number, place, sign: number[:place] + sign + number[place + 1 :],
    demo_numbers | st.just(EXAMPLE) | st.just("999999202110010011"),
    st.integers(0, 17),
    st.sampled_from("0123456789Xx１ "),
)
dated = st.builds(
    lambda year, month, day: _with_check_digit(f"990000{year:04}{month:02}{day:02}001"),
    st.sampled_from([0, 1890, 1891, 1892, 1900, 2000, 2021, 2022, 2100]),
    st.integers(0, 13),
    st.integers(0, 32),
)


@given(st.lists(nearly | dated | demo_numbers | st.text(max_size=19), max_size=6), st.booleans())
def test_numbers_right_as_written_are_those_that_reading_leaves_alone(
    texts: list[str], demonstration: bool
) -> None:
    def is_left_alone(text: str) -> bool:
        try:
            return IdentityNumber.parse(text, TODAY, demonstration=demonstration).number == text
        except NumberRefused:
            return False

    assert right_as_written(texts, TODAY, demonstration=demonstration) == list(map(is_left_alone, texts))
