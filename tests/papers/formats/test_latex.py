import pytest
from hypothesis import given

from papers.formats.citing import one_line
from papers.formats.latex import escaped, readable, titled
from tests.papers.formats.paper_strategies import NASTY


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"{\"o} \"{o} \"o", "ö ö ö"),
        (r"\'{\i} \'\i \o{} {\L}ukasz \v{S} \c{c} \ss{}", "í íø Łukasz Š ç ß"),
        (r"$\alpha$-x and $\beta$-VAE", "α-x and β-VAE"),
        (r"in $O(n^2)$ steps", "in O(n^2) steps"),
        (r"\texttt{x} \emph{y} {\em z} \textsc{w}", "x y z w"),
        ("``a'' -- b~c", "“a” – b c"),
        (r"95% of \& R&D for $5 and $6", "95% of & R&D for $5 and $6"),
        (r"\url{http://x.org/y_z%20}", "http://x.org/y_z%20"),
        (r"\href{http://x.org}{here}", "here"),
        (r"{BERT} {{Nested}}", "BERT Nested"),
        (r"\unknown{x} y", "x y"),
        (r"{\noopsort{1973b}}1973", "1973"),
    ],
)
def test_latex_is_read_as_people_read_it(latex, text):
    assert readable(latex) == text


@given(NASTY)
def test_escaped_text_is_read_back(text):
    assert readable(escaped(text)) == one_line(text)
    assert readable(titled(one_line(text))) == one_line(text)


@given(NASTY)
def test_any_latex_is_read(text):
    assert readable(text) == one_line(readable(text))


def test_thousand_braces_are_left_as_they_are():
    assert readable("{" * 1000 + r"\o" + "}" * 1000) == "{" * 1000 + r"\o" + "}" * 1000


@pytest.mark.parametrize(
    ("title", "latex"),
    [
        ("Deep Residual Learning for Image Recognition", None),
        ("BERT: Pre-training of deep transformers", "{BERT}: Pre-training of deep transformers"),
        ("A note on the theorem of Bayes", "A note on the theorem of {Bayes}"),
        ("What iPhone users do", "What {iPhone} users do"),
        ("Vitamin C and L1 Norms in A 3D World", "Vitamin {C} and {L1} Norms in A {3D} World"),
        ("Top 5 of 2018", None),
        ("MLSys & C++", r"{MLSys} \& C++"),
    ],
)
def test_title_has_braces_only_where_case_matters(title, latex):
    assert titled(title) == (latex or title)
