"""Page furniture: what stands around an article on a saved page or in a pasted text, as spans."""
