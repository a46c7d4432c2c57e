"""Numerals (编号数字): a number as Word writes it in a list, by the name of its format."""

from __future__ import annotations

from collections.abc import Callable

# Longer lists do not exist, and "AAAA..." or "MMMM..." must not grow with a number from a file.
LARGEST = 9999

COUNTING = "〇一二三四五六七八九十百千"
TRADITIONAL = "零壹貳參肆伍陸柒捌玖拾佰仟"
SIMPLIFIED = "零壹贰叁肆伍陆柒捌玖拾佰仟"
ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip

Write = Callable[[int], str]


def numeral(number: int, form: str) -> str:
    """Write a number in a format of WordprocessingML; an unknown one is written as decimal."""
    if form in {"none", "bullet"}:
        return ""
    write = FORMATS.get(form)
    return write(number) if write and 1 <= number <= LARGEST else str(number)


def _counting(digits: str) -> Write:
    """一, 十, 十一, 二十, 一百零一: the legal ones write 壹拾 for ten, the common ones 十."""

    def write(number: int) -> str:
        text, gap = "", False
        for power in (3, 2, 1, 0):
            digit = number // 10**power % 10
            if digit:
                unit = digits[9 + power] if power else ""
                text += ("零" if gap and text else "") + digits[digit] + unit
            gap = not digit
        return text[1:] if digits is COUNTING and 10 <= number < 20 else text

    return write


def _digits(digits: str) -> Write:
    return lambda number: "".join(digits[int(digit)] for digit in str(number))


def _counting_to_99(number: int) -> str:
    """As counting below one hundred, digit by digit above."""
    return (_counting if number < 100 else _digits)(COUNTING)(number)


def _cycle(signs: str) -> Write:
    """Signs of a row, such as ①; past the last one Word writes decimal."""
    return lambda number: signs[number - 1] if number <= len(signs) else str(number)


def _letters(first: str) -> Write:
    """A ... Z, then AA, BB, as Word does."""
    return lambda number: chr(ord(first) + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    text = ""
    for worth, sign in ROMAN:
        text += sign * (number // worth)
        number %= worth
    return text


FORMATS: dict[str, Write] = {
    "decimalZero": "{:02}".format,
    "decimalFullWidth": _digits("０１２３４５６７８９"),
    "decimalFullWidth2": _digits("０１２３４５６７８９"),
    "decimalEnclosedCircle": _cycle("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
    "decimalEnclosedCircleChinese": _cycle("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
    "decimalEnclosedFullstop": _cycle("⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"),
    "decimalEnclosedParen": _cycle("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"),
    "numberInDash": "- {} -".format,
    "chineseCounting": _counting_to_99,
    "chineseCountingThousand": _counting(COUNTING),
    "taiwaneseCounting": _counting_to_99,
    "taiwaneseCountingThousand": _counting(COUNTING),
    "japaneseCounting": _counting(COUNTING),
    "japaneseDigitalTenThousand": _digits(COUNTING),
    "ideographDigital": _digits(COUNTING),
    "taiwaneseDigital": _digits(COUNTING),
    "ideographTraditional": _cycle("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _cycle("子丑寅卯辰巳午未申酉戌亥"),
    "ideographEnclosedCircle": _cycle("㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"),
    "ideographLegalTraditional": _counting(TRADITIONAL),
    "chineseLegalSimplified": _counting(SIMPLIFIED),
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "upperLetter": _letters("A"),
    "lowerLetter": _letters("a"),
}
