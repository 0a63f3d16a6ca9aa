"""Tables at once; the classes are mapped to them when one is first used to read or save a row.

Most questions read tables alone, and so do all that Home asks. To map the classes takes a third of the time
in which they are declared: the window shows its data without.
"""

from threading import RLock
from typing import Any, dataclass_transform

from sqlalchemy import Table, inspection
from sqlmodel import Field, SQLModel
from sqlmodel.main import SQLModelMetaclass, default_registry


class _Unmapped:
    """The classes that still wait to be mapped."""

    def __init__(self) -> None:
        self.classes: list[tuple[type, Table]] = []
        self._lock, self._under_way = RLock(), False

    def map(self) -> None:
        """Map them all. Of two threads one does it while the other waits.

        Nothing is done a second time by SQLAlchemy's own asking about a class while it maps it.
        """
        with self._lock:
            if self._under_way or not self.classes:
                return
            self._under_way = True
            try:
                while self.classes:
                    default_registry.map_imperatively(*self.classes[0])
                    del self.classes[0]  # not before: as long as there is one, another thread waits
                default_registry.configure()
            finally:
                self._under_way = False


_unmapped = _Unmapped()


@dataclass_transform(kw_only_default=True, field_specifiers=(Field,))
class TableMeta(SQLModelMetaclass):
    """SQLModel's metaclass, which makes a class's table, but does not map the class yet."""

    def __init__(self, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **more: Any) -> None:
        if not more.get("table"):
            super().__init__(name, bases, namespace, **more)
            return
        model: Any = self
        columns = {field: getattr(self, field) for field in model.model_fields}
        for field, column in columns.items():
            column.key = column.name = field
        *parts, options = model.__table_args__
        model.__table__ = Table(model.__tablename__, SQLModel.metadata, *columns.values(), *parts, **options)
        _unmapped.classes.append((self, model.__table__))


@inspection._inspects(TableMeta)  # noqa: SLF001 -- by this SQLAlchemy finds out what a class is mapped to
def map_tables(_class: object = None) -> None:
    """Map the classes to their tables, if that has not been done. It happens by itself where one is used."""
    if _unmapped.classes:
        _unmapped.map()
