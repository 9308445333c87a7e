"""The codes of refusals: programs go by these, never by the sentences. A code keeps its meaning for good.

A test finds every code that the kernel raises and asks for it here.
"""

from typing import NamedTuple


class Code(NamedTuple):
    """`status` is the HTTP status it comes with, `told` what it means, for the document."""

    status: int
    told: str


CODES: dict[str, Code] = {
    # The request itself
    "bad_request": Code(400, "请求无法理解，例如内容不是 JSON"),
    "refused": Code(400, "操作未能完成，原因见 detail"),
    "unreadable_text": Code(400, "含有不能读写的字符"),
    "not_signed_in": Code(401, "没有登录"),
    "bad_token": Code(401, "接口令牌不对、已过期、已撤销，或账号已停用、锁定，原因见 detail"),
    "csrf_failed": Code(403, "写入没有带上有效的 CSRF 令牌"),
    "not_allowed": Code(403, "看得到，但岗位没有这项权限"),
    "not_found": Code(404, "没有这个地址"),
    "not_visible": Code(404, "没有这条记录，或无权查看，两者不分"),
    "method_not_allowed": Code(405, "这个地址不接受这种方法，可用的见 Allow"),
    "too_large": Code(413, "一次提交的内容太大"),
    "unsupported_type": Code(415, "内容类型不对：数据用 application/json，文件用 multipart/form-data"),
    "too_many_calls": Code(429, "一个令牌或一个地址一分钟里调用得太多，过 Retry-After 秒再来"),
    "bad_body": Code(422, "内容不符合接口的格式，problems 逐项说明"),
    "bad_filter": Code(422, "有读不懂的筛选，一行也不返回"),
    "fault": Code(500, "程序出错，什么也没有写入"),
    "disk_full": Code(507, "服务器的磁盘已满，什么也没有写入"),
    "bad_known_on": Code(422, "当日所知的日期读不懂，或在今天之后"),
    # Exports
    "too_many_to_print": Code(422, "行数太多，不能排成 PDF"),
    "export_incomplete": Code(422, "写出的行数不对，文件已作废"),
    "export_decided": Code(422, "导出原文的申请已经办理"),
    "export_expired": Code(422, "批准的有效时间已过，请重新申请"),
    # Idempotency
    "idempotency_running": Code(409, "同一个键的请求正在办理"),
    "idempotency_mismatch": Code(422, "这个键已用于另一个请求"),
    "idempotency_bad_key": Code(422, "键应为 1 到 200 个可见的 ASCII 字符"),
    # Rows
    "conflict": Code(409, "读出之后已被他人修改，fields 给出两边的值"),
    "rule_violated": Code(422, "不符合填报要求，problems 逐字段说明"),
    "duplicate": Code(422, "与已有的记录重复"),
    "wrong_state": Code(422, "这个状态不能走这一步"),
    "step_refused": Code(422, "这条记录已在办理，不能走这一步，原因见 detail"),
    "reason_missing": Code(422, "必须写明原因"),
    "four_eyes": Code(422, "不能办理自己提交或提出的"),
    "evidence_missing": Code(422, "缺少必需的佐证"),
    "submitted": Code(422, "已报，须先撤回才能修改"),
    "awaiting": Code(422, "待对方确认，须先撤回才能修改"),
    "verified": Code(422, "已核，只能更正"),
    "voided": Code(422, "已作废，不能修改"),
    "period_not_open": Code(422, "这一期还没有开放填报"),
    "period_locked": Code(422, "这一期已锁定"),
    "still_editable": Code(422, "还可以直接修改，不用这样办理"),
    "reveal_refused": Code(403, "不能查看完整的敏感值"),
    "restricted": Code(422, "本人已申请停止处理其信息，只保存"),
    # Insurance
    "not_settled": Code(422, "不能结算或撤销，原因带编号，见 detail"),
    "bad_interface_file": Code(422, "接口文件不对，problems 逐行说明哪里、什么、怎么改"),
    "bad_clearing_step": Code(422, "清算、预付金、协查不能这样办理，原因带编号，见 detail"),
    "bad_manual_claim": Code(422, "手工报销不能这样办理，原因带编号，见 detail"),
    "bad_difference": Code(422, "对账差异不能这样处理，原因见 detail"),
    "bad_filing_step": Code(422, "备案不能这样办理，原因见 detail"),
    "not_matchable": Code(422, "没有可以匹配的，或权重不能用，原因见 detail"),
    "bad_placement_step": Code(422, "拟配不能这样办理，原因见 detail"),
    "order_full": Code(422, "岗位名额已满，或该人员已接受另一个岗位"),
    # Labour
    "bad_decision": Code(422, "这一行不能这样处理"),
    "no_phone": Code(422, "名单上没有电话，不能据以更正"),
    "nothing_to_compare": Code(422, "名单里还没有人员"),
    "no_file": Code(422, "没有附上文件"),
    "no_table": Code(422, "文件里没有找到表格"),
    "not_reported": Code(422, "走访还没有报，请先提交"),
    "bad_stage": Code(422, "诉求不能走到这一步"),
    "not_home": Code(422, "只有返乡、失业、不愿无力的人员才重新求职登记"),
    # Training
    "bad_period": Code(422, "期别写得不对"),
    # Benefits
    "unverified": Code(422, "还有条款没有核实，不能发布"),
    "not_computable": Code(422, "条款还不能计算，problems 逐项说明"),
    "bad_claim_step": Code(422, "申领不能这样办理，原因见 detail"),
    "not_entitled": Code(422, "按现有记录不能享受，原因见 detail"),
    "bad_return": Code(422, "回盘文件不能收，problems 逐行说明，什么也没有记入"),
    "claimed_already": Code(422, "同一享受期的这项或同类补贴已有一笔申领"),
    "same_text": Code(422, "文本与现行版本相同，不用再发布"),
    # Training
    "bad_applicant_step": Code(422, "学生不能这样办理，原因见 detail"),
    "quota_full": Code(422, "招生名额已满"),
    "no_certificates": Code(422, "没有可颁发的证书，或发证日期不对，见 detail"),
    "not_printable": Code(422, "证书不能打印：没有核实、已撤销，或班里没有有效的证书，见 detail"),
    "not_revoked": Code(422, "证书不能撤销，原因见 detail"),
    "bad_workshop_step": Code(422, "车间不能这样办理，原因见 detail"),
    "standard_unmet": Code(422, "最近的月报达不到认定标准，problems 逐项说明"),
    # Saved views
    "bad_view": Code(422, "视图不能这样保存，problems 说明"),
    "too_many_views": Code(422, "保存的视图太多，请先删去几个"),
    # Custom fields
    "bad_custom_field": Code(422, "自定义字段不能这样定，problems 说明"),
    "too_many_custom_fields": Code(422, "单位在用的自定义字段太多，请先停用几个"),
    "custom_field_retired": Code(422, "自定义字段已停用"),
    "custom_field_in_use": Code(422, "自定义字段正在使用，不用恢复"),
    # Many rows at once
    "nothing_selected": Code(422, "没有选中任何记录"),
    "too_many": Code(422, "选中的记录太多，请分几次"),
    "nothing_to_do": Code(422, "选中的记录没有一条可以办理"),
    "selection_changed": Code(409, "预览之后有了变化，请重新预览"),
    "unknown_field": Code(422, "字段不能批量修改"),
    "unknown_unit": Code(422, "没有这个接收单位"),
    "paper_missing": Code(422, "没有附上文件"),
    "paper_too_many": Code(422, "一次附的文件太多"),
    "paper_unknown": Code(422, "文件不是本人收下的，或已过一天"),
    "not_handed_over": Code(422, "有记录不能移交"),
    # Amendments
    "not_amendable": Code(422, "可以直接修改，不用更正"),
    "amendment_open": Code(422, "已有一条更正等待核实"),
    "amendment_decided": Code(422, "这条更正已经办理"),
    "nothing_amended": Code(422, "更正没有改动任何值"),
    "owner_not_amended": Code(422, "填报单位不能更正，请移交"),
    # Evidence
    "evidence_refused": Code(422, "这种文件不能作为佐证"),
    "evidence_broken": Code(422, "图片或 PDF 打不开"),
    "evidence_too_large": Code(422, "佐证文件太大"),
    "evidence_class_unknown": Code(422, "没有这个佐证类别"),
    "evidence_other_side": Code(422, "对方的文件不能作为本方的佐证"),
    "evidence_twice": Code(422, "这份文件已经在这条记录上"),
    "evidence_personal": Code(422, "含个人信息的佐证不能用在这里"),
    "evidence_closed": Code(422, "这个状态不能添加或移除佐证"),
    "evidence_not_opened": Code(403, "佐证含个人信息，不向您打开"),
    "evidence_damaged": Code(500, "存下的佐证已损坏，没有发出"),
    "evidence_not_stored": Code(503, "服务器没有存下文件"),
    # Imports: the file as a whole
    "wrong_type": Code(422, "不是表格文件"),
    "empty_file": Code(422, "文件是空的"),
    "damaged": Code(422, "文件已损坏或没有传完整"),
    "encrypted": Code(422, "文件设了打开密码"),
    "macros": Code(422, "文件带有宏"),
    "web_page": Code(422, "内容是网页，不是表格"),
    "file_too_large": Code(422, "导入的文件太大"),
    "too_heavy": Code(422, "文件展开后太大"),
    "too_many_rows": Code(422, "行数太多"),
    "text_too_long": Code(422, "单元格的文字太长"),
    "no_heading": Code(422, "没有找到表头"),
    "missing_columns": Code(422, "缺少必需的列"),
    "repeated_column": Code(422, "同一列出现了两次"),
    "wrong_unit": Code(422, "表头的单位与台账不同"),
    "bad_mapping": Code(422, "列的对应不成立"),
    "sheet_not_permitted": Code(422, "文件里的工作表是别的台账的，没有导入它的权限"),
    "circular_sheets": Code(422, "文件里的工作表互相引用，分不出先后"),
    # Imports: what becomes of them
    "upload_gone": Code(422, "上传的文件已过期删除"),
    "plan_changed": Code(409, "核对之后台账有了变化，已重新核对，没有写入"),
    "miscounted": Code(422, "写入的行数不对，全部撤回"),
    "archived": Code(422, "这次导入的历史已经归档，不能撤销"),
    "not_applied": Code(422, "还没有写入或已经撤销，不能撤销"),
    "rows_touched": Code(422, "导入的行之后又被改过，整批不撤销"),
    "rows_in_use": Code(422, "导入的行被别处用到，整批不撤销"),
    # Obligations
    "nil_twice": Code(422, "这一期已经报过零报告"),
    "nil_contradicted": Code(422, "这一期已报记录，不能报零报告"),
    "nil_missing": Code(422, "这一期没有零报告"),
    # Rules of what is owed, locks
    "rule_end_before_start": Code(422, "停用日期早于启用日期"),
    "rule_ended": Code(422, "这条规则已经停用"),
    "period_unreadable": Code(422, "所属期读不懂"),
    "not_locked": Code(422, "这一期没有锁定，不用重开"),
    "reopened_already": Code(422, "这一期正在重开"),
    "reopening_over": Code(422, "这次重开已经结束"),
    "until_out_of_range": Code(422, "重开的截止时间不在允许的范围"),
    # Bulletins
    "bulletin_issued": Code(422, "通报已签发，内容不能再改"),
    "bulletin_not_ready": Code(422, "通报还不能签发，problems 逐条说明"),
    # Schemes
    "not_a_scheme": Code(422, "文件不像一份方案"),
    "no_clause": Code(422, "文件里没有认出条款"),
    "nothing_in_force": Code(422, "方案还没有现行版本"),
    "draft_exists": Code(422, "方案已有修订中的版本"),
    "not_draft": Code(422, "这一版已经生效，须先开始修订"),
    "replaced": Code(422, "这一版已被新版替换"),
    "no_task": Code(422, "这一版没有一项任务"),
    "bad_cut": Code(422, "不能在这个位置断开"),
    "bad_span": Code(422, "条款的起止位置不对"),
    "first_clause": Code(422, "前面没有可以合并的条款"),
    "has_duty": Code(422, "单位已是这项任务的责任单位"),
    "name_taken": Code(422, "名称已登记为另一个单位"),
    "unknown_link": Code(422, "没有这个台账或指标"),
    # Jobs
    "job_failed": Code(422, "后台任务没有完成，没有文件可取"),
}
