"""Organisation and supervision 组织与督查 (斗委农组〔2021〕3号 四（一）（三）).

Nouns: JointMeeting 联席会议, MutualVisit 互访, StudySession 专题研究, Briefing 工作信息, YearlyRule 年度要求.
"""
