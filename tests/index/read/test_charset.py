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


def test_a_table_drawn_with_lines_of_dos() -> None:
    text = "Größe\n┌──────┬─────┐\n│ Name │ Öl  │\n├──────┼─────┤\n│ über │ 3   │\n└──────┴─────┘\n"
    assert decoded(text.encode("cp850")) == text
