"""The furniture of a page (网页附属内容): navigation, buttons, footers, by the names and words sites use."""

from __future__ import annotations

import re

from checker.readers.package import Element
from checker.readers.text import HAN

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
CONTENT = re.compile(
    r"^(?:zoom|zoomcon|ucap-?content|ucapcontent|trs_editor|trs_ueditor|custom_unionstyle|content|contents|article|main|"
    r"(?:article|art|news|info|detail|page|pages|xxgk|gk|text|txt|con|cont|nr|zw|xl|wz|bt|main|wp|vsb|v|rich|post|entry)"
    r"[-_]?(?:article|news|media|media_)?[-_]?(?:content|contents|con|cont|txt|text|body|main|nr|box|article|detail)\w*|"
    r"tys-main-zt-show|j-fontcontent|ueditor\w*|fontzoom|scy_main_r|zhengwen|neirong|printcontent|maincontent)$",
    re.IGNORECASE,
)
CONTENT_TAGS = {"ucapcontent", "founder-content", "article", "main"}

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
    r"^[\s【\[]*(?:相关|延伸|热门|推荐|最新)(?:链接|阅读|文章|新闻|稿件|信息|文档|文件|解读|推荐|政策|附件下载)\s*[:：]?\s*[\]】]?$|"
    r"扫一?扫.{0,12}(?:手机|打开|关注|分享|二维码|当前页|访问|页面)|^二维码|^手机(?:版|扫|查看|打开|阅读)|"
    r"ICP[备证]|公网安备|网站标识码|版权所有|copyright|^主办(?:单位)?\s*[:：]|^承办(?:单位)?\s*[:：]|技术支持\s*[:：]|"
    r"(?:主办|承办|运维|维护)单位\s*[:：]|备案编?序?号|网站地图|友情链接|联系我们|关于我们|网站声明|隐私(?:声明|政策)|"
    r"(?:打印|关闭|收藏|分享)(?:本页|此页|窗口).{0,12}$|打印】|关闭】|\[打印|\[关闭|^(?:责任)?编辑\s*[:：]|我要纠错|设为首页|加入收藏|"
    r"无障碍(?:版|浏览|阅读|模式|辅助)|长者(?:助手|模式|版)|适老(?:版|模式)|^智能(?:机器人|问答|客服)|简体.{0,3}繁|今天是|欢迎(?:您|访问|光临|来到)|"
    r"(?:浏览|点击|阅读|访问|累计)(?:次数|量|数)?\s*[:：]|您?是第\s*\d*\s*位|分享到|【字体|字体\s*[:：]|字号\s*[:：]|"
    r"最佳.{0,8}(?:浏览器|分辨率)|建议使用.{0,20}浏览|网友评论|发表评论|我要评论|^验证码|>>|»|^首页\s*[>›/]|政府网站找错",
    re.IGNORECASE,
)
# Behind the report these begin what is not the report any more.
TAIL = re.compile(
    r"^[\s【\[]*(?:上|下)一?[篇条页则](?:文章|新闻|信息)?\s*[:：\]】]?|"
    r"^[\s【\[]*(?:相关|延伸|热门|推荐|最新|猜你)(?:链接|阅读|文章|新闻|稿件|信息|文档|文件|解读|推荐|政策|喜欢)|^分享[到至]|扫一?扫|二维码|"
    r"ICP[备证]|公网安备|网站标识码|版权所有|copyright|主办(?:单位)?\s*[:：]|承办(?:单位)?\s*[:：]|友情链接|网站地图|"
    r"打印本页|关闭窗口|发表评论|网友评论|我要评论|网站声明|联系我们|返回顶部|【打印】|【关闭】|我要纠错",
    re.IGNORECASE,
)
# Whole sentences that belong to the site.
STATEMENT = re.compile(
    r"ICP|网站标识码|公网安备|版权所有|分辨率|浏览器|凡本网|转载|免责|网友|文明上网|文明发言|评论|实名|登录|注册|客户端|"
    r"公众号|纠错|智能问答|邮编|邮政编码|传真\s*[:：]|地址\s*[:：]|电话\s*[:：]|承办\s*[:：]|主办\s*[:：]|Cookie|跳转",
    re.IGNORECASE,
)
HAN_RUN = re.compile(f"{HAN.pattern}+")
NUMBERED = re.compile(
    r"[\s　]*(?:第[一二三四五六七八九十百]+[章条节部]|[一二三四五六七八九十]+[、.．是要]|[(（][一二三四五六七八九十\d]+[)）]|\d+[、.．)）])"
)
SENTENCE_ENDS = "。；;！!？?"


def zone(element: Element) -> int:
    """How surely the names of an element call it furniture: 2, 1 or 0."""
    if element.tag in STRONG_TAGS:
        return 2
    names = f"{element.get('id') or ''} {element.get('class') or ''}".strip()
    if not names or is_content(element):
        return 0
    if STRONG.search(names):
        return 2
    return 1 if WEAK.search(names) else 0


def is_content(element: Element) -> bool:
    """Whether an element bears a name that sites give to the article (正文容器)."""
    if element.tag in CONTENT_TAGS:
        return True
    names = [element.get("id") or "", *(element.get("class") or "").split()]
    return any(CONTENT.match(name) for name in names if name)


def is_furniture(text: str) -> bool:
    """Whether a line is a button, a way mark or a line of the footer; a sentence never is."""
    bare = text.strip(" \t\u3000\u00a0")
    if not bare or NUMBERED.match(bare):
        return False
    if BUTTONS.fullmatch(bare):
        return True
    if len(bare) > 120 or (bare[-1] in SENTENCE_ENDS and len(bare) > 12) or ("，" in bare and len(bare) > 30):
        return bool(len(bare) < 200 and re.search(r"ICP备|公网安备|网站标识码", bare))
    return bool(PHRASES.search(bare))


def han_count(text: str) -> int:
    """How many Han characters a text has; by runs, for a list of them all would fill the memory."""
    return sum(map(len, HAN_RUN.findall(text)))


def is_prose(text: str, linked: int) -> bool:
    """Whether a line is running text (成句的文字), as reports have and furniture has not."""
    if han_count(text) < 20 or linked * 2 > len(text):
        return False
    # A comma is enough: old pages break their lines in the middle of a sentence.
    return any(mark in text for mark in "。；;！？，")
