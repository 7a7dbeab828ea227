"""Centring: what all texts have in common in a model's vectors is taken from them.

Many models give any two texts a cosine of 0.7 and more: two that have nothing to do with each other have 0.75 by
multilingual-e5-small, and about 0 by the default model, whose cosines all weights and thresholds are fitted to. With
the mean vector taken from each, they are alike by what they say alone (as in "All-but-the-Top", Mu and Viswanath 2018,
arXiv:1702.01417, which also takes further directions away).
"""

from __future__ import annotations

from index.arrays import Vectors, unit

VERSION = "centred 1"
"""Raise it with every change of the texts: vectors that were centred by others cannot be compared."""

QUESTIONS = (
    "When does the library open on Saturdays?",
    "How do I reset my password?",
    "Why does the printer say that it is out of paper?",
    "What is the difference between a violin and a viola?",
    "Who was the first mayor of the town?",
    "Can I bring my dog to the campsite?",
    "Where do I find the settings for the microphone?",
    "how to update to the new version without losing my saves",
    "Is there a fee for late payment?",
    "Which river flows through the valley?",
    "My screen stays black after the start, what can I do?",
    "How many players can be in one team?",
    "Wann fährt der letzte Bus zum Bahnhof?",
    "Wie installiere ich das Programm unter Linux?",
    "Wer darf in der Küche kochen?",
    "Warum werde ich beim Spielen getrennt?",
    "Was kostet eine Karte für Kinder?",
    "Comment changer la langue du jeu ?",
    "Où se trouve la salle de réunion ?",
    "Combien de temps dure la garantie ?",
    "Pourquoi mon compte est-il bloqué ?",
    "¿Cómo puedo cancelar mi pedido?",
    "¿Qué documentos necesito para inscribirme?",
    "¿Cuándo empieza el torneo?",
    "¿Dónde se guardan las copias de seguridad?",
    "Como faço para recuperar a minha conta?",
    "Come si accende il riscaldamento?",
    "Hoe laat begint de training?",
    "Jak zmienić hasło?",
    "Как подключиться к серверу?",
    "如何更改用户名",
    "保証期間はどのくらいですか。",
)
"""Questions about things that have nothing to do with each other, as people ask them."""

STATEMENTS = (
    "The library opens at ten on Saturdays and is closed on Sundays.",
    "To reset the password, press the link below the form and follow the letter that is sent to you.",
    "Load paper into the lower tray and press the green button until the light stops blinking.",
    "A viola is a little larger than a violin and sounds a fifth lower.",
    "The mine was closed in the spring of 1931, and most families left for the coast.",
    "Dogs are welcome if they are kept on a lead and do not enter the kitchen.",
    "Plugins are read from the folder when the server starts; names are case-sensitive.",
    "The update keeps all saves, but makes a copy of them first.",
    "Members who pay late owe a fee of two euros for each week.",
    "Snow falls on the northern slopes from November to April.",
    "If the screen stays black, hold the power button for ten seconds and remove the cable.",
    "A team has at most five players, of whom two may be guests.",
    "Der letzte Bus zum Bahnhof fährt um 23:40 Uhr, an Sonntagen eine Stunde früher.",
    "Das Programm wird mit einem einzigen Befehl installiert und danach neu gestartet.",
    "Die Küche darf von allen benutzt werden, die sie danach sauber hinterlassen.",
    "Die Verbindung bricht ab, wenn die Adresse sich ändert.",
    "Kinder unter sechs Jahren haben freien Eintritt.",
    "La langue se change dans le menu des options, sous l'onglet du son.",
    "La salle de réunion se trouve au deuxième étage, à gauche de l'escalier.",
    "La garantie dure deux ans à partir de la date d'achat.",
    "Un compte bloqué est rendu après vérification de l'adresse.",
    "El pedido se puede cancelar mientras no haya salido del almacén.",
    "Para inscribirse hacen falta una fotografía y una copia del carné.",
    "El torneo empieza el primer domingo de mayo a las nueve.",
    "Las copias de seguridad se guardan durante treinta días en otro disco.",
    "A conta pode ser recuperada com o número de telefone.",
    "Il riscaldamento si accende con la manopola accanto alla porta.",
    "De training begint om half acht in de kleine zaal.",
    "Hasło zmienia się w ustawieniach profilu.",
    "Адрес сервера указан на первой странице сайта.",
    "用户名每三十天只能更改一次。",
    "保証期間は購入日から一年です。",
)
"""Statements of the same kind, as documents make them."""


def mean(vectors: Vectors) -> Vectors:
    """Return what vectors, shape (n, dimension), have in common; shape (dimension,)."""
    common: Vectors = vectors.mean(axis=0)
    return common


def without(vectors: Vectors, common: Vectors) -> Vectors:
    """Return vectors, shape (n, dimension), without what they have in `common`, of unit length."""
    return unit(vectors - common)
