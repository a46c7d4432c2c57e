"""Glyphs (字形): characters that only look like the ordinary ones, as fonts in PDF and OFD files give them."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Radicals without a decomposition in Unicode, and the characters they stand for.
RADICALS = dict(
    zip(
        "⺁⺠⺩⺫⺬⺮⺶⺷⺼⺾⻁⻃⻄⻅⻆⻉⻋⻌⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻠⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰",
        "厂民王罒示竹羊羊肉艹虎覀西见角贝车辶邑钅長镸长门阝雨青韦页风飞食饣马骨鬼鱼鸟卤麦黄齐齿龙",
        strict=True,
    )
)
# Radicals, compatibility characters and ligatures; not the full-width forms, which a writer chose.
RANGES = ((0x2E80, 0x2FDF), (0xF900, 0xFAFF), (0xFB00, 0xFB06), (0x2F800, 0x2FA1F))
BREAKS = {"\x02": "-", "\u00a0": " ", "\u200b": "", "\ufeff": "", "\ufffe": "-", "\x00": "", "\t": " "}


def fold_glyph(character: str) -> str:
    """The ordinary character for a radical, ligature or compatibility form (部首、连字、兼容字)."""
    if character in BREAKS:
        return BREAKS[character]
    if any(low <= ord(character) <= high for low, high in RANGES):
        return RADICALS.get(character) or unicodedata.normalize("NFKC", character)
    return character


@lru_cache(maxsize=8192)
def is_unreadable(character: str) -> bool:
    """Whether a font gave no character: private use, replacement, control."""
    return character == "\ufffd" or unicodedata.category(character) in {"Co", "Cc", "Cs", "Cn"}
