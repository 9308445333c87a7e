"""Labour cooperation 劳务协作 (斗委农组〔2021〕3号 三（一）).

Nouns: WorkerRegistration 实名制登记, EmploymentSpell 务工就业, MonthlyFact 按月在岗,
DestinationGroup 就业地归类.
"""
