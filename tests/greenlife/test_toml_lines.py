"""The line of a key: found in tables, arrays of tables and below them, else that of the nearest table around it."""

import pytest

from greenlife.toml_lines import line_of

TEXT = '''\
# a comment = 1
code = "x"
titles = { zh-CN = "甲", en = "A" }

[source.one]
url = "here"
note = """
[source.two]
url = "not a key"
"""

[[parameter]]
id = "a"

[[parameter.rejected]]
value = "1"

[[parameter]]  # the second
id = "b"
unit = "kg"

[[parameter.rejected]]
value = "2"
[[parameter.rejected]]
"quoted" = 3
value = "4"
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("code", 2),
        ("titles.zh-CN", 3),
        ("source.one", 5),
        ("source.one.note", 7),
        ("source.two.url", None),
        ("parameter[1].id", 13),
        ("parameter[1].rejected[1].value", 16),
        ("parameter[2]", 18),
        ("parameter[2].unit", 20),
        ("parameter[2].missing", 18),
        ("parameter[2].rejected[1].value", 23),
        ("parameter[2].rejected[2].value", 26),
        ("parameter[2].rejected[2].quoted", 25),
        ("parameter[3].id", None),
        ("nothing", None),
        ("", None),
    ],
)
def test_the_line_of_a_key(path: str, line: int | None) -> None:
    assert line_of(TEXT, path) == line
