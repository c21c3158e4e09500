import pytest

from papers.formats.bibtex_faults import fault


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "@misc{b,\n title = {B {, year = 2018}\n",
            "the value of “title” in line 6 is not closed: “}” is missing",
        ),
        (
            '@misc{a, title = "x, year = 2}',
            'the value of “title” in line 5 is not closed: “"” is missing',
        ),
        ("@misc{a,\n title = {x},\n", "what begins in line 5 is not closed: “}” is missing"),
        ("@misc(a,\n title = {x},\n", "what begins in line 5 is not closed: “)” is missing"),
    ],
)
def test_what_is_not_closed_is_named_with_its_line(text, said):
    assert fault(text, 5, is_open=True) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "@misc{title =",
            "the key, or the comma behind it, is missing before “title” in line 5",
        ),
        (
            "@misc{a title =",
            "the key, or the comma behind it, is missing before “title” in line 5",
        ),
        ("@misc{a,\n title}", "“=” is missing after “title” in line 6"),
        ("@string{x}", "“=” is missing after “x” in line 5"),
        ("@misc{a, title = {x},,", "in line 5 stands a comma too many, or “=” is missing"),
    ],
)
def test_what_is_missing_is_named_with_its_line(text, said):
    assert fault(text, 5, is_open=False) == said


@pytest.mark.parametrize(
    "text", ["@a(" * 30_000, "@a{" + "a" * 90_000, '"{=' * 30_000, "\n" * 90_000]
)
@pytest.mark.parametrize("is_open", [True, False])
def test_floods_are_answered_at_once(text, is_open):
    assert len(fault(text, 1, is_open)) < 400
