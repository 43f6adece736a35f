"""A small procedure and a mapping of a small log."""

PROCEDURE = """
procedure: small
title: {zh: 小程序, en: Small procedure}
edition: "3"
kind: complaint
ends: [closed]
posts:
  clerk: {title: {zh: 文员, en: Clerk}}
  manager: {title: {zh: 经理, en: Manager}}
steps:
  received: {outside: "yes"}
  accepted: {}
  replied: {outside: "yes"}
  named: {}
  corrected: {}
  struck: {}
  closed: {}
rules:
  - {rule: received first, clause: [S-1], first: received}
  - {rule: accepted before replied, clause: [S-2], at: replied, after: accepted}
  - {rule: reply in time, clause: [S-3, S-4], within: 2 working days, from: received, to: replied}
  - {rule: closed by the manager, clause: [S-5], at: closed, by: manager}
  - {rule: grade on record, clause: [S-6], at: closed, only if: {grade: ordinary}}
"""

MAPPING = """
mapping: small-log
procedure: small
times: {zone: Asia/Shanghai, written: [iso, "%Y/%m/%d %H:%M"]}
case: number
acts:
  - step: {column: what, values: {in: received, ok: accepted, answer: replied, end: closed, "-": ignore}}
    at: when
    by: who
    as: {column: who, values: {mr lu: manager}, other: clerk}
    facts: {grade: grade}
"""
