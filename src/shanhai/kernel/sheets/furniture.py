"""The sheets, labels and marks that we put into workbooks ourselves, and find again when they come back."""

#: In every template: how to fill it. Its presence says that the file is a template of ours.
GUIDE_SHEET = "填写说明"
#: In every template, hidden: what the drop-down lists offer.
CODES_SHEET = "代码表"
#: In every export: what was exported, when and how much.
NOTE_SHEET = "导出说明"
#: In the guide sheet, before the stamp of the columns.
STAMP_LABEL = "模板版本"
#: The property of the workbook that holds the stamp as well.
STAMP_PROPERTY = "shanhai-template"
#: The heading of the column in which `marking` says what is wrong with a row.
PROBLEM_HEADER = "问题"
OWN_SHEETS = frozenset({GUIDE_SHEET, CODES_SHEET, NOTE_SHEET})
