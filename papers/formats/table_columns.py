"""The columns of a table of papers: which header means what, in the layouts that are known.

Of our own export, CMT, EasyChair, HotCRP, MiniConf, Zotero, Scopus, Web of Science, and of
tables made by hand in some languages.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from papers.entries import Refused
from papers.folding import fold

MOST_COLUMNS = 1000

HEADERS = {
    "key": "key; citation key; cite key; bibkey; bibtex key; citekey",
    "title": "title; paper title; titel; titre; titulo; titolo; tytul; article title; 标题;"
    " 论文标题;"
    " 题目; タイトル; 題名; 論文名; название; document title; title of paper; paper name; name;"
    " paper",
    "number": "#; uid; id; pid; paper id; paper number; submission; submission id; submission #;"
    " paper #; nr; number; no; paper",
    "code": "code",
    "authors": "authors; author; author names; author s; author full names; autoren; autor;"
    " autorinnen und autoren; auteurs; auteur; autores; autori; speakers; speaker; autorzy;"
    " 作者; 著者; авторы",
    "first": "first name; first; given name; given; vorname",
    "last": "last name; last; family name; family; surname; nachname",
    "affiliations": "affiliations; affiliation; author affiliations; institution; institutions;"
    " aff; author s with affiliations; organization; organisation",
    "abstract": "abstract; summary; abstract note; zusammenfassung; resume; resumen; riassunto;"
    " resumo; 摘要; 要旨; аннотация",
    "venue": "venue; conference; journal; booktitle; book title; publication title; source;"
    " source title; published in; publication; konferenz; zeitschrift; conference journal; revue;"
    " revista; rivista; conferencia; venue name; 会议; 期刊; 会議; журнал",
    "venue_short": "venue short; short venue; venue abbreviation; venue short name",
    "venue_kind": "venue kind",
    "details": "details",
    "year": "year; publication year; pub year; jahr; annee; ano; anno; rok; 年份; 年; год; date;"
    " datum",
    "month": "month; monat; mois; mes; mese; 月",
    "decision": "decision; status; paper status; acceptance; accept reject; verdict",
    "presentation": "presentation; presented as; presentation type; paper type; type of talk",
    "award": "award; awards; prize; preis",
    "alias": "alias; also called; acronym; model name",
    "is_workshop": "is workshop; workshop",
    "topics": "keywords; keyword; topics; topic; tags; subject areas; primary subject area;"
    " schlagworter; author keywords; manual tags; mots cles; palabras clave; area; 关键词;"
    " キーワード",
    "doi": "doi; digital object identifier; doi link",
    "arxiv": "arxiv; arxiv id; arxiv number; arxiv link; eprint",
    "openreview": "openreview; openreview id; forum; forum id",
    "isbn": "isbn",
    "pubmed": "pmid; pubmed; pubmed id",
    "identifiers": "identifiers",
    "url": "url; link; paper url; paper link; address; web; website; adresse; lien; enlace; page;"
    " web page; site; 链接; リンク; ссылка",
    "pdf": "pdf; pdf url; pdf link; paper pdf",
    "code_url": "code url; code link; github; repository; repo; source code; code address;"
    " demo url",
    "video": "video; video url; slideslive link; slideslive; talk video; presentation video;"
    " youtube",
    "slides": "slides; slides url; presentation slides",
    "project": "project; project page; project url; homepage; demo",
    "dataset": "dataset; data; dataset url; data url",
    "links": "links",
    "note": "note; notes; comment; comments; remark; remarks; anmerkung; bemerkung",
    "page": "pages; page range; seiten",
    "volume": "volume; vol; band",
    "issue": "issue",
    "publisher": "publisher; verlag; editeur",
    "deleted": "deleted; deleted?",
}
# Of each field the headers that mean it, the surest first.
RANKS = {
    field: {fold(header): rank for rank, header in enumerate(headers.split(";"))}
    for field, headers in HEADERS.items()
}
KNOWN = frozenset(header for ranks in RANKS.values() for header in ranks)


def mapped(headers: Sequence[str], chosen: Mapping[str, str]) -> dict[int, str]:
    """Return the field of each column by its place; `chosen` (header -> field) goes first.

    Raises Refused where no column holds titles, or two say that they do.
    """
    if len(headers) > MOST_COLUMNS:
        raise Refused(f"The table has {len(headers):,} columns; {MOST_COLUMNS:,} are the most.")
    strange = [field for field in chosen.values() if field and field not in HEADERS]
    if strange:
        raise Refused(f"There is no field “{strange[0]}”; there are {', '.join(HEADERS)}.")
    missing = [header for header in chosen if header not in headers]
    if missing:
        raise Refused(f"The table has no column “{missing[0]}”; {_named(headers)}.")
    columns = {place: chosen[name] for place, name in enumerate(headers) if chosen.get(name)}
    folded = {at: fold(name) for at, name in enumerate(headers) if name not in chosen}
    for field, ranks in RANKS.items():
        places = [at for at, name in folded.items() if name in ranks and at not in columns]
        if places and field not in columns.values():
            columns[min((ranks[folded[at]], at) for at in places)[1]] = field
    _refuse_twice(headers, columns, chosen)
    if "title" not in columns.values():
        raise Refused(
            f"No column holds the titles of papers; {_named(headers)}. Say which one does,"
            " or name it “title”."
        )
    return columns


def recognised(headers: Sequence[str]) -> int:
    """Return how many headers are known: which separator a table has shows in that."""
    return sum(fold(name) in KNOWN for name in headers)


def _refuse_twice(
    headers: Sequence[str], columns: Mapping[int, str], chosen: Mapping[str, str]
) -> None:
    counts = Counter(fold(name) for name in headers)
    for place, field in columns.items():
        name = headers[place]
        if counts[fold(name)] > 1 and name not in chosen:
            places = [str(at) for at, other in enumerate(headers, 1) if fold(other) == fold(name)]
            raise Refused(
                f"Columns {' and '.join(places)} are both named “{name}”, which is read as"
                f" {field}: name each column once."
            )
    for field, count in Counter(columns.values()).items():
        if count > 1:
            raise Refused(f"Two columns are chosen for {field}; choose one.")


def _named(headers: Sequence[str]) -> str:
    shown = ", ".join(f"“{name[:40]}”" for name in headers[:12])
    return f"its first row names {shown}{' and more' if len(headers) > 12 else ''}"
