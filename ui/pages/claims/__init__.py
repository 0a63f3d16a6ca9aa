"""Cover claims: every claim of a year, its split and what it waits for, and each school's half-days left."""
