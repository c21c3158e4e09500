from papers.records import TopicRecord, TopicTree


def topic(pk, parent=None, *, has_papers=True):
    return TopicRecord(pk, f"t{pk}", f"Topic {pk}", parent, has_papers)


def test_a_topic_is_seen_when_one_below_it_has_papers():
    tree = TopicTree([topic(1, has_papers=False), topic(2, 1), topic(3, has_papers=False)])

    assert [tree.find(slug) for slug in ("t1", "t2", "t3")] == [
        topic(1, has_papers=False),
        topic(2, 1),
        None,
    ]


def test_paths_and_what_is_within():
    tree = TopicTree([topic(1), topic(2, 1), topic(3, 2), topic(4)])

    assert tree.path(topic(3, 2)) == [topic(1), topic(2, 1)]
    assert (tree.within(topic(1)), tree.within(topic(3, 2))) == ({1, 2, 3}, {3})
    assert [(depth, each.pk) for depth, each in tree.walk()] == [(0, 1), (1, 2), (2, 3), (0, 4)]


def test_topics_in_a_circle_end():
    tree = TopicTree([topic(1, 2), topic(2, 1)])

    assert tree.path(topic(1, 2)) == [topic(2, 1)]
    assert tree.within(topic(1, 2)) == {1, 2}
