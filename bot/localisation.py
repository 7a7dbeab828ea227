"""The names and descriptions of commands in other languages."""

from __future__ import annotations

from discord import Locale, app_commands

_WORDS: dict[str, tuple[str, str, str]] = {
    # English: German, Spanish, French. Names of commands and options are in lower case and without blanks.
    "ask": ("fragen", "preguntar", "demander"),
    "Ask the documents a question": (
        "Den Dokumenten eine Frage stellen",
        "Hacer una pregunta a los documentos",
        "Poser une question aux documents",
    ),
    "question": ("frage", "pregunta", "question"),
    "What you want to know, in plain words": (
        "Was du wissen möchtest, in eigenen Worten",
        "Lo que quieres saber, con tus palabras",
        "Ce que tu veux savoir, avec tes mots",
    ),
    "Quote from this document alone": (
        "Nur aus diesem Dokument zitieren",
        "Citar solo de este documento",
        "Citer ce document seulement",
    ),
    "private": ("privat", "privado", "privé"),
    "Show the answer to you alone": (
        "Die Antwort nur dir zeigen",
        "Mostrar la respuesta solo a ti",
        "Ne montrer la réponse qu'à toi",
    ),
    "Answer this": ("Das beantworten", "Responder a esto", "Répondre à ceci"),
    "Check this": ("Das prüfen", "Comprobar esto", "Vérifier ceci"),
    "Find sources": ("Quellen finden", "Buscar fuentes", "Trouver des sources"),
    "source": ("quelle", "fuente", "source"),
    "Look documents up": ("Dokumente nachschlagen", "Consultar documentos", "Consulter les documents"),
    "find": ("finden", "buscar", "trouver"),
    "Find documents and sections by name": (
        "Dokumente und Abschnitte nach Namen finden",
        "Buscar documentos y secciones por nombre",
        "Trouver documents et sections par leur nom",
    ),
    "name": ("name", "nombre", "nom"),
    "A name, in part or misspelt": (
        "Ein Name, auch nur teilweise oder falsch geschrieben",
        "Un nombre, aunque sea incompleto o mal escrito",
        "Un nom, même incomplet ou mal écrit",
    ),
    "show": ("zeigen", "mostrar", "montrer"),
    "Show a document, or a place in it": (
        "Ein Dokument oder eine Stelle darin zeigen",
        "Mostrar un documento o un lugar en él",
        "Montrer un document ou un passage",
    ),
    "Which document": ("Welches Dokument", "Qué documento", "Quel document"),
    "section": ("abschnitt", "sección", "section"),
    "Which section of it": ("Welcher Abschnitt", "Qué sección", "Quelle section"),
    "line": ("zeile", "línea", "ligne"),
    "Which line of it": ("Welche Zeile", "Qué línea", "Quelle ligne"),
    "page": ("seite", "página", "page"),
    "Which page of it": ("Welche Seite", "Qué página", "Quelle page"),
    "list": ("liste", "lista", "liste"),
    "List all documents": ("Alle Dokumente auflisten", "Listar todos los documentos", "Lister tous les documents"),
    "add": ("hinzufügen", "añadir", "ajouter"),
    "Add a file to the documents": (
        "Eine Datei zu den Dokumenten hinzufügen",
        "Añadir un archivo a los documentos",
        "Ajouter un fichier aux documents",
    ),
    "file": ("datei", "archivo", "fichier"),
    "A document of any kind that is read": (
        "Ein Dokument jeder Art, die gelesen wird",
        "Un documento de cualquier tipo que se lea",
        "Un document de tout type qui est lu",
    ),
    "remove": ("entfernen", "quitar", "retirer"),
    "Remove a file or an answer that was added here": (
        "Eine hier hinzugefügte Datei oder Antwort entfernen",
        "Quitar un archivo o una respuesta añadidos aquí",
        "Retirer un fichier ou une réponse ajoutés ici",
    ),
    "Which of those that were added": (
        "Welche von den hinzugefügten",
        "Cuál de los añadidos",
        "Lequel de ceux ajoutés",
    ),
    "answers": ("antworten", "respuestas", "réponses"),
    "List the answers that are kept": (
        "Die aufbewahrten Antworten auflisten",
        "Listar las respuestas guardadas",
        "Lister les réponses gardées",
    ),
    "Add to sources": ("Zu Quellen hinzufügen", "Añadir a las fuentes", "Ajouter aux sources"),
    "Keep as answer": ("Als Antwort aufbewahren", "Guardar como respuesta", "Garder comme réponse"),
    "index": ("index", "índice", "index"),
    "Look after the index of the documents": (
        "Den Index der Dokumente verwalten",
        "Cuidar el índice de los documentos",
        "Gérer l'index des documents",
    ),
    "rebuild": ("erneuern", "reconstruir", "reconstruire"),
    "Take in what has changed in the documents": (
        "Änderungen an den Dokumenten übernehmen",
        "Incorporar los cambios de los documentos",
        "Prendre en compte les changements",
    ),
    "status": ("stand", "estado", "état"),
    "Say which index is in use and what is in it": (
        "Sagen, welcher Index gilt und was er enthält",
        "Decir qué índice está en uso y qué contiene",
        "Dire quel index est utilisé et ce qu'il contient",
    ),
    "rollback": ("zurück", "revertir", "revenir"),
    "Go back to the index before this one": (
        "Zum vorigen Index zurückkehren",
        "Volver al índice anterior",
        "Revenir à l'index précédent",
    ),
    "insight": ("einblick", "resumen", "apercu"),
    "What is asked, asked in vain and disliked": (
        "Was gefragt, vergeblich gefragt und abgelehnt wird",
        "Qué se pregunta, qué en vano y qué no gusta",
        "Ce qui est demandé, en vain ou peu apprécié",
    ),
    "days": ("tage", "días", "jours"),
    "Of how many days, up to now": (
        "Wie viele Tage zurück",
        "De cuántos días hasta ahora",
        "Sur combien de jours",
    ),
    "help": ("hilfe", "ayuda", "aide"),
    "What can be asked here, and what is kept": (
        "Was man hier fragen kann und was gespeichert wird",
        "Qué se puede preguntar aquí y qué se guarda",
        "Ce qu'on peut demander ici et ce qui est gardé",
    ),
    "privacy": ("datenschutz", "privacidad", "confidentialité"),
    "What is kept about you, where and how long": (
        "Was über dich gespeichert wird, wo und wie lange",
        "Qué se guarda sobre ti, dónde y cuánto tiempo",
        "Ce qui est gardé sur toi, où et combien de temps",
    ),
    "forget-me": ("vergiss-mich", "olvídame", "oublie-moi"),
    "Remove all that is kept about you, at once": (
        "Alles sofort löschen, was über dich gespeichert ist",
        "Borrar ahora mismo todo lo que se guarda sobre ti",
        "Effacer aussitôt tout ce qui est gardé sur toi",
    ),
}

_COLUMNS = {
    Locale.german: 0,
    Locale.spain_spanish: 1,
    Locale.latin_american_spanish: 1,
    Locale.french: 2,
}


class Dictionary(app_commands.Translator):
    """Translates the words above; everything else stays English."""

    async def translate(
        self, string: app_commands.locale_str, locale: Locale, context: app_commands.TranslationContextTypes
    ) -> str | None:
        """Return `string` in the language of `locale`, or None."""
        del context
        column = _COLUMNS.get(locale)
        words = _WORDS.get(string.message)
        return words[column] if column is not None and words is not None else None
