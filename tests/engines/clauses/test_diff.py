"""A newer text against the older one."""

from shanhai.engines.clauses import Role, diff_schemes, parse

OLD = """某县方案
一、任务
（一）修路。修路十公里。（县交通运输局、县财政局）
（二）改厕。改厕百座。（县住建局、县水务局）
（三）植树。植树千株。（县林业局）
"""


def test_the_same_text_has_no_difference() -> None:
    assert diff_schemes(parse(OLD), parse(OLD)).is_empty


def test_page_breaks_are_no_difference() -> None:
    broken = OLD.replace("改厕百座。（县住建局、县水", "改厕百座。（县住建局、县\n\n水")
    assert diff_schemes(parse(OLD), parse(broken)).is_empty


def test_every_kind_of_change_is_told() -> None:
    new = OLD.replace(
        "修路十公里。（县交通运输局、县财政局）", "修路二十公里。（县财政局、县交通运输局、县水务局）"
    )
    new = new.replace(
        "（三）植树。植树千株。（县林业局）", "（三）办学。新建学校一所，改造学校三所。（县教育局）"
    )
    difference = diff_schemes(parse(OLD), parse(new))
    assert [section.heading for section in difference.added] == ["办学"]
    assert [section.heading for section in difference.removed] == ["植树"]
    (change,) = difference.changed
    assert change.rewritten
    assert not (change.moved or change.renamed)
    assert [duty.name for duty in change.duties_added] == ["县水务局"]
    assert change.duties_removed == ()
    assert [(duty.name, was, duty.role) for duty, was in change.roles_changed] == [
        ("县财政局", Role.SUPPORT, Role.LEAD),
        ("县交通运输局", Role.LEAD, Role.SUPPORT),
    ]


def test_a_clause_put_elsewhere_is_moved_and_one_reworded_is_renamed() -> None:
    new = OLD.replace("（二）改厕", "（四）改厕").replace("（三）植树。", "（三）植树造林。")
    changes = {change.new.heading: change for change in diff_schemes(parse(OLD), parse(new)).changed}
    assert changes["改厕"].moved
    assert changes["植树造林"].renamed
    assert changes["植树造林"].old.heading == "植树"
