"""The window's frame. Importing it brings in neither the tables nor sqlmodel nor ReportLab."""
