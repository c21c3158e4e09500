"""Venues that are known by name: conferences, journals and preprint servers of our field.

A line is `short | name | other names`, with semicolons between those; the slug is the short name
folded. Years, numbers of editions and "Proceedings of the" are taken off before a name is
looked up, and "IEEE", "ACM" and small words do not count, so that no line repeats them.
"""

from dataclasses import dataclass

from papers.folding import fold
from papers.known_conferences import CONFERENCES

JOURNALS = """
JMLR | Journal of Machine Learning Research
TMLR | Transactions on Machine Learning Research
Proc. IEEE | Proceedings of the IEEE | PIEEE
TNN | IEEE Transactions on Neural Networks
FITEE | Frontiers of Information Technology & Electronic Engineering
IEEE SPM | IEEE Signal Processing Magazine | SPM
TPAMI | IEEE Transactions on Pattern Analysis and Machine Intelligence | PAMI; T-PAMI
IJCV | International Journal of Computer Vision
Pattern Recognition | Pattern Recognition | PR
TPDS | IEEE Transactions on Parallel and Distributed Systems
Neural Networks | Neural Networks | NN; NNs
PRL | Pattern Recognition Letters
TNNLS | IEEE Transactions on Neural Networks and Learning Systems
Neural Computation | Neural Computation | NECO
Machine Learning | Machine Learning | ML; Machine Learning Journal; MLJ
PLOS ONE | PLOS ONE | PLoS One
DSP | Digital Signal Processing
SIAM | SIAM
TACL | Transactions of the Association for Computational Linguistics
CL | Computational Linguistics
JAIR | Journal of Artificial Intelligence Research
AIJ | Artificial Intelligence | Artificial Intelligence Journal
Nature | Nature
Science | Science
PNAS | Proceedings of the National Academy of Sciences | Proceedings of the National Academy of \
Sciences of the United States of America
Nature Machine Intelligence | Nature Machine Intelligence
Nature Communications | Nature Communications
Nature Methods | Nature Methods
Scientific Reports | Scientific Reports
Cell | Cell
Bioinformatics | Bioinformatics
TIP | IEEE Transactions on Image Processing
TMM | IEEE Transactions on Multimedia
TCSVT | IEEE Transactions on Circuits and Systems for Video Technology
TSP | IEEE Transactions on Signal Processing
TIT | IEEE Transactions on Information Theory
TMI | IEEE Transactions on Medical Imaging
TKDE | IEEE Transactions on Knowledge and Data Engineering
TASLP | IEEE/ACM Transactions on Audio, Speech, and Language Processing
TRO | IEEE Transactions on Robotics | T-RO
RA-L | IEEE Robotics and Automation Letters | RAL
IJRR | International Journal of Robotics Research
TC | IEEE Transactions on Computers
TCAD | IEEE Transactions on Computer-Aided Design of Integrated Circuits and Systems
TVLSI | IEEE Transactions on Very Large Scale Integration Systems
JSSC | IEEE Journal of Solid-State Circuits
JSTSP | IEEE Journal of Selected Topics in Signal Processing
IEEE Micro | IEEE Micro
IEEE Access | IEEE Access
TCYB | IEEE Transactions on Cybernetics
TETCI | IEEE Transactions on Emerging Topics in Computational Intelligence
TEVC | IEEE Transactions on Evolutionary Computation
TOG | ACM Transactions on Graphics
TOCS | ACM Transactions on Computer Systems
TODS | ACM Transactions on Database Systems
TOIS | ACM Transactions on Information Systems
TIST | ACM Transactions on Intelligent Systems and Technology
TECS | ACM Transactions on Embedded Computing Systems
TACO | ACM Transactions on Architecture and Code Optimization
TOCHI | ACM Transactions on Computer-Human Interaction
CSUR | ACM Computing Surveys | Computing Surveys
CACM | Communications of the ACM
JACM | Journal of the ACM
PACMPL | Proceedings of the ACM on Programming Languages
IMWUT | Proceedings of the ACM on Interactive, Mobile, Wearable and Ubiquitous Technologies
PVLDB | Proceedings of the VLDB Endowment
VLDB Journal | The VLDB Journal
FnT ML | Foundations and Trends in Machine Learning
Neurocomputing | Neurocomputing
Information Sciences | Information Sciences
Knowledge-Based Systems | Knowledge-Based Systems | KBS
Expert Systems with Applications | Expert Systems with Applications | ESWA
Medical Image Analysis | Medical Image Analysis | MedIA
CVIU | Computer Vision and Image Understanding
IVC | Image and Vision Computing
JMIV | Journal of Mathematical Imaging and Vision
SIIMS | SIAM Journal on Imaging Sciences
SIMODS | SIAM Journal on Mathematics of Data Science
SISC | SIAM Journal on Scientific Computing
SIOPT | SIAM Journal on Optimization
SICOMP | SIAM Journal on Computing
Annals of Statistics | The Annals of Statistics | Ann. Statist.
JRSS B | Journal of the Royal Statistical Society: Series B
JASA | Journal of the American Statistical Association
Biological Cybernetics | Biological Cybernetics
Distill | Distill
NLE | Natural Language Engineering
LRE | Language Resources and Evaluation
Queue | ACM Queue
"""

BOOKS = "Book | Book"

PREPRINTS = """
arXiv | arXiv | CoRR; arXiv.org; arXiv preprint; arXiv e-prints; Computing Research Repository
bioRxiv | bioRxiv
medRxiv | medRxiv
SSRN | SSRN | SSRN Electronic Journal
ChemRxiv | ChemRxiv
TechRxiv | TechRxiv
"""


@dataclass(frozen=True, slots=True)
class KnownVenue:
    """A venue whose names are facts known here; `kind` is a value of VenueKind."""

    name: str
    short: str
    kind: str
    slug: str
    aliases: tuple[str, ...] = ()


def _known(kind: str, lines: str) -> list[KnownVenue]:
    venues = []
    for line in lines.strip().splitlines():
        short, name, *others = (part.strip() for part in line.split(" | "))
        aliases = tuple(alias.strip() for part in others for alias in part.split(";"))
        venues.append(KnownVenue(name, short, kind, fold(short).replace(" ", "-"), aliases))
    return venues


KNOWN: tuple[KnownVenue, ...] = (
    *_known("conference", CONFERENCES),
    *_known("journal", JOURNALS),
    *_known("book", BOOKS),
    *_known("preprint", PREPRINTS),
)
