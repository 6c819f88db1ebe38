"""Findings as JUnit XML: a test case for every file with findings, which fails where one of them does."""

from __future__ import annotations

import re
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from papernotes.diagnostics import Severity
from papernotes.reporting.report import Report, headline

# XML 1.0 has no way to write these characters, escaped or not.
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_junit(report: Report) -> str:
    shown = sorted(report.shown, key=lambda d: d.location.source.path)
    failures = sum(d.severity is not Severity.INFO for d in shown)
    suites = Element("testsuites", name="papernotes check", failures=str(failures))
    suite = SubElement(suites, "testsuite", name="papernotes check", failures=str(failures), errors="0")
    files = 0
    for path, found in groupby(shown, key=lambda d: d.location.source.path):
        files += 1
        for diagnostic in found:
            name = f"{diagnostic.rule.code} {diagnostic.rule.name} line {diagnostic.location.start.line}"
            case = SubElement(suite, "testcase", classname=_xml(path), name=_xml(name))
            if diagnostic.severity is not Severity.INFO:
                failure = SubElement(case, "failure", type=diagnostic.rule.code, message=_xml(diagnostic.message))
                failure.text = _xml(
                    "\n".join(filter(None, (headline(diagnostic), diagnostic.help, report.url(diagnostic))))
                )
    if not files:
        SubElement(suite, "testcase", classname="papernotes", name="no findings")
    suite.set("tests", str(len(suite)))
    suites.set("tests", str(len(suite)))
    indent(suites)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(suites, encoding="unicode") + "\n"


def _xml(text: str) -> str:
    return NOT_XML.sub("\ufffd", text)
