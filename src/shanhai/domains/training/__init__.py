"""Training and enterprise 培训与创业 (斗委农组〔2021〕3号 三（一）; ADR 0036).

Nouns: Workshop 帮扶车间, WorkshopMonth 车间月报, WorkshopStandard 车间认定标准, WorkshopReview 车间年度复核,
TrainingClass 培训班, Trainee 学员, ClassDay 上课日, Attendance 签到, ExamResult 考核成绩,
Certificate 培训证书,
EnrolmentPlan 定向招生计划, Applicant 招生报名, AidPayment 就学资助, IncubationBase 孵化基地,
IncubationTenant 入驻项目, TenantSupport 孵化支持, LeaderYear 带头人跟踪.
"""
