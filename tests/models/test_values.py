"""A value made from another keeps all that is not changed."""

from dataclasses import dataclass

import pytest
from msgspec import Struct

from models.values import replace


class Fact(Struct, frozen=True):
    school: str
    pence: int = 0


@dataclass(frozen=True)
class Older:
    school: str
    pence: int = 0


@pytest.mark.parametrize("kind", [Fact, Older])
def test_a_value_made_from_another_differs_in_what_was_changed_alone(kind: type) -> None:
    value = kind("Ash Lane", 5)
    assert replace(value, pence=7) == kind("Ash Lane", 7)
    assert value == kind("Ash Lane", 5)
    with pytest.raises(TypeError):
        replace(value, pounds=7)
