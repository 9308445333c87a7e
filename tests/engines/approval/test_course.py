"""Every course that a chain can take is visited: none hangs, none is approved without its signatures."""

from collections.abc import Iterator
from itertools import product

import pytest

from shanhai.engines.approval import APPLICANT, Act, Course, Ending, Kind, Mode, Refused, Step, Where, replay
from turns import slice_of

BACK = -1
#: Seats of the chain, and one that is drawn in on the way.
OWN, SPARE = ("a", "b", "c"), ("x",)
SHAPES = [
    tuple(Step(f"S{place}", mode, seats) for place, (mode, seats) in enumerate(shape))
    for number in (1, 2, 3)
    for shape in product([(Mode.ALL, ("a",)), (Mode.ALL, ("a", "b")), (Mode.ANY, ("b", "c"))], repeat=number)
]
#: A course grows without end by added seats: so many more than the chain has are followed.
MORE = 1
#: No chain and no course here has as many steps.
MANY = 5


def acts() -> Iterator[Act]:
    """All that anybody might try, sensible or not."""
    everybody = (*OWN, *SPARE, APPLICANT, "stranger")
    for seat in everybody:
        yield from (Act(kind, seat) for kind in (Kind.AGREE, Kind.WITHDRAW, Kind.URGE))
        yield from (Act(Kind.RETURN, seat, to=to) for to in range(-2, MANY))
        for other in (*SPARE, "a", APPLICANT):
            yield Act(Kind.TRANSFER, seat, other=other)
            yield from (Act(Kind.ADD, seat, other=other, where=where) for where in Where)


ACTS = tuple(acts())


def seats_of(steps: tuple[Step, ...]) -> int:
    return sum(len(step.seats) for step in steps)


def following(course: Course, most: int) -> dict[Act, Course]:
    found = {}
    for act in ACTS:
        try:
            after = course.after(act)
        except Refused:
            continue
        if seats_of(after.steps) <= most:
            found[act] = after
    return found


def reached(steps: tuple[Step, ...]) -> dict[Course, dict[Act, Course]]:
    """Every course that can be reached, with what leads on from it."""
    known: dict[Course, dict[Act, Course]] = {}
    open_ = [Course(steps)]
    while open_:
        course = open_.pop()
        if course not in known:
            known[course] = following(course, seats_of(steps) + MORE)
            open_ += known[course].values()
    return known


def _named(steps: tuple[Step, ...]) -> str:
    return "-".join(f"{step.mode}{len(step.seats)}" for step in steps)


@pytest.mark.parametrize("steps", [*SHAPES[:12], *slice_of(SHAPES[12:], 1)], ids=_named)
def test_every_course_that_can_be_reached_keeps_the_promises(steps: tuple[Step, ...]) -> None:
    _keeps_the_promises(steps)


@pytest.mark.soak
@pytest.mark.parametrize("steps", SHAPES[12:], ids=_named)
def test_every_course_of_three_steps_keeps_the_promises(steps: tuple[Step, ...]) -> None:
    _keeps_the_promises(steps)


def _keeps_the_promises(steps: tuple[Step, ...]) -> None:
    graph = reached(steps)
    for course, ways in graph.items():
        assert bool(course.ending) is (not ways), "what is over stays; what is not can go on"
        assert bool(course.waiting) is (course.ending is None), "somebody's turn, or over"
        if course.ending is Ending.APPROVED:
            assert all(step.is_met for step in course.steps), "approved without a signature"
        else:
            assert not any(step.is_met for step in course.steps[course.at :]), "met before its turn"
        assert all(step.is_met for step in course.steps[: course.at]), "led past a step"
        for step in course.steps:
            assert len(set(step.seats)) == len(step.seats), "one seat twice in a step"
            assert step.signed <= set(step.seats), "signed by who has no seat"
            assert APPLICANT not in step.seats, "who asks does not sign"
        for act, after in ways.items():
            _says_what_it_does(course, act, after)
    assert _all_can_end(graph, Ending.APPROVED), "from some course approval cannot be had"
    assert {course.ending for course in graph} >= set(Ending)


def _says_what_it_does(course: Course, act: Act, after: Course) -> None:
    by_applicant = act.kind in {Kind.WITHDRAW, Kind.URGE}
    assert by_applicant or act.seat in course.waiting, "not their turn"
    assert (act.seat == APPLICANT) is by_applicant
    titles = [step.title for step in after.steps if step.title]
    assert titles == [step.title for step in course.steps if step.title], "a step of the chain was lost"
    match act.kind:
        case Kind.AGREE:
            assert act.seat in after.steps[course.at].signed
            assert after.at in {course.at, course.at + 1}
        case Kind.RETURN if act.to == BACK:
            assert after.ending is Ending.RETURNED
        case Kind.RETURN:
            assert after.at == act.to < course.at
            assert not any(step.signed for step in after.steps[act.to :]), "an old signature still counts"
        case Kind.ADD:
            assert sum(act.other in step.seats for step in after.steps) > sum(
                act.other in step.seats for step in course.steps
            )
            assert act.seat in {*after.waiting, *after.steps[min(after.at + 1, len(after.steps) - 1)].waiting}
        case Kind.TRANSFER:
            assert act.seat not in after.waiting
            assert act.other in after.waiting
        case Kind.URGE:
            assert (after.steps, after.at) == (course.steps, course.at), "urging decides nothing"
        case Kind.WITHDRAW:
            assert after.ending is Ending.WITHDRAWN


def _all_can_end(graph: dict[Course, dict[Act, Course]], ending: Ending) -> bool:
    """Whether from every course that is not over one can still come to `ending`."""
    back: dict[Course, set[Course]] = {}
    for course, ways in graph.items():
        for after in ways.values():
            back.setdefault(after, set()).add(course)
    found = {course for course in graph if course.ending is ending}
    open_ = list(found)
    while open_:
        before = back.get(open_.pop(), set()) - found
        found |= before
        open_ += before
    return all(course in found for course in graph if course.ending is None)


TWO = (Step("科室", Mode.ANY, ("a", "b")), Step("分管", Mode.ALL, ("c", "d")))


def agreed(*seats: str) -> list[Act]:
    return [Act(Kind.AGREE, seat) for seat in seats]


def test_one_of_several_is_enough_or_all_must_sign() -> None:
    assert replay(TWO, agreed("b")).at == 1
    assert replay(TWO, agreed("b", "d")).waiting == ("c",)
    assert replay(TWO, agreed("b", "d", "c")).ending is Ending.APPROVED


def test_what_was_signed_before_the_step_one_returns_to_stands_and_nothing_after_it() -> None:
    three = (*TWO, Step("主要", Mode.ALL, ("e",)))
    course = replay(three, [*agreed("a", "c", "d"), Act(Kind.RETURN, "e", to=1)])
    assert (course.at, course.waiting, course.steps[0].is_met) == (1, ("c", "d"), True)


def test_an_added_seat_signs_beside_before_or_after() -> None:
    def added(where: Where) -> Course:
        return replay(TWO, [*agreed("a"), Act(Kind.ADD, "c", other="x", where=where)])

    assert added(Where.BESIDE).waiting == ("c", "d", "x")
    assert added(Where.BEFORE).waiting == ("x",)
    after = added(Where.AFTER)
    assert after.waiting == ("c", "d")
    assert after.after(Act(Kind.AGREE, "c")).after(Act(Kind.AGREE, "d")).waiting == ("x",)


@pytest.mark.parametrize(
    ("before", "act", "code"),
    [
        ([], Act(Kind.AGREE, "c"), "not_your_turn"),
        (agreed("a"), Act(Kind.AGREE, "b"), "not_your_turn"),
        (agreed("a", "c"), Act(Kind.AGREE, "c"), "not_your_turn"),
        ([], Act(Kind.AGREE, APPLICANT), "not_your_turn"),
        ([], Act(Kind.WITHDRAW, "a"), "not_your_turn"),
        ([], Act(Kind.RETURN, "a", to=0), "no_such_step"),
        ([], Act(Kind.RETURN, "a", to=1), "no_such_step"),
        ([], Act(Kind.ADD, "a", other="b"), "already_in"),
        ([], Act(Kind.ADD, "a", other="x"), "one_is_enough"),
        ([], Act(Kind.TRANSFER, "a", other="b"), "already_in"),
        ([], Act(Kind.TRANSFER, "a", other=APPLICANT), "already_in"),
        ([Act(Kind.URGE, APPLICANT)], Act(Kind.URGE, APPLICANT), "urged_already"),
        ([Act(Kind.WITHDRAW, APPLICANT)], Act(Kind.AGREE, "a"), "ended"),
        (agreed("a", "c", "d"), Act(Kind.RETURN, "d"), "ended"),
        (
            [Act(Kind.ADD, "a", other="x", where=Where.AFTER)] * 18,
            Act(Kind.ADD, "a", other="x", where=Where.AFTER),
            "too_many",
        ),
    ],
)
def test_what_does_not_fit_is_refused_by_code(before: list[Act], act: Act, code: str) -> None:
    course = replay(TWO, before)
    with pytest.raises(Refused) as refused:
        course.after(act)
    assert refused.value.code == code
