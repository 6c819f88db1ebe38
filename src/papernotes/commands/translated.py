"""`papernotes translated`: records what a translation was made from."""

from __future__ import annotations

from papernotes.commands.parser import CLEAN, Commands, Namespace, bars_of, config_of
from papernotes.commands.saving import changing, save
from papernotes.config import ConfigError
from papernotes.library import load
from papernotes.model import Place
from papernotes.text import Source, apply_edits
from papernotes.translations import recording


def add(commands: Commands) -> None:
    help = "record that translations are up to date with their originals"
    command = commands.add("translated", run, help, "translated dpo", "translated topics/alignment index")
    command.add_argument("slugs", nargs="+", metavar="SLUG", help="a note, or topics/SLUG, or index")


def run(options: Namespace) -> int:
    config = config_of(options)
    library, _ = load(config, bars_of(options)("reading notes"))
    texts: dict[Source, str] = {}
    told: list[str] = []
    for name in dict.fromkeys(options.slugs):
        slug = name.removeprefix("topics/")
        place = Place.TOPIC if name.startswith("topics/") else Place.HOME if name == "index" else Place.NOTE
        found = [t for t in library.translations if (t.slug, t.place) == (slug, place)]
        if not found:
            raise ConfigError(f"{name}: there is no translation of it (`papernotes new --lang LANG {name}` begins one)")
        for translation in found:
            original = library.original_of(translation)
            if original is None:
                raise ConfigError(f"{translation.source.path}: there is no note that it translates")
            texts[translation.source] = apply_edits(translation.source.text, [recording(original, translation)])
            told.append(f"{translation.source.path}: made from {original.source.path} as it is now")
    with changing(config.root):
        save(config.root, texts)
    if not options.quiet:
        print("\n".join(told))
    return CLEAN
