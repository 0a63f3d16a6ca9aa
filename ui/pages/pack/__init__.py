"""Review pack: what it holds, what it lacks, how it looks, and out it goes."""
