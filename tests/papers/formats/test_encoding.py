"""Bytes become the text that was meant, or the line is named that nobody can be sure of."""

import pytest

from papers.entries import Refused
from papers.formats.encoding import decoded

RUSSIAN = "Глубокое обучение нейронных сетей и компьютерное зрение"


@pytest.mark.parametrize(
    ("text", "encoding", "said"),
    [
        ("title\nMüller\n", "utf-8", "utf-8"),
        ("title\nMüller\n", "utf-8-sig", "utf-8"),
        ("title\nMüller\n", "utf-16", "utf-16"),
        ("title\nMüller\n", "utf-16-le", "utf-16-le"),
        ("title\nMüller\n", "utf-16-be", "utf-16-be"),
        ("title\nCafé déjà “vu” — Müller\n", "cp1252", "cp1252"),
        ("title\nČapek Dvořák žluťoučký kůň úpěl ďábelské ódy Řehoř\n", "cp1250", "cp1250"),
        (f"title\n{RUSSIAN}\n", "cp1251", "cp1251"),
        (f"title\n{RUSSIAN}\n", "koi8_r", "koi8_r"),
        ("title,author\n深層学習による画像認識の研究,山田太郎\n", "cp932", "cp932"),
        ("title,author\n深度学习图像识别研究论文,作者\n", "gb18030", "gb18030"),
    ],
)
def test_text_is_read_as_it_was_meant(text, encoding, said):
    assert decoded(text.encode(encoding)) == (text, said)


@pytest.mark.parametrize(
    ("content", "beginning"),
    [
        ("title\nnaïve\n".encode("mac_roman"), "Line 2, “na�ve”, is not in UTF-8"),
        (b"title\n\n\xff\xfe\xfd\x81\x8d\n", "Line 3, "),
        (b"title\nOne\0Two\n", "Line 2 holds a NUL"),
        (b"\xef\xbb\xbftitle\n\xff\n", "The file says it is in utf-8, and line 2 is not."),
    ],
)
def test_a_line_is_named_that_nobody_can_be_sure_of(content, beginning):
    with pytest.raises(Refused) as refused:
        decoded(content)

    assert str(refused.value)[: len(beginning)] == beginning
