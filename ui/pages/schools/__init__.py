"""Schools and people: who belongs, who does what, what was said, declared, offered, awarded and planned."""
