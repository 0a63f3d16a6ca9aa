"""The impact page: aims, evidence, confidence, projects, activities, shared documents, partners."""
