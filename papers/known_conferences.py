"""Conferences that are known by name, as lines that `papers.known_venues` reads."""

CONFERENCES = """
NeurIPS | Conference on Neural Information Processing Systems | NIPS; Neural Information \
Processing Systems; Advances in Neural Information Processing Systems; Advances in NIPS; \
Advances in NeurIPS; International Conference on Neural Information Processing Systems
NeurIPS Datasets and Benchmarks | Neural Information Processing Systems Track on Datasets and \
Benchmarks | NeurIPS Datasets and Benchmarks Track; NeurIPS Track Datasets and Benchmarks
CVPR | IEEE/CVF Conference on Computer Vision and Pattern Recognition | Computer Vision and \
Pattern Recognition; Computer Society Conference on Computer Vision and Pattern Recognition
ICLR | International Conference on Learning Representations | Learning Representations
ICML | International Conference on Machine Learning
AAAI | AAAI Conference on Artificial Intelligence | National Conference on Artificial Intelligence
ECCV | European Conference on Computer Vision
ICCV | IEEE/CVF International Conference on Computer Vision
IJCAI | International Joint Conference on Artificial Intelligence | International Joint \
Conferences on Artificial Intelligence; IJCAI-ECAI; IJCAI-PRICAI
BMVC | British Machine Vision Conference
MLSys | Conference on Machine Learning and Systems | SysML; Machine Learning and Systems; \
Conference on Systems and Machine Learning
WACV | IEEE/CVF Winter Conference on Applications of Computer Vision | Workshop on Applications \
of Computer Vision
INTERSPEECH | Interspeech | Annual Conference of the International Speech Communication Association
EMNLP | Conference on Empirical Methods in Natural Language Processing | Empirical Methods in \
Natural Language Processing; EMNLP-IJCNLP; EMNLP-CoNLL; HLT-EMNLP
ICASSP | IEEE International Conference on Acoustics, Speech and Signal Processing
AISTATS | International Conference on Artificial Intelligence and Statistics | Artificial \
Intelligence and Statistics
KDD | ACM SIGKDD Conference on Knowledge Discovery and Data Mining | SIGKDD; ACM SIGKDD; \
SIGKDD International Conference on Knowledge Discovery and Data Mining; International Conference \
on Knowledge Discovery and Data Mining; Knowledge Discovery and Data Mining
ICNN | IEEE International Conference on Neural Networks
ISCA | International Symposium on Computer Architecture
CoNLL | Conference on Computational Natural Language Learning | Conference on Natural Language \
Learning; Computational Natural Language Learning
FPGA | International Symposium on Field-Programmable Gate Arrays | SIGDA International Symposium \
on Field-Programmable Gate Arrays
ASPLOS | International Conference on Architectural Support for Programming Languages and \
Operating Systems
BigComp | IEEE International Conference on Big Data and Smart Computing
IJCNN | International Joint Conference on Neural Networks
ACL | Annual Meeting of the Association for Computational Linguistics | Association for \
Computational Linguistics; Meeting of the Association for Computational Linguistics; ACL-IJCNLP
NAACL | Conference of the North American Chapter of the Association for Computational Linguistics \
| NAACL-HLT; HLT-NAACL; North American Chapter of the Association for Computational Linguistics
EACL | Conference of the European Chapter of the Association for Computational Linguistics | \
European Chapter of the Association for Computational Linguistics
AACL | Conference of the Asia-Pacific Chapter of the Association for Computational Linguistics | \
AACL-IJCNLP; Asia-Pacific Chapter of the Association for Computational Linguistics
Findings of ACL | Findings of the Association for Computational Linguistics | ACL Findings; EMNLP \
Findings; NAACL Findings; EACL Findings; Findings of EMNLP; Findings of NAACL; Findings of EACL
COLING | International Conference on Computational Linguistics | LREC-COLING
IJCNLP | International Joint Conference on Natural Language Processing
LREC | International Conference on Language Resources and Evaluation | Language Resources and \
Evaluation Conference
WMT | Conference on Machine Translation | Workshop on Statistical Machine Translation
EAMT | Conference of the European Association for Machine Translation
AMTA | Conference of the Association for Machine Translation in the Americas
MT Summit | Machine Translation Summit | MTSummit
IWSLT | International Conference on Spoken Language Translation | International Workshop on \
Spoken Language Translation
SemEval | International Workshop on Semantic Evaluation
*SEM | Joint Conference on Lexical and Computational Semantics | StarSEM
INLG | International Conference on Natural Language Generation
SIGDIAL | Meeting of the Special Interest Group on Discourse and Dialogue
RANLP | International Conference on Recent Advances in Natural Language Processing
HLT | Human Language Technology Conference | Human Language Technologies
TREC | Text REtrieval Conference
COLM | Conference on Language Modeling | Conference on Language Modelling
COLT | Conference on Learning Theory | Annual Conference on Computational Learning Theory; \
Conference on Computational Learning Theory
ALT | International Conference on Algorithmic Learning Theory | Algorithmic Learning Theory
UAI | Conference on Uncertainty in Artificial Intelligence | Uncertainty in Artificial Intelligence
ACML | Asian Conference on Machine Learning
ECML PKDD | European Conference on Machine Learning and Principles and Practice of Knowledge \
Discovery in Databases | ECML-PKDD; ECML; PKDD; European Conference on Machine Learning
LoG | Learning on Graphs Conference
CoLLAs | Conference on Lifelong Learning Agents
AutoML | International Conference on Automated Machine Learning | AutoML-Conf; AutoML Conference
MIDL | Medical Imaging with Deep Learning
MLHC | Machine Learning for Healthcare Conference
CHIL | Conference on Health, Inference, and Learning
CLeaR | Conference on Causal Learning and Reasoning
CPAL | Conference on Parsimony and Learning
SaTML | IEEE Conference on Secure and Trustworthy Machine Learning
ICANN | International Conference on Artificial Neural Networks
ESANN | European Symposium on Artificial Neural Networks
ICONIP | International Conference on Neural Information Processing of APNNS
ECAI | European Conference on Artificial Intelligence
AAMAS | International Conference on Autonomous Agents and Multiagent Systems | International \
Conference on Autonomous Agents and Multi-Agent Systems
ICAPS | International Conference on Automated Planning and Scheduling
AIES | AAAI/ACM Conference on AI, Ethics, and Society
FAccT | ACM Conference on Fairness, Accountability, and Transparency | FAT*; Conference on \
Fairness, Accountability and Transparency
KR | International Conference on Principles of Knowledge Representation and Reasoning
IAAI | Conference on Innovative Applications of Artificial Intelligence
GECCO | Genetic and Evolutionary Computation Conference
CEC | IEEE Congress on Evolutionary Computation
PPSN | International Conference on Parallel Problem Solving from Nature
CP | International Conference on Principles and Practice of Constraint Programming
SAT | International Conference on Theory and Applications of Satisfiability Testing
ICGI | International Conference on Grammatical Inference
ACCV | Asian Conference on Computer Vision
ICPR | International Conference on Pattern Recognition
ICIP | IEEE International Conference on Image Processing
ICME | IEEE International Conference on Multimedia and Expo
ACM MM | ACM International Conference on Multimedia | ACMMM; Multimedia; ACM Multimedia; MM
ICMR | International Conference on Multimedia Retrieval
3DV | International Conference on 3D Vision
FG | IEEE International Conference on Automatic Face and Gesture Recognition
MICCAI | International Conference on Medical Image Computing and Computer-Assisted Intervention \
| Medical Image Computing and Computer Assisted Intervention
ISBI | IEEE International Symposium on Biomedical Imaging
IPMI | International Conference on Information Processing in Medical Imaging
ICDAR | International Conference on Document Analysis and Recognition
MVA | International Conference on Machine Vision Applications
SIGGRAPH | ACM SIGGRAPH Conference | SIGGRAPH Conference Papers; Special Interest Group on \
Computer Graphics and Interactive Techniques Conference
SIGGRAPH Asia | ACM SIGGRAPH Asia Conference | SIGGRAPH Asia Conference Papers
ICRA | IEEE International Conference on Robotics and Automation
IROS | IEEE/RSJ International Conference on Intelligent Robots and Systems
RSS | Robotics: Science and Systems
CoRL | Conference on Robot Learning
HRI | ACM/IEEE International Conference on Human-Robot Interaction
ISRR | International Symposium of Robotics Research
ISER | International Symposium on Experimental Robotics
WAFR | Workshop on the Algorithmic Foundations of Robotics
L4DC | Learning for Dynamics and Control Conference | Learning for Dynamics and Control
CDC | IEEE Conference on Decision and Control
ACC | American Control Conference
WSDM | ACM International Conference on Web Search and Data Mining
WWW | The Web Conference | World Wide Web Conference; International World Wide Web Conference; \
TheWebConf; International Conference on World Wide Web; WebConf
SIGIR | International ACM SIGIR Conference on Research and Development in Information Retrieval \
| ACM SIGIR
CIKM | ACM International Conference on Information and Knowledge Management
ECIR | European Conference on Information Retrieval
RecSys | ACM Conference on Recommender Systems
ICDM | IEEE International Conference on Data Mining
SDM | SIAM International Conference on Data Mining
PAKDD | Pacific-Asia Conference on Knowledge Discovery and Data Mining
DSAA | IEEE International Conference on Data Science and Advanced Analytics
ICWSM | International AAAI Conference on Web and Social Media
ISWC | International Semantic Web Conference
ESWC | Extended Semantic Web Conference
JCDL | ACM/IEEE Joint Conference on Digital Libraries
ISMIR | International Society for Music Information Retrieval Conference
ASRU | IEEE Automatic Speech Recognition and Understanding Workshop
SLT | IEEE Spoken Language Technology Workshop
WASPAA | IEEE Workshop on Applications of Signal Processing to Audio and Acoustics
MLSP | IEEE International Workshop on Machine Learning for Signal Processing
EUSIPCO | European Signal Processing Conference
ISIT | IEEE International Symposium on Information Theory
SIGMOD | ACM SIGMOD International Conference on Management of Data | International Conference on \
Management of Data; ACM SIGMOD
VLDB | International Conference on Very Large Data Bases
ICDE | IEEE International Conference on Data Engineering
EDBT | International Conference on Extending Database Technology
PODS | ACM Symposium on Principles of Database Systems
CIDR | Conference on Innovative Data Systems Research
SOSP | ACM Symposium on Operating Systems Principles
OSDI | USENIX Symposium on Operating Systems Design and Implementation
NSDI | USENIX Symposium on Networked Systems Design and Implementation
USENIX ATC | USENIX Annual Technical Conference | ATC
EuroSys | European Conference on Computer Systems
SoCC | ACM Symposium on Cloud Computing
HotOS | Workshop on Hot Topics in Operating Systems
FAST | USENIX Conference on File and Storage Technologies
SIGCOMM | ACM SIGCOMM Conference
INFOCOM | IEEE International Conference on Computer Communications
IMC | ACM Internet Measurement Conference
MobiCom | ACM International Conference on Mobile Computing and Networking
MobiSys | ACM International Conference on Mobile Systems, Applications, and Services
SenSys | ACM Conference on Embedded Networked Sensor Systems
IPSN | International Conference on Information Processing in Sensor Networks
MICRO | IEEE/ACM International Symposium on Microarchitecture
HPCA | IEEE International Symposium on High-Performance Computer Architecture
SC | International Conference for High Performance Computing, Networking, Storage and Analysis | \
Supercomputing
ICS | International Conference on Supercomputing
PPoPP | ACM SIGPLAN Symposium on Principles and Practice of Parallel Programming
IPDPS | IEEE International Parallel and Distributed Processing Symposium
HPDC | International Symposium on High-Performance Parallel and Distributed Computing
ICPP | International Conference on Parallel Processing
PACT | International Conference on Parallel Architectures and Compilation Techniques
CGO | International Symposium on Code Generation and Optimization
PLDI | ACM SIGPLAN Conference on Programming Language Design and Implementation
POPL | ACM SIGPLAN Symposium on Principles of Programming Languages
OOPSLA | Conference on Object-Oriented Programming, Systems, Languages, and Applications
ICFP | International Conference on Functional Programming
ICSE | International Conference on Software Engineering
FSE | Symposium on the Foundations of Software Engineering | ESEC/FSE
ASE | International Conference on Automated Software Engineering
ISSTA | International Symposium on Software Testing and Analysis
MSR | International Conference on Mining Software Repositories
CAV | International Conference on Computer Aided Verification
TACAS | International Conference on Tools and Algorithms for the Construction and Analysis of \
Systems
LICS | Symposium on Logic in Computer Science
DAC | Design Automation Conference
DATE | Design, Automation and Test in Europe Conference
ICCAD | International Conference on Computer-Aided Design
ASP-DAC | Asia and South Pacific Design Automation Conference
ISSCC | IEEE International Solid-State Circuits Conference
ISCAS | IEEE International Symposium on Circuits and Systems
FCCM | International Symposium on Field-Programmable Custom Computing Machines
FPL | International Conference on Field-Programmable Logic and Applications
tinyML | tinyML Research Symposium
CCS | ACM Conference on Computer and Communications Security
S&P | IEEE Symposium on Security and Privacy | IEEE S&P; Oakland
USENIX Security | USENIX Security Symposium
NDSS | Network and Distributed System Security Symposium
EuroS&P | IEEE European Symposium on Security and Privacy
ACSAC | Annual Computer Security Applications Conference
ESORICS | European Symposium on Research in Computer Security
AISec | ACM Workshop on Artificial Intelligence and Security
CRYPTO | International Cryptology Conference
EUROCRYPT | International Conference on the Theory and Applications of Cryptographic Techniques
CHI | ACM Conference on Human Factors in Computing Systems | CHI Conference on Human Factors in \
Computing Systems
UIST | ACM Symposium on User Interface Software and Technology
CSCW | ACM Conference on Computer-Supported Cooperative Work and Social Computing
UbiComp | ACM International Joint Conference on Pervasive and Ubiquitous Computing
IUI | International Conference on Intelligent User Interfaces
HCOMP | AAAI Conference on Human Computation and Crowdsourcing
DIS | Designing Interactive Systems Conference
OzCHI | Australian Conference on Human-Computer Interaction
STOC | ACM Symposium on Theory of Computing
FOCS | IEEE Symposium on Foundations of Computer Science
SODA | ACM-SIAM Symposium on Discrete Algorithms
ICALP | International Colloquium on Automata, Languages, and Programming
ITCS | Innovations in Theoretical Computer Science Conference
EC | ACM Conference on Economics and Computation
PODC | ACM Symposium on Principles of Distributed Computing
SPAA | ACM Symposium on Parallelism in Algorithms and Architectures
"""
