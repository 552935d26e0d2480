"""English is told from other languages and scripts, whatever names it holds and however short it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.documents.language import other_language

ENGLISH = [
    "Lula meets Macron in Belém",
    "Bakiyev, Nazarbayev, Rahmon, Karimov, Arévalo de León, de la Madrid y Sánchez de Lozada",
    "La Paz, El Salvador and Las Palmas: de la Torre met De Gaulle in La Haye",
    "President Hồ Chí Minh, Võ Nguyên Giáp and Lê Duẩn met Souphanouvong and Phoumi Vongvichit.",
    "The minister said: “Das ist nicht gut.” He left the talks in Bonn at once.",
    "The word 北方領土 (Northern Territories) is used by Japan.",
    "",
    "2010",
]
OTHERS = [
    ("Bộ trưởng Ngoại giao đã gặp các nhà lãnh đạo của nước này và thảo luận về hợp tác.", "Vietnamese"),
    ("Der Außenminister hat sich mit dem Präsidenten in der Hauptstadt für eine Stunde getroffen.", "German"),
    (
        "El ministro de Relaciones Exteriores se reunió con el presidente en la capital por la tarde.",
        "Spanish",
    ),
    ("O ministro das Relações Exteriores se reuniu com o presidente na capital.", "Portuguese"),
    (
        "Menteri luar negeri telah bertemu dengan presiden untuk membahas kerja sama dalam bidang ini.",
        "Indonesian or Malay",
    ),
    ("Waziri wa mambo ya nje alikutana na rais katika mji mkuu kwa mazungumzo ya siku mbili.", "Swahili"),
    ("Dışişleri bakanı bu hafta bir heyet ile görüştü ve daha sonra bir açıklama yaptı.", "Turkish"),
    ("Министр иностранных дел встретился с президентом.", "a language in Cyrillic script"),
    ("التقى وزير الخارجية بالرئيس في العاصمة.", "a language in Arabic script"),
    ("中国外交部长在北京会见了日本外相。", "Chinese"),
    ("외교부 장관은 서울에서 대통령을 만났다.", "Korean"),
    ("外相は金曜日に東京で会談した。", "Japanese"),
]


@pytest.mark.parametrize("text", ENGLISH)
def test_english_is_read(text: str) -> None:
    assert other_language(text) is None


def test_the_seeds_are_english(seeds: Path) -> None:
    assert {other_language(path.read_text("utf-8")) for path in seeds.glob("*.txt")} == {None}


@pytest.mark.parametrize(("text", "language"), OTHERS)
def test_other_languages_are_named(text: str, language: str) -> None:
    assert other_language(text) == language


def test_an_unknown_language_in_latin_script() -> None:
    assert (
        other_language("Ka nui te tangata kua tae mai ki te hui nei. " * 10) == "a language in Latin script"
    )
