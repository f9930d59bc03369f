"""One article written in every format that is read, as the programs of users write it."""

# ruff: noqa: E501 - the lines are those of the pages

from __future__ import annotations

import csv
import gzip
import io
import json
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from pathlib import Path

import file_builders as make

# What CP949 does not have, and what people then type; the rest of an article is left as it is.
_OLD_MARKS = str.maketrans("—–−•©›▸☰", "―-－·ⓒ>▶≡")
_LINES_A_PAGE = 45


@dataclass(frozen=True, slots=True)
class Article:
    """A title, a body with paragraphs one or two line breaks apart, and its language."""

    title: str
    text: str
    language: str

    @property
    def paragraphs(self) -> list[str]:
        """All lines that are not blank."""
        return [line.strip() for line in self.text.splitlines() if line.strip()]


def plain(article: Article) -> str:
    """The article as text."""
    return f"{article.title}\n\n{article.text}"


def is_cp949(article: Article) -> bool:
    """Whether the article can be written in CP949, with the signs that people then use."""
    try:
        plain(article).translate(_OLD_MARKS).encode("cp949")
    except UnicodeEncodeError:
        return False
    return True


def page(article: Article, charset: str = "utf-8", *, is_old: bool = False) -> str:
    """The article in the page of an outlet; an old one has tables and nothing that says what is what."""
    new = _KOREAN_PAGE if article.language == "ko" else _ENGLISH_PAGE
    return (_OLD_PAGES[article.language] if is_old else new).format(
        charset=charset,
        title=escape(article.title),
        body="\n".join(
            f"<p>{escape(part).replace(chr(10), '<br>')}</p>" for part in article.text.split("\n\n")
        ),
    )


def pdf_pages(article: Article) -> list[list[str]]:
    """The article set in lines, Korean words cut at their ends as word processors do."""
    lines: list[str] = [article.title]
    for paragraph in article.paragraphs:
        lines += (
            make.wrapped(paragraph, 38) if article.language == "ko" else textwrap.wrap(paragraph, 76)
        ) or [""]
    return [lines[at : at + _LINES_A_PAGE] for at in range(0, len(lines), _LINES_A_PAGE)]


def _rows(article: Article) -> list[list[str]]:
    names = ["번호", "제목", "본문"] if article.language == "ko" else ["no", "Title", "Body"]
    return [names, ["1", article.title, article.text]]


def _delimited(article: Article, delimiter: str) -> str:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter).writerows(_rows(article))
    return stream.getvalue()


def _jsonl(article: Article) -> bytes:
    return (json.dumps({"title": article.title, "text": article.text}) + "\n").encode()


def _json(article: Article) -> bytes:
    return json.dumps([{"제목": article.title, "내용": article.text}], ensure_ascii=False, indent=1).encode()


def _xlsx(article: Article) -> bytes:
    stream = io.BytesIO()
    make.workbook(stream, {"안내": [["설명"]], "자료": _rows(article)})
    return stream.getvalue()


def _parquet(article: Article) -> bytes:
    import pyarrow
    import pyarrow.parquet

    stream = io.BytesIO()
    pyarrow.parquet.write_table(
        pyarrow.table({"title": [article.title], "content": [article.text]}), stream, compression="zstd"
    )
    return stream.getvalue()


def _packed(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


def _section(article: Article) -> bytes:
    return make.hwp_section([article.title, *article.paragraphs], [])


WRITERS: dict[str, Callable[[Article], bytes]] = {
    "utf-8.txt": lambda a: plain(a).encode(),
    "bom.txt": lambda a: plain(a).replace("\n", "\r\n").encode("utf-8-sig"),
    "cp949.txt": lambda a: plain(a).translate(_OLD_MARKS).encode("cp949"),
    "utf-16.txt": lambda a: plain(a).encode("utf-16"),
    "utf-16-be.txt": lambda a: plain(a).encode("utf-16-be"),
    "article.md": lambda a: f"# {a.title}\n\n{a.text}\n".encode(),
    "page.html": lambda a: page(a).encode(),
    "page-cp949.html": lambda a: page(a, "euc-kr").translate(_OLD_MARKS).encode("cp949", "xmlcharrefreplace"),
    "old-page.html": lambda a: page(a, is_old=True).encode(),
    "article.hwp": lambda a: make.hwp(_section(a)),
    "distribution.hwp": lambda a: make.hwp(_section(a), flags=5),
    "article.hwpx": lambda a: make.hwpx([a.title, *a.paragraphs], table=[]),
    "article.docx": lambda a: make.docx(a.paragraphs, a.title, table=[]),
    "untitled.docx": lambda a: make.docx([a.title, *a.paragraphs], None, table=[]),
    "article.pdf": lambda a: make.pdf(pdf_pages(a), title_size=13),
    "one-size.pdf": lambda a: make.pdf(pdf_pages(a)),
    "article.jsonl": _jsonl,
    "article.json": _json,
    "article.csv": lambda a: _delimited(a, ",").encode("utf-8-sig"),
    "cp949.csv": lambda a: _delimited(a, ",").translate(_OLD_MARKS).encode("cp949"),
    "article.tsv": lambda a: _delimited(a, "\t").encode("utf-16"),
    "article.xlsx": _xlsx,
    "article.ods": lambda a: make.ods(_rows(a)),
    "article.xls": lambda a: make.xls(_rows(a)),
    "article.parquet": _parquet,
    "article.txt.gz": lambda a: _packed(plain(a).encode()),
    "article.jsonl.gz": lambda a: _packed(_jsonl(a)),
    "article.docx.gz": lambda a: _packed(make.docx(a.paragraphs, a.title, table=[])),
}
"""By the name of the file that holds what they write."""


def write_all(folder: Path, article: Article) -> list[Path]:
    """A file of each format; none in CP949 for an article that it cannot hold."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, write in WRITERS.items():
        if name.startswith("cp949") and not is_cp949(article):
            continue
        path = folder / name
        path.write_bytes(write(article))
        paths.append(path)
    return paths


_KOREAN_PAGE = """<!DOCTYPE html>
<html lang="ko">
<head>
<meta charset="{charset}">
<title>{title} - 남도물결신문</title>
<meta property="og:title" content="{title}">
<meta property="og:site_name" content="남도물결신문">
<meta property="og:type" content="article">
<script>var dataLayer = [{{"section": "우간다"}}];</script>
<style>.gnb {{ float: left; }}</style>
</head>
<body>
<header>
<div class="util"><a href="/login">로그인</a> | <a href="/join">회원가입</a> | <a href="/paper">지면보기</a></div>
<nav class="gnb"><ul><li><a href="/p">정치</a></li><li><a href="/e">경제</a></li><li><a href="/w">국제</a></li>
<li><a href="/w/africa">아프리카</a></li><li><a href="/s">스포츠</a></li></ul></nav>
<div class="weather">서울 19℃ 맑음 · 도쿄 22℃ 비 · 하노이 31℃ 흐림</div>
</header>
<div class="container">
<article class="article-view">
<header class="article-head"><h1 class="headline">{title}</h1>
<div class="info"><span class="byline">나도윤 기자</span> <span class="date">입력 2024.03.12 09:15</span></div>
<div class="sns"><a href="#">페이스북</a><a href="#">카카오톡</a><a href="#">URL복사</a></div></header>
<div class="article-body" itemprop="articleBody">
{body}
</div>
<p class="copyright">Copyright ⓒ 남도물결신문 무단전재 및 재배포 금지</p>
</article>
<aside class="side"><h3>많이 본 뉴스</h3><ol><li><a href="/1">페루 안초비 값 또 올랐다</a></li>
<li><a href="/2">러시아 대게 경매 현장 가보니</a></li><li><a href="/3">이란 핵협상 다시 열리나</a></li></ol></aside>
<section class="related"><h3>관련기사</h3><ul><li><a href="/4">칠레 총선 결과</a></li>
<li><a href="/5">몽골 초원에 부는 바람</a></li></ul></section>
<div class="comments">댓글 12 <a href="/c">댓글쓰기</a> 욕설, 비방 댓글은 삭제될 수 있습니다.</div>
</div>
<footer><a href="/privacy">개인정보처리방침</a> <a href="/youth">청소년보호정책</a>
<address>부산광역시 | 발행인 소하늘 | 전화 051-000-1234</address></footer>
</body>
</html>
"""

_ENGLISH_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="{charset}">
<title>{title} | Delta Courier</title>
<meta property="og:title" content="{title}">
<meta property="og:site_name" content="Delta Courier">
<meta property="og:type" content="article">
<script type="application/ld+json">{{"@type": "NewsArticle", "keywords": ["Uganda", "oil"]}}</script>
</head>
<body>
<a class="skip" href="#main">Skip to main content</a>
<header><nav><ul><li><a href="/news">News</a></li><li><a href="/world">World</a></li><li><a href="/africa">Africa</a></li>
<li><a href="/business">Business</a></li><li><a href="/opinion">Opinion</a></li></ul></nav>
<div class="weather">Da Nang 33°C | Tokyo 22°C</div></header>
<main id="main">
<article>
<h1>{title}</h1>
<p class="byline">By Our Correspondent</p>
<p class="meta"><time datetime="2024-05-03">Published 3 May 2024 14:20</time></p>
<div class="share"><a href="#">Facebook</a> <a href="#">X</a> <a href="#">WhatsApp</a> <a href="#">Print</a></div>
<div class="story-body">
{body}
</div>
</article>
<aside class="related"><h2>Related stories</h2><ul><li><a href="/a">Thai islands cap number of boats</a></li>
<li><a href="/b">Where to eat pho in Prague</a></li></ul></aside>
<aside class="popular"><h2>Most read</h2><ol><li><a href="/c">Gold price today</a></li>
<li><a href="/d">Malaysia floods</a></li></ol></aside>
</main>
<footer><p>© 2024 Delta Courier. All rights reserved.</p><a href="/terms">Terms of use</a> <a href="/privacy">Privacy</a></footer>
</body>
</html>
"""

_OLD_PAGES = {
    "ko": """<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}">
<title>파도경제 :: {title}</title></head>
<body><table width="900"><tr><td><a href="/">홈</a> | <a href="/e">증권</a> | <a href="/b">은행</a> | <a href="/p">부동산</a></td></tr>
<tr><td><font size="2">코스피 2,557.08 ▲ 원/달러 1,326.7 ▼</font></td></tr></table>
<table width="900"><tr><td width="600" valign="top"><div id="articleTitle"><b>{title}</b></div>
<div id="date">기사입력 2024-04-29 18:05 | 댓글 22</div>
<div id="articleBody">
{body}
</div>
<div>나도윤 기자 doyun@pado.example.kr</div></td>
<td width="300" valign="top"><b>주요뉴스</b><br><a href="/1">인도네시아 전자정부 수주전</a><br>
<a href="/2">페루 공공클라우드 동향</a><br><a href="/3">이란 핵협상</a></td></tr></table>
<center>(c) 파도경제 무단전재 금지 <a href="/x">이용약관</a></center></body></html>
""",
    "en": """<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}">
<title>{title} - Harbour Gazette Online</title></head>
<body><table><tr><td><a href="/">Home</a> | <a href="/n">News</a> | <a href="/s">Sport</a> | <a href="/w">Weather</a></td></tr></table>
<table><tr><td width="150"><a href="/1">Gold price today</a><br><a href="/2">Malaysia floods</a></td>
<td><h2>{title}</h2><i>By Our Correspondent</i>
<div class="text">
{body}
</div></td></tr></table>
<p align="center">Copyright (c) 2024 Harbour Gazette. All rights reserved. <a href="/c">Contact us</a></p></body></html>
""",
}
