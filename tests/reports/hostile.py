"""Texts that have broken workbooks, papers and pages before."""

HOSTILE = [
    "=1+1", "+1", "-1", "@SUM(1)", "=cmd|'/c calc'!A1", "'=1", "＝1", "{=1}", "#REF!", "00123", "1E5", "TRUE",
    "1-2", "14/3/2025", "https://a.example/", "mailto:x@y.example", "internal:Schools!A1", "_x0041_",
    "_x005F_", "x005F_", "_x000D_", "&lol;", "&#0;", "<b>x", "</t>", "]]>", "<!DOCTYPE x>", "EXAMPLE: x",
    "example:", " | ", "a | b", "a||b", "|", "\t=1", "two\nlines", "Łukasz Nguyễn Şule O'Brien-Smith",
    "مدرسة", "学校", "\U0001f9d1\u200d\U0001f52c", "e\u0301", "%s {0} ${x}", "'; DROP TABLE", '" OR ""="',
    "../../x", "Yes", "empty", "0", "None", "\u00a0x\u00a0", "a\u2028b", "\u202edlrow", "\ufeffbom", "\ud800",
    "\x1b[0m", "\x00", "ﬁ", "ß", "İ",
]  # fmt: skip
