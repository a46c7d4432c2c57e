"""The furniture of a page (网页附属内容): navigation, buttons, footers, by the names and words sites use."""

from __future__ import annotations

import re

from checker.readers.html.line import BLANK, Line
from checker.readers.package import Element
from checker.readers.text import count_han

# Names of elements, as whole words or parts of one; what is strong stands for nothing else.
STRONG = re.compile(
    r"(?:^|[-_ ])(?:nav|navi|navbar|navigation|menu|breadcrumbs?|breadcrumbnav|crumbs?|crumbsnav|footer|copyright|"
    r"share|bshare\S*|bdshare\S*|jiathis\S*|related|relation|recommend|comments?|pinglun|sidebar|qrcode|ewm|erweima|"
    r"modal|popup|pop|dialog|login|friendlinks?|friend-link|blogroll|wza|skip)(?:$|[-_ ])|"
    r"xgwz|xgyd|xglj|xg-list|xiangguan|dqwz|dangqianweizhi|youqing|yqlj|backtop|gotop|back_top|totop|qr_container",
    re.IGNORECASE,
)
WEAK = re.compile(
    r"foot|header|logo|banner|search|print|tool|share|aside|side[-_]|link|page[-_]?(?:nav|turn|bar)|pager|pagination|"
    r"prev|next|position|location|weizhi|crumb|nav|menu|float|fixed|hot|rank|advert|top[-_]?bar|toolbar|relate|editor_|"
    r"zrbj|fenxiang|dayin|guanbi|erweima|saoma|jiucuo|bottom",
    re.IGNORECASE,
)
STRONG_TAGS = {"nav", "footer", "aside", "dialog"}
BUTTONS = re.compile(
    r"[\s\[【(（<《|｜/·_-]*(?:"
    r"(?:我要)?(?:打印|关闭|收藏|分享|纠错|下载|推荐|评论|复制|转发)(?:本页|此页|窗口|页面|文章|正文|本文|链接)?|"
    r"分享[到至]?\s*[:：].*|分享[到至].*|(?:字体|字号)(?:大小)?\s*[:：]?.*|大|中|小|[Aa][+-]?|"
    r"返回(?:顶部|首页|列表|上一?[页级])?|回到顶部|顶部|top|首页|上一页|下一页|末页|尾页|微信|微博|新浪微博|朋友圈|"
    r"QQ空间|QQ好友|我要纠错|无障碍(?:阅读|浏览)?|视力保护色.*|朗读|播放|暂停|听全文|语音播报|展开(?:全文)?|收起|更多|"
    r"正文|文章正文|详细信息|内容详情|信息详情|文档下载|点赞|繁體?|简体?|EN|×|登录|注册|搜索"
    r")[\s\]】)）>》|｜/·:：_-]*",
    re.IGNORECASE,
)
PHRASES = re.compile(
    r"^[\s【\[]*(?:您?(?:现在|当前|所在)?的?(?:当前|所在)?位置|当前(?:页面)?位置|所在位置)\s*[:：是>]?|"
    r"^[\s【\[]*(?:上|下)一?[篇条页则](?:文章|新闻|信息)?\s*[:：]|^(?:上一篇|下一篇|上一条|下一条)|"
    r"扫一?扫.{0,12}(?:手机|打开|关注|分享|二维码|当前页|访问|页面)|^二维码|^手机(?:版|扫|查看|打开|阅读)|"
    r"ICP[备证]|公网安备|网站标识码|版权所有|copyright|^主办(?:单位)?\s*[:：]|^承办(?:单位)?\s*[:：]|技术支持\s*[:：]|"
    r"(?:主办|承办|运维|维护)单位\s*[:：]|备案编?序?号|网站地图|友情链接|联系我们|关于我们|网站声明|隐私(?:声明|政策)|"
    r"(?:打印|关闭|收藏|分享)(?:本页|此页|窗口).{0,12}$|打印】|关闭】|\[打印|\[关闭|^(?:责任)?编辑\s*[:：]|我要纠错|设为首页|加入收藏|"
    r"无障碍(?:版|浏览|阅读|模式|辅助)|长者(?:助手|模式|版)|适老(?:版|模式)|^智能(?:机器人|问答|客服)|简体.{0,3}繁|今天是|欢迎(?:您|访问|光临|来到)|"
    r"(?:浏览|点击|阅读|访问|累计)(?:次数|量|数)?\s*[:：]|您?是第\s*\d*\s*位|分享到|【字体|字体\s*[:：]|字号\s*[:：]|"
    r"^[上首]一?页.*下一?页|^共\s*\d+\s*页|点击.{0,4}蓝字|已下载\s*\d*\s*次|最佳.{0,8}(?:浏览器|分辨率)|建议使用.{0,20}浏览|网友评论|发表评论|我要评论|^验证码|>>|»|^首页\s*[>›/]|政府网站找错",
    re.IGNORECASE,
)
# What boxes beside a report are headed with; no report has such a heading.
BOX = re.compile(
    r"[【\[]?(?:(?:最新|热点|热门|图片|推荐|相关|精彩|延伸|视频|图文|今日|本周|一周|猜你)"
    r"(?:新闻|资讯|要闻|动态|推荐|阅读|文章|链接|稿件|信息|文档|公告|专题|报道|解读|政策|文件|喜欢|附件|附件下载|视频)|"
    r"(?:点击|阅读|新闻|浏览|文章|信息)(?:排行|排名)榜?|(?:工作|基层|部门|乡镇|县区|新闻|政务|时政|本地)(?:动态|要闻|快讯|头条|资讯)|"
    r"政策(?:解读|图解)|通知公告|办事指南|(?:在线|网上|公众|群众|网友)(?:留言|评论|互动))\s*(?:(?:查看)?更多|more)?[\s:：\]】>》+]*",
    re.IGNORECASE,
)
DISCLAIMER = re.compile(r"[【\[]?(?:(?:免责|版权|特别)声明|凡(?:本网|注明))")
# Whole sentences that belong to the site.
STATEMENT = re.compile(
    r"ICP|网站标识码|公网安备|版权所有|分辨率|浏览器|凡本网|转载|免责|网友|文明上网|文明发言|评论|实名|登录|注册|客户端|"
    r"公众号|纠错|智能问答|邮编|邮政编码|传真\s*[:：]|地址\s*[:：]|电话\s*[:：]|承办\s*[:：]|主办\s*[:：]|Cookie|跳转",
    re.IGNORECASE,
)
NUMBERED = re.compile(
    r"[\s　]*(?:第[一二三四五六七八九十百]+[章条节部]|[一二三四五六七八九十]+[、.．是要]|[(（][一二三四五六七八九十\d]+[)）]|\d+[、.．)）])"
)
PROSE = re.compile("[。；;！？，]")
SENTENCE_ENDS = "。；;！!？?"


def zone_of(element: Element) -> int:
    """How surely the names of an element call it furniture: 2, 1 or 0."""
    names = f"{element.get('id') or ''} {element.get('class') or ''}".strip()
    if element.tag in STRONG_TAGS or (names and STRONG.search(names)):
        return 2
    return int(bool(names and WEAK.search(names)))


def is_furniture(line: str) -> bool:
    """Whether a line is a button, a way mark or a line of the footer; a sentence never is."""
    text = bare(line)
    if not text or NUMBERED.match(text):
        return False
    if BUTTONS.fullmatch(text) or DISCLAIMER.match(text):
        return True
    if len(text) > 120 or (text[-1] in SENTENCE_ENDS and len(text) > 12) or ("，" in text and len(text) > 30):
        return bool(len(text) < 200 and re.search(r"ICP备|公网安备|网站标识码", text))
    return bool(PHRASES.search(text))


def bare(text: str) -> str:
    return text.strip(BLANK)


def is_prose(line: Line) -> bool:
    """Whether a line is running text (成句的文字), as reports have and furniture has not."""
    # A comma is enough: old pages break their lines in the middle of a sentence.
    return line.linked * 2 <= len(line.text) and bool(PROSE.search(line.text)) and count_han(line.text) >= 20
