"""The encoding of text that does not say it: what people wrote is what is read, in every encoding of their language."""

from __future__ import annotations

import pytest

from index.read.decoding import decoded

_TEXTS = {
    "French": (
        "Le serveur redémarre chaque nuit à trois heures. Si l’accès échoue, vérifiez que votre compte a été confirmé.",
        ("cp1252", "mac_roman"),
    ),
    "French of DOS": ("Le clavier est déjà configuré, à côté du modèle.", ("cp850", "cp437", "iso8859-15")),
    "German": ("Drücken Sie auf „Zurücksetzen“ – schöne Grüße!", ("cp1252", "mac_roman")),
    "Spanish": ("¿Cómo restablezco la contraseña? Pulse el botón mañana.", ("cp1252", "cp850")),
    "Polish": ("Hasło zmienia się w ustawieniach, proszę nacisnąć przycisk i też źródło.", ("cp1250", "iso8859-2")),
    "Czech": ("Příliš žluťoučký kůň. Stiskněte tlačítko v nastavení účtu.", ("cp1250", "iso8859-2", "cp852")),
    "Hungarian": ("Hogyan állíthatom vissza a jelszót? Őrizze meg a fiókját.", ("cp1250", "iso8859-2")),
    "Turkish": ("Şifre nasıl sıfırlanır? Önce ayarlar sayfasını açın, sonra giriş yapın.", ("cp1254", "iso8859-9")),
    "Lithuanian": ("Kaip atkurti slaptažodį? Serveris kiekvieną naktį.", ("cp1257", "iso8859-13")),
    "Russian": ("Сервер перезапускается ночью: нажмите «Сброс» (reset) и ждите.", ("cp1251",)),
    "Russian of Unix and DOS": (
        "Сервер перезапускается каждую ночь.",
        ("koi8-r", "cp866", "iso8859-5", "mac_cyrillic"),
    ),
    "Ukrainian": ("Натисніть кнопку, якщо її видно, та зачекайте.", ("cp1251", "koi8-u")),
    "Greek": ("Πώς επαναφέρω τον κωδικό; Πατήστε το κουμπί.", ("cp1253", "iso8859-7")),
    "Hebrew": ("כיצד לאפס את הסיסמה? לחצו על הכפתור.", ("cp1255", "iso8859-8")),
    "Arabic": ("كيف أعيد تعيين كلمة المرور؟ اضغط على الزر.", ("cp1256", "iso8859-6")),
    "Thai": ("วิธีรีเซ็ตรหัสผ่าน กดปุ่มรีเซ็ตแล้วรอ", ("tis-620",)),
    "Japanese": ("サーバーの再起動方法は次のとおりです。", ("euc_jp", "shift_jis")),
    "Chinese": ("服务器每晚三点重新启动。如果您无法登录,请检查您的帐户。", ("gb18030",)),
    "Chinese of Taiwan": ("伺服器每晚三點重新啟動。如果您無法登入,請檢查帳戶。", ("big5",)),
    "one line of Chinese": ("服务器规则：请勿刷屏。", ("gbk",)),
    "one line of Taiwan": ("圖書館星期日關閉。", ("big5",)),
    "few words of Taiwan": ("規則不得註冊請", ("big5",)),
    "Korean": ("서버를 다시 시작하는 방법은 다음과 같습니다.", ("euc_kr",)),
}


@pytest.mark.parametrize(
    ("text", "codec"), [(text, codec) for text, codecs in _TEXTS.values() for codec in codecs], ids=str
)
def test_a_sentence_is_read_as_it_was_written(text: str, codec: str) -> None:
    assert decoded(text.encode(codec)) == text
    assert decoded(f"In English, and then:\n\n{text}\n".encode(codec)).endswith(f"{text}\n")


@pytest.mark.parametrize(
    "text",
    [
        "It’s fine.",
        "5 € – or more…",
        "José met Åse Løken in Curaçao.",
        "© 2024 Foo®",
        "10 µm ± 2 at 20 °C",
        "ÉTÉ FRANÇAIS",
    ],
)
def test_a_few_characters_are_those_of_windows(text: str) -> None:
    assert decoded(text.encode("cp1252")) == text


_GUIDE = "This guide describes how to set up the device. Connect the cable, then press the button for five seconds. "


@pytest.mark.parametrize(
    "text",
    [
        *("Operate at 20 °C to 40 °C only.", "-5°C", "25°C–40°C", "5° C", "Angle 90°.", "The wire is 10 µm thick."),
        *(
            "Tolerance ±5 µm, 10 ‰",
            "See Straße 5.",
            "Nº 5",
            "FAÇADE",
            "NIÑO",
            "ESPAÑA",
            "¡Hola!",
            "Ça va bien",
            "Œuvre",
        ),
        *("Þórr the god", "¬ means not", "Ä", "É", "ö", "¦", "GRÖSSE", "Don´t open the case.", "a•b", "m² and m³"),
        *(
            "Mr. Søren Kierkegaard will help.",
            "Contact: Jürgen Groß.",
            "À la carte is served.",
            "Fußball",
            "Costs ¥100.",
        ),
    ],
)
def test_an_english_page_has_signs_and_names_of_windows(text: str) -> None:
    assert decoded(f"{_GUIDE}{text}".encode("cp1252")) == f"{_GUIDE}{text}"


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        *((text, "cp1252") for text in ("Spaß muss sein", "Heiße Straße, weißer Fluß", "Größe: 5 µm", "Fußball")),
        *((text, "cp1250") for text in ("Előtte olvassa el!", "Zasady: proszę nie spamować.", "cena 5 zł")),
        *((f"{_GUIDE}{text}", "cp1250") for text in ("Győr", "Škoda", "Chopin był")),
        *((text, "cp1251") for text in ("Установка программы", "Часто задаваемые вопросы", "Ваше здоровье")),
        *((text, "cp1251") for text in ("Сбор в субботу.", "Бот не отвечает", "Список команд")),
        ("высоты до", "koi8-r"),
        *((text, "cp1253") for text in ("Κανόνες του διακομιστή", "Ο κόσμος σε σας")),
        *(
            (text, "big5")
            for text in ("中文文件", "說明", "Hello 世界, this is a test.", "Step 1: 打開 Menu", "版本 2.0")
        ),
        *((text, "cp932") for text in ("東京", "使用方法", "サーバー規則")),
        *((text, "gbk") for text in ("规则", "服务器规则", "常见问题", "活动时间", "更新日志", "怎么加入我们?")),
        *((text, "euc_kr") for text in ("가입 인사", "신고 방법", "사용법", "공지사항", "자주 묻는 질문")),
        *((text, "cp874") for text in ("สวัสดี", "ภาษาไทย")),
        ("Heat to 180 °C (350 °F) for 20 min.", "cp1252"),
        ("Przeczytaj zasady, zanim coś napiszesz. Dziękujemy!", "cp1250"),
        ("Sorularınızı yardım kanalında sorun.", "cp1254"),
    ],
)
def test_a_few_words_are_read_as_they_were_written(text: str, codec: str) -> None:
    assert decoded(text.encode(codec)) == text


def test_a_table_drawn_with_lines_of_dos() -> None:
    text = "Größe\n┌──────┬─────┐\n│ Name │ Öl  │\n├──────┼─────┤\n│ über │ 3   │\n└──────┴─────┘\n"
    assert decoded(text.encode("cp850")) == text


@pytest.mark.parametrize(
    "text",
    [
        "Add 200 µL of lysis buffer and mix.\nIncubate at 37 degrees for 10 min.\nAdd 50 µL of ethanol.\n",
        *("Add 50 µM of it, see §A and ©M, ±N.", "§A of the contract and §B of the lease", "Take 5 µL.", "±N or ±M"),
    ],
)
def test_a_sign_with_a_letter_behind_it_is_no_chinese(text: str) -> None:
    assert decoded(text.encode("latin-1")) == text
