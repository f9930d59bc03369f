"""Bounds that keep hostile input within 300 MB of memory; generous for real documents."""

from __future__ import annotations

from typing import Final

MIB: Final = 1024 * 1024

HEAD_BYTES: Final = 64 * 1024
"""What is looked at to tell a file's kind."""

FILE_BYTES: Final = 512 * MIB
"""Largest file of a kind that must be open as a whole (zip, OLE, PDF, workbooks)."""

DOCUMENT_BYTES: Final = 16 * MIB
"""Largest text, Markdown or HTML file."""

TEXT_CHARS: Final = 1_500_000
"""Longest text of one document, whatever its format: some 500 pages.

Reading it takes little; labelling takes 130 bytes a character of an article and up to 350 where each sentence
names two countries, for its words and mentions are held with all that is asked of them.
"""

RECORD_CHARS: Final = 8 * MIB
"""Longest JSON line, JSON array element or CSV row."""

RECORD_NODES: Final = 500_000
"""Most brackets in a JSON record, most cells in a CSV row: each costs far more memory than its characters."""

COLUMNS: Final = 20_000
"""Most columns of a table; Excel stops at 16,384."""

MEMBER_BYTES: Final = 64 * MIB
"""What the members of one zip or OLE file that are read may inflate to, all together."""

ZIP_ENTRIES: Final = 20_000
"""Most members of a zip file."""

XML_DEPTH: Final = 500
"""Deepest nesting of XML elements."""

GZIP_BYTES: Final = 4096 * MIB
"""What a .gz may inflate to; tables are streamed, so this bounds time and not memory."""

GZIP_FREE_BYTES: Final = 64 * MIB
"""Up to here a .gz may inflate at any ratio."""

GZIP_RATIO: Final = 150
"""Beyond `GZIP_FREE_BYTES` only this many times its packed size: text packs 3-20 times, a bomb 1,000."""

WORKER_BYTES: Final = 200 * MIB
"""What a parser in a process of its own may take, its libraries included."""

WORKER_IDLE_BYTES: Final = 100 * MIB
"""What it may hold while it waits for the next file; one that grew beyond is replaced."""

WORKER_SECONDS: Final = 60
"""Longest wait for the next page, row batch or document of a parser."""

WORKER_JOBS: Final = 2_000
"""Files after which a parser process is replaced, against leaks."""

WORKER_MESSAGE_BYTES: Final = 128 * MIB
"""Largest message of a parser process."""
