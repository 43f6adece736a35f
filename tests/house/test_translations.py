"""Every text of a page has its Chinese, and the compiled catalogue says what the written one says."""

from __future__ import annotations

import ast
import io
import re
from gettext import GNUTranslations
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po as babel_read_po

from kesu.site.catalogue import CatalogueError, Message, mo_bytes, po_entry, read_po
from kesu.site.translations import CATALOGUE, SOURCE, collected, faults, wanted

HALF_WIDTH = re.compile(r"[\u4e00-\u9fff](?:[,;!]|\?(?=$|\s|[\u4e00-\u9fff]))")


def test_every_text_has_its_chinese_and_no_translation_is_left_over() -> None:
    assert faults() == []


def test_the_compiled_catalogue_says_what_the_written_one_says() -> None:
    text = CATALOGUE.read_text(encoding="utf-8")
    ours = read_mo(io.BytesIO(mo_bytes(read_po(text))))
    theirs = babel_read_po(io.StringIO(text))
    assert _said(ours) == _said(theirs)


def _said(catalogue: Catalog) -> list[tuple[str, str, str]]:
    """What a catalogue as Babel reads it says, in one order (it reads a context as bytes from one of the formats)."""
    return sorted(
        (
            m.context.decode() if isinstance(m.context, bytes) else m.context or "",
            repr(m.id if isinstance(m.id, str) else list(m.id)),
            repr(m.string if isinstance(m.string, str) else list(m.string)),
        )
        for m in catalogue
        if m.id and m.string
    )


def test_contexts_plurals_and_long_texts_survive_the_way_through_the_compiler() -> None:
    catalogue = read_po(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: '
        'nplurals=1; plural=0;\\n"\n\n'
        'msgctxt "a month"\nmsgid "May"\nmsgstr "五月"\n\n'
        'msgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "%(n)s 天"\n\n'
        '#, fuzzy\nmsgid "draft"\nmsgstr "草稿"\n\n'
        'msgid "empty"\nmsgstr ""\n\n'
        '#~ msgid "old"\n#~ msgstr "旧"\n\n'
        'msgid ""\n"two "\n"lines"\nmsgstr ""\n"两"\n"行"\n'
    )
    read = GNUTranslations(io.BytesIO(mo_bytes(catalogue)))  # as Django reads it
    asked = [
        read.pgettext("a month", "May"),
        read.ngettext("%(n)s day", "%(n)s days", 3),
        read.gettext("two lines"),
    ]
    assert asked == ["五月", "%(n)s 天", "两行"]
    assert [read.gettext(text) for text in ("May", "draft", "empty", "old")] == [
        "May",
        "draft",
        "empty",
        "old",
    ]


def test_a_line_that_is_no_catalogue_is_named() -> None:
    with pytest.raises(CatalogueError, match="line 2: a text has to stand in double quotes"):
        read_po('msgid "a"\nmsgstr 甲\n')


def test_texts_are_found_in_templates_and_in_python(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(
        '{{ _("Plain") }}\n'
        '{{ pgettext("a month", "May") }}{{ _("Constant")|upper }}{{ _(not_a_text) }}\n'
        "{% trans n=3 %}one {{ x }}{% pluralize %}{{ n }} of them{% endtrans %}\n"
        "{% unbroken %}{% trans trimmed %}\n  two\n  lines\n{% endtrans %}{% endunbroken %}\n"
    )
    (tmp_path / "view.py").write_text(
        'title = gettext_lazy("Title")\nsaid = ngettext("%d day", "%d days", n)\n_(name)\n'
    )
    assert wanted(root=tmp_path) == {
        Message("Plain"): ("page.html:1",),
        Message("May", None, "a month"): ("page.html:2",),
        Message("Constant"): ("page.html:2",),
        Message("one %(x)s", "%(n)s of them"): ("page.html:3",),
        Message("two lines"): ("page.html:4",),
        Message("Title"): ("view.py:1",),
        Message("%d day", "%d days"): ("view.py:2",),
    }


def test_what_is_missing_unused_or_has_another_slot_is_said(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text('{{ _("New") }}{% trans %}Hello {{ name }}{% endtrans %}')
    catalogue = tmp_path / "django.po"
    catalogue.write_text('msgid "Hello %(name)s"\nmsgstr "%(nama)s，您好"\n\nmsgid "Old"\nmsgstr "旧"\n')
    assert faults(root=tmp_path, catalogue=catalogue) == [
        "page.html:1: no Chinese for “New”",
        "django.po: nobody asks for “Old”",
        "django.po: “%(nama)s，您好” has a slot that “Hello %(name)s” does not have",
    ]


def test_collecting_adds_what_is_missing_once(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text('{{ _("New") }}{{ _("Known") }}')
    catalogue = tmp_path / "django.po"
    catalogue.write_text('msgid "Known"\nmsgstr "已有"\n')
    assert collected(root=tmp_path, catalogue=catalogue) == 1
    assert catalogue.read_text() == 'msgid "Known"\nmsgstr "已有"\n\n' + po_entry(
        Message("New"), places=("page.html:1",)
    )
    assert collected(root=tmp_path, catalogue=catalogue) == 0


def test_chinese_is_written_with_full_width_punctuation() -> None:
    said = [form for forms in read_po(CATALOGUE.read_text(encoding="utf-8")).values() for form in forms]
    said += [text for path in SOURCE.rglob("*.py") for text in _chinese(path)]
    assert [text for text in said if HALF_WIDTH.search(text)] == []


def _chinese(path: Path) -> list[str]:
    """The texts in a source that hold Chinese, comments and docstrings left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told
    ]
