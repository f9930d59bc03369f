"""Web pages: the title and the article of an HTML file."""
