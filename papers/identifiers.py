"""What the world calls a paper: identifiers taken from addresses, and their one way of writing.

Only addresses that name one work give an identifier: never a volume, a supplement or a search.
"""

import re
from functools import cache
from hashlib import md5
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>?#]+")
# What publishers put behind a DOI in the addresses of their pages.
AFTER_DOI = re.compile(
    r"(?:\.pdf|\.html?|\.full|\.short|\.abstract|/(?:full|abstract|pdf|epdf|html|meta|summary"
    r"|issuetoc|suppl_file/.*))+$"
)
OF_A_WHOLE_BOOK = re.compile(r"/(?:book|proceedings|journal|toc)/10\.", re.IGNORECASE)
ARXIV = re.compile(r"(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(?:v\d+)?(?![\d.]*\d)")
ACL = re.compile(r"[a-z]\d{2}-\d{4}|\d{4}\.[a-z0-9_]+-[a-z0-9_]+\.\d+")

ARXIV_HOSTS = {
    "arxiv.org",
    "xxx.lanl.gov",
    "128.84.21.203",  # as arXiv once sent people to itself
    "ar5iv.org",
    "alphaxiv.org",
    "arxiv-vanity.com",
    "huggingface.co",
}
ACL_HOSTS = {"aclanthology.org", "aclanthology.info", "aclweb.org", "anthology.aclweb.org"}
NEURIPS_HOSTS = {
    "papers.nips.cc",
    "papers.neurips.cc",
    "proceedings.neurips.cc",
    "proceedings.nips.cc",
    "datasets-benchmarks-proceedings.neurips.cc",
}
# The address of one paper at each place: scheme, hosts, pattern of the path, its value.
PLACES = (
    ("cvf", r"openaccess\.thecvf\.com|cv-foundation\.org", r"/([^/]+?)_paper\.(?:html|pdf)$", "{}"),
    ("pmlr", r"proceedings\.mlr\.press", r"^/([vr]\d+)/([\w-]+?)(?:/\2)?(?:\.\w+)?$", "{}/{}"),
    (
        "pmlr",
        r"jmlr\.org|jmlr\.csail\.mit\.edu",
        r"^/proceedings/papers/([vr]\d+)/([\w-]+?)(?:/\2)?(?:\.\w+)?$",
        "{}/{}",
    ),
    (
        "jmlr",
        r"jmlr\.org|jmlr\.csail\.mit\.edu",
        r"^/papers/v(?:olume)?(\d+)/([\w-]+?)(?:/\2)?(?:\.\w+)?$",
        "v{}/{}",
    ),
    ("ijcai", r"ijcai\.org", r"^/proceedings/(\d{4})/0*(\d+)(?:\.pdf)?$", "{}/{}"),
    ("aaai", r"aaai\.org", r"^/ocs/.*/paper/(?:viewPaper|view|download|viewFile)/(\d+)", "ocs/{}"),
    ("aaai", r"ojs\.aaai\.org", r"/article/(?:view|download)/(\d+)", "ojs/{}"),
    ("doi", r"nature\.com", r"^/articles/([\w.-]+?)(?:\.pdf)?$", "10.1038/{}"),
    ("ieee", r"ieeexplore\.ieee\.org", r"/document/(\d+)", "{}"),
    ("pubmed", r"pubmed\.ncbi\.nlm\.nih\.gov", r"^/(\d+)$", "{}"),
    ("pubmed", r"ncbi\.nlm\.nih\.gov", r"^/pubmed/(\d+)$", "{}"),
    (
        "hal",
        r"hal\.science|(?:[\w.-]+\.)?hal\.science|hal\.archives-ouvertes\.fr|hal\.inria\.fr",
        r"^/((?:hal|inria|tel|cel|lirmm|halshs)-\d+)",
        "{}",
    ),
)
FINDERS = tuple(
    (scheme, re.compile(hosts), re.compile(path, re.IGNORECASE), value)
    for scheme, hosts, path, value in PLACES
)
# Parameters that say who asked or from where, never what for.
NOISE = re.compile(
    r"^(?:utm_.*|casa_token|fbclid|gclid|ref|spm|tdsourcetag|noteid|hl|sa|usg|ved|source)$",
    re.IGNORECASE,
)
LAST_YEAR_OF_ONE_NUMBERING, HIGHEST_NUMBER = 2015, 6100

Identifiers = tuple[tuple[str, str], ...]


def identifiers_of(url: str) -> Identifiers:
    """Return scheme and value of what an address names, in their one way of writing."""
    host, path, query = _parts(url)
    if not host:
        return ()
    if host in ARXIV_HOSTS or host.endswith(".arxiv.org"):
        return _pair("arxiv", path)
    if host == "openreview.net":
        value = dict(query).get("id", "")
        named = path in ("/forum", "/pdf") and normalised("openreview", value)
        return (("openreview", named),) if named else ()
    if host in ACL_HOSTS:
        last = re.sub(r"(?:v\d+)?\.(?:pdf|bib|xml)$", "", path.rpartition("/")[2])
        return _pair("acl", last)
    if host in NEURIPS_HOSTS:
        return _pair("neurips", _neurips(host, path))
    if host == "ieeexplore.ieee.org" and "arnumber" in dict(query):
        return _pair("ieee", dict(query)["arnumber"])
    for scheme, hosts, pattern, value in FINDERS:
        if hosts.fullmatch(host) and (seen := pattern.search(path)):
            return _pair(scheme, value.format(*seen.groups()))
    return _of_doi(path, query)


def identifiers_for(scheme: str, value: str) -> Identifiers:
    """Return what a field of a file names: a DOI may be arXiv's, or say an Anthology's too."""
    value = normalised(scheme, value)
    if not value:
        return ()
    if scheme == "doi" and value.startswith("10.48550/arxiv."):
        return _pair("arxiv", value.removeprefix("10.48550/arxiv."))
    if scheme == "doi" and value.startswith("10.18653/v1/"):
        return (("doi", value), *_pair("acl", value.removeprefix("10.18653/v1/")))
    if scheme == "doi" and value.startswith("10.24963/ijcai."):
        return (("doi", value), *_pair("ijcai", value.removeprefix("10.24963/ijcai.")))
    return ((scheme, value),)


def normalised(scheme: str, value: str) -> str:
    """Return an identifier as it is stored, or nothing when it is none of its scheme."""
    value = unquote(value.strip())
    if scheme == "doi":
        found = DOI.search(value)
        return _doi(found[0]) if found else ""
    if scheme == "arxiv":
        seen = ARXIV.search(value.lower())
        return re.sub(r"^([a-z-]+)\.[a-z]{2}/", r"\1/", seen[1]) if seen else ""
    if scheme == "acl":
        known = ACL.fullmatch(value.lower())
        return (known[0].upper() if known[0][3:4] == "-" else known[0]) if known else ""
    if scheme == "openreview":
        return value if re.fullmatch(r"[\w-]{5,40}", value, re.ASCII) else ""
    if scheme == "ieee" or scheme == "pubmed":
        return value.lstrip("0") if re.fullmatch(r"[0-9]{3,12}", value) else ""
    if scheme == "isbn":
        return _isbn(value)
    if scheme == "cvf":
        return re.sub(r"_paper$", "", value)[:200]
    return value.lower()[:200]


def same_address(url: str) -> str:
    """Return a form by which two addresses of one thing are equal; not to be shown or opened."""
    named = identifiers_of(url)
    if named:
        return ":".join(named[0])
    host, path, query = _parts(url)
    if not host:
        return url.strip()
    kept = urlencode(sorted(pair for pair in query if not NOISE.match(pair[0])))
    path = path.removesuffix(".git") if host == "github.com" else path
    path = path.lower() if host == "github.com" and path.count("/") <= 2 else path
    return f"{host}{path}?{kept}" if kept else host + path


def _parts(url: str) -> tuple[str, str, list[tuple[str, str]]]:
    """Return host without www, path without its last slash, and the query."""
    url = re.sub(r"^(?:https?:/*)+", "https://", url.strip(), flags=re.IGNORECASE)
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
        query = parse_qsl(parts.query, max_num_fields=100)
    except ValueError:
        return "", "", []
    path = re.sub(r"/{2,}", "/", unquote(parts.path)).rstrip("/")
    return host, path.rstrip(".,;").rstrip(), query


def _pair(scheme: str, value: str) -> Identifiers:
    value = normalised(scheme, value)
    return ((scheme, value),) if value else ()


def _of_doi(path: str, query: list[tuple[str, str]]) -> Identifiers:
    if OF_A_WHOLE_BOOK.search(path):
        return ()
    for text in (path, *(value for key, value in query if key.lower() in ("doi", "id"))):
        found = re.search(rf"(?:^|/){DOI.pattern}", text)
        if found:
            return identifiers_for("doi", found[0])
    return ()


def _doi(found: str) -> str:
    doi = AFTER_DOI.sub("", found.lower().rstrip(".,;/"))
    if doi.startswith("10.1101/"):  # bioRxiv counts versions behind the DOI
        doi = re.sub(r"v\d+$", "", doi)
    while doi and doi[-1] in ")]}" and doi.count(doi[-1]) > doi.count("([{"[")]}".index(doi[-1])]):
        doi = doi[:-1]
    return doi[:200]


def _neurips(host: str, path: str) -> str:
    """Return number, or year and hash, of a paper in the proceedings.

    The hash is the MD5 of a number. Up to 2015 that is the number of the older addresses, which
    counts through all years; from 2016 on it begins anew every year, so a hash needs its year.
    """
    old = re.match(r"/paper/(\d+)(?![\d/])", path)
    if old:
        return old[1]
    new = re.search(r"/paper/(\d{4})/(?:hash|file)/([0-9a-f]{32})", path)
    if not new:
        return ""
    year, digest = new.groups()
    if int(year) <= LAST_YEAR_OF_ONE_NUMBERING and digest in _numbers():
        return _numbers()[digest]
    return f"{year}{'-datasets' if host.startswith('datasets') else ''}/{digest}"


@cache
def _numbers() -> dict[str, str]:
    numbers = (str(number) for number in range(1, HIGHEST_NUMBER))
    return {md5(n.encode(), usedforsecurity=False).hexdigest(): n for n in numbers}


def _isbn(value: str) -> str:
    """Return an ISBN of 13 digits; one of 10 is lengthened (ISO 2108)."""
    digits = re.sub(r"[\s-]", "", value).upper().removeprefix("ISBN").lstrip(":")
    if re.fullmatch(r"[0-9]{9}[0-9X]", digits):
        digits = "978" + digits[:9]
        total = sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(digits))
        return f"{digits}{-total % 10}"
    return digits if re.fullmatch(r"97[89][0-9]{10}", digits) else ""
