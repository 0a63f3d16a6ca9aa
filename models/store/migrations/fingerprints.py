"""The fingerprint of every layout (schema.fingerprint), by number. Written by `make`; do not edit."""

FINGERPRINTS: dict[int, str] = {
    1: "9771835c5ab2427561c14bbbf9a4e41dd515e68d8e161ff7f486c3d8e63071b2",
}
