"""XML from strangers."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from services.media.captions.refusals import unreadable

_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")


def root_of(text: str, what: str) -> Element:
    """The root element. Raises UserError that names `what` for other text and for document types."""
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
