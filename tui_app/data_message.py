"""Messages that carry something. A start defines thirty: as dataclasses they would cost it as long as a whole day."""

from __future__ import annotations

from inspect import get_annotations
from typing import ClassVar

from textual.message import Message
from typing_extensions import dataclass_transform, override


@dataclass_transform()
class DataMessage(Message):
    """A message whose annotated attributes are its arguments, in their order; those that have a value may be left out.

    Raises TypeError for an argument too many, too few, or of another name.
    """

    _fields: ClassVar[tuple[str, ...]] = ()

    @override
    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls._fields = (*cls._fields, *get_annotations(cls))

    def __init__(self, *values: object, **named: object) -> None:
        super().__init__()
        given = dict(zip(self._fields, values, strict=False)) | named
        missing = [name for name in self._fields if name not in given and not hasattr(type(self), name)]
        if missing or len(given) < len(values) + len(named) or not given.keys() <= {*self._fields}:
            raise TypeError(f"{type(self).__name__} takes {self._fields}, not {values} and {named}")
        vars(self).update(given)
