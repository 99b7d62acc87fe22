"""Documents that several tests index, and the counts of an update."""

from __future__ import annotations

from searchkit import Changes, Document

SCHOOL = Document(id="a", title="Жаңа мектеп", text="Түркістанда жаңа мектеп ашылды.", language="kk")
THEATRE = Document(id="b", title="Премьера", text="В театре прошла премьера оперы.", language="ru")


def counts(changes: Changes) -> tuple[int, int, int, int]:
    return changes.added, changes.changed, changes.removed, changes.unchanged
