"""Where countries and regions are named in a document."""
