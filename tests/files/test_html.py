"""Web pages: which text is the article, and which line its headline."""
# ruff: noqa: E501 - lines of pages

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from nordclass.files import Record, read
from nordclass.files.html.extract import extract

HEADLINE = "제3차 한-누리섬 양식 협력 실무회의 결과"
LEAD = "해양수산부는 누리섬 수산청과 함께 양식장 열두 곳을 새로 열었다고 5일 밝혔다."
BODY = (
    "두 기관은 앞으로 3년간 어가 400곳에 물고기를 보급하고 양식 기술을 교육한다. 사료 공장도 짓는다.",
    "2016년부터 현지 바다에 맞는 품종 네 가지를 골라 시험해 왔다. 두 품종은 재래종보다 빨리 자랐다.",
    "양식장에는 수질 측정 시설과 저온 창고가 들어섰고, 연구원 열두 명이 국내에서 질병 관리 교육을 받았다.",
)
ARTICLE = [LEAD, *BODY]
OTHERS = ("이웃 나라와 철도 협정 서명", "바다 건너 병원 개원식 열려", "먼 나라 총리 방한, 원전 협력 논의")


def paragraphs(texts: list[str] | tuple[str, ...] = BODY) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def page(body: str, title: str = HEADLINE, head: str = "") -> str:
    return f"<html><head><meta charset=utf-8><title>{title}</title>{head}</head><body>{body}</body></html>"


def extracted(tmp_path: Path, html: str) -> tuple[str | None, list[str]]:
    path = tmp_path / "a.html"
    path.write_text(html, encoding="utf-8")
    (found,) = extract(path, {})
    return found["title"], (found["text"] or "").splitlines()


GENERIC = [
    "보도자료 상세보기 | 보도자료 | 물결부",
    f"{HEADLINE} 상세보기|공지사항주 먼나라 대한민국 대사관",
    "물결부",
    "Press Releases",
]
MARKED = ["h1", "h2", "h3", "h4", "strong", "div class=view_title", "p class=tit", "dt class=subject"]


@pytest.mark.parametrize("generic", GENERIC)
@pytest.mark.parametrize("tag", [*MARKED, "strong class=tit", "span id=articleTitle"])
def test_the_headline_above_the_text_is_the_title_of_a_board(tmp_path: Path, generic: str, tag: str) -> None:
    shown = f"<{tag}>{HEADLINE}</{tag.split()[0]}>"
    menu = "<ul>" + "".join(f"<li><h4><a href='/{text}'>{text}</a></h4></li>" for text in OTHERS) + "</ul>"
    date = "<div>작성일 2024-03-06</div>"
    body = f"{menu}<div class=board>{shown}{date}<div class=cont>{paragraphs(ARTICLE)}</div></div>"
    assert extracted(tmp_path, page(body, generic)) == (HEADLINE, ARTICLE)


def test_a_heading_may_end_like_a_sentence_and_keywords_are_no_headline(tmp_path: Path) -> None:
    shown = f"{HEADLINE} 다시 잇는다"
    body = f"<section><h2>{shown}</h2><p>키워드 #뱃길 #물결부 #새 배</p></section>{paragraphs(ARTICLE)}"
    title, lines = extracted(tmp_path, page(body, "해외소식"))
    assert title == shown
    assert lines[-len(ARTICLE) :] == ARTICLE


@pytest.mark.parametrize("cells", ["<th>제목</th><td>{}</td>", "<td>제목 :</td><td colspan=3>{}</td>"])
def test_the_headline_of_a_board_may_stand_behind_its_label(tmp_path: Path, cells: str) -> None:
    details = "<tr><th>작성자</th><td>대변인실</td><th>작성일</th><td>2024-05-05</td></tr>"
    rows = f"<tr>{cells.format(HEADLINE)}</tr>{details}"
    body = f"<h2>보도자료</h2><table>{rows}<tr><td colspan=4>{paragraphs(ARTICLE)}</td></tr></table>"
    title, lines = extracted(tmp_path, page(body, "보도자료 | 물결부"))
    assert title == HEADLINE
    assert lines[-4:] == ARTICLE


@pytest.mark.parametrize(
    "shown", ["<div>{}</div>", "<dl><dt>{}</dt></dl>", "<table><tr><td>{}</td></tr></table>"]
)
def test_a_headline_that_nothing_marks_is_the_first_line(tmp_path: Path, shown: str) -> None:
    body = f"<div>{shown.format(HEADLINE)}<div>작성일 2024-03-06</div><div>{paragraphs(ARTICLE)}</div></div>"
    title, lines = extracted(tmp_path, page(body, "보도자료 상세보기 | 물결부"))
    assert title is None
    assert lines[0] == HEADLINE
    assert lines[-4:] == ARTICLE


def test_a_title_that_the_page_shows_stays_though_a_heading_is_nearer(tmp_path: Path) -> None:
    body = f"<h1>{HEADLINE}</h1><h2>양식장 열두 곳에 사료 공장까지</h2><div>{paragraphs(ARTICLE)}</div>"
    assert extracted(tmp_path, page(body, f"{HEADLINE} - 물결신문"))[0] == HEADLINE


def test_a_title_that_the_text_is_about_stays_beside_a_heading_of_something_else(tmp_path: Path) -> None:
    title = "해양수산부 누리섬 양식장 열두 곳 열어"
    body = f"<h3>오늘 물결신문이 뽑은 사진들</h3><div>{paragraphs(ARTICLE)}</div>"
    assert extracted(tmp_path, page(body, title))[0] == title


@pytest.mark.parametrize(
    "item", ["<li><h4>{}</h4></li>", "<div class=title>{}</div>", "<h3><a href=/a>{}</a></h3>"]
)
def test_headlines_of_other_articles_are_no_title(tmp_path: Path, item: str) -> None:
    others = "".join(item.format(text) for text in OTHERS)
    body = f"<div>{others}</div><div><div>{HEADLINE}</div><div class=c>{paragraphs(ARTICLE)}</div></div>"
    title, lines = extracted(tmp_path, page(body, "물결부"))
    assert title is None
    assert lines[0] == HEADLINE


def test_a_menu_above_the_text_is_no_headline(tmp_path: Path) -> None:
    body = f"<div>물결 정치 경제 사회 국제 문화</div><div>{paragraphs(ARTICLE)}</div>"
    assert extracted(tmp_path, page(body)) == (HEADLINE, ARTICLE)


@pytest.mark.parametrize(
    "wrap",
    [
        "<div class=summary>{}</div>",
        "<section>{}</section>",
        "<center>{}</center>",
        "<header>{}</header>",
        "<article-lead>{}</article-lead>",
        "<div><div><span>{}</span></div></div>",
        "<span class=lead>{}</span>",
        "<p><a href='/x'>{}</a></p>",
        "{}",
    ],
)
@pytest.mark.parametrize("place", [0, 1, 3])
def test_no_paragraph_of_the_article_is_lost(tmp_path: Path, wrap: str, place: int) -> None:
    if place == 3 and "href" in wrap:
        pytest.skip("a link behind the text leads to another article")
    parts = [f"<p>{text}</p>" for text in BODY]
    parts.insert(place, wrap.format(LEAD))
    body = f"<h1>{HEADLINE}</h1><div class=article_view>{''.join(parts)}</div>"
    expected = [*BODY[:place], LEAD, *BODY[place:]]
    assert extracted(tmp_path, page(body)) == (HEADLINE, expected)


@pytest.mark.parametrize(
    "furniture",
    [
        "<figure><img src=a.jpg><figcaption>{}</figcaption></figure>",
        "<div class=photo><img src=a.jpg><div class=caption>{}</div></div>",
        "<div class=related_box><div>{}</div></div>",
        "<div id=comments><div>{}</div></div>",
        "<div style='display: none'><div>{}</div></div>",
        "<div class=copyright>{}</div>",
    ],
)
def test_furniture_beside_paragraphs_does_not_come_back(tmp_path: Path, furniture: str) -> None:
    other = "지난해 이웃 나라와 함께 연 병원에서 의료진이 환자를 돌보고 있다."
    parts = [f"<p>{text}</p>" for text in ARTICLE]
    parts.insert(2, furniture.format(other))
    body = f"<h1>{HEADLINE}</h1><div class=article_view>{''.join(parts)}</div>"
    assert other not in extracted(tmp_path, page(body))[1]


def test_a_short_article_is_read_without_those_below_it(tmp_path: Path) -> None:
    others = "".join(
        f"<article><h2>{text}</h2><p>{text} 소식이다. 두 나라는 협력을 늘리기로 했다고 한다.</p></article>"
        for text in OTHERS
    )
    body = f"<article><h1>{HEADLINE}</h1><p>{LEAD}</p></article><div class=related-posts>{others}</div>"
    assert extracted(tmp_path, page(body)) == (HEADLINE, [LEAD])


def declared(body: str, kind: object = "NewsArticle") -> str:
    data = {"@graph": [{"@type": "WebSite"}, {"@type": kind, "headline": HEADLINE, "articleBody": body}]}
    return f"<script type='application/ld+json'>{json.dumps(data, ensure_ascii=False)}</script>"


OUTSIDE = (
    "<div>물결 정치 경제 사회 국제 문화</div><div>{}</div><div><b>많이 본 기사</b><div>"
    + "<br>".join(f"{text}. 두 나라 정부가 함께 소식을 전했다." for text in OTHERS)
    + "</div></div>"
)


@pytest.mark.parametrize("kind", ["NewsArticle", ["ReportageNewsArticle", "Thing"]])
def test_the_article_that_the_page_declares_is_taken_in_its_own_lines(tmp_path: Path, kind: object) -> None:
    body = OUTSIDE.format("<br><br>".join(ARTICLE))
    found = extracted(tmp_path, page(body, head=declared(" ".join(ARTICLE), kind)))
    assert found == (HEADLINE, ARTICLE)


@pytest.mark.parametrize(
    "body",
    [
        " ".join(BODY),  # without the lead
        " ".join(ARTICLE[:3]),  # without the last paragraph
        " ".join(ARTICLE)[:150] + "...",
        "다른 이야기가 길게 이어지는 글이다. " * 20,
    ],
)
def test_a_declared_article_that_is_not_the_page_is_left(tmp_path: Path, body: str) -> None:
    lines = extracted(
        tmp_path, page(f"<h1>{HEADLINE}</h1><div>{paragraphs(ARTICLE)}</div>", head=declared(body))
    )[1]
    assert lines == ARTICLE


@pytest.mark.parametrize(
    "data", ["[" * 100_000, '{"@type": "NewsArticle", "articleBody": 3, "headline": []}', "x"]
)
def test_damaged_declarations_change_nothing(tmp_path: Path, data: str) -> None:
    head = f"<script type='application/ld+json'>{data}</script>"
    body = f"<h1>{HEADLINE}</h1><div>{paragraphs(ARTICLE)}</div>"
    assert extracted(tmp_path, page(body, head=head)) == (HEADLINE, ARTICLE)


def test_a_table_that_lays_out_the_page_is_no_table(tmp_path: Path) -> None:
    column = "<b>많이 본 기사</b><br>" + "<br>".join(OTHERS)
    article = f"<font size=5><b>{HEADLINE}</b></font><br>{'<br><br>'.join(ARTICLE)}"
    menu = "<td colspan=2><a href=/p>정치</a> | <a href=/e>경제</a> | <a href=/w>국제</a></td>"
    body = f"<table><tr>{menu}</tr><tr><td width=600>{article}</td><td>{column}</td></tr></table>"
    title, lines = extracted(tmp_path, page(body, f"{HEADLINE} - 물결신문"))
    assert title == HEADLINE
    assert [line for line in lines if line in ARTICLE] == ARTICLE
    assert not any(line.startswith("|") or "\\|" in line for line in lines)
    assert lines[lines.index("많이 본 기사") :] == ["많이 본 기사", *OTHERS]


def test_a_table_of_data_stays_one(tmp_path: Path) -> None:
    rows = "<tr><th>연도</th><th>수출</th></tr><tr><td><p>2023</p></td><td><p>1,352</p></td></tr>"
    body = f"<h1>{HEADLINE}</h1><div>{paragraphs(ARTICLE)}<table>{rows}</table></div>"
    lines = extracted(tmp_path, page(body))[1]
    assert "| 연도 | 수출 |" in lines
    assert "| 2023 | 1,352 |" in lines


def test_a_page_without_a_tag_is_its_text(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(f"{HEADLINE}\n\n{LEAD} R&amp;D\n", encoding="utf-8")
    assert list(read([str(path)])) == [Record("a.html", None, f"{HEADLINE}\n{LEAD} R&D", {})]


@pytest.mark.parametrize(
    "unit",
    [
        "<table><tr><td>",
        "<span class=title>x",
        "<a href=x>one sentence is said here. ",
        "<p>the same sentence is said again.</p>",
        "<script type='application/ld+json'>",
        "<td><br><br>a sentence that is. another one is said",
        "<center><p>one sentence is here now.</p>",
    ],
)
def test_repeated_and_nested_tags_take_no_time(tmp_path: Path, unit: str) -> None:
    begun = time.process_time()
    extracted(tmp_path, page(f"<table><tr>{unit * (200_000 // len(unit))}"))
    assert time.process_time() - begun < 10


def test_blocks_that_an_extractor_runs_together_stand_on_lines_of_their_own(tmp_path: Path) -> None:
    said = (
        "<main><div><div><a>Africa</a><div><div>Kenya and Ethiopia agreed on Tuesday to double the power that flows"
        " over the Suswa line, officials said</div><div>Ethiopia will sell up to 400 megawatts a year from July, up"
        " from 200 megawatts now, at a price fixed in dollars for the first three years</div>\n<div>Engineers of the"
        " two utilities will upgrade the converter stations together. The work is due to end by"
        " December.</div></div></div></div></main>"
    )
    text = "\n".join(extracted(tmp_path, page(said))[1])
    assert "Africa\nKenya and Ethiopia" in text
    assert "officials said\nEthiopia will sell" in text


def test_a_caption_in_an_inline_element_stands_on_a_line_of_its_own(tmp_path: Path) -> None:
    said = (
        '<article><span><img><em class="img_desc">아타카마 염호. 볼리비아</em></span>산업통상자원부는 19일 칠레 광업부와'
        " 핵심광물 협력 약정을 맺고 아타카마 염호 주변 두 곳을 함께 탐사하기로 했다.<br><br>약정에 따라 두 나라의 광물회사는"
        " 내년 초까지 지질조사를 마치고, 경제성이 확인되면 합작 법인을 세운다. 한국 측 지분은 최대 40%다.<br><br>정부는 광물을"
        " 들여오는 길을 넓히기 위해 지난해부터 칠레와 실무 협의를 이어 왔다.</article>"
    )
    assert "볼리비아\n산업통상자원부는" in "\n".join(extracted(tmp_path, page(said))[1])


def test_words_within_a_line_are_never_cut(tmp_path: Path) -> None:
    said = "<article>" + "".join(
        f"<p>The <b>port</b> of <my-place>Mombasa</my-place>, Kenya, takes in {n} ships a week, said the"
        " <span>authority</span>'s director in Nairobi.</p>"
        for n in range(10, 16)
    )
    lines = extracted(tmp_path, page(f"{said}</article>"))[1]
    assert [line for line in lines if line.startswith(",") or line == "The port of Mombasa"] == []
