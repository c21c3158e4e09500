"""Volumes of the ACL Anthology, as they are written today and as they were."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.entries import Refused, Skipped
from papers.formats import acl_xml
from papers.records import AuthorRecord, LinkRecord, PaperRecord

TODAY = """<?xml version='1.0' encoding='UTF-8'?>
<collection id="2020.acl">
  <volume id="main">
    <meta>
      <booktitle>Proceedings of the Meeting</booktitle>
      <editor><first>Dan</first><last>Jurafsky</last></editor>
      <publisher>The Association</publisher>
      <month>July</month><year>2020</year><venue>acl</venue>
    </meta>
    <frontmatter><url>2020.acl-main.0</url></frontmatter>
    <paper id="1">
      <title>Learning <fixed-case>U</fixed-case>nsupervised <tex-math>O(n^2)</tex-math>
        Things</title>
      <author><first>Ada</first><last>Lovelace</last><affiliation>London</affiliation></author>
      <author><last>Plato</last></author>
      <pages>1–8</pages><abstract>We <b>do</b> it.</abstract>
      <url hash="1">2020.acl-main.1</url><doi>10.18653/v1/2020.acl-main.1</doi>
      <video href="http://slideslive.com/38929007"/><award>Best Paper</award>
      <bibkey>lovelace-2020-learning</bibkey>
      <pwccode url="https://github.com/a/b" additional="false">a/b</pwccode>
      <revision id="1" href="2020.acl-main.1v1" hash="x"/>
    </paper>
  </volume>
</collection>"""
FORMERLY = """<volume id="P05">
<paper id="1000"><title>Proceedings of the 43rd Meeting</title><year>2005</year></paper>
<paper id="1001"><title>A Thing</title><author><first>Rie</first><last>Ando</last></author></paper>
<paper id="1002"><author>Nobody</author></paper>
<paper id="1100"><title>The Hundredth</title></paper>
</volume>"""


def test_a_paper_of_today_is_read_whole():
    document = acl_xml.read(TODAY)

    assert [entry.paper for entry in document.entries] == [
        PaperRecord(
            title="Learning Unsupervised $O(n^2)$ Things",
            key="lovelace-2020-learning",
            authors=(AuthorRecord("Ada Lovelace", "London"), AuthorRecord("Plato", "")),
            venue="ACL",
            year=2020,
            month=7,
            award="Best Paper",
            abstract="We do it.",
            identifiers=(("acl", "2020.acl-main.1"), ("doi", "10.18653/v1/2020.acl-main.1")),
            links=(
                LinkRecord("paper", "https://aclanthology.org/2020.acl-main.1/"),
                LinkRecord("video", "http://slideslive.com/38929007"),
                LinkRecord("code", "https://github.com/a/b", "a/b"),
            ),
            details=(
                ("page", "1–8"),
                ("collection-title", "Proceedings of the Meeting"),
                ("publisher", "The Association"),
                ("editor", "Dan Jurafsky"),
            ),
        )
    ]
    assert (document.title, document.headings[0].line) == ("Proceedings of the Meeting", 3)
    assert document.entries[0].line == 11


def test_a_volume_of_former_years_is_read_without_its_front_matter():
    document = acl_xml.read(FORMERLY)

    assert [
        (e.line, e.paper.title, e.paper.year, e.paper.identifiers) for e in document.entries
    ] == [
        (3, "A Thing", 2005, (("acl", "P05-1001"),)),
        (5, "The Hundredth", 2005, (("acl", "P05-1100"),)),
    ]
    assert document.skipped == (
        Skipped(2, "Proceedings of the 43rd Meeting", "front matter is no paper", False),
        Skipped(4, "Nobody", "a paper without a title"),
    )


@pytest.mark.parametrize(
    ("text", "beginning"),
    [
        ('<!DOCTYPE x [<!ENTITY a "b">]><volume>&a;</volume>', "The XML declares entities"),
        ("<a>" * 200_000, "The XML is nested deeper than 100 tags."),
        ("<rss></rss>", "This XML is no volume of the ACL Anthology: it begins with <rss>."),
        ("<volume></volume>", "The XML holds no paper."),
        ("<volume>", "This is no XML that can be read"),
        ("", "This is no XML that can be read"),
    ],
)
def test_what_is_no_volume_is_refused(text, beginning):
    with pytest.raises(Refused) as refused:
        acl_xml.read(text)

    assert str(refused.value)[: len(beginning)] == beginning


PIECES = ["<paper>", "</paper>", "<title>", "</title>", "A", "&amp;", "<url>", "</url>", "\x01"]


@given(st.text() | st.lists(st.sampled_from(PIECES)).map("".join))
def test_any_text_is_read_or_refused(text):
    for whole in (text, f"<volume>{text}</volume>"):
        try:
            document = acl_xml.read(whole)
        except Refused:
            continue
        assert all(entry.paper.title for entry in document.entries)
