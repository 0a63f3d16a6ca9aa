"""The fund: what comes into each purse and goes out of it, the plan, the years, and the Advisor's answers."""
