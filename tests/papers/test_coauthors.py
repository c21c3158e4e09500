"""The ring of those who write with somebody."""

from papers.coauthors import MOST, Human, ring

ADA, GRACE, ALAN, EMMY = (
    Human(number, name, f"/papers/authors/{name}/")
    for number, name in enumerate(["Ada", "Grace", "Alan", "Emmy"], start=1)
)


def counted(found):
    return [(each.number, each.human.name, each.count) for each in found.people]


def test_the_most_frequent_come_first():
    placed = [(1, ADA), (1, GRACE), (1, ALAN), (2, ADA), (2, GRACE), (3, ADA), (3, EMMY)]

    assert counted(ring(ADA.pk, placed)) == [(1, "Grace", 2), (2, "Alan", 1), (3, "Emmy", 1)]


def test_a_paper_counts_once_however_often_it_names_somebody():
    assert counted(ring(ADA.pk, [(1, ADA), (1, GRACE), (1, GRACE)])) == [(1, "Grace", 1)]


def test_a_line_joins_two_who_share_a_paper():
    found = ring(ADA.pk, [(1, GRACE), (1, ALAN), (2, GRACE), (2, ALAN), (3, EMMY)])

    first, second, _third = found.people
    assert [(t.x1, t.y1, t.x2, t.y2) for t in found.ties] == [
        (first.x, first.y, second.x, second.y)
    ]


def test_the_first_stands_at_the_top_and_all_stand_in_the_picture():
    found = ring(ADA.pk, [(1, GRACE), (2, GRACE), (2, ALAN), (2, EMMY)])

    assert (found.people[0].x, found.people[0].y) == (200, 30)
    assert [p for p in found.people if not (p.radius <= p.x <= found.size - p.radius)] == []


def test_who_has_no_place_on_the_ring_is_counted():
    crowd = [(1, Human(number, f"N{number}", "")) for number in range(2, MOST + 5)]

    found = ring(1, crowd)

    assert (len(found.people), found.others) == (MOST, 3)


def test_who_writes_alone_has_no_ring():
    assert ring(ADA.pk, [(1, ADA), (2, ADA)]) is None
