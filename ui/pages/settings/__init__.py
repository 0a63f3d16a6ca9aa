"""Settings: the cluster, the scheme's rules, the calendar, who does what, backups, looks and privacy."""
