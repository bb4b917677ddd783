"""Words at marks that are close together stand below each other."""

from ui.charts import marks


def test_marks_that_follow_each_other_have_words_in_rows_of_their_own():
    drawn = marks.layers([(140, "in"), (82, "paused"), (99, "out"), (99, "paused"), (150, "end")])
    rule, *rows = drawn
    assert [one["step"] for one in rule["data"]["values"]] == [82, 99, 140, 150]
    heights = [row["encoding"]["y"]["value"] for row in rows]
    assert len(set(heights)) == marks.ROWS and heights == sorted(heights)
    words = [[one["mark"] for one in row["data"]["values"]] for row in rows]
    assert words == [["paused", "end"], ["out · paused"], ["in"]]


def test_without_marks_nothing_is_drawn_and_one_mark_has_one_row():
    assert marks.layers([]) == []
    assert [one["mark"]["type"] for one in marks.layers([(5, "x")])] == ["rule", "text"]
