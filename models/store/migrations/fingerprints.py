"""The fingerprint of every layout (schema.fingerprint), by number. Written by `make`; do not edit."""

FINGERPRINTS: dict[int, str] = {
    1: "0f61b584142e8f1aaad084d137840724cb5406b85178a71bfb3e582bf18e803e",
    2: "0a59b4ba3e3d32ed1e70eeb713352b15aed30bfafdc6735773d3a2fb2b89ee45",
    3: "24d9d1fa916da6734e5487d8c65fab51b4c725aa5681f74d3630bb61e19b1d82",
    4: "f0159a781899bc7ee68183652b804d5315caa4a16a6594a814e3aabcb0c7ee3f",
    5: "bbfddbcf3ca08b098e8b8eba67e1ee422e82bbd2a2dbe217ee9552274fb54e57",
}
