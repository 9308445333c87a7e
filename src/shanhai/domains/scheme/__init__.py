"""The scheme 方案 as it was issued: clauses 条款, tasks 任务, duties 责任, doubts 待确认, progress 进展.

Spine of the other chapters: they may point at its tasks, it knows none of them.
"""
