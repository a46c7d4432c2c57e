"""Signs of Word (Word 符号): characters that stand in fonts of pictures."""

from __future__ import annotations

import re

PRIVATE = 0xF000
WINGDINGS = {
    0x46: "☞", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x74: "◆", 0x75: "◆", 0x76: "❖",
    0x77: "◆", 0x80: "⓪", 0x9F: "•", 0xA1: "○", 0xA2: "○", 0xA4: "◉", 0xA7: "▪", 0xA8: "□", 0xAB: "★",
    0xB2: "☆", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "→", 0xEF: "⇦", 0xF0: "⇨",
    0xF1: "⇧", 0xF2: "⇩", 0xFB: "×", 0xFC: "√", 0xFD: "☒", 0xFE: "☑",
    **{0x81 + i: chr(ord("①") + i) for i in range(10)},
    **{0x8C + i: chr(ord("❶") + i) for i in range(10)},
}  # fmt: skip
WINGDINGS_2 = {
    0x4F: "×", 0x50: "√", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x97: "●", 0x98: "●", 0xA2: "■",
    0xA3: "□", **{0x6A + i: chr(ord("①") + i) for i in range(10)},
}  # fmt: skip
SYMBOL = {
    0x2D: "−", 0x5C: "∴", 0x61: "α", 0x62: "β", 0x67: "γ", 0x64: "δ", 0x6D: "μ", 0x70: "π", 0xA3: "≤",
    0xA5: "∞", 0xA8: "♦", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±",
    0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xBC: "…", 0xD0: "∠", 0xD6: "√",
    0xD7: "·", 0xDE: "⇒", 0xE5: "∑",
}  # fmt: skip
FONTS = {"wingdings": WINGDINGS, "wingdings 2": WINGDINGS_2, "symbol": SYMBOL}
# A line end inside a text is a blank, as in all XML; private signs are nearly always Wingdings.
PLAIN = {9: " ", 10: " ", 13: " "} | {PRIVATE + code: sign for code, sign in WINGDINGS.items()}
HEXADECIMAL = re.compile("[0-9A-Fa-f]{1,4}")


def symbol(font: str | None, code: str | None) -> str:
    """The character that a `w:sym` shows; nothing where it is none that a text could hold."""
    if not code or not HEXADECIMAL.fullmatch(code):
        return ""
    number = int(code, 16)
    table = FONTS.get((font or "").strip().lower())
    if number & 0xFF00 == PRIVATE:
        return (WINGDINGS if table is None else table).get(number - PRIVATE, "")
    if table is not None:
        return table.get(number, "")
    sign = chr(number)
    return sign if sign.isprintable() else ""


def plain(text: str) -> str:
    """A text with blanks for tabs and line ends and characters for private signs, one for one."""
    return text.translate(PLAIN)
