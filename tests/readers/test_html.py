"""Saved web pages: the report whole, the furniture gone, the site's metadata as labelled lines."""

from __future__ import annotations

import base64
import quopri
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker.audit import audit_blocks
from checker.errors import ReadError
from checker.load import checklist_source, load_checklist
from checker.masthead import read_lines, read_masthead
from checker.model.document import Block, Document
from checker.readers.html import read_html
from checker.readers.html.metadata import full_date
from checker.readers.html.mhtml import read_mhtml

CHECKLIST = load_checklist(checklist_source(None))
CORPUS = Path(__file__).parents[1] / "corpus" / "tuned"
DAY = "2026-03-15"


@dataclass(frozen=True)
class Report:
    title: str
    paragraphs: tuple[str, ...]


def report(name: str) -> Report:
    """A report of the corpus: its title, its paragraphs, its signature."""
    text = (CORPUS / f"{name}.txt").read_text(encoding="utf-8")
    lines = read_lines(tuple(Block(line) for line in text.split("\n")))
    head = read_masthead(lines, CHECKLIST.wording)
    first, last = head.body[0].span.start, head.body[-1].span.end
    kept = [text[line.span.start : line.span.end] for line in lines if line.span.start >= first]
    signature = len([line for line in lines if line.span.start > last])
    assert signature in {0, 2}, "choose a report that ends with unit and date, or with its text"
    # A page shows a run of spaces as one.
    return Report(head.title, tuple(re.sub(" +", " ", line) for line in kept))


REPORTS = [report(name) for name in ("daichuan-2025", "liaotang-2020", "qilan-2022", "chuxi-2026")]

# Pages in the styles of the usual systems

NAV = (
    '<div class="header"><a href="/">网站首页</a><a>政务公开</a><a>政务服务</a><form><input><button>搜索</button></form></div>'
    '<div class="crumbsNav">当前位置：<a>首页</a>&nbsp;&gt;&nbsp;<a>法治政府建设年度报告</a></div>'
)
FOOT = (
    '<div class="xgwz"><h3>相关链接</h3><ul><li><a>广通镇2025年法治政府建设工作报告</a><span>2026-01-02</span></li></ul></div>'
    '<div class="prenext"><p>上一篇：<a>没有了</a></p><p>下一篇：<a>关于某某的通知</a></p></div>'
    '<div class="footer"><p>主办单位：某某县人民政府办公室 &nbsp; 承办单位：某某县大数据中心</p>'
    "<p>网站标识码：3206210001 <a>苏ICP备05001234号</a> 建议使用1024*768分辨率浏览本站，谢谢您的访问。</p></div>"
)


def paragraphs(report: Report, tag: str = "p", indent: str = "　　") -> str:
    return "\n".join(f"<{tag}>{indent}{escape(text)}</{tag}>" for text in report.paragraphs)


def page(title: str, body: str, charset: str = "utf-8", head: str = "") -> bytes:
    text = f'<!DOCTYPE html><html><head><meta charset="{charset}"><title>{title}</title>{head}</head><body>{body}</body></html>'
    return text.encode("gb18030" if charset.startswith("gb") else charset)


def trs(r: Report) -> bytes:
    head = (
        f'<meta name="SiteName" content="某某县人民政府"><meta name="ArticleTitle" content="{r.title}">'
        f'<meta name="PubDate" content="{DAY} 10:20:30"><meta name="ContentSource" content="某某县司法局">'
    )
    body = (
        f'{NAV}<h2 class="neiright_Title">{r.title}</h2><div><span class="time">{DAY}</span><span>来源：某某县司法局</span>'
        '<div>分享到：<a title="微信"></a></div><a>[打印]</a><span>字号：<a>[大]</a> <a>[中]</a> <a>[小]</a></span></div>'
        f'<div class=TRS_Editor><div class="Custom_UnionStyle">{paragraphs(r)}</div></div>'
        f'<div id="qr_container">扫一扫在手机打开当前页</div>{FOOT}'
    )
    return page(f"{r.title}_某某县人民政府", body, head=head)


def ucap(r: Report) -> bytes:
    body = (
        '<div class="share-popup"><h6>分享到：</h6><ul><li><a>QQ空间</a></li></ul></div><div class="BreadcrumbNav"><a>首页</a> > <a>政策</a></div>'
        f'<div class="article"><h1>\n {r.title}\n</h1><div class="pages-date">{DAY} 06:59 <span>来源： 某某县司法局</span>'
        "<span>【字体：<span>大</span> <span>中</span> <span>小</span>】</span><span>打印</span></div>"
        f'<div class="pages_content" id="UCAP-CONTENT"><UCAPCONTENT>{paragraphs(r, indent="")}</UCAPCONTENT></div>'
        '<div class="editor"><a>【我要纠错】</a>责任编辑：宋岩</div>'
        f'<div style="display:none">{r.paragraphs[0]}</div></div><a>回到\n顶部</a>{FOOT}'
    )
    return page(f"{r.title}_某某网", body, head='<meta name="others" content="页面生成时间 2026-08-01">')


def jcms(r: Report) -> bytes:
    body = (
        f"{NAV}<table class=xxgk><tr><td>索 引 号：</td><td>014349999/2026-00123</td><td>主题分类：</td><td>司法行政</td></tr>"
        "<tr><td>发布机构：</td><td>某某县司法局</td><td>成文日期：</td><td>2026年3月10日</td></tr>"
        f"<tr><td>标　　题：</td><td colspan=3>{r.title}</td></tr><tr><td>文　　号：</td><td>某政发〔2026〕5号</td><td>发布日期：</td><td>{DAY}</td></tr></table>"
        f'<div class="title">{r.title}</div><div>发布时间：{DAY} 10:09&nbsp;&nbsp;信息来源：某某县司法局&nbsp;&nbsp;浏览次数：<script>x</script> 字体：[ <a>大</a> <a>小</a> ]</div>'
        f'<div id="zoom"><!--ZJEG_RSS.content.begin-->{paragraphs(r, indent="&nbsp;&nbsp;&nbsp;&nbsp;")}<!--ZJEG_RSS.content.end--></div>'
        f"<table><tr><td>【<a>打印本页</a>】</td><td>【<a>关闭窗口</a>】</td></tr></table>{FOOT}"
    )
    return page(f"某某市人民政府 部门文件 {r.title}", body, "gb2312")


def old_tables(r: Report) -> bytes:
    text = "<br>\n<br>\n".join("&nbsp;&nbsp;&nbsp;&nbsp;" + escape(text) for text in r.paragraphs)
    body = (
        "<TABLE><TR><TD><A href=/>首页</A> | <A>机构设置</A> | <A>政策法规</A></TD></TR></TABLE><TABLE><TR><TD>"
        "<TABLE><TR><TD><A>通知公告</A></TD></TR><TR><TD><A>工作动态</A></TD></TR></TABLE></TD><TD>"
        f"<TABLE><TR><TD align=center><FONT size=4><B>{r.title}</B></FONT></TD></TR>"
        f"<TR><TD>作者：办公室&nbsp;&nbsp;来源：某某县司法局&nbsp;&nbsp;发布时间：{DAY}&nbsp;&nbsp;点击数：123</TD></TR>"
        f"<TR><TD><FONT style='font-size:14px'>{text}</FONT></TD></TR><TR><TD>【<A>打印此页</A>】【<A>关闭窗口</A>】</TD></TR>"
        "<TR><TD>上一篇：<A>某某通知</A></TD></TR></TABLE></TD></TR></TABLE>"
        "<TABLE><TR><TD>版权所有：某某县人民政府<BR>ICP备案号：皖ICP备05000001号</TD></TR></TABLE>"
    )
    return page(r.title, body, "gb2312")


def unclosed_fonts(r: Report) -> bytes:
    text = "".join(f"<p><font size=3><span>　　{escape(text)}" for text in r.paragraphs)
    body = f"<div align=center><font>{r.title}</font></div><div>来源：某某县司法局 发布时间：{DAY} 点击：33</div>{text}"
    return page(r.title, body, "gbk")


def divisions(r: Report) -> bytes:
    text = "".join(f'<div style="text-indent:2em"><span>{escape(text)}</span></div>' for text in r.paragraphs)
    body = (
        f'{NAV}<div class="detail"><div class="detail-tit">{r.title}</div><div><span>发布日期：{DAY} 09:42</span><span>来源：某某县司法局</span>'
        f'<span>字号：[<a>大</a> <a>小</a>]</span><span>浏览量：12</span></div><div class="wenzi">{text}</div></div>{FOOT}'
    )
    return page(f"{r.title} - 某某县人民政府", body)


def split(r: Report) -> bytes:
    third = len(r.paragraphs) // 3
    parts = (r.paragraphs[:third], r.paragraphs[third : 2 * third], r.paragraphs[2 * third :])
    text = '<div class="ad"><a>广告</a></div>'.join(
        f'<div class="part{i}">' + "".join(f"<p>{escape(text)}</p>" for text in part) + "</div>"
        for i, part in enumerate(parts)
    )
    body = f"{NAV}<div class=tt>{r.title}</div><div>来源：某某县司法局　发布时间：{DAY}</div>{text}{FOOT}"
    return page(f"{r.title}_某某", body)


def prerendered(r: Report) -> bytes:
    text = "".join(f"<section><span>{escape(text)}</span></section>" for text in r.paragraphs)
    body = (
        '<noscript><strong>请启用JavaScript后继续。</strong></noscript><div id="app"><header><ul><li>首页</li><li>政务公开</li></ul></header>'
        f"<section data-v-3><h1>{r.title}</h1><div><span>时间：{DAY}</span><span>信息来源：某某县司法局</span><span>阅读：56</span></div>"
        f'<div><!----><div>{text}</div></div><div class="el-dialog" style="display: none;">您即将离开本站，是否继续访问？</div>'
        "</section></div><footer>某某局 版权所有</footer>"
    )
    return page(r.title, body)


def mobile(r: Report) -> bytes:
    text = "".join(f"<section><p>{escape(text)}</p></section>" for text in r.paragraphs)
    body = (
        f'<div class="m-top"><a>返回</a></div><article><h1>{r.title}</h1><p>{DAY} 来源：某某县司法局</p><div id="js_content">{text}</div></article>'
        '<div class="read-more">阅读 123 <span>点赞</span></div><div class="m-foot">打开APP 阅读体验更佳</div>'
    )
    return page(r.title, body)


def one_paragraph(r: Report) -> bytes:
    text = "<br/>".join("　　" + escape(text) for text in r.paragraphs)
    body = f'{NAV}<div id="content"><h3>{r.title}</h3><h4>发布日期：{DAY}　来源：某某县司法局　【<a>打印</a>】</h4><p>{text}</p></div>{FOOT}'
    return page(r.title, body)


def commented(r: Report) -> bytes:
    body = (
        f'{NAV}<div class="main"><h1>{r.title}</h1><p>{DAY} 16:00　来源：某某县司法局　责任编辑：李四</p><div class="article-content">{paragraphs(r)}</div>'
        '<div class="comment"><h3>网友评论</h3><p>文明上网理性发言，网友评论仅供网友表达个人看法，并不表明本网同意其观点。</p>'
        f"<textarea>说点什么吧，您的意见很重要。</textarea><select><option>匿名</option></select></div></div>{FOOT}"
    )
    return page(f"{r.title}--某某网", body, "gbk")


def hidden(r: Report) -> bytes:
    body = f'<div class=tit>{r.title}</div><div>来源：某某县司法局 发布日期：{DAY}</div><div style="display:none">{paragraphs(r)}</div>'
    return page(r.title, body)


def chrome(r: Report) -> bytes:
    text = quopri.encodestring(trs(r)).decode("ascii")
    picture = base64.encodebytes(b"\x89PNG" + b"0" * 200).decode()
    return (
        "From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related;\n\ttype=\"text/html\";\n\tboundary=\"--x--\"\n\n\n"
        f"----x--\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n{text}\n"
        f"----x--\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\n{picture}\n----x----\n"
    ).replace("\n", "\r\n").encode()  # fmt: skip


def explorer(r: Report) -> bytes:
    text = base64.encodebytes(divisions(r).decode().encode("gb18030")).decode()
    return (
        'From: "Saved by Windows Internet Explorer 8"\nMIME-Version: 1.0\nContent-Type: multipart/related;\n\tboundary="=_N"\n\n'
        "This is a multi-part message in MIME format.\n\n--=_N\nContent-Type: text/html;\n\tcharset=\"gb2312\"\n"
        f"Content-Transfer-Encoding: base64\n\n{text}\n--=_N--\n"
    ).replace("\n", "\r\n").encode()  # fmt: skip


OFFICE = (
    '<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word"><head>'
    '<meta http-equiv=Content-Type content="text/html; charset=gb2312"><meta name=ProgId content=Word.Document>'
    "<!--[if gte mso 9]><xml><o:Author>张三</o:Author></xml><![endif]--></head>"
)


def word(r: Report) -> bytes:
    def paragraph(text: str) -> str:
        numbered = re.match("([一二三四五六七八九十]+、)(.{1,30})$", text)
        if numbered:
            return (
                f"<h2><![if !supportLists]><span lang=EN-US><span style='mso-list:Ignore'>{numbered[1]}<span>&nbsp;&nbsp; "
                f"</span></span></span><![endif]>{numbered[2]}<span lang=EN-US><o:p></o:p></span></h2>"
            )
        wrapped = re.sub("(.{25,}?[一-龥])(?=[一-龥])", "\\1\n", text)
        return f"<p class=MsoNormal><span style='font-size:16.0pt'>{wrapped}<span\nlang=EN-US><o:p></o:p></span></span></p>"

    text = "\n".join(paragraph(text) for text in r.paragraphs)
    return (
        f"{OFFICE}<body><div class=WordSection1><p class=MsoTitle><b>{r.title}<o:p></o:p></b></p>{text}<p><del>删去的话。</del></p></div>"
        "<div style='mso-element:comment-list'><p>批注：这里要改。</p></div></body></html>"
    ).encode("gb18030")


def wps(r: Report) -> bytes:
    text = "".join(
        f'<p class=MsoNormal ><span><font face="仿宋" >{escape(text)}</font></span><o:p></o:p></p>'
        for text in r.paragraphs
    )
    return f"{OFFICE}<body ><!--StartFragment--><h1 align=center>{r.title}</h1>{text}<!--EndFragment--></body></html>".encode(
        "gb18030"
    )


SITES = (
    trs,
    ucap,
    jcms,
    old_tables,
    unclosed_fonts,
    divisions,
    split,
    prerendered,
    mobile,
    one_paragraph,
    commented,
    hidden,
    chrome,
    explorer,
)
PAGES: tuple[Callable[[Report], bytes], ...] = (*SITES, word, wps)


def read(style: Callable[[Report], bytes], r: Report) -> Document:
    return (read_mhtml if style in {chrome, explorer} else read_html)(style(r))


def texts(data: bytes) -> list[str]:
    return [block.text for block in read_html(data).blocks if block.text]


def fragment(body: str, title: str = "甲镇2025年法治政府建设情况报告") -> bytes:
    prose = "".join(
        f"<p>第{i}段，法治政府建设扎实推进，依法行政水平不断提高，群众满意。</p>" for i in range(9)
    )
    return page(title, f"<h1>{title}</h1><div id=zoom>{prose}{body}</div>")


# The report whole, the furniture gone


@pytest.mark.parametrize("style", PAGES)
def test_every_style_gives_the_title_and_the_paragraphs_and_nothing_else(
    style: Callable[[Report], bytes],
) -> None:
    for r in REPORTS:
        document = read(style, r)
        found = [re.sub(r"^[\s\u00a0]+", "", block.text) for block in document.blocks if block.text]
        fields = [
            text for text in found if re.match("索引号|主题分类|发布机构|文号|成文日期|发布日期|来源", text)
        ]
        assert found[len(fields) :] == [r.title, *r.paragraphs]
        assert document.blocks[len(fields)].level is None
        assert document.doubt == ""


@pytest.mark.parametrize("style", SITES)
def test_the_metadata_of_the_site_come_first_and_once(style: Callable[[Report], bytes]) -> None:
    found = [block.text for block in read(style, REPORTS[0]).blocks]
    more = [
        "索引号：014349999/2026-00123",
        "主题分类：司法行政",
        "发布机构：某某县司法局",
        "文号：某政发〔2026〕5号",
        "成文日期：2026-03-10",
    ]
    expected = [*(more if style is jcms else []), f"发布日期：{DAY}", "来源：某某县司法局"]
    assert found[: len(expected) + 1] == [*expected, REPORTS[0].title]


@pytest.mark.parametrize("style", [trs, jcms, old_tables, split, chrome, wps])
def test_a_page_is_judged_as_the_text_of_the_same_report(style: Callable[[Report], bytes]) -> None:
    r = REPORTS[0]
    document = read(style, r)
    fields = [block for block in document.blocks if re.match("..?.?.?：", block.text)][:7]
    known = fields[: [block.text for block in document.blocks].index(r.title)]
    plain = tuple(known) + tuple(Block(text) for text in (r.title, *r.paragraphs))
    ours, theirs = (audit_blocks(blocks, CHECKLIST, path="x") for blocks in (document.blocks, plain))
    assert [(f.item.id, f.status) for f in ours.findings] == [(f.item.id, f.status) for f in theirs.findings]
    for name in ("unit", "level", "year", "title"):
        assert getattr(ours.report, name) == getattr(theirs.report, name)
    kinds = {mark.kind: mark.date.isoformat() for mark in ours.report.dates}
    assert kinds["signed"] == "2026-01-28"
    assert style is wps or (kinds["published"], ours.report.source.publisher) == (DAY, "某某县司法局")


def test_a_red_head_stands_above_the_title() -> None:
    r = REPORTS[0]
    body = f"{NAV}<div id=zoom><p>某某镇人民政府文件</p><p>某政发〔2026〕3号</p><p>{r.title}</p>{paragraphs(r)}</div>"
    assert texts(page(r.title, body))[:3] == ["某某镇人民政府文件", "某政发〔2026〕3号", r.title]


def test_the_name_of_a_column_is_no_title() -> None:
    r = REPORTS[0]
    body = (
        f"<h2>法治政府建设年度报告</h2><div class=title1>{r.title}</div><div class=nr>{paragraphs(r)}</div>"
    )
    assert texts(page("法治政府建设年度报告-某市", body))[0] == r.title


def test_without_a_visible_title_the_window_gives_it() -> None:
    r = REPORTS[0]
    assert texts(page(f"{r.title}_某某县人民政府", f"<div id=zoom>{paragraphs(r)}</div>"))[0] == r.title


def test_words_of_furniture_in_a_sentence_or_a_numbered_heading_stay() -> None:
    body = "<p>（三）扫一扫亮码执法</p><p>群众扫一扫二维码即可打印证照、关闭订单，分享到微信。</p>"
    assert texts(fragment(body))[-2:] == [
        "（三）扫一扫亮码执法",
        "群众扫一扫二维码即可打印证照、关闭订单，分享到微信。",
    ]


def test_headings_in_the_text_have_their_level() -> None:
    blocks = read_html(fragment("<h2>一、总体情况</h2><p>乙。</p>")).blocks
    assert Block("一、总体情况", level=2) in blocks
    assert blocks[0] == Block("甲镇2025年法治政府建设情况报告")


def test_the_highest_headings_are_of_level_one_whatever_the_site_calls_them() -> None:
    body = "<h3>总体情况</h3><p>甲。</p><h4>做法</h4><p>乙。</p><h3>不足</h3><p>丙。</p>"
    levels = {block.text: block.level for block in read_html(fragment(body)).blocks if block.level}
    assert levels == {"总体情况": 1, "做法": 2, "不足": 1}


@pytest.mark.parametrize(
    "behind", ["<p>附件：</p>", "<table border=1><tr><td>甲<td>1<tr><td>乙<td>2</table>"]
)
def test_what_follows_the_text_in_an_element_of_its_own_stays_until_the_site_begins(behind: str) -> None:
    r = REPORTS[2]
    body = f"<div><h1>{r.title}</h1><div>{paragraphs(r)}</div><div>{behind}</div><div>分享到 微信</div></div>{FOOT}"
    assert texts(page(r.title, body))[-1] in {"附件：", "乙　2"}


# What stands beside the report


NEWS = "".join(
    f"<h5>某镇扎实开展第{i}次宣传</h5><p>近日，某镇组织法治政府建设第{i}次宣传，干部群众踊跃参加，取得明显成效。</p>"
    for i in range(9)
)


@pytest.mark.parametrize("column", ["热点新闻", "点击排行", "政策解读", "最新动态 更多>>", "在线留言"])
def test_a_box_beside_the_report_goes_with_its_running_text(column: str) -> None:
    r = REPORTS[0]
    left = f"<div><h1>{r.title}</h1><div>{DAY} 来源：县司法局</div><div>{paragraphs(r)}</div></div>"
    for body in (f"{left}<div><h4>{column}</h4>{NEWS}</div>", f"<div><h4>{column}</h4>{NEWS}</div>{left}"):
        assert texts(page(r.title, body))[2:] == [r.title, *texts_of(r)]


def texts_of(r: Report) -> list[str]:
    return ["　　" + text for text in r.paragraphs]


def test_a_heading_of_the_report_that_is_named_like_a_box_stays_with_its_text() -> None:
    own = ["政策解读", "全年发布解读材料35件，其中图文解读20件，群众知晓率明显提高。"]
    within = f"<section><h3>{own[0]}</h3><p>{own[1]}</p></section>"
    assert (
        texts(
            fragment(
                f"{within}<p>丙丁，戊己。</p>"
                + "<p>法治政府建设扎实推进，依法行政水平不断提高，群众满意。</p>"
            )
        )[-4:-2]
        == own
    )
    r = REPORTS[0]
    column = f"<div><h3>政策解读</h3><b>{r.title}</b><div>{paragraphs(r)}</div></div><div>{NEWS}</div>"
    assert {r.title, *texts_of(r)} <= set(texts(page(r.title, column)))


def test_a_box_of_links_inside_the_report_goes() -> None:
    box = (
        "<div><h4>相关新闻</h4><ul><li><a>我县召开安全生产工作会议，县长出席并讲话</a></ul></div><p>丙。</p>"
    )
    assert texts(fragment(box))[-2:] == [
        "第8段，法治政府建设扎实推进，依法行政水平不断提高，群众满意。",
        "丙。",
    ]


def test_a_report_written_twice_is_read_once() -> None:
    r = REPORTS[0]
    once = f"<h1>{r.title}</h1><div>{DAY}</div><div>{paragraphs(r)}</div>"
    body = f'<div class="pc">{once}</div><div class="wap">{once}</div>'
    assert texts(page(r.title, body)) == [f"发布日期：{DAY}", r.title, *texts_of(r)]


def test_a_hidden_report_is_read_though_other_text_is_shown() -> None:
    r = REPORTS[0]
    body = f'<div>{NEWS}</div><div style="display:none"><h1>{r.title}</h1>{paragraphs(r)}</div>'
    assert set(texts_of(r)) <= set(texts(page(r.title, body)))


@pytest.mark.parametrize("outer", ['div class="article-bottom"', "footer"])
def test_a_signature_in_an_element_named_for_furniture_stays(outer: str) -> None:
    r = REPORTS[2]
    signature = f"<{outer}><p>某某县人民政府</p><p>2026年1月20日</p></{outer.split()[0]}>"
    body = f"<h1>{r.title}</h1><div>{paragraphs(r)}</div>{signature}{FOOT}"
    assert texts(page(r.title, body))[-2:] == ["某某县人民政府", "2026年1月20日"]


@pytest.mark.parametrize(
    "said",
    [
        f"【发布日期】{DAY}【信息来源】县司法局【阅读次数】9", f"原创 某某司法 {DAY} 18:00 浙江", f"县司法局&nbsp;&nbsp;{DAY}&nbsp;&nbsp;浏览：12",
        f"www.x.gov.cn　{DAY}", f"<b>发布时间</b>{DAY}", f"发文时间：2026-01-01<br>发布时间：{DAY}",
    ],
)  # fmt: skip
def test_the_date_of_the_site_is_found_however_it_is_said(said: str) -> None:
    r = REPORTS[0]
    found = texts(page(r.title, f"<h1>{r.title}</h1><div>{said}</div><div>{paragraphs(r)}</div>"))
    assert found[0] == f"发布日期：{DAY}"
    assert found[-len(r.paragraphs) - 1 :] == [r.title, *texts_of(r)]


def test_a_date_in_brackets_under_the_title_is_the_report_s_own() -> None:
    r = REPORTS[0]
    body = f"<h1>{r.title}</h1><p>（2026年1月20日）</p>{paragraphs(r)}"
    assert texts(page(r.title, body))[:2] == [r.title, "（2026年1月20日）"]


# Lines, lists, tables


def test_spaces_of_an_indent_and_of_no_width_are_not_text() -> None:
    assert texts(fragment("<p>&emsp;&ensp;\u200b\ufeff一、总体\u200b情况</p>"))[-1] == "一、总体情况"


def test_text_behind_a_player_is_read() -> None:
    assert texts(fragment("<embed src=a.swf><p>乙。</p>"))[-1] == "乙。"


def test_a_heading_that_is_never_closed_makes_no_headings() -> None:
    document = read_html(page("甲", f"<h3>甲镇2025年法治政府建设报告<div>{NEWS.replace('h5', 'p')}</div>"))
    assert {block.level for block in document.blocks} == {None}


def test_breaks_lists_and_spaces_are_as_a_reader_sees_them() -> None:
    body = "<p>甲<br>乙&nbsp;丙　丁\n戊<!-- 注 -->己<sup>2</sup></p><ol start=3><li>子<li><p>丑</p></ol><ul><li>寅</ul><p>&nbsp;</p>"
    expected = ["甲", "乙\u00a0丙　丁戊己2", "3. 子", "4. 丑", "寅"]
    assert texts(fragment(body))[-5:] == expected


def test_a_table_gives_its_rows_and_a_layout_its_paragraphs() -> None:
    data = "<table border=1><tr><th>项目<th>数量<tr><td rowspan=2>合同<br>审查<td>12<tr><td colspan=2>合计</table>"
    assert list(read_html(fragment(data)).blocks[-3:]) == [
        Block("项目　数量", table=True),
        Block("合同 审查　12", table=True),
        Block("合计", table=True),
    ]
    frame = "<table><tr><td><p>甲乙。</p><p>丙丁。</p></td></tr></table>"
    assert list(read_html(fragment(frame)).blocks[-2:]) == [Block("甲乙。"), Block("丙丁。")]


def test_text_that_stands_in_a_table_outside_of_its_cells_is_read() -> None:
    data = "<table border=1>表外<tr><td>甲<td>乙</tr>行间<tr><td>丙<td>丁</table>"
    assert set(texts(fragment(data))[-4:]) == {"表外", "行间", "甲　乙", "丙　丁"}


# Encodings, pictures, what is missing


def test_bytes_win_over_a_wrong_declaration() -> None:
    r = REPORTS[0]
    text = divisions(r).decode()
    for declared, codec in (
        ("gb2312", "utf-8"),
        ("iso-8859-1", "gb18030"),
        ("utf-8", "gb18030"),
        ("x", "utf-8-sig"),
    ):
        data = text.replace('charset="utf-8"', f'charset="{declared}"', 1).encode(codec)
        assert r.title in texts(data), (declared, codec)


def test_an_explicit_encoding_wins() -> None:
    data = trs(REPORTS[0]).decode().encode("utf-16-le")
    assert REPORTS[0].title in [block.text for block in read_html(data, "utf-16-le").blocks]


def test_pictures_are_counted_and_a_page_of_pictures_is_in_doubt() -> None:
    assert read_html(fragment('<img src="a.jpg" width=600>')).notes == (
        "文中有1幅图片，图片里的文字没有读。",
    )
    assert (
        "图片"
        in read_html(
            page("甲", "<h1>甲镇法治报告</h1><div id=zoom><img src=1.jpg><img src=2.jpg></div>")
        ).doubt
    )


def test_a_report_that_is_only_attached_is_refused_with_its_name() -> None:
    body = '<h1>甲镇2025年法治政府建设报告</h1><div id=zoom><p>附件：<a href="/a/1.docx">甲镇报告.docx</a></p></div>'
    with pytest.raises(ReadError, match=r"正文在附件里（甲镇报告\.docx）"):
        read_html(page("甲镇", body))


def test_a_page_that_was_cut_off_and_one_without_text_are_in_doubt() -> None:
    whole = trs(REPORTS[0])
    assert "结束标记" in read_html(whole[: len(whole) * 2 // 3].decode("utf-8", "ignore").encode()).doubt
    assert "脚本" in read_html(page("甲", '<div id="app">正在加载</div>')).doubt


def test_a_report_told_on_several_pages_is_in_doubt() -> None:
    assert "分成几页" in read_html(fragment("<div><a>上一页</a><b>1</b><a>2</a><a>下一页</a></div>")).doubt


def test_hidden_paragraphs_beside_the_text_are_in_doubt() -> None:
    more = "<p style='display:none'>还有一段话，点了展开才看得见，内容是下一年度的工作打算和安排。</p>"
    assert "隐藏" in read_html(fragment(more)).doubt


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2023年11月3日", "2023-11-03"), ("2023-11-03T10:00:00+08:00", "2023-11-03"), ("20231103", "2023-11-03"),
        ("2021年12月", ""), ("2023-13-01", ""), ("2021", ""),
    ],
)  # fmt: skip
def test_only_a_full_date_is_a_date(text: str, date: str) -> None:
    assert full_date(text) == date


# Hostile and broken pages


@pytest.mark.parametrize(
    ("data", "limit"),
    [
        (b"<body>" + b"<div>" * 100_000 + "字".encode(), "2048 层"),
        (b"<p>" + b"<" * 700_000, "300000 个"),
        (b"<p>" + b"x" * 5_100_000, "5000000 个"),
        (b"<p>" + b"x" * 21_000_000, "20 MB"),
        (b"", "没有内容"),
    ],
)
def test_limits_stand_in_the_message(data: bytes, limit: str) -> None:
    with pytest.raises(ReadError, match=limit):
        read_html(data)


@pytest.mark.parametrize(
    "extra",
    [
        "<div>" * 1900, "<table><tr><td>" * 600, f'<p title="{"x" * 2_000_000}">', "<p><b><i><font><td>" * 5_000,
        '<!DOCTYPE h [<!ENTITY a "aa"><!ENTITY b "&a;&a;&a;">]>&b;', "<p>" + " \n" * 500_000, "<p>来源：" * 5_000,
        f'<img src="data:image/png;base64,{"A" * 9_000_000}">', "\0" * 2_000, "<!--content begin-->x<!--end-->" * 5_000,
    ],
    ids=["deep", "tables", "attribute", "unclosed", "entities", "spaces", "labels", "picture", "nul", "comments"],
)  # fmt: skip
def test_hostile_markup_is_read_quickly(extra: str) -> None:
    data = fragment("").replace(b"<h1>", extra.encode() + b"<h1>", 1)
    start = time.perf_counter()
    document = read_html(data)
    assert time.perf_counter() - start < 3
    assert any("第8段" in block.text for block in document.blocks)


def test_an_envelope_without_a_page_or_of_too_many_parts_is_refused() -> None:
    head = b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n'
    for data in (b"", head, head + b"--b\nContent-Type: text/html\n\nx\n" * 6_000):
        with pytest.raises(ReadError, match="单文件网页"):
            read_mhtml(data)
    nested = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (i, i) for i in range(3_000)
    )
    with pytest.raises(ReadError):
        read_mhtml(nested)


TAGS = st.sampled_from(
    ["<p>", "</p>", "<div class=footer>", "</div>", "<table>", "<tr>", "<td>", "<ol>", "<li>", "<a href=x.pdf>", "<br>", "<h1>", "<pre>", "<del>", "<!--", "-->", "<img>", "发布日期：", "2023-01-01", "法治政府建设，扎实推进。", "<span style='display:none'>", "<title>", "<select>", "&nbsp;", "\n", "<![if x]>"]
)  # fmt: skip


def outcome(read: Callable[[bytes], Document], data: bytes) -> None:
    try:
        assert isinstance(read(data), Document)
    except ReadError as error:
        assert str(error).endswith("。")


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.binary(max_size=300)
    | st.lists(TAGS | st.text(max_size=5), max_size=60).map(lambda x: "".join(x).encode("utf-8", "replace"))
)
def test_any_bytes_give_a_document_or_read_error(data: bytes) -> None:
    outcome(read_html, data)
    outcome(read_mhtml, b"MIME-Version: 1.0\nContent-Type: text/html\n\n" + data)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.sampled_from([jcms, old_tables, word, chrome]),
    st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=4)), max_size=12),
)
def test_damaged_pages_give_a_document_or_read_error(
    style: Callable[[Report], bytes], wounds: list[tuple[float, bytes]]
) -> None:
    data = bytearray(style(REPORTS[0]))
    for place, wound in wounds:
        at = int(place * len(data))
        data[at : at + len(wound) + 1] = wound
    outcome(read_mhtml if style is chrome else read_html, bytes(data))


def test_a_page_in_an_encoding_of_its_own_is_read_as_it_declares() -> None:
    text = "<html><head><meta charset=big5></head><body><p>年度報告，全年召開會議十二次。</p></body></html>"
    assert "年度報告，全年召開會議十二次。" in texts(text.encode("big5"))


@pytest.mark.parametrize("above", ["甲镇人民政府", "（送审稿）"])
def test_the_unit_on_a_line_above_the_title_belongs_to_it(above: str) -> None:
    report = REPORTS[0].paragraphs
    body = "".join(f"<p>　　{line}</p>" for line in (above, "关于2025年法治政府建设情况的报告", *report))
    data = f'<html><body><div id="zoom">{body}</div></body></html>'.encode()
    assert [text.strip() for text in texts(data)[:2]] == [above, "关于2025年法治政府建设情况的报告"]
