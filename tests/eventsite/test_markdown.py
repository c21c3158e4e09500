import time

import pytest

from eventsite.bounds import LONGEST
from eventsite.markdown import to_html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*a* **b**", "<p><em>a</em> <strong>b</strong></p>\n"),
        ("# Title", "<h2>Title</h2>\n"),
        (
            "[a](https://example.org)",
            '<p><a href="https://example.org" rel="noopener nofollow">a</a></p>\n',
        ),
        ("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>\n"),
        ("![x](https://example.org/x.png)", "<p></p>\n"),
    ],
)
def test_markdown_as_html(text, html):
    assert to_html(text) == html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:alert(1))",
        "[a](data:text/html;base64,PHNjcmlwdD4=)",
        "[a](vbscript:x)",
        "[a]: javascript:alert(1)\n\n[a]",
        '<https://a" onmouseover=alert(1)>',
    ],
)
def test_nothing_that_runs_survives(text):
    html = to_html(text)

    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html.lower()
    assert 'href="data' not in html.lower()
    assert 'href="vbscript' not in html.lower()
    assert "onmouseover=" not in html.replace("&quot;", '"') or "<a" not in html


def test_text_is_cut_where_nesting_would_cost_too_much():
    began = time.process_time()
    to_html("[" * 10 * LONGEST)

    assert time.process_time() - began < 20
