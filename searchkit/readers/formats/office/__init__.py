"""Readers of the files of office programs: Word, OpenDocument, RTF, Excel."""
