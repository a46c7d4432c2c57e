"""What a site says of its page (网页元数据): dates, source and numbers, from meta tags and visible labels."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise, zip_longest

from checker.readers.html.line import Line
from checker.readers.package import Element

# Each line begins with one of these, so that the masthead knows it for metadata.
ORDER = ("索引号", "主题分类", "发布机构", "文号", "成文日期", "发布日期", "有效性", "来源")
DATES = {"成文日期", "发布日期"}
LABELS = {
    "索引号": "索引号 索引号码 信息索引号 信息索引",
    "主题分类": "主题分类",
    "发布机构": "发布机构 发文机关 发布单位 发文单位 发文机构 公开主体 制发机关 发布机关 信息发布机构",
    "文号": "文号 发文字号 发文文号 公文字号 文件编号",
    "成文日期": "成文日期 生成日期 发文日期 成文时间 制发日期 印发日期 生成时间 制文日期 形成日期",
    "发布日期": "发布日期 发布时间 公开日期 公开时间 公布日期 发表时间 发表日期 上传时间 录入时间 发稿时间 信息时间 添加时间",
    "有效性": "有效性 是否有效 效力状态",
    "来源": "来源 信息来源 文章来源 稿件来源 来源单位 稿源 内容来源 新闻来源",
}
# Said where nothing more exact is; only near the title.
LOOSE = {"发布日期": "日期 时间 更新时间 更新日期 发文时间", "来源": "供稿 供稿单位"}
OTHERS = (
    "作者 编辑 责任编辑 责编 审核 审核人 校对 撰稿 记者 摄影 浏览次数 浏览量 浏览 点击数 点击量 点击率 点击次数 "
    "点击 阅读 阅读量 阅读次数 访问量 访问次数 累计次数 名称 信息名称 文件名称 标题 字体 字号 字体大小 体裁 "
    "体裁分类 公开方式 公开范围 公开时限 公开形式 公开类别 公开目录 主题词 关键词 关键字 内容概述 分享 分享到 打印 "
    "关闭 发布人 发布者 录入 录入人 信息分类 组配分类 载体类型 分类 视力保护色 保护视力色 废止日期 失效日期 生效日期 "
    "实施日期 统一登记号 责任部门 公开责任部门 信息类别 信息来源单位 服务对象 所属主题 是否废止 废止记录 浏览字号 编号 "
    "签发人 初审 复审 终审 审签 下载 文件下载 语音播报 背景色 收藏"
)
KEYS = {label: key for table in (LABELS, LOOSE) for key, labels in table.items() for label in labels.split()}
EXACT = {label for labels in LABELS.values() for label in labels.split()}
# 来源：…, or 【来源】…
LABEL = re.compile(
    r"(?P<open>[【\[])?\s*(?P<label>"
    + "|".join(r"\s*".join(label) for label in sorted({*KEYS, *OTHERS.split()}, key=len, reverse=True))
    + r")(?:[\s\]】]*[:：]|(?(open)\s*[\]】]|(?!)))"
)
COLON = re.compile("[:：】\\]]")
# What tells that the date of a line is the site's: a clock, an address, a word.
STAMP = re.compile(r"\d:\d\d|发布|发表|公开|www\.|https?:|浏览|点击|阅读")
META = {
    "pubdate": "发布日期", "publishdate": "发布日期", "firstpublishedtime": "发布日期", "publishedtime": "发布日期",
    "article:published_time": "发布日期", "og:published_time": "发布日期", "og:release_date": "发布日期",
    "datepublished": "发布日期", "weibo:article:create_at": "发布日期", "bytedance:published_time": "发布日期",
    "contentsource": "来源", "source": "来源", "mediaid": "来源", "article:source": "来源",
}  # fmt: skip
TITLES = ("articletitle", "og:title", "title")
NOTHING = {"", "-", "--", "—", "——", "/", "无", "暂无", "null", "undefined", "none", "本站原创"}
DATE = re.compile(r"((?:19|20)\d\d)\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})(?!\d)\s*日?")
COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:\d{6})?(?!\d)")
ENDS_OF_VALUE = re.compile(r"\s{2,}|[|｜\[【]|&nbsp;|　")


def meta_fields(head: Iterable[Element]) -> tuple[dict[str, str], list[str]]:
    """The fields that the meta tags give (政府网站标签规范), and the titles they give."""
    fields: dict[str, str] = {}
    titles: dict[str, str] = {}
    for tag in head:
        name = (tag.get("name") or tag.get("property") or tag.get("itemprop") or "").strip().lower()
        content = " ".join((tag.get("content") or "").split())
        if name in META and (value := _value(META[name], content)):
            fields.setdefault(META[name], value)
        elif name in TITLES and content:
            titles.setdefault(name, content)
    return fields, [titles[name] for name in TITLES if name in titles]


def is_metadata(line: Line) -> bool:
    """Whether a line is labels and their values (元数据行), or a date alone."""
    text = line.text.strip(" \u3000\u00a0|")
    if not text or len(text) > 300 or text[-1] in "。；;":
        return False
    if _is_stamp(text) or any(_cell_pairs(line.cells)):
        return True
    labels = list(LABEL.finditer(text)) if COLON.search(text) else []
    if not labels or (labels[0].start() and len(text) >= 100):
        return False
    before = text[: labels[0].start()].strip(" \u3000\u00a0|[【（(")
    return len(before) < 8 or bool(DATE.match(before)) or len(labels) > 1


def _is_stamp(text: str) -> bool:
    """Whether a line is a date of the site without a label; one in brackets is the report's own."""
    if len(text) > 60 or text[0] in "（(《" or set(text) & set("，、,。；"):
        return False
    found = DATE.search(text)
    return found is not None and (found.start() == 0 or bool(STAMP.search(text)))


def visible_fields(near: Iterable[Line], far: Iterable[Line]) -> dict[str, str]:
    """The fields that the lines around a report give; far ones count only with an exact label."""
    exact: dict[str, str] = {}
    loose: dict[str, str] = {}
    for lines, others in ((near, loose), (far, {})):
        for label, text in _pairs(lines):
            key = KEYS.get(label) if label else "发布日期"
            if key and (value := _value(key, text)):
                (exact if label in EXACT else others).setdefault(key, value)
    return loose | exact


def metadata_lines(fields: dict[str, str]) -> list[str]:
    return [f"{key}：{fields[key]}" for key in ORDER if key in fields]


def _pairs(lines: Iterable[Line]) -> Iterator[tuple[str, str]]:
    """Labels with what stands behind them; a date without a label has an empty one."""
    waiting = ""
    for line in lines:
        text = line.text.strip(" \u3000\u00a0")
        if waiting and not LABEL.match(text):
            yield waiting, text
        waiting = ""
        if line.cells:
            yield from _cell_pairs(line.cells)
        found = list(LABEL.finditer(text)) if COLON.search(text) else []
        if text and (not found or found[0].start() > 7) and _is_stamp(text):
            yield "", text
        for match, after in zip_longest(found, found[1:]):
            value = text[match.end() : after.start() if after else len(text)]
            yield _bare(match["label"]), value
        if found and not text[found[-1].end() :].strip() and not line.cells:
            waiting = _bare(found[-1]["label"])
        elif _bare(text) in KEYS:
            waiting = _bare(text)


def _cell_pairs(cells: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for label, text in pairwise(cells):
        bare = _bare(label).strip("：:[]【】")
        if bare in KEYS or bare in OTHERS.split():
            yield bare, text


def _bare(label: str) -> str:
    return re.sub(r"\s+", "", label)


def _value(key: str, text: str) -> str:
    """The value of a field as it is written for the masthead; nothing where it has none."""
    if key in DATES:
        return full_date(text)
    value = ENDS_OF_VALUE.split(text.strip(" \t\u3000\u00a0[【:："), maxsplit=1)[0]
    value = value.strip(" \t\u3000\u00a0|｜,，;；]】[（(")
    return "" if value.lower() in NOTHING or len(value) > 60 or DATE.match(value) else value


def full_date(text: str) -> str:
    """The first full date of a text (完整日期) as 2023-11-03; a month alone is none."""
    match = DATE.search(text) or COMPACT.match(text.strip())
    try:
        return datetime.date(int(match[1]), int(match[2]), int(match[3])).isoformat() if match else ""
    except ValueError:
        return ""
