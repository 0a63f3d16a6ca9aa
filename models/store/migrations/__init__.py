"""The file's layouts, one number each, and the scripts that lead from one to the next.

To change the layout: change `models/tables/`, run `python -m models.store.migrations.make "What changes"`,
read the script it wrote, run the tests of the store. Never change a script that has been released.
"""

FINGERPRINTS: dict[int, str] = {
    1: "",
}
"""Each layout's fingerprint (schema.fingerprint), written by `make`. The greatest number is the newest."""
