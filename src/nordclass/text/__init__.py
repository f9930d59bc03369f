"""From raw text to a document: normalised characters, language, furniture, terms."""
