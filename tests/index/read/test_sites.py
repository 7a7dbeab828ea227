"""The address that a page has on the site that is made of its folder, from the files that configure the site."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from index.read.folder import walk
from index.read.process import ReaderProcess
from index.read.readers import Readers
from index.read.site import docusaurus, sphinx
from index.read.site.site import Site, address_of
from index.records import Document
from tests.index.conftest import Library

MKDOCS = """\
site_name: Harbour
site_url: https://harbour.example/guide/
nav:
  - Home: index.md
  - Nets:
      - Mending of nets: nets/mending.md
      - nets/buying.md
plugins:
  - search
markdown_extensions:
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
extra:
  key: !ENV [KEY, none]
"""

DOCUSAURUS = """\
// url: 'https://wrong.example',
const config = {
  title: 'Harbour', /* baseUrl: '/wrong/' */
  url: 'https://harbour.example',
  baseUrl: '/site/',
  presets: [['classic', {
    docs: {
      sidebarPath: './sidebars.js',
      include: ['**/*.md', '**/*.mdx'],
      editUrl: ({docPath}) => `https://git.example/${docPath}`,
      %s
    },
    blog: { path: './blog', routeBasePath: 'news' },
  }]],
  plugins: [['@docusaurus/plugin-content-docs', { id: 'crew', path: 'crew', routeBasePath: 'the-crew', }]],
};
module.exports = config;
"""

VITEPRESS = """\
import { defineConfig } from 'vitepress'
const base = '/quay/'
export default defineConfig({
  base, cleanUrls: %s,
  themeConfig: { nav: [{ text: 'A', base: '/no/' }] },
  sitemap: { hostname: 'https://harbour.example' },
})
"""

STARLIGHT = """\
import starlight from '@astrojs/starlight';
export default defineConfig({
  site: 'https://harbour.example', base: '/quay',
  integrations: [starlight({ title: 'Harbour', social: [{ site: 'x' }] })],
});
"""

CASES: dict[str, tuple[dict[str, str], dict[str, tuple[str, str | None]]]] = {
    "mkdocs": (
        {"mkdocs.yml": MKDOCS},
        {
            "docs/index.md": ("# A", "https://harbour.example/guide/"),
            "docs/nets/mending.md": ("# A", "https://harbour.example/guide/nets/mending/"),
            "docs/nets/README.md": ("# A", "https://harbour.example/guide/nets/"),
            "docs/ü x.md": ("# A", "https://harbour.example/guide/%C3%BC%20x/"),
            "docs/own.md": ("---\nurl: https://own.example/a\n---\n# A", "https://own.example/a"),
            "other/a.md": ("# A", None),
            "README.md": ("# A", None),
        },
    ),
    "mkdocs, files": (
        {"mkdocs.yml": "site_url: https://h.example\ndocs_dir: pages\nuse_directory_urls: false\n"},
        {"pages/a.md": ("# A", "https://h.example/a.html"), "pages/b/index.md": ("# A", "https://h.example/b/index.html")},
    ),
    "mkdocs, without an address": ({"mkdocs.yml": "site_name: A\nsite_url: !ENV SITE\n"}, {"docs/a.md": ("# A", None)}),
    "docusaurus": (
        {"docusaurus.config.js": DOCUSAURUS % ""},
        {
            "docs/intro.md": ("# A", "https://harbour.example/site/docs/intro"),
            "docs/01-nets/02-mending.mdx": ("# A", "https://harbour.example/site/docs/nets/mending"),
            "docs/01-nets/index.md": ("# A", "https://harbour.example/site/docs/nets"),
            "docs/nets/nets.md": ("# A", "https://harbour.example/site/docs/nets"),
            "docs/a.md": ("---\nslug: /start\n---\n# A", "https://harbour.example/site/docs/start"),
            "docs/b/a.md": ("---\nslug: start\n---\n# A", "https://harbour.example/site/docs/b/start"),
            "docs/b/c.md": ("---\nid: see\n---\n# A", "https://harbour.example/site/docs/b/see"),
            "docs/_part.mdx": ("# A", None),
            "docs/v2.1.md": ("# A", "https://harbour.example/site/docs/v2.1"),
            "crew/a.md": ("# A", "https://harbour.example/site/the-crew/a"),
            "blog/2024-05-01-nets.md": ("# A", "https://harbour.example/site/news/2024/05/01/nets"),
            "blog/2024-05-01-nets/index.md": ("# A", "https://harbour.example/site/news/2024/05/01/nets"),
            "blog/b.md": ("---\nslug: bees\n---\n# A", "https://harbour.example/site/news/bees"),
            "src/pages/about.md": ("# A", "https://harbour.example/site/about"),
            "README.md": ("# A", None),
        },
    ),
    "docusaurus, at the root": (
        {
            "docusaurus.config.ts": DOCUSAURUS % "routeBasePath: '/', numberPrefixParser: false,",
            "versions.json": '["2.0", "1.0"]',
        },
        {
            "docs/a.md": ("# A", "https://harbour.example/site/next/a"),
            "docs/01-b.md": ("# A", "https://harbour.example/site/next/01-b"),
            "versioned_docs/version-2.0/a.md": ("# A", "https://harbour.example/site/a"),
            "versioned_docs/version-1.0/b/a.md": ("# A", "https://harbour.example/site/1.0/b/a"),
        },
    ),
    "mdbook": (
        {
            "book.toml": '[book]\ntitle = "A"\n[output.html]\nsite-url = "/book/"\ncname = "harbour.example"\n',
            "src/SUMMARY.md": "# Summary\n\n[Welcome](README.md)\n- [Nets](./nets/mending.md)\n  - [Draft]()\n",
        },
        {
            "src/README.md": ("# A", "https://harbour.example/book/index.html"),
            "src/nets/mending.md": ("Text.", "https://harbour.example/book/nets/mending.html"),
            "src/loose.md": ("# A", None),
        },
    ),
    "mdbook, without an address": (
        {"book.toml": '[output.html]\nsite-url = "/book/"\n', "src/SUMMARY.md": "- [Nets](a.md)"},
        {"src/a.md": ("# A", None)},
    ),
    "sphinx": (
        {
            "docs/conf.py": 'import sys\nproject = "A"\nhost = "harbour.example"\n'
            'html_baseurl = f"https://{host}" + "/en/"\nsys.exit(1)\n'
        },
        {
            "docs/a/b.rst": ("A\n=", "https://harbour.example/en/a/b.html"),
            "docs/index.md": ("# A", "https://harbour.example/en/index.html"),
            "README.md": ("# A", None),
        },
    ),
    "sphinx, in folders": (
        {
            "docs/conf.py": 'project = "A"\nhtml_baseurl = "https://harbour.example/en/latest/"\n',
            ".readthedocs.yaml": "version: 2\nsphinx:\n  builder: dirhtml\n  configuration: docs/conf.py\n",
        },
        {
            "docs/a/b.rst": ("A\n=", "https://harbour.example/en/latest/a/b/"),
            "docs/index.rst": ("A\n=", "https://harbour.example/en/latest/"),
        },
    ),
    "sphinx, computed": (
        {"conf.py": 'import os\nproject = "A"\nhtml_baseurl = os.environ.get("URL", "https://no.example")\n'},
        {"a.rst": ("A\n=", None)},
    ),
    "hugo": (
        {
            "hugo.toml": 'baseURL = "https://harbour.example/"\n[permalinks]\nposts = "/:year/:month/:slug/"\n'
            '[languages.en]\n[languages.de]\n'
        },
        {
            "content/_index.md": ("# A", "https://harbour.example/"),
            "content/Nets/Mending Nets.md": ("# A", "https://harbour.example/nets/mending-nets/"),
            "content/nets/_index.md": ("# A", "https://harbour.example/nets/"),
            "content/nets/bundle/index.md": ("# A", "https://harbour.example/nets/bundle/"),
            "content/nets/a.de.md": ("# A", "https://harbour.example/de/nets/a/"),
            "content/nets/b.md": ("+++\nslug = 'bee'\n+++\n# A", "https://harbour.example/nets/bee/"),
            "content/nets/slashed.md": ("+++\nslug = '/guide/start'\n+++\n# A", "https://harbour.example/nets/guide/start/"),
            "content/nets/c.md": ("---\nurl: /boss/\n---\n# A", "https://harbour.example/boss/"),
            "content/posts/e.md": (
                "---\ndate: 2024-05-01\nslug: ease\n---\n# A",
                "https://harbour.example/2024/05/ease/",
            ),
            "content/posts/f.md": ("---\ndate: 2024-05-01\ntitle: Of Nets\n---\n# A", None),
            "README.md": ("# A", None),
        },
    ),
    "jekyll": (
        {
            "_config.yml": "url: https://harbour.example\nbaseurl: /nets\ncollections:\n  crew:\n    output: true\n"
        },
        {
            "index.md": ("# A", "https://harbour.example/nets/"),
            "a/b.md": ("# A", "https://harbour.example/nets/a/b.html"),
            "c.md": ("---\npermalink: /see/\n---\n# A", "https://harbour.example/nets/see/"),
            "_posts/2024-05-01-of-nets.md": ("# A", "https://harbour.example/nets/2024/05/01/of-nets.html"),
            "_crew/ann.md": ("# A", "https://harbour.example/nets/crew/ann.html"),
        },
    ),
    "jekyll, pretty": (
        {"_config.yml": "url: https://h.example\npermalink: pretty\n"},
        {
            "a/b.md": ("# A", "https://h.example/a/b/"),
            "_posts/2024-05-01-x.md": ("# A", "https://h.example/2024/05/01/x/"),
            "_posts/2024-05-02-y.md": ("---\ncategory: z\n---\n# A", None),
        },
    ),
    "vitepress": (
        {"docs/.vitepress/config.mts": VITEPRESS % "true"},
        {
            "docs/index.md": ("# A", "https://harbour.example/quay/"),
            "docs/a/b.md": ("# A", "https://harbour.example/quay/a/b"),
            "docs/a/index.md": ("# A", "https://harbour.example/quay/a/"),
        },
    ),
    "vitepress, files": (
        {".vitepress/config.js": VITEPRESS % "false"},
        {"a/b.md": ("# A", "https://harbour.example/quay/a/b.html")},
    ),
    "starlight": (
        {"astro.config.mjs": STARLIGHT},
        {
            "src/content/docs/index.mdx": ("# A", "https://harbour.example/quay/"),
            "src/content/docs/Guides/First Steps.md": ("# A", "https://harbour.example/quay/guides/first-steps/"),
            "src/content/docs/a.md": ("---\nslug: other/place\n---\n# A", "https://harbour.example/quay/other/place/"),
            "README.md": ("# A", None),
        },
    ),
    "of two, the nearest": (
        {"mkdocs.yml": "site_url: https://outer.example", "docs/inner/mkdocs.yml": "site_url: https://inner.example"},
        {"docs/inner/docs/a.md": ("# A", "https://inner.example/a/"), "docs/a.md": ("# A", "https://outer.example/a/")},
    ),
    "none that is one": (
        {
            "mkdocs.yml": "site_url: https://user:word@h.example",
            "config.json": "{}",
            "conf.py": "def f(:",
            "hugo.toml": "=",
            "docusaurus.config.js": "module.exports = { url: process.env.URL, baseUrl: '/' ",
        },
        {"docs/a.md": ("# A", None)},
    ),
}  # fmt: skip


_READERS = Readers()
"""One reading process for all tests: it starts with the first file."""


@pytest.fixture(scope="module", autouse=True)
def _ended() -> Iterator[None]:
    with _READERS:
        yield


def _read(folder: Path, files: Mapping[str, str]) -> dict[str, Document]:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    outcomes = _READERS.read(walk(folder).files)
    return {document.source: document for document in outcomes if isinstance(document, Document)}


@pytest.mark.parametrize(("settings", "pages"), CASES.values(), ids=CASES)
def test_a_page_has_the_address_that_its_site_gives_it(
    settings: dict[str, str], pages: dict[str, tuple[str, str | None]], tmp_path: Path
) -> None:
    read = _read(tmp_path, {**settings, **{name: text for name, (text, _) in pages.items()}})
    assert {name: read[name].url for name in pages} == {name: url for name, (_, url) in pages.items()}


def test_the_navigation_gives_a_title_to_a_page_without_one(tmp_path: Path) -> None:
    read = _read(
        tmp_path,
        {
            "mkdocs.yml": MKDOCS,
            "docs/nets/mending.md": "Text.",
            "docs/nets/buying.md": "Text.",
            "docs/index.md": "# Welcome\n\nText.",
            "book/book.toml": "[book]\nsrc = 'pages'",
            "book/pages/SUMMARY.md": "- [Of ropes](./ropes.md)",
            "book/pages/ropes.md": "Text.",
            "vite/.vitepress/config.ts": "export default { themeConfig: { sidebar: [{ text: 'All', items: ["
            "{ text: 'Of sails', link: '/sails' }, { link: '/oars/', text: 'Of oars' }] }] } }",
            "vite/sails.md": "Text.",
            "vite/oars/index.md": "Text.",
            "saurus/docusaurus.config.js": DOCUSAURUS % "",
            "saurus/sidebars.js": "module.exports = { a: [{ type: 'doc', id: 'deep/hulls', label: 'Of hulls' }] };",
            "saurus/docs/deep/hulls.mdx": "Text.",
        },
    )
    titles = {name: document.title for name, document in read.items()}
    assert titles["docs/nets/mending.md"] == "Mending of nets"
    assert titles["docs/nets/buying.md"] == "buying"
    assert titles["docs/index.md"] == "Welcome"
    assert titles["book/pages/ropes.md"] == "Of ropes"
    assert titles["vite/sails.md"] == "Of sails"
    assert titles["vite/oars/index.md"] == "Of oars"
    assert titles["saurus/docs/deep/hulls.mdx"] == "Of hulls"


def test_the_contents_of_a_gitbook_give_titles_where_nothing_else_describes_a_site(tmp_path: Path) -> None:
    summary = "# Table of contents\n\n* [Of knots](deep/knots.md)\n"
    files = {"book/SUMMARY.md": summary, "book/deep/knots.md": "Text.", "book/deep/ropes.md": "Text."}
    read = _read(tmp_path, files)
    titles = [read[name].title for name in ("book/deep/knots.md", "book/deep/ropes.md")]
    assert titles == ["Of knots", "ropes"]
    assert read["book/deep/knots.md"].url is None


def test_files_that_pages_show_are_looked_for_where_the_site_has_them(tmp_path: Path) -> None:
    settings = "markdown_extensions:\n  - admonition\n  - pymdownx.snippets:\n      base_path: [docs/snips, !no way]\n"
    page = '# A\n\n--8<-- "nets.md"\n'
    read = _read(tmp_path, {"mkdocs.yml": settings, "docs/a/b.md": page, "docs/snips/nets.md": "Nets are mended."})
    assert read["docs/a/b.md"].text == "A\n\nNets are mended."


def test_terms_of_sphinx_stand_for_what_they_say(tmp_path: Path) -> None:
    conf = 'project = "A"\nversion = "2.3"\nrelease = version + ".1"\n'
    conf += 'rst_prolog = """\n.. |quay| replace:: the quay\n"""\n'
    page = "A\n=\n\nVersion |release| lies at |quay| by |unknown|.\n\nOwn |version|.\n\n.. |version| replace:: word\n"
    read = _read(tmp_path, {"docs/conf.py": conf, "docs/a.rst": page, "b.rst": "Version |release|."})
    assert read["docs/a.rst"].text == "A\n\nVersion 2.3.1 lies at the quay by […].\n\nOwn word."
    assert read["b.rst"].text == "Version […]."


def _site_by(conf: str) -> Site:
    """Return a site whose address and a setting of its own are set alike."""
    base, level = ("html_baseurl", "'https://harbour.example'"), ("level", "'beta'")
    text = "project = 'A'\n" + "".join(conf.format(name=name, value=value) for name, value in (base, level))
    site = sphinx.site_of(text.replace("x = level", "y = level"), "")
    assert site is not None
    return site


@pytest.mark.parametrize("suffixes", ['{".txt": "restructuredtext"}', '[".rst", ".txt"]', '".txt"'])
def test_pages_of_sphinx_end_as_its_settings_say(tmp_path: Path, suffixes: str) -> None:
    conf = f'project = "Harbour"\nhtml_baseurl = "https://h.example/"\nsource_suffix = {suffixes}\n'
    tides = ".. _tides:\n\nTides\n=====\n\nHigh at noon.\n"
    files = {"docs/conf.py": conf, "docs/a.txt": "Gates\n=====\n\nSee :ref:`tides`.\n", "docs/tides.inc": tides}
    read = _read(tmp_path, files)
    assert read["docs/a.txt"].text == "Gates\n\nSee Tides."
    assert read["docs/a.txt"].url == "https://h.example/a.html"


@pytest.mark.parametrize(
    "conf",
    [
        "{name} = {value}\nif tags.has('x'):\n    {name} = 'other'\n",
        "try:\n    {name} = {value}\nexcept OSError:\n    {name} = 'other'\n",
        "if tags.has('x'):\n    {name} = {value}\n",
        "{name} = 'other'\n{name} = {value}\n",
        "{name} = {value}\n{name} += 'other'\n",
        "{name} = {value}\nfor {name} in ('other',):\n    pass\n",
        "{name} = {value}\nwith open('a') as {name}:\n    pass\n",
        "{name} = {value}\n{name}, b = 'other', 1\n",
        "{name} = {value}\nfrom local_conf import *\n",
        "{name} = {value}\ntry:\n    from local_conf import *\nexcept ImportError:\n    pass\n",
        "{name} = {value}\ntry:\n    from local_conf import {name}\nexcept ImportError:\n    pass\n",
        "{name} = {value}\nfrom local_conf import other as {name}\n",
        "{name} = {value}\nimport {name}.parts\n",
        "{name} = {value}\nexec(open('local_conf.py').read())\n",
        "{name} = {value}\ndef setup(app):\n    global {name}\n    {name} = 'other'\n",
        "{name} = {value}\ndef {name}():\n    pass\n",
        "{name} = {value}\ntry:\n    pass\nexcept OSError as {name}:\n    pass\n",
        "{name} = {value}\nmatch x:\n    case [*_, {name}]:\n        pass\n",
        "{name} = {value}\nx = [({name} := y) for y in z]\n",
        "{name} = {value}\nx = [y for y in z if ({name} := y)]\n",
    ],
)
def test_what_sphinx_may_set_to_another_value_is_not_known(conf: str) -> None:
    site = _site_by(conf)
    assert site.address is None
    assert "level" not in site.settings


@pytest.mark.parametrize(
    "conf",
    [
        "{name} = {value}\n",
        "{name} = {value}\n{name} = {value}\n",
        "{name}: str = {value}\n",
        "x = {name} = {value}\n",
        "{name} = {value}\nfrom local_conf import other\n",
        "{name} = {value}\ndef setup(app):\n    {name} = 'other'\n",
        "{name} = {value}\nclass A:\n    {name} = 'other'\n",
        "{name} = {value}\ny = [{name} for {name} in z]\n",
        "{name} = {value}\nexec('{name} = 1', dict())\n",
    ],
)
def test_what_sphinx_sets_to_one_value_is_known(conf: str) -> None:
    site = _site_by(conf)
    assert site.address == "https://harbour.example/"
    assert site.settings["level"] == "beta"


def test_what_sphinx_sets_below_an_import_of_any_name_is_known() -> None:
    conf = "edition = 'free'\nfrom local_conf import *\nproject = 'A'\nlevel = 'beta'\n"
    site = sphinx.site_of(f"{conf}html_baseurl = 'https://harbour.example'\n", "")
    assert site is not None
    assert site.address == "https://harbour.example/"
    assert site.settings == {"project": "A", "level": "beta", "html_baseurl": "https://harbour.example"}


def test_an_address_of_sphinx_is_not_known_by_one_of_its_parts() -> None:
    site = sphinx.site_of("project = 'A'\npath = f()\nhtml_baseurl = 'https://harbour.example/' + path\n", "")
    assert site is not None
    assert site.address is None


def test_a_sum_of_a_thousand_texts_keeps_no_page_from_being_read() -> None:
    long = " + ".join(["'a'"] * 1200)
    for conf in (f"extensions = {long}\n", f"extensions = {long}\nextensions = {long}\n"):
        site = sphinx.site_of(f"{conf}html_baseurl = 'https://harbour.example'\n", "")
        assert site is not None
        assert site.address == "https://harbour.example/"


@pytest.mark.parametrize("second", ["True", "False"])
def test_a_setting_that_sphinx_gets_with_two_defaults_is_not_known(second: str) -> None:
    conf = "project = 'A'\ndef setup(app):\n    app.add_config_value('internal', False, 'env')\n"
    site = sphinx.site_of(f"{conf}    app.add_config_value('internal', {second}, 'env')\n", "")
    assert site is not None
    assert site.settings.get("internal", None) is (False if second == "False" else None)


def test_pages_are_read_anew_where_their_site_changes(library: Library) -> None:
    library.write("one/mkdocs.yml", "site_url: https://one.example")
    library.write("one/docs/a.md", "# A\n\nNets are mended here.")
    library.write("two/a.md", "# B\n\nRopes are spliced here.")
    library.build()
    library.write("one/mkdocs.yml", "site_url: https://new.example")
    report = library.build()
    assert report.changed == ("one/docs/a.md",)
    assert report.encoded == 0, "the settings themselves are no document"
    assert library.shelf.open().catalogue.document("one/docs/a.md").url == "https://new.example/a/"
    library.write("two/.vitepress/config.js", "export default { sitemap: { hostname: 'https://two.example' } }")
    assert library.build().changed == ("two/a.md",)
    answer = library.ask("Where are ropes spliced?")
    assert (answer.quotes or answer.closest)[0].url == "https://two.example/a.html"
    (library.documents / "one/mkdocs.yml").unlink()
    report = library.build()
    assert (report.changed, report.removed) == (("one/docs/a.md",), ())
    assert not library.build().swapped


@pytest.mark.parametrize(
    "text", ["/*" * 100_000, "{" * 100_000, "`" * 99_999, "'" * 99_999, "a: {" * 50_000, "url: " * 50_000]
)
def test_settings_that_are_made_to_do_harm_do_none(text: str) -> None:
    assert docusaurus.site_of(text, "[" * 100_000, text).address is None
    assert sphinx.site_of("(" * 100_000 + text, text) is None


def test_what_configures_a_site_is_no_document_and_is_not_named_as_one_left_out(tmp_path: Path) -> None:
    settings = ["mkdocs.yml", "a/conf.py", "b/docusaurus.config.ts", "c/_config.yml", "d/book.toml", "d/src/SUMMARY.md"]
    settings += ["e/.gitbook.yaml", "e/SUMMARY.md", "b/sidebars.js"]
    others = ["config.yml", "SUMMARY.md", "d/src/a.md"]
    for name in (*settings, *others):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("key: value\n", encoding="utf-8")
    listing = walk(tmp_path)
    assert sorted(file.source for file in listing.files) == sorted(others)
    assert listing.left_out == ()


def test_what_configures_a_site_in_an_archive_is_no_document(tmp_path: Path) -> None:
    settings = [
        "conf.py",
        "d/book.toml",
        "d/src/SUMMARY.md",
        "e/.gitbook.yaml",
        "e/SUMMARY.md",
        "f/book.json",
        "f/SUMMARY.md",
    ]
    others = ["SUMMARY.md", "d/src/a.md", "d/src/deep/SUMMARY.md", "f/below/SUMMARY.md"]
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for name in (*settings, *others):
            archive.writestr(name, "Text.")
    read = {file.source for file in walk(tmp_path).files}
    assert read - {"a.zip/f/book.json"} == {f"a.zip/{name}" for name in others}


def test_only_a_web_address_is_one() -> None:
    assert address_of("https://h.example/a/", "/b/") == "https://h.example/a/b"
    assert address_of("https://h.example/b/", "/b/") == "https://h.example/b"
    for wrong in (
        "h.example",
        "ftp://h.example",
        "javascript:alert(1)",
        "https://a:b@h.example",
        "https://${x}",
        5,
        None,
        "http://localhost:3000",
        "https://[your-site]/",
        "https://[::1/",
    ):
        assert address_of(wrong) is None


def test_roles_of_a_site_are_those_of_its_pages_alone(tmp_path: Path) -> None:
    links = '{"sub": ("https://x.example/%s", "SUB-%s"), "net": ("https://x.example/%s", "NET-%s")}'
    conf = f'project = "A"\nextlinks = {links}\n'
    page = "A\n=\n\nH\\ :sub:`2`\\ O and :net:`3`.\n"
    for name, text in {"a/conf.py": conf, "a/a.rst": page, "b/b.rst": page}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    process = ReaderProcess(seconds=60, memory_mib=1024)
    try:
        outcomes = [process.read(file) for file in walk(tmp_path).files if file.source.endswith(".rst")]
    finally:
        process.end()
    assert [read.text if isinstance(read, Document) else read for read in outcomes] == [
        "A\n\nH2O and NET-3.",
        "A\n\nH2O and 3.",
    ]


def test_roles_of_addresses_show_what_a_site_of_sphinx_says(tmp_path: Path) -> None:
    links = '{"issue": ("https://x.example/%s", "issue %s"), "Net": ("https://y.example/%s", None)}'
    conf = f'project = "A"\nextlinks = {links}\n'
    page = "A\n=\n\nSee :issue:`12`, :issue:`that one <12>`, :net:`old`, :pr:`3`.\n"
    read = _read(tmp_path, {"conf.py": conf, "a.rst": page})["a.rst"]
    assert read.text == "A\n\nSee issue 12, that one, https://y.example/old, #3."
    read = _read(tmp_path / "b", {"conf.py": 'project = "A"\nextlinks = f(x)\n', "a.rst": page})["a.rst"]
    assert "See #12, that one" in read.text
