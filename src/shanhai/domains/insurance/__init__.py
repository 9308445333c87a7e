"""Insurance settlement away from home 医保异地 (斗委农组〔2021〕3号 三（一）; ADR 0036, 0037).

Nouns: Filing 异地备案, Entitlement 参保待遇, BenefitRule 待遇规定, CatalogueItem 医保目录, MedicalVisit 就诊,
FeeLine 费用明细, Settlement 结算.
"""
