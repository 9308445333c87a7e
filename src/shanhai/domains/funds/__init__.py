"""Funds and projects 资金与项目 (斗委农组〔2021〕3号 四（二）).

Nouns: AidAgreement 年度协议, TransferReceived 财政援助到账, Project 协作项目, Payment 资金拨付,
ProgressBar 支出进度线.
"""
