"""Pages of made-up outlets for the tests of ``nordclass.text.furniture.spans``: an article between pieces of furniture.

In a template ``⟦ ⟧`` stand around what is furniture; ``{title}`` and ``{body}`` are filled from the articles below,
so that every template is tried with articles of several kinds.
"""
# ruff: noqa: E501 - the lines are those of the pages

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

KOREAN_ARTICLES: list[tuple[str, str]] = [
    (
        "라오스 농촌에 태양광 양수기 40대… 우기 앞두고 시운전",
        "라오스 남부 참파삭주의 논에 햇빛으로 도는 양수기가 들어섰다. 한국 농기계 업체와 현지 협동조합이 함께 세운 것이다.\n\n"
        "업체는 지난 4월부터 마을 열두 곳을 돌며 40대를 놓았다. 낮 기온이 35℃를 넘는 건기에도 하루 300톤을 퍼 올린다.\n\n"
        '조합장은 "경유를 사러 강을 건너는 일이 없어졌다"고 말했다. 태국과 캄보디아의 조합도 다음 달 현장을 보러 온다.',
    ),
    (
        "한·우루과이, 쇠고기 검역 협의 3년 만에 재개",
        "□ 농림축산검역본부는 9월 3일 우루과이 축산농업수산부와 화상으로 검역 협의를 열었음\n\n"
        "ㅇ 양측은 도축장 점검 절차와 전자 위생증명서의 서식을 맞추기로 하였음\n\n"
        "ㅇ 참석: (우리측) 검역정책과장 등 5명, (우루과이측) 가축위생국장 등 4명\n\n"
        "- 다음 회의: 2024년 상반기, 몬테비데오\n\n"
        "* 우루과이는 2010년부터 구제역 백신 접종 청정국 지위를 유지\n\n"
        "□ 아울러 낙농 연구기관 사이의 인력 교류도 논의하였음",
    ),
    (
        "환율 1,400원 눈앞… 수입 곡물값에 번지는 근심",
        "원/달러 환율이 17일 장중 1,398원까지 올랐다. 코스피는 2,540선으로 밀렸고 두바이유는 배럴당 91달러를 찍었다.\n\n"
        "밀과 옥수수를 들여오는 사료 업계는 비상이 걸렸다. 우크라이나산 옥수수의 뱃삯이 한 해 전보다 두 배로 뛴 탓이다.\n\n"
        "정부는 브라질과 아르헨티나로 수입처를 넓히는 방안을 검토한다.",
    ),
    (
        "카자흐스탄·우즈베키스탄 의료진 30명, 대구서 석 달 연수",
        "중앙아시아 두 나라의 의사와 간호사 30명이 대구의 병원 다섯 곳에서 연수를 시작했다.\n\n"
        "교육 과정은 다음과 같다.\n\n"
        "- 심장 수술: 8명\n- 감염 관리: 12명\n- 응급 의학: 10명\n\n"
        "연수생들은 돌아가 알마티와 타슈켄트에 세워질 교육 센터의 강사가 된다. 비용은 시와 병원이 반씩 낸다.",
    ),
    (
        "저작권 침해 사이트 막으려 베트남과 손잡는다",
        "문화체육관광부가 베트남 문화체육관광부와 저작권 보호 협력 양해각서를 맺었다. 두 나라에서 한국 웹툰을 몰래 싣는 누리집이 크게 늘었기 때문이다.\n\n"
        "양측은 수사 정보를 나누고 하노이에 상담 창구를 열기로 했다. 뉴스와 댓글을 긁어 가는 프로그램도 함께 조사한다.\n\n"
        '장관은 "창작자가 제값을 받아야 교류도 오래간다"고 강조했다.',
    ),
]

KOREAN_TEMPLATES: dict[str, str] = {
    "portal with a menu down the side": (
        "⟦뉴스홈⟧\n⟦정치⟧\n⟦경제⟧\n⟦세계⟧\n⟦로그인⟧\n⟦전체메뉴⟧\n\n"
        "{title}\n⟦입력 2024.03.11. 오전 9:12⟧\n\n{body}\n\n"
        "⟦이 기사의 섹션 정보는 해당 언론사가 정한 것입니다.⟧\n⟦기사 추천은 24시간 내 50회까지 할 수 있습니다.⟧\n\n"
        "⟦새벽신문의 다른 기사⟧\n⟦칠레 포도주 값 내린다⟧\n⟦몽골 초원에 눈 폭풍⟧\n\n"
        "⟦이전글⟧\n⟦케냐 찻값 다시 올라⟧"
    ),
    "regional paper": (
        "⟦홈 > 국제 > 아시아⟧\n⟦로그인 | 회원가입 | 구독신청 | 지면보기⟧\n⟦정치 경제 사회 국제 문화 스포츠⟧\n\n"
        "⟦[지역별 날씨] 부산 23℃ 구름많음 | 목포 21℃ 비 | 도쿄 22℃ 맑음 | 하노이 31℃ 흐림⟧\n\n"
        "{title}\n⟦입력 2023.05.27 17:42 | 글자크기 가- 가+ | 카카오톡 페이스북 URL복사⟧\n\n{body}\n\n"
        "⟦많이 본 뉴스⟧\n⟦1 페루 안초비 값 또 올랐다⟧\n⟦2 야시장 다음 달 재개장⟧\n⟦3 러시아 대게 경매 현장 가보니⟧\n\n"
        "⟦Copyright ⓒ 남도물결신문 무단전재 및 재배포 금지⟧"
    ),
    "portal": (
        "⟦뉴스홈 | 속보 | 정치 | 경제 | 세계⟧\n⟦코스피 2,557.08 ▲ 원/달러 1,326.7 ▼⟧\n\n"
        "{title}\n⟦2024-03-12 09:15 | 댓글 31 | 공유 | 인쇄⟧\n\n{body}\n\n"
        "⟦[이 시각 주요뉴스]⟧\n⟦- 칠레 총선 결과⟧\n⟦- 이란 핵협상 다시 열리나⟧\n⟦- 프로야구 개막⟧\n\n"
        "⟦※ 해당 언론사에서 선정하며 정치·사회 섹션에 동시 노출될 수 있습니다⟧\n"
        "⟦기사제보 | 광고문의 | 개인정보처리방침 | 청소년보호책임자⟧"
    ),
    "wire": (
        "{title}\n\n⟦(비엔티안=한강통신) 나도윤 특파원 = ⟧{body}\n\n⟦doyun@hangangwire.example.kr⟧\n\n"
        "⟦저작권자 ⓒ 한강통신, 무단 전재-재배포, AI 학습 및 활용 금지⟧\n⟦2024/03/12 09:15 송고⟧"
    ),
    "ministry": (
        "⟦보도 일시⟧\n⟦2023. 9. 4.(월) 12:00⟧\n⟦배포 일시⟧\n⟦2023. 9. 4.(월) 09:00⟧\n\n"
        "⟦담당 부서⟧\n⟦협력총괄과⟧\n⟦책임자⟧\n⟦과 장 소하늘 (044-000-1234)⟧\n\n{title}\n\n{body}\n\n"
        "⟦* 문의: 협력총괄과 봉선우 사무관(044-000-1235)⟧\n\n⟦첨부파일: 230904_보도자료.hwp (312KB)⟧\n\n"
        "⟦이 저작물은 공공누리 제1유형: 출처표시 조건에 따라 이용할 수 있습니다.⟧"
    ),
    "contact table": (
        "{title}\n\n{body}\n\n⟦담당 부서⟧\n\n⟦남아시아국⟧\n\n⟦책임자⟧\n\n⟦심의관⟧\n\n⟦소하늘⟧\n\n⟦(02-0000-7334)⟧\n\n"
        "⟦남아시아2과⟧\n\n⟦담당자⟧\n\n⟦사무관⟧\n\n⟦봉선우⟧\n\n⟦(02-0000-7378)⟧"
    ),
    "contact rows": (
        "{title}\n\n{body}\n\n⟦이 보도자료와 관련하여 더 자세한 내용이나 취재를 원하시면 주일협력팀 봉선우 사무관(☎ 044-000-1235)에게 연락 주시기 바랍니다.⟧\n\n"
        "⟦담당 부서\t책임자\t전화⟧\n⟦미국협력과\t소하늘 과장\t044-000-1234⟧\n⟦칠레교역팀\t봉선우 팀장\t044-000-1235⟧"
    ),
    "contact pairs": (
        "⟦담당부서\t페루협력과⟧\n⟦담당자\t소하늘 사무관⟧\n⟦연락처\t044-000-1234⟧\n\n{title}\n\n{body}\n\n"
        "⟦담당 : 이란교역과 봉선우⟧\n⟦이메일 : seonu@office.example.kr⟧\n\n"
        "⟦보도자료와 관련해 자세한 내용이나 취재를 원하시면⟧\n\n⟦이란교역과 봉선우 사무관(☎ 044-000-1235)에게 문의하여 주십시오.⟧"
    ),
    "blog": (
        "⟦전체보기(412)   수출뉴스(208)   상담Q&A(31)   이웃추가⟧\n⟦2024. 12. 18. 9:04   URL 복사⟧\n\n{title}\n\n{body}\n\n"
        "⟦공감 27   댓글 4   인쇄⟧\n⟦이 블로그 인기글 : 폴란드 계약 정리 / 호주 레드백 도입 일지⟧"
    ),
    "broadcaster": (
        "{title}\n\n{body} 새날방송 나도윤입니다.⟦[사진 출처 : AP=연합뉴스]⟧"
        "⟦■ 제보하기▷ 전화 : 02-000-1234▷ 이메일 : tip@saenal.example.kr▷ 카카오톡 : '새날제보' 검색⟧"
    ),
    "e-paper": (
        "⟦- 14 -⟧\n\n{title}\n\n⟦나도윤 기자 doyun@pado.example.kr⟧\n\n{body}\n\n현지 양수장 앞에 모인 주민들. ⟦(사진=조합 제공)⟧\n\n"
        "⟦이전글 쌀값 동향⟧\n⟦다음글 몽골 유목민의 겨울⟧\n\n⟦목록 | 인쇄 | 댓글쓰기⟧"
    ),
    "long page": (
        "⟦파도경제⟧\n⟦증권 | 은행 | 보험 | 부동산 | 칼럼⟧\n⟦서울 19℃ 맑음 미세먼지 보통⟧\n\n{title}\n"
        "⟦기사입력 2024-04-29 18:05 | 최종수정 18:11 | 댓글 22⟧\n\n{body}\n\n⟦{title}⟧\n\n"
        "⟦관련기사⟧\n⟦· 인도네시아 전자정부 수주전⟧\n⟦· 페루 공공클라우드 동향⟧\n\n"
        "⟦욕설, 비방 등 운영원칙에 어긋나는 댓글은 삭제될 수 있습니다.⟧\n⟦알림: 이 페이지는 쿠키를 사용합니다. [동의] [거부]⟧"
    ),
    "letter of an office": (
        "{title}\n\n{body}\n\n⟦붙임  1. 이란·이라크 출장 결과 보고 1부.⟧\n⟦2. 페루 협력사업 목록 1부.  끝.⟧"
    ),
    "release with attachments": (
        "⟦보도자료⟧\n\n{title}\n\n{body}\n\n⟦붙임 : 1. 가나 사업 개요. 2. 행사 사진 3매. 끝.⟧\n\n⟦(끝)⟧"
    ),
    "app": (
        "{title}\n\n⟦[포토] 칠레 대통령 궁에 걸린 태극기⟧\n\n{body}\n\n⟦#페루 #핵협상 #오늘의뉴스⟧\n\n"
        "⟦[영상] 이란 사막을 달리는 열차⟧\n⟦[화보] 몽골 초원의 여름⟧"
    ),
    "one line": (
        "⟦(서울=한강통신) 나도윤 기자 = ⟧{line}"
        "⟦ ▶ 관련기사 이란 핵협상 다시 열리나 ▶ 페루 총선 결과 ▶ 몽골 초원에 부는 바람⟧"
    ),
    "one line with headlines": (
        "{line}⟦ [관련기사] · 이란 핵협상 다시 열리나 · 페루 총선 결과 · 몽골 초원에 부는 바람 "
        "저작권자 ⓒ 한강통신 무단전재 및 재배포 금지⟧"
    ),
    "portal with tags": (
        "⟦본문 바로가기⟧\n\n{title}\n\n⟦나도윤 기자⟧\n⟦입력 2024.03.12. 오전 9:15⟧\n\n{body}\n\n⟦태그⟧\n⟦#이란⟧\n⟦#페루수출⟧\n\n"
        "⟦좋아요 3 슬퍼요 1 화나요 0⟧"
    ),
    "portal with headings of its own": (
        "⟦속보⟧\n⟦칠레 북부에 눈사태 나 산악열차 멈춰⟧\n{title}\n\n{body}\n\n"
        "⟦오늘의 눈길⟧\n⟦이란 배우들 영화제 붉은 융단 밟는다⟧\n⟦칠레 포도주 값 석 달째 내리막길⟧"
    ),
    "plain copy with a menu of places": "⟦세계⟧\n⟦이란⟧\n⟦페루⟧\n⟦칠레⟧\n⟦케냐⟧\n{title}\n\n{body}\n\n⟦이전⟧\n⟦찻값 다시 올라⟧",
    "weather in a column": (
        "⟦오늘의 세계날씨⟧\n⟦리마⟧\n⟦맑음⟧\n⟦22⟧\n⟦나이로비⟧\n⟦흐림⟧\n⟦19⟧\n⟦테헤란⟧\n⟦비⟧\n⟦9⟧\n{title}\n\n{body}"
    ),
    "stories with their leads": (
        "{title}\n\n{body}\n\n⟦관련기사⟧\n⟦칠레 포도주 값 석 달째 내리막길⟧\n"
        "⟦칠레 포도밭마다 팔리지 못한 통이 쌓이면서 포도주 도매가가 석 달째 떨어졌다고 현지 신문이 전했다.⟧\n"
        "⟦이란 배우들 영화제 붉은 융단 밟는다⟧"
    ),
}

ENGLISH_ARTICLES: list[tuple[str, str]] = [
    (
        "Korean pumps reach Laotian rice farmers",
        "Forty solar pumps built in Daegu now lift water onto paddies in southern Laos, the cooperative that runs them said.\n\n"
        "The machines replace diesel sets that had to be fuelled by boat. Each moves some 300 tonnes a day, even at 35°C.\n\n"
        "Growers from Thailand and Cambodia are to visit the site next month.",
    ),
    (
        "Seoul and Montevideo resume talks on beef",
        "South Korea and Uruguay have resumed talks on beef quarantine after a pause of three years, officials said on Monday.\n\n"
        "The two sides agreed on:\n\n- a common form of the electronic certificate;\n- inspections of four slaughterhouses;\n"
        "- an exchange of dairy researchers.\n\nThe next round is planned for the first half of 2024.",
    ),
    (
        "Who came to the forestry round table",
        "Delegations of the following states took part in the two-day round table on mountain forests:\n\n"
        "Kyrgyzstan: Aibek Toktogulov\nNepal: Sunita Rai\nBhutan: Karma Wangdi\n\n"
        "Partners agreed to share satellite images and to meet again in Bishkek in the spring of next year.",
    ),
    (
        "Copyright office opens desk in Hanoi",
        "Vietnam and South Korea will investigate pirate comic sites together under a memorandum on copyright signed in Hanoi.\n\n"
        "Readers share millions of pages a day on such sites, and few subscribe to the legal services, a study found.\n\n"
        "A help desk for authors opens in June. It will also advise on cookies and personal data.",
    ),
]

ENGLISH_TEMPLATES: dict[str, str] = {
    "daily": (
        "⟦Home > News > World⟧\n⟦Subscribe | E-paper | Weather: Da Nang 33°C⟧\n\n{title}\n⟦By Our Correspondent⟧\n"
        "⟦Share this article: Facebook · X · WhatsApp · Print⟧\n\n{body}\n\n⟦Related stories⟧\n⟦- Thai islands cap number of boats⟧\n"
        "⟦- Where to eat pho in Prague⟧\n\n⟦© 2024 Delta Courier. All rights reserved.⟧"
    ),
    "portal": (
        "⟦HOME | POLITICS | BUSINESS | TECH | OPINION⟧\n⟦Share on Facebook  Share on X  Print  A+ A-⟧\n\n{title}\n"
        "⟦Published 3 May 2024 14:20 | Updated 15:02⟧\n\n{body}\n\n⟦Advertisement⟧\n\n"
        "⟦Most read: 1. Gold price today 2. Lottery results 3. Malaysia floods⟧\n⟦Terms of use · Privacy policy · Cookies · Contact us⟧"
    ),
    "wire": (
        "⟦SEOUL, Oct. 3 (Yonhap) -- ⟧{body}\n\nWorkers at the site on Monday. ⟦(Photo: Delta Courier)⟧\n\n"
        "⟦This website uses cookies to remember your language.⟧"
    ),
    "think tank": (
        "⟦Skip to main content | Sections | Subscribe | Sign in⟧\n\n{title}\n\n{body}\n\n⟦Page 3 of 12⟧\n\n"
        "⟦Related documents⟧\n⟦• Joint statement (2019)⟧\n⟦• Country profile: Turkmenistan⟧\n\n⟦Sign up for our newsletter | Terms | Privacy⟧"
    ),
    "ministry": (
        "⟦Font size + − | Print | Share⟧\n\n{title}\n\n{body}\n\n⟦Contact: International Cooperation Division, +82 42 000 7654⟧\n"
        "⟦Attachments: Leaflet.pdf (1.1 MB, downloaded 291 times)⟧\n⟦Site map | Accessibility | RSS⟧"
    ),
    "newsletters": (
        "⟦Thank you for registering.⟧\n\n{title}\n\n{body}\n\n⟦Sign up for our Ukraine briefing newsletter.⟧\n\n"
        "⟦Join our WhatsApp channel⟧\n\n⟦Press contact\tPhone⟧\n⟦Japan desk, Tom Hale\t+82 42 000 7654⟧"
    ),
    "site with menus in a column": (
        "⟦Skip to content⟧\n⟦Home⟧\n⟦News⟧\n⟦Features⟧\n⟦Peru⟧\n⟦Video⟧\n⟦Log in⟧\n⟦About us⟧\n\n{title}\n\n{body}\n\n"
        "⟦Share this⟧\n\n⟦Chile floods: what we know⟧\n\n⟦Will Iran talk?⟧\n\n"
        "⟦Comments are closed. Your email address will not be published.⟧"
    ),
    "foreign daily": (
        "{title}\n\n⟦TEHRAN, July 27 — ⟧{body}\n\n⟦#Iran #oilprice #Peru⟧\n\n⟦[Photos] Lima celebrates⟧"
    ),
    "paper": ("{title}\n\n⟦LIMA – ⟧{body}\n\n⟦Tags: Iran, nuclear talks, Peru⟧"),
    "one line": ("{line}⟦ Related stories: Iran talks to resume | Peru votes on Sunday | Chile floods⟧"),
    "wire with bylines": (
        "{title}\n\n⟦By Nadia Rowe⟧\n\n⟦NAIROBI, Kenya, Oct. 3 (Reuters) - ⟧{body}\n\n⟦(Reporting by Nadia Rowe in Nairobi; editing by Tom Hale)⟧\n\n"
        "⟦Our Standards: The Delta Trust Principles.⟧"
    ),
    "plain copy with a menu of places": "⟦Chile⟧\n⟦Peru⟧\n⟦Iran⟧\n⟦Business⟧\n⟦Sports⟧\n{title}\n\n{body}",
}

BODY_TRAPS: list[str] = [
    "협력 분야: 보건 · 교육 · 관광\n협력국: 우즈베키스탄 | 카자흐스탄 | 몽골\n\n세 나라와 맺은 약정을 내년까지 고친다고 부처가 2일 밝혔다.",
    "몽골 농가(종자 무상 제공)와 가나 병원(장비 제공)을 돕는다. 교육 과정(교재 제공)은 봄에 연다고 공사가 2일 밝혔다.",
    "정치\n경제\n사회\n문화\n관광\n교육\n\n여섯 분야에서 페루와 손잡는다고 시가 2일 밝혔다. 첫 회의는 리마에서 열린다.",
    # Articles with nothing to remove, though they look like it in places.
    "붙임줄과 꾸밈줄을 쓰는 베트남 악보가 서울에 왔다. 붙임 머리 장식을 한 페루 춤꾼 열 명의 공연도 이어져 관객의 박수를 받았다.",
    "[포토] 칠레 대통령, 판문점 방문\n\n칠레 대통령이 12일 판문점을 찾아 남북 관계에 대한 설명을 들었다고 대통령실이 밝혔다.",
    "경쟁사의 3배다. 관련 기사가 나간 뒤 이란과 페루의 업체가 문의해 왔다고 회사는 밝혔다. 관련 뉴스는 현지에서도 화제가 됐다.",
    "#1 케냐의 교사는 아침마다 태블릿을 나눠 준다.\n\n#2 페루의 간호사는 화상으로 진료를 돕는다고 재단이 소개했다.",
    "UNESCO - a list\n\nThe body met in Lima.\n\nOECD – members only\n\nThe club of rich states will admit Chile, officials said on Friday.",
    "The team won. Related news of the deal with Peru reached Lima at night, and the most popular paper there printed a map of the port.",
    "□ 협력사업 목록\n\n국가 | 사업 | 금액\n가나 | 벼 종자 | 12억원\n케냐 | 지열 | 90억원\n\n□ 위 사업은 내년 1월에 시작함",
    "오늘 서울 낮 기온은 31℃, 부산은 29℃까지 올랐고 도쿄는 35℃를 넘겼다고 기상청이 밝혔다.",
    "Kazakhstan, Nepal and Peru signed.\n\nCountries: Senegal, Gambia, Guinea, Ghana, Cameroon, Uganda, Kenya\n\nStatus: inception",
    "무역·투자·산업 협력 강화 기반 마련\n\n산업부는 브라질 개발상공서비스부와 무역투자촉진 체계를 맺고 해마다 장관 회의를 열기로 했다고 밝혔다.",
    "관련기사를 읽은 독자들이 보낸 편지가 카이로 지국에 쌓였다. 많이 본 뉴스가 꼭 좋은 뉴스는 아니라는 말도 있었다고 한다.",
    "자세한 것은 협력센터(02-000-1234)로 문의하면 된다. 신청은 이메일 apply@center.example.kr로 6월까지 받는다고 밝혔다.",
    "Most read books in Ghana are still printed abroad, according to a survey of libraries that the ministry published on Friday.",
    "The government said the share of exports to Chile, Peru and Mexico rose. Print media in Lima reported the news on Tuesday.",
    "ㅇ 일시·장소: 2024. 3. 12.(화) 14:00, 다카르\n\nㅇ 참석: 세네갈, 감비아, 기니 대표\n\nㅇ 내용: 농업, 수산, 보건 협력",
    "개인정보처리방침 평가제, 아세안에 소개\n\n개인정보보호위원회가 싱가포르와 태국의 감독기구에 평가 제도를 알렸다고 5일 밝혔다.",
    '[보도 내용]\n\nㅇ 한강일보는 3월 4일 "페루 광산 지분 헐값 매각" 제하의 기사에서,\n\n□ 위 보도는 사실과 다르므로 바로잡아 주시기 바란다고 부처가 설명했다.',
    "5월 수출 348.6억달러(△23.7%), 수입 344.2억달러(△21.1%)\n\n산업부는 베트남과 인도로 가는 수출이 크게 줄었다고 1일 밝혔다.",
    "수출 157.8억 달러, 수입 118.5억 달러\n\n3월 정보통신산업 수출은 베트남과 인도에서 줄고 멕시코에서 늘었다고 과기정통부가 밝혔다.",
    "협약식 개요\n\n■ 일시 / 장소 : '20.1.28.(화) 16:30~17:30 / 하노이 경제부 대회의실\n\n두 나라 재무 당국은 이날 협약을 맺고 해마다 만나기로 했다고 전했다.",
    "[핫이슈] 칠레, 리튬 국유화 선언\n\n칠레 정부가 리튬 개발을 국가가 주도하겠다고 발표하자 한국 배터리 업계가 대응에 나섰다.",
    "Seoul and Lima agree\n\nSign up sheets were full within an hour when the Peruvian embassy offered Quechua lessons in Seoul.",
    "공공누리 저작물, 베트남에 개방\n\n문화체육관광부가 공공저작물 십만 건을 베트남 출판사들이 쓸 수 있도록 하겠다고 밝혔다.",
    "ㅇ 추진 체계\n\n담당부서\t사업\t예산\n국제협력과\t베트남 병원 건립\t30억원\n산림과\t페루 조림\t12억원\n\n두 사업은 내년에 시작한다고 도청이 밝혔다.",
    "연수생 명단\n\n담당자\t직위\t소속\n응우옌 안\t국장\t베트남 보건부\n퍼우 린\t과장\t라오스 재무부\n\n이들은 두 주 동안 세종에서 배운다고 재단이 전했다.",
    "책임자: 카를로스 로하스(칠레 광업부)\n\n두 나라의 리튬 연구를 이끄는 그는 해마다 두 번 대전을 찾아 한국의 연구원들과 만난다고 한다.",
    "취재를 원하는 기자가 몰려 칠레 대통령의 회견은 큰 방에서 열렸다. 자료를 원하시면 나눠 드리겠다고 대변인은 농담했다고 한다.",
    "Farmers in Kenya thanked the registrar. Thank you for registering our land, their letter to the Korean surveyors began.",
    "▷ 추진 방향: 배출 → 선별 → 재활용\n▷ 대상: 몽골 / 베트남 / 페루\n\n환경부는 세 나라와 폐기물 처리 기술을 나누기로 했다고 12일 밝혔다.",
]


@dataclass(frozen=True, slots=True)
class PageCase:
    """A page: its text and the spans of it that are furniture."""

    name: str
    text: str
    spans: tuple[tuple[int, int], ...]


def parse(name: str, marked: str) -> PageCase:
    """Take the marks out of a page and keep where they stood."""
    text, spans = "", []
    for index, part in enumerate(re.split("[⟦⟧]", marked)):
        if index % 2:
            spans.append((len(text), len(text) + len(part)))
        text += part
    return PageCase(name, text, tuple(spans))


def page(outlet: str, template: str, title: str, body: str) -> PageCase:
    """One article in one template; `{line}` stands for all of it without line breaks."""
    line = " ".join(f"{title} {body}".split())
    filled = template.replace("{title}", title).replace("{body}", body).replace("{line}", line)
    return parse(f"{outlet}: {title[:20]}", filled)


def pages() -> Iterator[PageCase]:
    """All templates, each with all the articles of its language."""
    korean, english = (KOREAN_TEMPLATES, KOREAN_ARTICLES), (ENGLISH_TEMPLATES, ENGLISH_ARTICLES)
    for templates, articles in (korean, english):
        for outlet, template in templates.items():
            for title, body in articles:
                yield page(outlet, template, title, body)
