"""XML from strangers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from services.media.captions.refusals import too_long, unreadable

_MOST_TAGS = 2_000_000
"""A day of speech with a tag around every word has a quarter of that; each takes memory, whatever it holds."""
_DEEPEST = 100
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")


def root_of(text: str, what: str) -> Element:
    """The root element. Raises UserError that names `what` for other text, for document types, and for far too much."""
    if text.count("<") > _MOST_TAGS:
        raise too_long()
    try:
        # The text is decoded already, so what it says of its own encoding no longer holds.
        root: Element = fromstring(_DECLARATION.sub("", text.lstrip("\ufeff")), forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError):
        raise unreadable(what) from None
    return root


def name_of(element: Element) -> str:
    """The element's name without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: Element, name: str) -> str | None:
    """The attribute of that name, in whatever namespace."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), None)


def walked(root: Element, depth: int = 0) -> Iterator[tuple[Element, int]]:
    """All elements in order, each with its depth, as deep as captions can sensibly be."""
    yield root, depth
    if depth < _DEEPEST:
        for child in root:
            yield from walked(child, depth + 1)
