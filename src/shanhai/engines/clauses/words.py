"""The words of official documents that the grammar turns on, as tables.

A document that is read wrongly is usually mended by one word here; nothing in this module is code. Longer
words stand before shorter ones that they end in, because the first that fits is taken.
"""


def _words(table: str) -> tuple[str, ...]:
    return tuple(table.split())


def _with(role: str, table: str) -> tuple[tuple[str, str], ...]:
    return tuple((word, role) for word in table.split())


LEAD, SUPPORT, PLAIN = "lead", "support", "plain"
PERSON, OTHER = "person", "other"

NUMERALS = "一二三四五六七八九十百零〇○"
OPENERS = "（([［【〔〖〈﹝"
CLOSERS = "）)]］】〕〗〉﹞"
EXACT_CLOSER = dict(zip(OPENERS, CLOSERS, strict=True))
SENTENCE_ENDS = "。！？!?"
CLAUSE_ENDS = SENTENCE_ENDS + "；;：:"
CLOSING_QUOTES = "”’」』》〉"
SEPARATORS = "、，,；;"
LIST_CONTINUES = "、，,"

# A label is the word before a colon. Its last part says what follows, its other parts say which role.
LABEL_TAILS = ("单位", "部门", "主体", "机构", "处室", "科室", "机关", "地区", "县区", "区县", "分工")
LABEL_VERBS = ("牵头", "配合", "负责", "主办", "协办", "责任")
LABEL_BEGINS = ("牵头", "责任", "配合", "主办", "协办", "分管", "包抓", "联系", "挂钩", "挂牌")
LABEL_LEADS = ("牵头", "主办", "主责", "主要责任", "第一责任", "总负责", "抓总")
LABEL_SUPPORTS = _words("""
    配合 协办 协同 协作 协助 参与 参加 会同 会办 联办 支持 共同责任 联合 成员 指导 监督
""")
LABEL_PLAINS = ("责任", "负责", "承办", "实施", "落实", "承担", "执行", "分工", "主管", "推进", "完成")
LABEL_PERSONS = _words("""
    领导 责任人 负责人 联系人 牵头人 同志 县长 区长 市长 主任 组长 专班长 局长
""")
LABEL_OTHERS = _words("""
    时限 时间 期限 节点 进度 备注 电话 目标 措施 频次 标准 成果 要求 内容 事项 任务
""")

# What a phrase without a label ends in, with the role it gives to the units before it.
VERBS = (
    *_with(
        LEAD,
        """
        牵头负责 牵头落实 牵头组织实施 牵头推进 牵头实施 牵头抓总 负责牵头 共同牵头 分别牵头 分工牵头
        按职责分工牵头 总牵头 牵头 主办 为主 为牵头单位
    """,
    ),
    *_with(
        PLAIN,
        """
        为责任单位 组织实施 具体实施 组织落实 抓好落实 贯彻落实 负责落实 负责实施 落实 承办 负责 实施
        推进 按职责分工 按照职责分工 按分工
    """,
    ),
    *_with(
        SUPPORT,
        """
        配合负责 参与配合 协同配合 积极配合 做好配合 配合落实 配合实施 协同落实 协助落实 按职责分工配合
        分工配合 密切配合 配合 协助 协办 参与 参加 协同 支持 加强指导 给予指导 督促指导 负责指导 指导
    """,
    ),
)
# What may stand between a unit and its verb.
ADVERBS = _words("""
    按照各自职责分工 按照各自职责 按各自职责分工 按各自职责 按照职责分工 按照职责 按职责分工 按职能分工
    按职责 根据职责分工 依职责分工 依职责 按照分工 按分工 分工 分别 共同 具体 各自 分级 联合 负责 统筹
    协同 属地
""")
PREFIXES = (
    "由",
    "会同",
    "联合",
    "并会同",
    "并由",
    "以及",
    "会商",
    "商",
    "和",
    "及",
    "与",
    "请",
    "其他由",
    "同时",
)
JOINERS = ("会同", "会商", "以及", "及其", "和", "及", "与", "商(?![务业会城标品贸])")
# 等, 等部门, 等金融机构, 等市（州）人民政府 after the last name; 高等 and 平等 are parts of names.
ET_CETERA = (
    r"(?<![高平中初同均])等(?:"
    r"(?:(?![及和与])[\u4e00-\u9fff]){0,6}(?:部门|单位|机构|企业|地区|组织|团体|院校)"
    r"|[省市州县区镇乡](?:[（(][省市州县区镇乡、街道]{1,8}[)）])?(?:人民政府|政府)?)?$"
)
NOTHING = frozenset({"", "/", "／", "—", "——", "-", "--", "–", "无", "下同", "略", "…", "……", "无。", "空"})

# Last part of the name of a body. STRONG endings make a unit by themselves, PLACES only beside other
# units or a verb.
STRONG = _words("""
    局 委 厅 部 办 署 院 处 所 站 中心 政府 公司 集团 银行 分行 支行 总行 总社 联社 供销社 合作社 新华社
    分社 大学 学院 学校 医院 法院 检察院 组 小组 大队 支队 总队 工作队 中队 专班 指挥部 工会 妇联 残联
    文联 科协 侨联 工商联 记协 作协 红十字会 委员会 管委会 协会 商会 总会 学会 研究会 基金会 促进会 联合会
    理事会 银保监会 证监会 保监会 银监会 党委 党组 党工委 团委 团区委 办公室 办事处 中央 党校 总台 电视台
    报社 融媒体中心 公积金中心 单位 部门 机构 联盟 总公司 分公司 管理处 服务中心 工委 台办 侨办 村委会
    居委会 社区 监管分局 分局 海关 企业 工信 社会工作部 园管委 管委 农商行 人行 信用社 平台公司 城投
    文明办 纪委监委 政协 人大 人大常委会 常委会 法学会 计生协 贸促会 关工委 老促会 气象台 联通 移动 电信
    供电局 电网 邮政 烟草 石油 石化 铁塔 农行 农发行 国开行 中科院 工程院 社科院 科学院 团中央 团省委
    团市委 团县委 县团委 办公厅 书记处 研究室 政研室 督查室 督察室 参事室 党史室 史志室 调查队 台联 慈善会
    农信社 国寿 职校 中学 小学 一中 二中 三中 幼儿园 卫生院 专业委员会 保险 国资 领导小组 联席会议 监狱
    军区 武警 人武部 职教中心 图书馆 档案馆 博物馆 文化馆 科技馆 总局 税务 气象 消防 各系统 财险 人寿
""")
PLACES = _words("""
    街道 镇 乡 村 园区 开发区 高新区 新区 工业园 产业园 农业园 园 县 市 区 州 盟 旗 省 基地 镇街 街镇
    乡镇 县区 区县 地区 各地 兵团 林场 农场 景区 度假区 示范区 自贸区 综保区 合作区 功能区 经开区 城区
    乡镇办 镇办 镇场 乡镇场 师 垦区 自治区
""")
NOT_BODIES = _words("""
    全部 内部 干部 局部 外部 东部 西部 中部 南部 北部 腹部 底部 社会 机会 大会 晚会 培训 备办 举办 开办
    兴办 主办 承办 交办 督办 协办 催办 到处 好处 之处 用处 场所 住所 厕所 车站 网站 补助 编组 重组 分组
    班组 跨省通办 一网通办 好办 快办 通办 代办 帮办 联办 试办 新办 俱乐部 若干部 核心部 局中局 交通处
    所在地区 贫困村 示范村 行政村 自然村 示范企业 龙头企业 小微企业 中小企业 重点企业 民营企业 国有企业
    规上企业 外资企业 科技型企业
""")
BODIES_AFTER_ALL = ("政协办", "人大办")
SENTENCE_LIKE = _words("""
    的 年底 月底 完成 确保 推进 推动 加强 开展 建立 提高 不得 应当 必须 按照 围绕 持续 长期 每年 每月
    每季 适时 以下 简称 列第一位 排在第一位 第一位 进行 不再
""")
EXPLAINS = _words("""
    含 包括 包含 不含 即 指 如 例如 以下 下称 简称 详见 见 原 其中 试行 暂行 修订 附 注 截至 自 除
    不包括 统称 也称 又称 非 现 按 涉及 特别 尤其 主要 牵头单位为 不 或
""")
EXPLAINED = (
    "单位",
    "部门",
    "机构",
    "成员",
    "企业",
    "部委",
    "地区",
    "主体",
    "组织",
)  # what an explaining bracket follows

GROUP_WORDS = ("各", "有关", "相关", "所有", "全体", "涉及", "所属", "其他", "其它", "沿线")
# What a remark behind a name says that is no part of it.
NOTES = _words("""
    下同 第一位 第一责任 牵头 排名 列首位 排首位 分别负责 配合 协办 主办 主责
""")
GROUP_TAILS = (
    "成员单位",
    "市属企业",
    "区属企业",
    "县属企业",
    "省属企业",
    "市直部门",
    "区直部门",
    "县直部门",
    "市直单位",
    "区直单位",
)
LEVELS = _words("""
    省级 市级 区级 县级 省直 市直 区直 县直 全省 全市 全区 全县 地方 中央 国家 省 市 区 县 镇级 乡级 镇
    乡
""")
GENERIC = frozenset(
    _words("""
    省 自治区 直辖市 市 县 区 州 盟 旗 镇 乡 特区 县级市 自治州 自治县 街道 乡镇 镇街 委 办 厅 局 院 部
    园区 场 开发区 地区 部委 直属机构 师 组 社 站 所 科 室 中心 村 社区 处 部门 单位
""")
)
# 中央、省属驻市单位 is one name: a level alone belongs to the name after it
BARE_LEVELS = frozenset(("中央", "国家", "省", "市", "区", "县", "部", "省级", "市级", "中直"))
GENERIC_TAILS = (
    "人民政府",
    "政府",
    "党委",
    "管委会",
    "办事处",
    "人民政府办公室",
    "党工委",
    "行署",
    "直属机构",
    "单位",
    "部门",
)
TAILS_ALONE = ("政府", "人民政府", "党委", "行署")  # 各县党委、政府 is one name

# How bodies are shortened, longest first.
FULL_ENDINGS = (
    ("管理委员会", "管委会"),
    ("委员会", "委"),
    ("办公室", "办"),
    ("办公厅", "办"),
    ("管委会", "管委"),
)
ATTACHED = ("管理委员会", "管委会", "管委", "人民政府", "政府", "办事处", "党工委")
BRANCHES = ("分行", "支行", "分公司", "支公司", "分局", "分社", "支队", "中心支行")
LEVEL_CHARACTERS = "国省市县区州盟旗镇乡村"
ORDINALS = "一二三四五六七八九十东西南北中上下甲乙丙丁0123456789"
NATIONAL = ("国家", "全国", "中国", "中央")

TITLE_TAILS = _words("""
    通知 意见 方案 办法 规划 计划 要点 决定 通报 批复 条例 规定 细则 措施 纲要 分工 清单 分解表 分工表
    报告 政策 行动 安排 预案 任务 制度 规则 决议 公告 通告 函 举措 台账 责任书 分解 任务书 责任表 任务表
    一览表 明细表 汇总表 计划表 安排表
""")
# How the sentence after a title begins, where no line break parts them.
PREAMBLES = _words("""
    为 根据 按照 依据 遵照 现将 现就 现 经 近日 近年来 当前 今年 各 请 一、 第一 党中央 习近平 自 本 结合
    随着 全面 坚持 以 （一） 20 《
""")
# Headings that stand by themselves; where text follows without a stop, it is not part of them.
STANDARD_HEADINGS = _words("""
    总体要求 指导思想 基本原则 工作原则 总体目标 工作目标 主要目标 发展目标 目标任务 总体思路 基本思路
    主要任务 重点任务 工作任务 重点工作 工作重点 主要措施 工作措施 保障措施 组织保障 组织领导 组织实施
    加强组织领导 强化组织领导 主要职责 工作职责 职责分工 工作要求 有关要求 工作安排 实施步骤 方法步骤
    工作步骤 时间安排 工作内容 实施范围 工作规则 议事规则 监督检查 考核评价 提高认识 提高思想认识
""")
HEADING_FOLLOWERS = _words("""
    以 坚持 按照 围绕 到 各级 各地 各部门 各单位 各有关 各县 各市 在 为 深入 全面 贯彻 认真 紧紧 联席会议
    领导小组 通过 力争 一是 （一）
""")

# What a government's web page prints around a document; BLANK ones may stand without a colon.
METADATA = _words("""
    索引号 发布机构 发文机关 发文单位 制发机关 主题分类 组配分类 信息分类 体裁分类 成文日期 发文日期
    印发日期 发布日期 发布时间 生成日期 生效日期 公开日期 公开范围 公开方式 公开形式 公开目录 公开责任部门
    公开责任单位 公开类别 是否有效 有效性 时效性 时效 效力状态 名称 标题 主题词 关键词 信息来源 文章来源
    来源 作者 时间 日期 浏览次数 浏览量 阅读次数 阅读人数 点击量 点击数 字体大小 字体 责任编辑 编辑 审核
    当前位置 您现在所在的位置 您的位置 所在位置 政策解读 分享至 发文字号 发文文号 文件编号 文件字号 文号
    字号 统一编号 登记号 规范性文件编号
""")
METADATA_BLANK = _words("""
    索引号 发文机关 发文字号 主题分类 成文日期 发布机构 组配分类 返回首页 当前位置 打印本页 扫一扫 无障碍
    长者模式 长辈版 标题 文号
""")
