"""Benefits for firms and people 惠企惠民 (斗委农组〔2021〕3号 三（一）).

Nouns: Policy 政策, PolicyTerm 政策条款, PolicyRelease 政策版本, IncomeRecord 年度收入, Claim 申领,
PublicNotice 公示, Holiday 节假日安排, PayeeAccount 收款账户, PaymentList 发放批次, BankReturn 银行回盘,
ClawBack 追回, PolicyPush 政策推送, PushRecipient 推送对象,
EmployerVisit 企业走访.
"""
