"""What a link of a list leads to: the paper, its code, another version, a film of the talk."""

import re
from urllib.parse import urlsplit

SCHOLARLY = re.compile(
    r"(?:^|\.)(?:arxiv\.org|openreview\.net|doi\.org|aclweb\.org|aclanthology\.(?:org|info"
    r"|coli\.uni-saarland\.de)"
    r"|mlr\.press|nips\.cc|neurips\.cc|thecvf\.com|cv-foundation\.org|ieee\.org|acm\.org"
    r"|springer\.com"
    r"|springerlink\.com|sciencedirect\.com|nature\.com|sciencemag\.org|science\.org|jmlr\.org"
    r"|aaai\.org"
    r"|ijcai\.org|biorxiv\.org|medrxiv\.org|semanticscholar\.org|isca-speech\.org"
    r"|isca-archive\.org"
    r"|usenix\.org|mlsys\.org|ecva\.net|bmva\.org|wiley\.com|mitpress(?:journals)?\.(?:org"
    r"|mit\.edu)"
    r"|direct\.mit\.edu|citeseerx\.ist\.psu\.edu|researchgate\.net|hal\.science"
    r"|archives-ouvertes\.fr"
    r"|inria\.fr|frontiersin\.org|mdpi\.com|plos\.org|pnas\.org|tandfonline\.com|siam\.org"
    r"|osf\.io|ssrn\.com"
    r"|dblp\.org|eccv2022\.org|worldscientific\.com|hindawi\.com|vldb\.org"
    r"|roboticsproceedings\.org|cell\.com"
    r"|lrec-conf\.org|ncbi\.nlm\.nih\.gov|jair\.org|morganclaypool\.com|ceur-ws\.org|oup\.com"
    r"|elsevier\.com"
    r"|europepmc\.org|alphaxiv\.org|ar5iv\.org|dagstuhl\.de|distill\.pub"
    r"|transformer-circuits\.pub)$"
    r"|^128\.84\.21\.\d+$"
)
PAPER_PATH = re.compile(
    r"\.(?:pdf|ps)(?:\.gz)?(?:$|[?#])|huggingface\.co/papers/|/(?:paper|papers|publications?"
    r"|pubs)/"
    r"|paperswithcode\.com/paper/|viewdoc|research\.fb\.com/publications",
    re.IGNORECASE,
)
NO_PAPER = re.compile(
    r"openreview\.net/group|neurips\.cc/(?:virtual|conferences)|nips\.cc/(?:virtual|conferences)"
    r"|arxiv\.org/(?:search|list)",
    re.IGNORECASE,
)
HOSTS = {  # part of an address: kind
    "code": r"github\.com|gitlab\.|bitbucket\.org|codalab\.org|huggingface\.co|code\.google\.com"
    r"|gitee\.com"
    r"|sourceforge\.net|codeocean\.com|modelscope\.cn|raw\.githubusercontent\.com|gist\.github",
    "video": r"youtube\.com|youtu\.be|vimeo\.com|bilibili\.com|slideslive\.com|videolectures\.net"
    r"|techtalks\.tv",
    "slides": r"slideshare\.net|speakerdeck\.com|/slides?[/._-]|slides?\.pdf"
    r"|docs\.google\.com/presentation",
    "discussion": r"reddit\.com|zhihu\.com|news\.ycombinator\.com|twitter\.com|//x\.com",
}
WORDS_OF_REPOSITORY = re.compile(r"/blob/.+\.(?:md|rst|txt)(?:$|[?#])", re.IGNORECASE)
ABOUT = re.compile(r"(?:reports?|articles?|blogs?|posts?|docs?|explained)\W*\d*$", re.IGNORECASE)
LABELS = {  # words of a label: kind; the first that fits
    "version": r"versions?\b|extension|extended|\bpreprint of|journal:|\bbook:",
    "dataset": r"data ?sets?\b|\bdata\b|benchmark\b|数据",
    "slides": r"slides?\b|\bppt\b|presentation|poster",
    "video": r"videos?\b|youtube|talk\b|视频|bilibili",
    "discussion": r"discussion|reddit|zhihu|知乎|twitter|tweet|hacker ?news",
    "project": r"project|home ?page|web ?page|website|web ?site|\bsite\b|\bpage\b|\bdemo\b"
    r"|\bweb\b|主页|项目",
    "paper": r"\bpapers?\b|\bpdf\b|arxiv|open ?review|\bhtml\b|\babs(?:tract)?\b|\bdoi\b|\bps\b"
    r"|\bacm\b|\bieee\b"
    r"|springer|\bcvf\b|\bpublication\b|bib\w*rxiv|biorxiv|\bcamera.ready|\bfull text|论文|原文"
    r"|\bacl\b|\bnips\b|^link$",
    "code": r"\bcodes?\b|git ?hub|\bgit\b|py ?torch|tensor ?flow|\bcaffe\d?|mx ?net|keras"
    r"|implement|\brepo|reimpl"
    r"|\btorch\b|\bjax\b|theano|matlab|\bofficial|source|\btf\b|chainer|\bc\+\+|python|lasagne"
    r"|gluon|\bpaddle|代码"
    r"|julia|hugging ?face|\bhf\b|\bmodels?\b|checkpoints?|colab|tensorpack|mindspore",
    "supplement": r"\bsupp",
}
LABEL_KINDS = {kind: re.compile(words, re.IGNORECASE) for kind, words in LABELS.items()}
HOST_KINDS = {kind: re.compile(words, re.IGNORECASE) for kind, words in HOSTS.items()}
GENERIC = re.compile(
    r"[\W_]*(?:\[?\s*(?:the\s+)?(?:here|links?|urls?|download|read|view|this|notes?|blogs?"
    r"|blog ?posts?|articles?|posts?"
    r"|summary|intro(?:duction)?|reviews?|bib(?:tex)?|cite|citation|star|stars|forks?|license"
    r"|more|details?|info"
    r"|appendix|supp\w*|explained|解读|博客|笔记|翻译|homepage|docs?|documentation|wiki"
    r"|news)\s*#?\d*\s*\]?)[\W_]*",
    re.IGNORECASE,
)


def host_of(url: str) -> str:
    try:
        return (urlsplit(url.strip()).hostname or "").lower()
    except ValueError:
        return ""


def is_scholarly(url: str) -> bool:
    """Whether papers stand at such an address."""
    if NO_PAPER.search(url):
        return False
    if SCHOLARLY.search(host_of(url)):
        return True
    return (
        bool(PAPER_PATH.search(url)) and not HOST_KINDS["slides"].search(url) and "youtu" not in url
    )


def kind_by_address(url: str) -> str:
    """Return what an address leads to by itself; nothing when it does not say."""
    if is_scholarly(url):
        return "paper"
    kind = next((kind for kind, words in HOST_KINDS.items() if words.search(url)), "")
    return "" if kind == "code" and WORDS_OF_REPOSITORY.search(url) else kind


def kind_by_label(label: str) -> str:
    """Return what a label promises; nothing when it may be anything, a title as well."""
    if len(label) > 60 or len(label.split()) > 6:
        return "version" if re.search(r"\bversion\b|\bbook: ", label[:40], re.IGNORECASE) else ""
    kind = next((kind for kind, words in LABEL_KINDS.items() if words.search(label)), "")
    is_about = ABOUT.search(label) and (kind == "code" or re.match(r"article\W*\d*$", label, re.I))
    return "other" if is_about else kind


def is_label(label: str) -> bool:
    """Whether the words of a link name what it leads to, so that they are no title."""
    words = label.strip(" []()*:.,!|")
    if not words or GENERIC.fullmatch(words):
        return True
    if len(words.split()) > 4 or len(words) > 32:
        return False
    small = re.sub(r"[\W_\d]+", " ", words).strip().lower()
    if small in NAMES_OF_LINKS:
        return True
    kind = kind_by_label(words)
    return bool(kind) and len(small.split()) <= 2 and small.split()[-1] in LAST_WORDS


NAMES_OF_LINKS_TEXT = """
paper pdf code arxiv github project page website homepage video slides poster demo data
dataset html abs abstract openreview pytorch tensorflow caffe keras mxnet torch jax matlab
theano doi ps link talk supplement supp suppl acl nips neurips icml iclr cvpr iccv eccv aaai
cvf acm ieee springer nature science blog blogpost slide ppt tweet official unofficial
implementation model models repo repository colab huggingface hf web bibtex readpaper
"""
NAMES_OF_LINKS = frozenset(NAMES_OF_LINKS_TEXT.split())
LAST_WORDS_TEXT = """
paper pdf code codes arxiv github page website homepage video videos slides poster demo data
dataset html abstract version implementation repo repository author official unofficial
code1 link pytorch tensorflow keras reimpl rd
"""
LAST_WORDS = frozenset(LAST_WORDS_TEXT.split())


def link_kind(label: str, url: str, default: str = "other") -> str:
    """Return what a link leads to: what its label says, else what its address says."""
    words = label.strip(" []()*:.,")
    kind = kind_by_label(words)
    by_address = kind_by_address(url)
    if kind == "supplement":
        return "other"
    if kind == "paper" and by_address in ("video", "slides") and not PAPER_PATH.search(url):
        return by_address
    return kind or by_address or default
