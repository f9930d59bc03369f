"""The look of a title: how long it may be, and what stands between it and the name of its site."""

from __future__ import annotations

from typing import Final

LONGEST_TITLE: Final = 150
"""Maximum characters of a line that may be a title."""
JOINT: Final = r"\s*(?:::|[|»›<>])\s*|\s+[-–—:·]\s+"
"""Regular expression of what joins the parts of a page's title: Title - Site, Title :: Section | Site."""
