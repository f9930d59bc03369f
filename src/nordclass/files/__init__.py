"""Formats in, formats out: documents from files of any kind, and results into files that people can open."""

from nordclass.files.options import ReadOptions
from nordclass.files.read import expand, read
from nordclass.files.record import Record, Unreadable
from nordclass.files.write import OutputError, Writer, open_writer

__all__ = ["OutputError", "ReadOptions", "Record", "Unreadable", "Writer", "expand", "open_writer", "read"]
