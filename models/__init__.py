"""What is true: tables, rules, services, queries and the file. No Qt, no ReportLab."""
