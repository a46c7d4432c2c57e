"""What letter.docx and notice.docx say (公函措辞), for make_letter.py.

It asks and never accuses: a report is read, not the world. Names in capitals are replaced by the
words of the kind. DEFINITIONS stand in grey paragraphs before the text, so that its sentences stay
legible to whoever edits them in Word.
"""

from __future__ import annotations

KINDS = {
    "函": {"TOLD": "函告", "THIS": "本函", "CLOSING": "专此函达，请予函复。"},
    "通知": {"TOLD": "通知", "THIS": "本通知", "CLOSING": "特此通知。"},
}


def said(wording: str, kind: str) -> str:
    """The wording in a letter of this kind."""
    for name, words in KINDS[kind].items():
        wording = wording.replace(name, words)
    return wording


DEFINITIONS = (
    "set place = addressee.removesuffix('人民政府').removesuffix('办事处').removesuffix('员会').removesuffix('公室')",
    "set you = '你街道' if place.endswith('街道') else '你' ~ place[-1] "
    "if place and place[-1] in '省市县区旗州盟镇乡局委厅办' else '你单位'",
    "set report_year = report.year ~ '年度' if report.year else ''",
    "set report_name = '《' ~ report.title ~ '》' if report.title else report_year ~ '法治政府建设年度报告'",
    "set report_date = '（' ~ report.date ~ report.date_name ~ '）' if report.date else ''",
    "set checklist_name = checklist.title if '《' in checklist.title else '《' ~ checklist.title ~ '》'",
    "set binding = documents.binding[:3]|join('、')|replace('》、《', '》《') ~ ('等规定' if documents.binding|length > 3 else '')",
    "set guiding = documents.guiding[:3]|join('、')|replace('》、《', '》《') ~ ('等文件' if documents.guiding|length > 3 else '')",
    "set number_line = issuer.prefix ~ '〔' ~ (year or '　　　　') ~ '〕' ~ (number or '　　') ~ '号'",
    "set date_line = date or '　　　　年　　月　　日'",
    "set deadline = due ~ '前' if due else '自THIS成文之日起' ~ workdays ~ '个工作日内'",
    "set headings = dict(unmet='报告未见反映的内容', denied='报告写明未做的内容', deferred='仅见于下一年安排或者仅作为不足提及的内容', "
    "thin='表述较笼统的内容', contrary='与要求不一致的内容')",
    "set leads = dict(unmet='报告未见反映的内容有', denied='报告写明未做的内容有', deferred='报告仅在下一年安排中写到或者仅作为存在的不足提及的内容有', "
    "thin='报告表述较笼统、未附具体情况的内容有', contrary='报告所载与要求不一致、需要核对的内容有')",
    "set judgements = dict(unmet='未见反映', elsewhere='仅见左列表述，未见符合本项要求的内容', "
    "denied='报告写明未做', "
    "planned='仅见于下一年安排', admitted='仅作为存在的不足提及', "
    "deferred='仅见于下一年安排或者仅作为存在的不足提及', thin='表述较笼统', contrary='与要求不一致')",
)
GROUNDS = "{% if binding %}根据{{ binding }}，{% endif %}{% if guiding %}参照{{ guiding }}，{% endif %}"
CHECKED = "对照{{ checklist_name }}（{{ checklist.version }}版），"
OPENING = (
    "为进一步提高法治政府建设年度报告质量，" + GROUNDS + "{{ issuer.own }}" + CHECKED
    + "对{{ you }}{{ report_name }}{{ report_date }}的文本进行了核对。现将有关情况TOLD如下："
)  # fmt: skip
THANKS = (
    "{{ you }}补充完善后的{{ report_name }}{{ report_date }}收悉，感谢{{ you }}对{{ issuer.own }}工作的支持。经再次核对，"
    "{% for title in supplied %}“{{ title }}”{% endfor %}"
    "{% if supplied|length > 1 %}等{{ supplied|length }}项{% else %}的{% endif %}内容，报告已作补充。"
    + GROUNDS + CHECKED + "尚有{{ counts.asked }}项内容请继续补充完善。"
)  # fmt: skip
COUNTED = (
    "{% if not supplied %}清单适用的{{ counts.applicable }}项内容中，"
    "{% if counts.met %}报告已反映{{ counts.met }}项，{% endif %}需要补充完善{{ counts.asked }}项。{% endif %}"
)
WHY = "{% if f.contrary %}（{{ f.contrary }}）{% elif f.rung == 'elsewhere' %}（有相关表述，见附件1）{% endif %}"
# all findings of one kind in a sentence, and those of one group under its heading
SENTENCE = (
    COUNTED + "{{ leads[part.kind] }}：{% for group in part.groups %}{{ group.title }}方面的"
    "{% for f in group.findings %}“{{ f.title }}”" + WHY + "{% endfor %}{{ '。' if loop.last else '；' }}{% endfor %}"
    "具体依据和补充建议见附件1。"
)  # fmt: skip
LIST = COUNTED + "具体依据和补充建议见附件1，分述如下："
PART = "{{ part.numeral }}、{{ headings[part.kind] }}（{{ part.count }}项）"
GROUP = "{% if part.groups|length > 1 %}（{{ group.numeral }}）{% endif %}{{ group.title }}。"
TITLES = "{% for f in group.findings %}{{ f.title }}" + WHY + "{{ '。' if loop.last else '；' }}{% endfor %}"
HOW = "{{ '一二三四五六'[parts|length] }}、请予补充完善的方式"
PLEASE = (
    "请{{ you }}对照附件1逐项核对。{{ report_year or '报告年度' }}已经开展的工作，"
    "请在报告中补充写明时间、内容和数量；确未发生的，请写明“本年度未发生”"
    "{% if counts.denied %}；报告写明未做的，请说明有关情况{% endif %}"
    "{% if counts.contrary %}；与要求不一致的，请核对后更正或者说明{% endif %}。"
    "请{% if due %}于{% endif %}{{ deadline }}将补充完善后的报告、回执（附件2）和有关佐证材料反馈{{ issuer.own }}。"
)
RESERVE = (
    "以上意见仅依据报告文本提出，不代表对实际工作的评价；如报告其他部分或者其他公开材料已有反映，请一并说明。"
    "{% if counts.manual %}另有{{ counts.manual }}项内容仅凭报告文本不能判断，未列入附件。{% endif %}"
)
SUBJECT = "{{ issuer.body }}关于{% if supplied %}继续{% endif %}补充完善{{ report.unit or addressee }}{{ report_year }}法治政府建设年度报告的"
CONTACT = "（联系人：{{ issuer.contact }}，联系电话：{{ issuer.phone }}）"
COPIES = "抄送：{{ cc|join('，') }}。"

GAPS, RECEIPT = "法治政府建设年度报告需补充完善内容清单", "补充完善情况回执"
TEXT_READ = "核对文本：{{ report_name }}{{ report_date }}{% if searched %}，查阅范围：{{ searched|join('；') }}{% endif %}。"
SOURCES = (
    "依据文件：{% for s in sources %}{{ s.mark }}{{ s.document }}{% if not s.binds %}（参照）{% endif %}"
    "{{ '。' if loop.last else '；' }}{% endfor %}"
)
CLAUSE = (
    "文件{{ basis.mark }}{{ basis.clause }}"
    "{% if basis.quotation %}：“{{ basis.quotation }}”{% elif basis.summary %}：{{ basis.summary }}{% endif %}"
)
QUOTED = "“{{ quote.text.rstrip('，,；;、：:') }}”"
FROM = (
    "（{{ (quote.section or '未设标题部分').split(' / ')[-1] }}"
    "{% if f.kind in ('unmet', 'denied', 'deferred') %}；{{ quote.stance_name }}{% endif %}）"
)
MORE = "（另有{{ f.more }}处类似表述）"
NOT_FOUND = (
    "{% if f.kind != 'unmet' %}见报告有关部分。{% else %}经查阅报告"
    "{% if f.searched|length in (0, searched|length) %}全文{% else %}“{{ f.searched|join('、') }}”部分{% endif %}，"
    "未见有关表述。{% endif %}"
)
JUDGED = (
    "{{ judgements[f.rung] }}{% if f.kind == 'contrary' %}：{{ f.contrary }}"
    "{% elif f.kind == 'thin' and (f.lacking or not f.decision) %}，未附{{ f.lacking|join('、') or '数据' }}{% endif %}"
    "{% if f.decision %}（经人工核对）{% endif %}"
)
