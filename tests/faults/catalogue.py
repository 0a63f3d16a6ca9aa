"""All faults, in the order of safety.md section 5: those of every module here that has some."""

import importlib
import pkgutil

import tests.faults
from tests.faults.result import Fault

NOT_OURS = {"__main__", "catalogue", "test_faults"}


def _every() -> list[Fault]:
    names = {one.name for one in pkgutil.iter_modules(tests.faults.__path__)} - NOT_OURS
    modules = [importlib.import_module(f"tests.faults.{name}") for name in sorted(names)]
    return [fault for module in modules for fault in getattr(module, "FAULTS", ())]


FAULTS: tuple[Fault, ...] = tuple(sorted(_every(), key=lambda fault: fault.id))
