"""What the everyday papers print: each a frozen answer of one moment, asked in a session."""
