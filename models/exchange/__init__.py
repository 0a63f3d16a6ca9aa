"""The post: what comes in. Parse, preview, then one transaction; nothing is saved unless all is well."""
