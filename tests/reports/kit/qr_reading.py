"""Reads QR codes of versions 1 and 2, level M, from what was painted: with nothing of the encoder's."""

from collections.abc import Iterator

ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
MASKS = [
    lambda i, j: (i + j) % 2 == 0,
    lambda i, _: i % 2 == 0,
    lambda _, j: j % 3 == 0,
    lambda i, j: (i + j) % 3 == 0,
    lambda i, j: (i // 2 + j // 3) % 2 == 0,
    lambda i, j: i * j % 2 + i * j % 3 == 0,
    lambda i, j: (i * j % 2 + i * j % 3) % 2 == 0,
    lambda i, j: ((i + j) % 2 + i * j % 3) % 2 == 0,
]
Box = tuple[float, float, float, float]


def modules(boxes: list[Box]) -> list[list[bool]]:
    """The grid behind painted boxes (x, upper y, width, height): a module is the height of a box."""
    unit = min(high for *_, high in boxes)
    left, top = min(x for x, *_ in boxes), min(y for _, y, *_ in boxes)
    count = round((max(y + high for _, y, _, high in boxes) - top) / unit)
    grid = [[False] * count for _ in range(count)]
    for x, y, wide, _ in boxes:
        row = round((y - top) / unit)
        first = round((x - left) / unit)
        for col in range(first, first + round(wide / unit)):
            grid[row][col] = True
    return grid


def read(grid: list[list[bool]]) -> str:
    """The words of a code."""
    size = len(grid)
    assert size in {21, 25}
    rows = [0, 1, 2, 3, 4, 5, 7, 8, *range(size - 7, size)]
    form = sum(grid[row][8] << n for n, row in enumerate(rows)) ^ 0x5412
    assert form >> 13 == 0  # level M
    mask = MASKS[form >> 10 & 7]
    bits = [grid[i][j] ^ mask(i, j) for i, j in _places(size)]
    return _words(bits)


def _places(size: int) -> Iterator[tuple[int, int]]:
    """Where the data are, in their order: two columns at a time from the right, up and down."""
    up = True
    for right in [*range(size - 1, 6, -2), 5, 3, 1]:
        for i in range(size - 1, -1, -1) if up else range(size):
            for j in (right, right - 1):
                if not _is_fixed(i, j, size):
                    yield i, j
        up = not up


def _is_fixed(i: int, j: int, size: int) -> bool:
    corner = (i < 9 and (j < 9 or j >= size - 8)) or (i >= size - 8 and j < 9)
    aligned = size == 25 and 16 <= i <= 20 and 16 <= j <= 20
    return corner or aligned or i == 6 or j == 6


def _words(bits: list[bool]) -> str:
    at = 0

    def take(count: int) -> int:
        nonlocal at
        found = int("".join("01"[bit] for bit in bits[at : at + count]), 2)
        at += count
        return found

    mode = take(4)
    if mode == 4:
        return bytes(take(8) for _ in range(take(8))).decode()
    if mode == 1:
        length = take(10)
        groups = [3] * (length // 3) + ([length % 3] if length % 3 else [])
        return "".join(f"{take((0, 4, 7, 10)[size]):0{size}}" for size in groups)
    assert mode == 2
    length, said = take(9), ""
    while len(said) + 1 < length:
        pair = take(11)
        said += ALPHANUMERIC[pair // 45] + ALPHANUMERIC[pair % 45]
    return said + (ALPHANUMERIC[take(6)] if len(said) < length else "")
