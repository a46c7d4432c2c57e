"""A checklist of one item, for the tests of the commands."""

LIST = """\
id: small
title: 小清单
version: "1"
basis: 《实施意见》
wording: wording.yaml
groups:
  - id: decision
    title: 决策
    items:
      - id: decision.hearing
        title: 决策听证
        requirement: 应当写明听证。
        basis:
          - {document: 《实施意见》, clause: 二, quotation: 组织听证。}
        levels: [township, county]
        figures: optional
        rule:
          mention: [听证会]
        remedy: 请补写听证会____次。
        specimens:
          met: [召开决策听证会2次。]
          unmet: [全年植树三千棵，绿化有进展。]
"""
