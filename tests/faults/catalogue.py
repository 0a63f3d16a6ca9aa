"""All faults, in the order of safety.md section 5."""

from tests.faults import failing, killing, power
from tests.faults.result import Fault

FAULTS: tuple[Fault, ...] = tuple(
    sorted(
        (fault for module in (killing, power, failing) for fault in module.FAULTS), key=lambda fault: fault.id
    )
)
