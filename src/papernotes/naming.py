"""People, date and title of a work → the citekey, the slug and the short name by which it will be known here."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection, Container, Sequence

from papernotes.addresses import is_own
from papernotes.entries import Person, WorkDate

SMALL_WORDS = frozenset(
    """a an and are as at be by can do does for from how if in into is it its not of on or our over the their this to
    toward towards via we what when where which why with without you your""".split()
)
# Names that Windows keeps for its devices, whatever stands behind the dot.
DEVICES = re.compile(r"con|prn|aux|nul|(?:com|lpt)\d")
LEGAL_CITEKEY = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_:.+/-]{0,98}[A-Za-z0-9_])?")
PLAIN_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "æ": "ae", "Æ": "AE", "œ": "oe", "đ": "d", "Đ": "D", "ı": "i"}
)
SUBTITLE = re.compile(r":\s+|\s*：\s*")
LONGEST_SLUG, WORDS_IN_SLUG, LONGEST_WORD = 60, 6, 24


def plain_letters(text: str) -> str:
    """The letters a–z, digits and spaces that are nearest to a text: `Jégou` as `Jegou`; Chinese is a space."""
    decomposed = unicodedata.normalize("NFKD", text.translate(PLAIN_LETTERS))
    return "".join(char if char.isascii() else " " for char in decomposed if not unicodedata.combining(char))


def short_name(title: str) -> str:
    """What stands before the colon, where that is a name: `LLaMA`, `Phi-3`; else nothing."""
    before, colon, _ = title.replace("：", ":").partition(":")
    return before.strip() if colon and 1 <= len(before.split()) <= 3 else ""


def without_subtitle(title: str) -> str:
    """How running text names a note: `ALBEF: Align before Fuse` is ALBEF there."""
    return SUBTITLE.split(title.strip(), maxsplit=1)[0] or title


def new_citekey(people: Sequence[Person], date: WorkDate | None, title: str, taken: Container[str]) -> str:
    """`lastnameYEARword`, with a letter behind it if that is taken; taken keys are given in lower case."""
    family = _letters(people[0].family if people else "") or "anon"
    words = [_letters(word)[:LONGEST_WORD] for word in title.split()]
    telling = next((word for word in words if word and word not in SMALL_WORDS and not word.isdigit()), "")
    name = _letters(short_name(title))
    # `Llama 2: …` is one name, `Direct Preference Optimization: …` is three words.
    word = name if name.removeprefix(telling).isdigit() else telling
    key = f"{family}{date.year if date else ''}{word}"[:60]
    suffixes = ["", *"bcdefghijklmnopqrstuvwxyz"]
    free = (f"{key}{suffix}" for suffix in suffixes if f"{key}{suffix}" not in taken)
    return next(free, f"{key}-{_fingerprint(title)}")


def usable_citekey(key: str, taken: Container[str]) -> bool:
    """May this key of somebody else's stand in our bibliography?"""
    return bool(LEGAL_CITEKEY.fullmatch(key)) and ".." not in key and "//" not in key and key.lower() not in taken


def new_slug(title: str, citekey: str, taken: Collection[str], languages: Collection[str]) -> str:
    """A path of lower-case words and hyphens: the name before the colon, else the first words, else the citekey."""
    name = short_name(title)
    wanted = [slug_of(name), slug_of(title), slug_of(citekey), f"note-{_fingerprint(title + citekey)}"]
    return next(slug for slug in wanted if slug and slug not in taken and usable_slug(slug, languages))


def usable_slug(slug: str, languages: Collection[str]) -> bool:
    """May a note be called this, as far as the site and file systems are concerned?"""
    return slug == slug_of(slug) and not is_own(slug, languages) and not DEVICES.fullmatch(slug)


def slug_of(text: str) -> str:
    """The first words of a text as a slug; empty where it has no letter that a slug can hold."""
    words = re.findall(r"[a-z0-9]+", plain_letters(text).lower().replace("'", ""))[:WORDS_IN_SLUG]
    while len(words) > 1 and (words[-1] in SMALL_WORDS or len("-".join(words)) > LONGEST_SLUG):
        words.pop()
    return "-".join(words)[:LONGEST_SLUG].strip("-") if any(not word.isdigit() for word in words) else ""


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", plain_letters(text).lower())


def _fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
