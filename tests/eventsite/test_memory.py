from eventsite.memory import Memory


def shout(word):
    return word.upper()


def weigh(word, made):
    return len(word) + len(made)


def test_what_is_remembered_is_made_once():
    memory = Memory(shout, weigh, 100)

    found = [memory(word) for word in ("a", "b", "a", "a")]

    assert (found, memory.count) == (["A", "B", "A", "A"], 2)


def test_least_lately_used_makes_room():
    memory = Memory(shout, weigh, 4)  # two letters, and what was made of them

    for word in ("a", "b", "a", "c", "a", "b"):
        memory(word)

    assert (memory.count, memory.size) == (4, 4)  # only "b" was made again


def test_what_is_larger_than_the_room_is_not_kept():
    memory = Memory(shout, weigh, 4)

    assert [memory("abc"), memory("abc"), memory.size] == ["ABC", "ABC", 0]


def test_forgotten_is_made_again():
    memory = Memory(shout, weigh, 100)
    memory("a")

    memory.forget()
    memory("a")

    assert (memory.count, memory.size) == (2, 2)
