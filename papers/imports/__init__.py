"""How a file of papers becomes rows; `papers.importing` is the door, with `preview` and `apply`.

1. `checks`: a row that no table can hold refuses the whole file.
2. `claims`: what a row says of a paper in a normal form, with `venues` and topics as `knowing`
   has them; `base` is what the last import of the same list and source said.
3. `drafting`: `matching` finds which row was which then, `works` which work each row tells of;
   `laying` and `claims` compare three ways: then, now, here. Nothing is written so far.
4. `near_rows` finds what a person should look at, by `nearness`.
5. `plans`: the draft as plain values. Applying drafts again, and refuses when it differs.
6. `paper_writing` (with `credits` for authors), then `list_writing` (with `headings` and `order`),
   a thousand rows at a time, and at last `base` again, for the next import.
"""
