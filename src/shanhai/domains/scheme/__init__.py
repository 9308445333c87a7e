"""The scheme 方案 as the two governments issued it: clauses, tasks 任务, duties 责任, open questions, progress 进展.

Spine of the other chapters: they may point at its tasks, it knows none of them.
"""
