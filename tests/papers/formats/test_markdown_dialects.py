"""Lists in the dialects that many makers use, none of them a file of somebody's."""

import pytest

from papers.formats.markdown_list import read

# Each list with what is in it: title, venue and year, first author, links by kind, marks.
ALIASED = """\
# Transformers in vision

## Papers

* **LR-Net**: "Local Relations for Recognising Images", ICCV, 2019 (*Some Lab*). \
[[Paper](https://arxiv.org/abs/1904.00001)][[PyTorch](https://github.com/a/lr)]
* **SA**: "Attention Standing Alone in Vision", NeurIPS, 2019 (*Other Lab*). \
[[Paper](https://arxiv.org/abs/1906.00002)][[Code](https://github.com/b/sa)]
* **VT**: "An Image Takes Many Words", ICLR, 2021 (*Lab*). [[Paper](https://openreview.net/forum?\
id=Ab1)]
"""
BADGES = """\
# Awesome Video Diffusion

## Video generation

+ [Tuning One Shot of a Video Model](https://arxiv.org/abs/2212.00001) (Dec., 2022)
  [![Star](https://img.shields.io/github/stars/a/tune.svg?style=social&label=Star)](https://\
github.com/a/tune)
  [![arXiv](https://img.shields.io/badge/arXiv-b31b1b.svg)](https://arxiv.org/abs/2212.00001)
  [![Website](https://img.shields.io/badge/Website-9cf)](https://tune.example.org/)

+ [Making Films from Words Alone](https://arxiv.org/abs/2209.00002) (Sep., 2022)
  [![arXiv](https://img.shields.io/badge/arXiv-b31b1b.svg)](https://arxiv.org/abs/2209.00002)

## Toolboxes

+ [Open tools for films](https://github.com/x/tools)
"""
BROKEN_LINES = """\
# Awesome Diffusion Models

### Survey

**Models that Diffuse: a Survey of Methods** \\
*Ada Lovelace<sup>1</sup>, Charles Babbage* \\
arXiv 2022. [[Paper](https://arxiv.org/abs/2209.00796)] [[Github](https://github.com/a/survey)] \\
2 Sep 2022

**Beating the Noise by Guidance** \\
*Grace Hopper* \\
NeurIPS 2021 (Spotlight). [[Paper](https://arxiv.org/abs/2105.00002)] \\
11 May 2021
"""
PAIRS = """\
# Papers with code of a conference

<a name="Backbone"></a>

# Backbone

**Scaling Kernels up to Thirty-one**

- Paper: https://arxiv.org/abs/2203.00001

- Code: https://github.com/a/kernels
- Chinese: https://mp.example.org/s/x

**A Network for the Twenties (Oral)**

- Paper(Oral): https://arxiv.org/abs/2201.00002
- Code: [official](https://github.com/b/next) | [timm](https://github.com/c/timm)

# CLIP

**Hierarchies of Words and Pictures**

- Homepage: https://words.example.org
- Paper: https://arxiv.org/abs/2202.00003
- Code: None
"""
TABLE = """\
# Awesome Multimodal Models

|  Title  |   Venue  |   Date   |   Code   |   Demo   |
|:--------|:--------:|:--------:|:--------:|:--------:|
| ![Star](https://img.shields.io/github/stars/a/b.svg?style=social&label=Star) <br> \
[**Seeing and Saying at Once**](https://arxiv.org/pdf/2306.00001) <br> | arXiv | 2023-06-26 | \
[Github](https://github.com/a/b) | [Demo](https://demo.example.org) |
| [**Models of Two Senses | an Overview**](https://arxiv.org/pdf/2306.00002) | NeurIPS | \
2023-05-01 | - | - |
| [Listening to Pictures](https://arxiv.org/pdf/2305.00003) | CVPR **(Highlight)** | 2023-04-11 | \
[Coming soon](https://github.com/c/d) | Local Demo |
"""
DATES_FIRST = """\
# LLM milestones

| Date | Keywords | Institute | Paper |
|------|----------|-----------|-------|
| 2017-06 | Transformers | Google | [Nothing but Attention](https://arxiv.org/pdf/1706.00001.pdf) |
| 2018-06 | GPT 1.0 | OpenAI | [Improving Understanding by Pre-Training](https://cdn.example.org/\
unsupervised_paper.pdf) |
"""
ITALICS_BELOW = """\
# Papers about prompts

## 1. Basics

1. **Chains of Thought Make Models Reason.**

   *Jason Doe, Xuezhi Roe* [[pdf](https://arxiv.org/abs/2201.00001)] [[code](https://github.com/a/\
c)], 2022.1

2. **Zero Shots Are Enough** Preprint.

   *Takeshi Doe, et al.* [[pdf](https://arxiv.org/abs/2205.00002)], 2022.5 ![](https://\
img.shields.io/badge/CoT-blue)
"""
PARENTHESES_FIRST = """\
# Papers

- (arXiv 2021.12) Boxes Found by Asking, [[Paper]](https://arxiv.org/abs/2112.00001), \
[[Code]](https://github.com/a/boxes)
- (CVPR 2022) Segments without Labels, [[Paper]](https://arxiv.org/abs/2201.00002)
- (NeurIPS'20) Learning Twice with One Net, [[Paper]](https://arxiv.org/abs/2006.00003)
"""
LINKS_FIRST = """\
## 2017
- [[CVPR](http://openaccess.thecvf.com/x/PointNet.pdf)] PointSet: Learning on Sets of Points. \
[[tensorflow](https://github.com/a/points)][[pytorch](https://github.com/b/points)] [__`cls.`__ \
__`seg.`__] :fire: :star:
- [[ICCV](http://openaccess.thecvf.com/x/Kd.pdf)] Escaping from Cells by Trees. \
[[pytorch](https://github.com/c/kd)] [__`cls.`__]
- [[NIPS](https://arxiv.org/abs/1706.00003)] Features on Metric Spaces of Points. [__`seg.`__]
"""
ROADMAP = """\
# Roadmap

# 1 History and basics

**[1]** Hinton, Geoffrey E., Simon Osindero, and Yee-Whye Teh. "**Learning Quickly in Nets of \
Belief**." \
Neural computation 18.7 (2006): 1527-1554. [[pdf]](http://www.cs.example.org/~hinton/fastnc.pdf)\
**(Deep Learning Eve)** :star::star::star:

**[2]** Krizhevsky, Alex, Ilya Sutskever, and Geoffrey E. Hinton. "**Classifying a Million \
Pictures**." \
Advances in neural information processing systems. 2012. [[pdf]](http://papers.nips.cc/paper/\
4824-x.pdf) :star:
"""
CHINESE = """\
# 论文列表

## 检测

1. **Finding Things in One Look** [[论文]](https://arxiv.org/abs/1506.00001) [[代码]](https://\
github.com/a/look) \
(单阶段检测的开山之作)
2. **Boxes with Focus** [[论文]](https://arxiv.org/abs/1708.00002) ICCV 2017 (Best student paper)

## 工具

1. [检测工具箱](https://github.com/x/toolbox)
"""
HTML_TABLE = """\
# Papers

<table>
<tr><th>Title</th><th>Authors</th><th>Venue</th><th>Code</th></tr>
<tr><td><a href="https://arxiv.org/abs/2001.00001">Cells that Hold Titles</a></td>
<td>Ada Lovelace, Alan Turing</td><td>CVPR 2020</td><td><a href="https://github.com/a/\
cells">code</a></td></tr>
<tr><td><a href="https://arxiv.org/abs/2001.00002">Rows that Follow Rows</a></td>
<td>Grace Hopper</td><td>ECCV 2020 (Oral)</td><td></td></tr>
</table>
"""
HTML_ITEMS = """\
<h2>Accepted papers</h2>
<ul>
<li><a href="https://openreview.net/forum?id=Aa1"><b>Listing in Hypertext</b></a>. <i>Ada \
Lovelace and Alan Turing</i></li>
<li><b>No Link at All</b>. <i>Grace Hopper, Barbara Liskov</i> <a href="/slides.pdf">(slides)</\
a></li>
</ul>
"""
AUTHORS_BEHIND = """\
# Reading group

## Papers
* [Trees that Grow Backwards](https://arxiv.org/abs/1501.00001) - Ada Lovelace, Alan Turing (ICML \
2015)
* [Forests of One Tree](https://arxiv.org/abs/1602.00002) - Grace Hopper et al. (KDD 2016) \
[[code](https://github.com/a/f)]
* [Leaves](https://doi.org/10.1145/1.2) - Barbara Liskov and Donald Knuth (Nature, 2017)

## Related lists
* [Awesome Trees](https://github.com/x/awesome-trees)
"""
TAGGED = """\
### 2021
- **[CVPR 2021]** Seeing through Walls of Noise. [[Paper](https://arxiv.org/abs/2101.00001)] \
[[Project](https://p.example.org)]
- **[ICCV 2021]** Hearing through Walls. [[Paper](https://arxiv.org/abs/2102.00002)]
- `[ICLR 2021]` Touching Walls Gently. [[Paper](https://arxiv.org/abs/2103.00003)]
"""
BLOCKS = """\
### Learning to Walk before Running
- **Authors**: Ada Lovelace, Alan Turing
- **Link**: https://arxiv.org/abs/1901.00001
- **Venue**: ICRA 2019
- **Code**: https://github.com/a/walk

### Running without Falling Down
- **Authors**: Grace Hopper
- **Link**: https://arxiv.org/abs/1902.00002
- **Venue**: CoRL 2019
"""

LISTS = {
    "alias and quotes": (
        ALIASED,
        [
            ("Local Relations for Recognising Images", "ICCV 2019", "", "paper code", "", "LR-Net"),
            ("Attention Standing Alone in Vision", "NeurIPS 2019", "", "paper code", "", "SA"),
            ("An Image Takes Many Words", "ICLR 2021", "", "paper", "", "VT"),
        ],
    ),
    "badges": (
        BADGES,
        [
            ("Tuning One Shot of a Video Model", "2022.12", "", "paper code project", "", ""),
            ("Making Films from Words Alone", "2022.9", "", "paper", "", ""),
        ],
    ),
    "lines broken off": (
        BROKEN_LINES,
        [
            (
                "Models that Diffuse: a Survey of Methods",
                "arXiv 2022",
                "Ada Lovelace",
                "paper code",
                "",
                "",
            ),
            (
                "Beating the Noise by Guidance",
                "NeurIPS 2021",
                "Grace Hopper",
                "paper",
                "Spotlight",
                "",
            ),
        ],
    ),
    "names with values": (
        PAIRS,
        [
            ("Scaling Kernels up to Thirty-one", "", "", "paper code", "", ""),
            ("A Network for the Twenties", "", "", "paper code code", "Oral", ""),
            ("Hierarchies of Words and Pictures", "", "", "project paper", "", ""),
        ],
    ),
    "table with stars": (
        TABLE,
        [
            ("Seeing and Saying at Once", "arXiv 2023.6", "", "paper code project", "", ""),
            ("Models of Two Senses | an Overview", "NeurIPS 2023.5", "", "paper", "", ""),
            ("Listening to Pictures", "CVPR 2023.4", "", "paper code", "Highlight", ""),
        ],
    ),
    "table with dates first": (
        DATES_FIRST,
        [
            ("Nothing but Attention", "2017.6", "", "paper", "Transformers", ""),
            ("Improving Understanding by Pre-Training", "2018.6", "", "paper", "GPT 1.0", ""),
        ],
    ),
    "authors in italics below": (
        ITALICS_BELOW,
        [
            ("Chains of Thought Make Models Reason", "2022.1", "Jason Doe", "paper code", "", ""),
            ("Zero Shots Are Enough", "Preprint 2022.5", "Takeshi Doe", "paper", "CoT", ""),
        ],
    ),
    "venue in parentheses first": (
        PARENTHESES_FIRST,
        [
            ("Boxes Found by Asking", "arXiv 2021.12", "", "paper code", "", ""),
            ("Segments without Labels", "CVPR 2022", "", "paper", "", ""),
            ("Learning Twice with One Net", "NeurIPS 2020", "", "paper", "", ""),
        ],
    ),
    "link with venue first": (
        LINKS_FIRST,
        [
            (
                "PointSet: Learning on Sets of Points",
                "CVPR 2017",
                "",
                "paper code code",
                "cls., seg.",
                "",
            ),
            ("Escaping from Cells by Trees", "ICCV 2017", "", "paper code", "cls.", ""),
            ("Features on Metric Spaces of Points", "NIPS 2017", "", "paper", "seg.", ""),
        ],
    ),
    "citations with a bold title": (
        ROADMAP,
        [
            (
                "Learning Quickly in Nets of Belief",
                "Neural computation 2006",
                "Geoffrey E. Hinton",
                "paper",
                "",
                "",
            ),
            (
                "Classifying a Million Pictures",
                "Advances in neural information processing systems 2012",
                "Alex Krizhevsky",
                "paper",
                "",
                "",
            ),
        ],
    ),
    "Chinese remarks": (
        CHINESE,
        [
            ("Finding Things in One Look", "", "", "paper code", "", ""),
            ("Boxes with Focus", "ICCV 2017", "", "paper", "Best student paper", ""),
        ],
    ),
    "table in HTML": (
        HTML_TABLE,
        [
            ("Cells that Hold Titles", "CVPR 2020", "Ada Lovelace", "paper code", "", ""),
            ("Rows that Follow Rows", "ECCV 2020", "Grace Hopper", "paper", "Oral", ""),
        ],
    ),
    "items in HTML": (
        HTML_ITEMS,
        [
            ("Listing in Hypertext", "", "Ada Lovelace", "paper", "", ""),
            ("No Link at All", "", "Grace Hopper", "", "", ""),
        ],
    ),
    "authors behind a dash": (
        AUTHORS_BEHIND,
        [
            ("Trees that Grow Backwards", "ICML 2015", "Ada Lovelace", "paper", "", ""),
            ("Forests of One Tree", "KDD 2016", "Grace Hopper", "paper code", "", ""),
            ("Leaves", "Nature 2017", "Barbara Liskov", "paper", "", ""),
        ],
    ),
    "venue in bold brackets": (
        TAGGED,
        [
            ("Seeing through Walls of Noise", "CVPR 2021", "", "paper project", "", ""),
            ("Hearing through Walls", "ICCV 2021", "", "paper", "", ""),
            ("Touching Walls Gently", "ICLR 2021", "", "paper", "", ""),
        ],
    ),
    "headings as titles": (
        BLOCKS,
        [
            ("Learning to Walk before Running", "ICRA 2019", "Ada Lovelace", "paper code", "", ""),
            ("Running without Falling Down", "CoRL 2019", "Grace Hopper", "paper", "", ""),
        ],
    ),
}


def told(entry):
    paper = entry.paper
    date = f"{paper.year or ''}" + (f".{paper.month}" if paper.month else "")
    return (
        paper.title,
        f"{paper.venue} {date}".strip(),
        paper.authors[0].name if paper.authors else "",
        " ".join(link.kind for link in paper.links),
        ", ".join(entry.marks),
        paper.alias,
    )


@pytest.mark.parametrize(("text", "expected"), LISTS.values(), ids=list(LISTS))
def test_list_of_another_maker_is_read_whole(text, expected):
    document = read(text)

    assert [told(entry) for entry in document.entries] == expected
