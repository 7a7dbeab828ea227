"""The links of wikitext that are no words of the page: pictures, categories, the page in other languages."""

from __future__ import annotations

import re

FILE = re.compile(r"\s*:?(?:file|image|datei|bild|fichier|archivo|media)\s*:", re.IGNORECASE)
"""How the title of a link to a picture or another file begins."""

CATEGORY = re.compile(r"\s*(?:category|kategorie|catégorie|categoría)\s*:", re.IGNORECASE)
"""How the title of a link begins that puts the page into a category."""

OPTIONS = re.compile(
    r"\s*(?:thumb(?:nail)?|mini|frame(?:d|less)?|border|left|right|center|none|\d*x?\d+px|upright.*|alt=.*|link=.*|"
    r"page=.*|class=.*|lang=.*)\s*",
    re.IGNORECASE,
)
"""What a link to a picture may hold besides its caption."""

_LANGUAGES = frozenset(
    """
    aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo
    es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg
    ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn
    no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw
    ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
    ace ady als ang arc ary arz ast atj avk awa azb bcl be-tarask be-x-old bjn bpy bxr cbk-zam cdo ceb chr chy ckb crh
    csb diq dsb dty eml en-gb fiu-vro frp frr fur gcr glk gom gor hak haw hif hsb hyw ilo inh jbo kaa kab kbd kbp koi
    krc ksh lad lbe lez lfn lij lld lmo ltg mai map-bms mdf mhr mni mnw mrj mwl myv mzn nah nap nds nds-nl nov nqo nrm
    nso olo pag pcd pcm pdc pfl pms pnb pnt pt-br rmy roa-rup roa-tara rue sah sat scn sco shn simple skr smn srn stq
    szl tcy tet tpi tum tyv udm vec vep vls wuu xal xmf zea zh-classical zh-cn zh-hans zh-hant zh-hk zh-min-nan zh-tw
    zh-yue
    """.split()  # noqa: SIM905 -- a list of codes is read as prose
)
"""What begins a link to the same page in another language: ISO 639-1 and longer codes of wikis, but for those that are
English words ("bug", "new", "war")."""


def is_in_another_language(title: str) -> bool:
    """Tell whether a link leads to the same page in another language, which is shown beside the text, if at all."""
    prefix, colon, _ = title.partition(":")
    return bool(colon) and prefix.strip().lower() in _LANGUAGES
