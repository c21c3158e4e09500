"""Which papers are alike, from their words, and where each stands on a map of all of them.

Only the command `relate_papers` imports it: scikit-learn takes 100 MB, which no web process has
to spare. Words are weighed by TF-IDF and compared by their cosine. The map is t-SNE (van der
Maaten and Hinton, 2008) of up to `LANDMARKS` papers; each of the others stands among the
landmarks it is nearest to. The same papers give the same answer.
"""

from collections.abc import Callable, Iterator
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, TfidfVectorizer
from sklearn.manifold import TSNE
from sklearn.preprocessing import normalize
from threadpoolctl import threadpool_limits

from papers.folding import fold

Floats: TypeAlias = NDArray[np.float32]
Progress: TypeAlias = Callable[[str, int, int], None]  # what is done, how many of how many

NEAREST = 8
LEAST = 0.1  # of likeness: below it two papers share a common word by chance
COMMON = 3_000  # papers: a word of more of them says little, and costs the square of it
LANDMARKS = 5_000
BLOCK = 200  # papers compared with all at once
DIMENSIONS = 50
FEWEST = 3  # papers, or words, of which a map would tell nothing
FLOOR = 0.08  # of the map's height, for papers that share no word with any other
GOLDEN = 2.399963  # radians between two steps of an even spiral: the golden angle


def weights(texts: Iterator[str], count: int) -> csr_matrix:
    """Return a row of word weights for each text, of length 1, or 0 when it shares no word."""
    vectorizer = TfidfVectorizer(
        preprocessor=fold,
        stop_words=sorted(ENGLISH_STOP_WORDS),
        token_pattern=r"(?u)\b\w\w+\b",
        min_df=2 if count > 1 else 1,
        max_df=COMMON,
        sublinear_tf=True,
        dtype=np.float32,
    )
    try:
        return csr_matrix(vectorizer.fit_transform(texts))
    except ValueError:  # no word stands in two texts
        return csr_matrix((count, 1), dtype=np.float32)


def nearest(rows: csr_matrix, progress: Progress) -> Iterator[list[tuple[int, float]]]:
    """Yield for each row those most like it, the best first, with how much: 1 is the same."""
    columns, count = rows.T.tocsc(), rows.shape[0]
    for first in range(0, count, BLOCK):
        found = (rows[first : first + BLOCK] @ columns).tocsr()
        for number in range(found.shape[0]):
            part = slice(found.indptr[number], found.indptr[number + 1])
            yield best(found.indices[part], found.data[part], first + number)
        progress("compared", min(first + BLOCK, count), count)


def best(others: NDArray[np.int32], scores: Floats, own: int) -> list[tuple[int, float]]:
    """Return the best of the scored others without `own`; of equals the earlier rows."""
    rounded = np.minimum(np.round(scores.astype(float), 4), 1)
    likely = (rounded >= LEAST) & (others != own)
    others, rounded = others[likely], rounded[likely]
    if len(others) > NEAREST:
        least = np.partition(rounded, -NEAREST)[-NEAREST]
        others, rounded = others[rounded >= least], rounded[rounded >= least]
    order = np.lexsort((others, -rounded))[:NEAREST]
    return [(int(others[each]), float(rounded[each])) for each in order]


def spots(rows: csr_matrix) -> list[tuple[float, float]]:
    """Return where each row stands on the map, from 0 to 1; no two in the same place."""
    placed = np.full((rows.shape[0], 2), np.nan)
    known = np.flatnonzero(rows.getnnz(axis=1))
    if len(known) > FEWEST and rows.shape[1] > FEWEST:
        placed[known] = framed(flat(dense(rows[known])))
    loners = np.flatnonzero(np.isnan(placed[:, 0]))
    placed[loners] = strip(len(loners), 1 if len(loners) == len(placed) else FLOOR)
    return apart(placed)


def dense(rows: csr_matrix) -> Floats:
    """Return the rows in a few dimensions that keep most of what tells them apart."""
    dimensions = min(DIMENSIONS, min(rows.shape) - 1)
    with threadpool_limits(1):  # sums of several threads end in other digits each time
        reduced = TruncatedSVD(dimensions, random_state=0).fit_transform(rows)
    return normalize(reduced).astype(np.float32)


def flat(points: Floats) -> Floats:
    """Return the points in two dimensions, those near each other again near each other."""
    chosen = np.arange(len(points))
    if len(points) > LANDMARKS:
        chosen = np.sort(np.random.default_rng(0).choice(chosen, LANDMARKS, replace=False))
    landmarks = points[chosen]
    tsne = TSNE(perplexity=min(30, (len(chosen) - 1) / 3), random_state=0, init="pca")
    with threadpool_limits(1):
        drawn = tsne.fit_transform(landmarks)
    if len(chosen) == len(points):
        return drawn
    placed = np.concatenate(
        [among(points[n : n + BLOCK], landmarks, drawn) for n in range(0, len(points), BLOCK)]
    )
    placed[chosen] = drawn
    return placed


def among(points: Floats, landmarks: Floats, drawn: Floats) -> Floats:
    """Return places between the three landmarks that each point is nearest to, by nearness."""
    likeness = points @ landmarks.T
    near = np.argsort(-likeness, axis=1, kind="stable")[:, :3]
    share = np.maximum(np.take_along_axis(likeness, near, axis=1), 1e-3) ** 4
    share /= share.sum(axis=1, keepdims=True)
    return np.einsum("pn,pnd->pd", share, drawn[near])


def framed(drawn: Floats) -> Floats:
    """Return places that fill the map above its floor."""
    low, high = drawn.min(axis=0), drawn.max(axis=0)
    inside = (drawn - low) / np.where(high > low, high - low, 1)
    inside[:, 1] *= 1 - FLOOR
    return inside


def strip(count: int, height: float) -> NDArray[np.float64]:
    """Return evenly spread places in the lowest part of the map."""
    across = max(1, round((count / height) ** 0.5))
    down = -(-count // across)
    number = np.arange(count)
    x, y = (number % across + 0.5) / across, (number // across + 0.5) / max(down, 1)
    return np.stack([x, 1 - height * (1 - y)], axis=1)


def apart(placed: NDArray[np.float64]) -> list[tuple[float, float]]:
    """Move what stands in a place already taken a little aside, along a spiral."""
    taken: dict[tuple[float, float], None] = {}  # in order
    tries: dict[tuple[float, float], int] = {}
    for x, y in placed:
        home = spot = (round(float(x), 4), round(float(y), 4))
        while spot in taken:
            step = tries[home] = tries.get(home, 0) + 1
            angle, radius = step * GOLDEN, 0.002 * step**0.5
            spot = (
                round(float(np.clip(home[0] + radius * np.cos(angle), 0, 1)), 4),
                round(float(np.clip(home[1] + radius * np.sin(angle), 0, 1)), 4),
            )
        taken[spot] = None
    return list(taken)
