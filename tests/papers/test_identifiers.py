"""Identifiers are taken from addresses and fields, and written in one way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.identifiers import identifiers_for, identifiers_of, normalised, same_address


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://arxiv.org/abs/1902.09574", ("arxiv", "1902.09574")),
        ("http://www.arxiv.org/pdf/1902.09574v2.pdf", ("arxiv", "1902.09574")),
        ("https://export.arxiv.org/abs/math.GT/0309136v1", ("arxiv", "math/0309136")),
        ("https://huggingface.co/papers/2001.00001", ("arxiv", "2001.00001")),
        ("https://doi.org/10.48550/arXiv.2001.00001", ("arxiv", "2001.00001")),
        ("https://dl.acm.org/doi/pdf/10.1145/3292500.3330648", ("doi", "10.1145/3292500.3330648")),
        (
            "https://link.springer.com/content/pdf/10.1007%2F978-3-030-01237-3_14.pdf",
            ("doi", "10.1007/978-3-030-01237-3_14"),
        ),
        (
            "https://www.biorxiv.org/content/10.1101/2020.01.01.123456v2.full.pdf",
            ("doi", "10.1101/2020.01.01.123456"),
        ),
        ("https://www.nature.com/articles/nature14539", ("doi", "10.1038/nature14539")),
        ("https://openreview.net/forum?id=4d_tnQ_agHI&noteId=x", ("openreview", "4d_tnQ_agHI")),
        ("https://openreview.net/pdf?id=SJGCiw5gl", ("openreview", "SJGCiw5gl")),
        ("http://papers.nips.cc/paper/5025-predicting-parameters", ("neurips", "5025")),
        ("http://papers.nips.cc/paper/7391-.pdfvideo-to-video.pdf", ("neurips", "7391")),
        ("https://aclweb.org/anthology/p18-1001.pdf", ("acl", "P18-1001")),
        ("https://aclanthology.org/2020.acl-main.1/", ("acl", "2020.acl-main.1")),
        ("https://proceedings.mlr.press/v202/mo23c/mo23c.pdf", ("pmlr", "v202/mo23c")),
        ("http://jmlr.org/proceedings/papers/v37/chenc15.pdf", ("pmlr", "v37/chenc15")),
        ("http://www.jmlr.org/papers/v11/baehrens10a.html", ("jmlr", "v11/baehrens10a")),
        (
            "http://jmlr.org/papers/volume11/baehrens10a/baehrens10a.pdf",
            ("jmlr", "v11/baehrens10a"),
        ),
        (
            "http://openaccess.thecvf.com/content_iccv_2017/html/Luo_ThiNet_ICCV_2017_paper.html",
            ("cvf", "Luo_ThiNet_ICCV_2017"),
        ),
        ("https://www.ijcai.org/proceedings/2018/0292.pdf", ("ijcai", "2018/292")),
        (
            "https://www.aaai.org/ocs/index.php/AAAI/AAAI18/paper/view/16450/16263",
            ("aaai", "ocs/16450"),
        ),
        ("https://ieeexplore.ieee.org/abstract/document/8845633?casa_token=x", ("ieee", "8845633")),
    ],
)
def test_an_address_names_its_paper(url, expected):
    assert identifiers_of(url) == (expected,)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://[",
        "https://openreview.net/group?id=NIPS.cc/2018/Workshop/CDNNRIA",
        "https://openreview.net/pdf/800966a39eedb870f2172779e97ac57edbff69e5.pdf",
        "https://link.springer.com/book/10.1007/978-3-030-01237-3",
        "https://proceedings.mlr.press/v80/",
        "https://aclanthology.org/volumes/2020.acl-main/",
        "http://citeseerx.ist.psu.edu/viewdoc/summary?doi=10.1.1.308.2766",
        "https://github.com/google/TrustScore",
    ],
)
def test_an_address_of_no_single_paper_names_nothing(url):
    assert identifiers_of(url) == ()


def test_neurips_hashes_of_two_years_are_two_papers():
    digest = "3f5ee243547dee91fbd053c1c4a845aa"  # both were submission 3058

    first = identifiers_of(f"https://papers.nips.cc/paper/2017/hash/{digest}-Abstract.html")
    second = identifiers_of(f"https://proceedings.neurips.cc/paper/2020/file/{digest}-Paper.pdf")

    assert (first, second) == (
        (("neurips", f"2017/{digest}"),),
        (("neurips", f"2020/{digest}"),),
    )


def test_old_and_new_addresses_of_one_neurips_paper_agree():
    old = "http://papers.nips.cc/paper/250-optimal-brain-damage"
    new = "https://papers.nips.cc/paper/1989/file/6c9882bbac1c7093bd25041881277658-Paper.pdf"

    assert identifiers_of(old) == identifiers_of(new) == (("neurips", "250"),)


def test_a_doi_of_the_anthology_names_both():
    assert identifiers_for("doi", "https://doi.org/10.18653/v1/P18-1001") == (
        ("doi", "10.18653/v1/p18-1001"),
        ("acl", "P18-1001"),
    )


@pytest.mark.parametrize(
    ("scheme", "value", "expected"),
    [
        ("arxiv", "arXiv:1902.09574v3 [cs.LG]", "1902.09574"),
        ("doi", "doi:10.1000/ABC(1).", "10.1000/abc(1)"),
        ("doi", "(10.1000/x)", "10.1000/x"),
        ("doi", "none", ""),
        ("isbn", "0-306-40615-2", "9780306406157"),
        ("isbn", "12", ""),
        ("openreview", "SJGCiw5gl", "SJGCiw5gl"),
        ("ieee", "8845633", "8845633"),
    ],
)
def test_a_field_is_written_one_way(scheme, value, expected):
    assert normalised(scheme, value) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://www.example.org/a/", "https://example.org/a"),
        ("https://arxiv.org/abs/1902.09574", "http://arxiv.org/pdf/1902.09574v2.pdf"),
        ("https://example.org/a?utm_source=x&b=1", "https://example.org/a?b=1"),
        ("https://github.com/A/B.git", "https://github.com/a/b"),
        ("https://https://example.org/a", "https://example.org/a#part"),
    ],
)
def test_two_addresses_of_one_thing_are_the_same(one, other):
    assert same_address(one) == same_address(other)


def test_different_pages_of_one_place_differ():
    pages = ["https://example.org/a?id=1", "https://example.org/a?id=2", "https://example.org/A"]

    assert len(set(map(same_address, pages))) == 3


@given(st.text())
def test_any_text_is_taken_for_an_address(text):
    once = identifiers_of(f"https://{text}")

    assert [normalised(*pair) for pair in once] == [value for _scheme, value in once]
    assert isinstance(same_address(text), str)
