"""Benefits for firms and people 惠企惠民 (斗委农组〔2021〕3号 三（一）).

Nouns: Policy 政策, PolicyTerm 政策条款, PolicyRelease 政策版本, IncomeRecord 年度收入.
"""
