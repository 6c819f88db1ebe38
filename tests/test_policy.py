"""The content security policy of a page allows the theme's own inline scripts, and no script beside them."""

from __future__ import annotations

import base64
import hashlib

from papernotes.policy import inline_scripts, with_policy

THEME = [
    '<script>var base = new URL("{{ base_url }}", location)</script><script src="x.js"></script>',
    '<script id="c" type="application/json">{{ app }}</script>{# <b> #}<script>start()</script>',
]


def page(*scripts: str) -> str:
    return f'<!doctype html><html><head><meta charset="utf-8"><title>t</title></head><body>{"".join(scripts)}</body>'


def hash_of(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def policy(html: str) -> dict[str, list[str]]:
    made = with_policy(html, inline_scripts(THEME))
    start = made.index('<meta http-equiv="Content-Security-Policy" content="')
    assert made.index('<meta charset="utf-8">') < start < made.index("<title>")
    text = made[start:].partition('content="')[2].partition('"')[0]
    return {directive.split()[0]: directive.split()[1:] for directive in text.split("; ")}


def test_nothing_comes_from_elsewhere() -> None:
    assert policy(page()) == {
        "default-src": ["'self'"],
        "script-src": ["'self'", "'wasm-unsafe-eval'"],
        "style-src": ["'self'"],
        "style-src-attr": ["'unsafe-inline'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }


def test_the_themes_scripts_run_whatever_was_filled_in() -> None:
    filled = 'var base = new URL("../..", location)'
    found = policy(page(f"<script>{filled}</script>", "<script>start()</script>"))["script-src"]
    assert found == ["'self'", "'wasm-unsafe-eval'", hash_of(filled), hash_of("start()")]


def test_no_other_script_runs() -> None:
    forged = [
        "<script>run()</script>",
        '<script>var base = new URL("", run(), "", location)</script>',
        "<script>start();run()</script>",
        "<script type=module>run()</script>",
    ]
    assert policy(page(*forged))["script-src"] == ["'self'", "'wasm-unsafe-eval'"]


def test_data_needs_no_hash() -> None:
    assert policy(page('<script type="application/json">{}</script>'))["script-src"] == ["'self'", "'wasm-unsafe-eval'"]


def test_a_page_gets_one_policy() -> None:
    assert with_policy(page('<meta charset="utf-8">'), ()).count("Content-Security-Policy") == 1
