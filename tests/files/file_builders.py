"""Small files of every format, made by the tests themselves."""

from __future__ import annotations

import io
import itertools
import struct
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

TITLE = "한국과 우즈베키스탄, 디지털 정부 협력 양해각서 체결"
PARAGRAPHS = [
    "정부는 12일 타슈켄트에서 우즈베키스탄 디지털기술부와 전자정부 협력 양해각서를 체결했다고 밝혔다.",
    "양국은 공공 데이터 개방과 공무원 연수, 공동 연구센터 설립에 힘을 모으기로 했다. "
    "지원 규모는 500만 달러이다.",
    "장관은 “이번 협력이 중앙아시아 디지털 전환의 본보기가 되도록 하겠다”고 말했다.",
]
TABLE = [["구분", "내용"], ["사업 기간", "2024~2027년"]]

_FREE, _END, _FAT, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


def ole(streams: dict[str, bytes]) -> bytes:
    """An OLE file; names with `/` lie in a storage."""
    storages = sorted({name.split("/")[0] for name in streams if "/" in name})
    entries: list[dict[str, object]] = [{"name": "Root Entry", "type": 5, "data": b""}]
    children: dict[int, list[int]] = {0: []}
    for storage in storages:
        entries.append({"name": storage, "type": 1, "data": b""})
        children[0].append(len(entries) - 1)
        children[len(entries) - 1] = []
    for name, data in streams.items():
        folder, _, leaf = name.rpartition("/")
        entries.append({"name": leaf, "type": 2, "data": data})
        children[storages.index(folder) + 1 if folder else 0].append(len(entries) - 1)
    mini, mini_fat, sectors, fat = bytearray(), [], [], []

    def place(data: bytes) -> int:
        start = len(sectors)
        count = -(-len(data) // 512)
        for index in range(count):
            sectors.append(data[index * 512 : index * 512 + 512].ljust(512, b"\0"))
            fat.append(start + index + 1 if index + 1 < count else _END)
        return start if count else _END

    for entry in entries[1:]:
        data = bytes(entry["data"])  # type: ignore[call-overload]
        if entry["type"] != 2:
            entry["start"] = 0
        elif len(data) < 4096:
            entry["start"] = len(mini_fat) if data else _END
            count = -(-len(data) // 64)
            mini_fat += [len(mini_fat) + index + 1 if index + 1 < count else _END for index in range(count)]
            mini += data.ljust(count * 64, b"\0")
        else:
            entry["start"] = place(data)
    entries[0]["start"], entries[0]["data"] = place(bytes(mini)), bytes(mini)
    mini_fat_data = struct.pack(f"<{len(mini_fat)}L", *mini_fat)
    mini_fat_data = mini_fat_data.ljust(-(-len(mini_fat_data) // 512) * 512, b"\xff")
    mini_fat_start = place(mini_fat_data)
    links = {index: [_NONE, _NONE] for index in range(len(entries))}
    first = dict.fromkeys(range(len(entries)), _NONE)
    for parent, kids in children.items():
        ordered = sorted(
            kids, key=lambda kid: (len(str(entries[kid]["name"])), str(entries[kid]["name"]).upper())
        )
        first[parent] = ordered[0] if ordered else _NONE
        for kid, following in itertools.pairwise(ordered):
            links[kid][1] = following
    directory = b""
    for index, entry in enumerate(entries):
        name = (str(entry["name"]) + "\0").encode("utf-16-le")
        directory += struct.pack(
            "<64sHBBLLL16sLQQLQ",
            name, len(name), entry["type"], 1, *links[index], first[index], b"", 0, 0, 0,
            entry["start"], len(bytes(entry["data"])),  # type: ignore[call-overload]
        )  # fmt: skip
    directory_start = place(directory.ljust(-(-len(directory) // 512) * 512, b"\0"))
    fat_sectors = 1
    while fat_sectors * 128 < len(fat) + fat_sectors:
        fat_sectors += 1
    fat_start = len(sectors)
    fat += [_FAT] * fat_sectors
    fat += [_FREE] * (fat_sectors * 128 - len(fat))
    difat = list(range(fat_start, fat_start + fat_sectors)) + [_FREE] * (109 - fat_sectors)
    header = struct.pack(
        "<8s16sHHHHH6sLLLLLLLLLL",
        bytes.fromhex("d0cf11e0a1b11ae1"), b"", 0x3E, 3, 0xFFFE, 9, 6, b"", 0, fat_sectors,
        directory_start, 0, 4096, mini_fat_start, len(mini_fat_data) // 512, _END, 0, difat[0],
    ) + struct.pack("<108L", *difat[1:])  # fmt: skip
    return header + b"".join(sectors) + struct.pack(f"<{len(fat)}L", *fat)


def hwp_record(tag: int, level: int, payload: bytes) -> bytes:
    size = min(len(payload), 0xFFF)
    head = struct.pack("<L", tag | level << 10 | size << 20)
    return head + (struct.pack("<L", len(payload)) if size == 0xFFF else b"") + payload


def hwp_paragraph(text: str, level: int = 0, before: bytes = b"") -> bytes:
    payload = before + (text + "\r").encode("utf-16-le")
    return hwp_record(66, level, bytes(22)) + hwp_record(67, level + 1, payload)


def hwp_table(rows: Sequence[Sequence[str]], level: int = 0) -> bytes:
    """A paragraph that holds a table."""
    anchor = struct.pack("<H4s10sH", 11, b" lbt", bytes(8), 11)[:16]
    data = hwp_paragraph("", level, anchor)
    data += hwp_record(71, level + 1, b" lbt" + bytes(40)) + hwp_record(77, level + 2, bytes(30))
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            head = struct.pack("<HHLHHHH", 1, 0, 0, column, row, 1, 1) + bytes(26)
            data += hwp_record(72, level + 2, head) + hwp_paragraph(cell, level + 2)
    return data


def hwp_section(
    paragraphs: Sequence[str] = (TITLE, *PARAGRAPHS), table: Sequence[Sequence[str]] = TABLE
) -> bytes:
    return b"".join(hwp_paragraph(text) for text in paragraphs) + (hwp_table(table) if table else b"")


def deflated(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def hwp(section: bytes | None = None, flags: int = 1, **more: bytes) -> bytes:
    """A Hangul document; `flags` as in its file header."""
    body = hwp_section() if section is None else section
    body = deflated(body) if flags & 1 else body
    header = b"HWP Document File".ljust(32, b"\0") + struct.pack("<LL", 0x05000300, flags) + bytes(216)
    streams = {"FileHeader": header, "DocInfo": deflated(bytes(64))}
    if flags & 4:
        streams["BodyText/Section0"] = deflated(hwp_paragraph("이 문서는 배포용 문서입니다."))
        streams["ViewText/Section0"] = distribution(body)
    else:
        streams["BodyText/Section0"] = body
    return ole(streams | {name.replace("__", "/"): data for name, data in more.items()})


def distribution(body: bytes, seed: int = 0x1234ABCD) -> bytes:
    """A section as distribution documents hold it."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    key = b"0123456789abcdef"
    plain = bytearray(256)
    struct.pack_into("<L", plain, 0, seed)
    offset = 4 + (seed & 0xF)
    plain[offset : offset + 16] = key
    state, index = seed, 0
    while index < 256:
        state = (state * 214013 + 2531011) % 2**32
        mask = (state >> 16) & 0xFF
        state = (state * 214013 + 2531011) % 2**32
        for _ in range(((state >> 16) & 0xF) + 1):
            if 4 <= index < 256:
                plain[index] ^= mask
            index += 1
    encryptor = Cipher(algorithms.AES(key), modes.ECB()).encryptor()  # noqa: S305
    padded = body.ljust(-(-len(body) // 16) * 16, b"\0")
    return hwp_record(28, 0, bytes(plain)) + encryptor.update(padded) + encryptor.finalize()


def zipped(members: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx_p(text: str, style: str = "") -> str:
    head = (
        f'<w:pPr><w:pStyle w:val="{style}"/><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr>' if style else ""
    )
    return f'<w:p>{head}<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def docx(
    paragraphs: Sequence[str] = PARAGRAPHS,
    title: str | None = TITLE,
    extra: str = "",
    prolog: str = "",
    table: Sequence[Sequence[str]] = TABLE,
) -> bytes:
    rows = "".join(
        "<w:tr>" + "".join(f"<w:tc><w:tcPr/>{docx_p(cell)}</w:tc>" for cell in row) + "</w:tr>"
        for row in table
    )
    body = (
        (docx_p(title, "a3") if title else "")
        + "".join(map(docx_p, paragraphs))
        + f"<w:tbl>{rows}</w:tbl>{extra}"
    )
    document = (
        f'<?xml version="1.0" encoding="UTF-8"?>{prolog}<w:document {_W}><w:body>{body}</w:body></w:document>'
    )
    styles = f'<w:styles {_W}><w:style w:styleId="a3"><w:name w:val="Title"/></w:style></w:styles>'
    return zipped(
        {"[Content_Types].xml": "<Types/>", "word/document.xml": document, "word/styles.xml": styles}
    )


_HP = 'xmlns:hs="http://www.hancom.co.kr/hwpml/2011/section" xmlns:hp="http://www.hancom.co.kr/hwpml/2011/paragraph"'


def hwpx_p(text: str, inner: str = "") -> str:
    return f'<hp:p id="0"><hp:run charPrIDRef="0">{inner}<hp:t>{escape(text)}</hp:t></hp:run></hp:p>'


def hwpx(
    paragraphs: Sequence[str] = (TITLE, *PARAGRAPHS),
    extra: str = "",
    table: Sequence[Sequence[str]] = TABLE,
) -> bytes:
    rows = "".join(
        "<hp:tr>"
        + "".join(f"<hp:tc><hp:subList>{hwpx_p(cell)}</hp:subList></hp:tc>" for cell in row)
        + "</hp:tr>"
        for row in table
    )
    header = f"<hp:ctrl><hp:header><hp:subList>{hwpx_p('머리말')}</hp:subList></hp:header></hp:ctrl>"
    body = "".join(map(hwpx_p, paragraphs)) + hwpx_p("", header + f"<hp:tbl>{rows}</hp:tbl>") + extra
    members = {
        "mimetype": "application/hwp+zip",
        "Contents/section0.xml": f'<?xml version="1.0" encoding="UTF-8"?><hs:sec {_HP}>{body}</hs:sec>',
    }
    return zipped(members)


def pdf(pages: Sequence[Sequence[str]], encrypt: bool = False, title_size: int = 10) -> bytes:
    """A PDF with the given lines; its font is not embedded, a table tells the characters.

    The first line of all is set in `title_size`, all others in 10 points.
    """
    characters = sorted({character for lines in pages for line in lines for character in line})
    code = {character: number for number, character in enumerate(characters, 1)}
    ranges = "\n".join(
        f"<{number:04X}> <{character.encode('utf-16-be').hex()}>" for character, number in code.items()
    )
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{len(code)} beginbfchar\n{ranges}\nendbfchar endcmap end end"
    )
    kids = " ".join(f"{6 + index * 2} 0 R" for index in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [4 0 R] "
        b"/ToUnicode 5 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /DW 1000 /CIDSystemInfo "
        b"<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        _pdf_stream(cmap.encode()),
    ]
    for index, lines in enumerate(pages):
        codes = ["".join(f"{code[character]:04X}" for character in line) for line in lines]
        shown = "\n".join(
            f"BT /F {title_size if index == number == 0 else 10} Tf "
            f"1 0 0 1 50 {780 - 16 * number} Tm <{line}> Tj ET"
            for number, line in enumerate(codes)
        )
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 1200 842] /Contents {7 + index * 2} 0 R "
            "/Resources << /Font << /F 3 0 R >> >> >>".encode()
        )
        objects.append(_pdf_stream(shown.encode()))
    out, offsets = bytearray(b"%PDF-1.7\n"), []
    if encrypt:
        objects.append(
            b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <" + b"ab" * 32 + b"> /U <" + b"cd" * 32 + b"> >>"
        )
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    protection = b" /Encrypt %d 0 R /ID [<00> <00>]" % len(objects) if encrypt else b""
    out += b"trailer << /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        protection,
        start,
    )
    return bytes(out)


def _pdf_stream(data: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data)


def wrapped(text: str, width: int) -> list[str]:
    """Lines of so many Hangul letters, cut inside words too, as Korean text is set."""
    lines, used = [""], 0
    for character in text:
        size = 1 if character < "\u1100" else 2
        if used + size > width * 2 and character != " ":
            lines.append("")
            used = 0
        lines[-1] += character
        used += size
    return lines


def html(paragraphs: Sequence[str] = PARAGRAPHS, title: str = TITLE, charset: str = "utf-8") -> str:
    body = "".join(f"<p>{escape(text)}</p>" for text in paragraphs)
    links = "".join(f'<li><a href="/m{number}">메뉴 {number}</a></li>' for number in range(20))
    return (
        f'<!DOCTYPE html><html lang="ko"><head><meta charset="{charset}"><title>{escape(title)}</title>'
        f"<script>var x = '우간다 우간다';</script></head><body><nav><ul>{links}</ul></nav>"
        f"<article><h1>{escape(title)}</h1>{body}</article>"
        "<footer>저작권자 (c) 무단전재 금지</footer></body></html>"
    )


def workbook(path: Path | io.BytesIO, sheets: dict[str, Sequence[Sequence[object]]]) -> Path | io.BytesIO:
    import xlsxwriter

    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


def ods(rows: Sequence[Sequence[str]]) -> bytes:
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    space = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{space}office:1.0" '
        f'xmlns:table="{space}table:1.0" xmlns:text="{space}text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="s">{cells}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": "<m/>",
            "content.xml": content,
        }
    )


def xls(rows: Sequence[Sequence[str]]) -> bytes:
    """A workbook of Excel 97, with text cells only."""

    def record(kind: int, payload: bytes) -> bytes:
        return struct.pack("<HH", kind, len(payload)) + payload

    def text(value: str, size: str) -> bytes:
        return struct.pack(f"<{size}B", len(value), 1) + value.encode("utf-16-le")

    begin = record(0x809, struct.pack("<HHHHLL", 0x600, 5, 0, 1997, 0, 0))
    bound_size = 4 + 6 + len(text("s", "B"))
    sheet_at = len(begin) + bound_size + 4
    sheet = record(0x809, struct.pack("<HHHHLL", 0x600, 0x10, 0, 1997, 0, 0))
    sheet += record(0x200, struct.pack("<LLHHH", 0, len(rows), 0, len(rows[0]), 0))
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet += record(0x204, struct.pack("<HHH", number, column, 0) + text(value, "H"))
    book = begin + record(0x85, struct.pack("<LH", sheet_at, 0) + text("s", "B")) + record(0x0A, b"") + sheet
    return ole({"Workbook": (book + record(0x0A, b"")).ljust(5000, b"\0")})
