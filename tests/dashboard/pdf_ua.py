"""A checker of what a program can see of PDF/UA-1 (ISO 14289-1) and of tables and headings (Matterhorn Protocol 1.1).

It shares nothing with what makes the reports: it reads the file only. `findings` gives a sentence per fault.
"""

import itertools

import pikepdf

_KNOWN = {
    "Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index", "NonStruct", "Private",
    "P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "THead",
    "TBody", "TFoot", "Span", "Quote", "Note", "Reference", "BibEntry", "Code", "Link", "Annot", "Ruby", "Warichu",
    "Figure", "Formula", "Form",
}  # fmt: skip
_INSIDE = {
    "LI": {"L"}, "TR": {"Table", "THead", "TBody", "TFoot"}, "TH": {"TR"}, "TD": {"TR"}, "THead": {"Table"},
    "TBody": {"Table"}, "TFoot": {"Table"}, "TOCI": {"TOC"}, "LBody": {"LI"},
}  # fmt: skip
_PAINT = {"Tj", "TJ", "'", '"', "f", "F", "f*", "S", "s", "B", "b", "B*", "b*", "Do", "sh"}


class Node:
    """One element of the tag tree: its role after the role map, its parent, its children."""

    def __init__(self, element, parent, roles):
        self.element, self.parent = element, parent
        self.own = str(element.S)[1:]
        role = self.own
        while role not in _KNOWN and "/" + role in roles:
            role = str(roles["/" + role])[1:]
        self.role = role
        kids = element.get("/K", pikepdf.Array())
        kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
        self.kids = [Node(one, self, roles) for one in kids if isinstance(one, pikepdf.Dictionary) and "/S" in one]

    def walk(self):
        """This element and everything in it, in the order of reading."""
        yield self
        for one in self.kids:
            yield from one.walk()


def tree(pdf):
    """The elements of a file in the order of reading."""
    root = pdf.Root.StructTreeRoot
    roles = root.get("/RoleMap", pikepdf.Dictionary())
    kids = root.K if isinstance(root.K, pikepdf.Array) else [root.K]
    return [one for kid in kids for one in Node(kid, None, roles).walk()]


def findings(path, pages=None):
    """Every fault that is found; `pages` bounds how many pages are read operator by operator."""
    with pikepdf.open(path) as pdf:
        found = list(_document(pdf))
        if "/StructTreeRoot" not in pdf.Root:
            return [*found, "06-001 there is no tag tree"]
        nodes = tree(pdf)
        found += [*_roles(nodes), *_headings(nodes), *_tables(nodes), *_pictures(nodes)]
        for number, page in enumerate(pdf.pages[:pages], start=1):
            found += [f"page {number}: {one}" for one in _page(page)]
    return found


def _document(pdf):
    root = pdf.Root
    if not root.get("/MarkInfo", {}).get("/Marked", False):
        yield "the file does not say that it is tagged"
    if not str(root.get("/Lang", "")):
        yield "11-006 there is no language"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False):
        yield "07-002 the title is not shown"
    with pdf.open_metadata() as facts:
        if facts.get("pdfuaid:part") != "1":
            yield "06-002 it does not call itself PDF/UA-1"
        if not facts.get("dc:title"):
            yield "06-003 there is no title"
    if "/Outlines" not in root:
        yield "there are no bookmarks"


def _roles(nodes):
    for one in nodes:
        if one.role not in _KNOWN:
            yield f"02-001 the tag {one.own} is not known"
        allowed = _INSIDE.get(one.role)
        if allowed and (one.parent is None or one.parent.role not in allowed):
            yield f"09-004 {one.role} is not inside {allowed}"


def _headings(nodes):
    levels = [int(one.role[1:]) for one in nodes if one.role[:1] == "H" and one.role[1:].isdigit()]
    if not levels or levels[0] != 1:
        yield "14-002 the first heading is not of level 1"
    for before, after in itertools.pairwise(levels):
        if after > before + 1:
            yield f"14-003 a heading of level {after} follows one of level {before}"


def _tables(nodes):
    for table in (one for one in nodes if one.role == "Table"):
        rows = [one for one in table.walk() if one.role == "TR"]
        widths = {sum(_span(cell) for cell in row.kids) for row in rows}
        if len(widths) > 1:
            yield f"15-003 a table has rows of different widths: {sorted(widths)}"
        heads = [one for one in table.walk() if one.role == "TH"]
        if not heads:
            yield "15-003 a table has no headings"
        if any("/Scope" not in _attributes(one) for one in heads):
            yield "15-003 a heading of a table does not say what it is a heading of"


def _attributes(node):
    found = node.element.get("/A", pikepdf.Array())
    parts = list(found) if isinstance(found, pikepdf.Array) else [found]
    return {key: value for part in parts for key, value in part.items()}


def _span(cell):
    return int(_attributes(cell).get("/ColSpan", 1))


def _pictures(nodes):
    for one in nodes:
        if one.role in ("Figure", "Formula") and not str(one.element.get("/Alt", "")).strip():
            yield "13-004 a picture has no alternative text"


def _page(page):
    if str(page.get("/Tabs", "")) != "/S" and "/Annots" in page:
        yield "28-009 the order of links is not that of the text"
    for one in page.get("/Annots", []):
        if str(one.get("/Subtype", "")) == "/Link" and "/StructParent" not in one:
            yield "28-011 a link is outside the tag tree"
    for font in page.Resources.get("/Font", {}).values():
        holder = (
            font.DescendantFonts[0].FontDescriptor if "/DescendantFonts" in font else font.get("/FontDescriptor", {})
        )
        if not any(name in holder for name in ("/FontFile", "/FontFile2", "/FontFile3")):
            yield "31-009 a font is not embedded"
        if "/ToUnicode" not in font:
            yield "10-001 letters cannot be read as text"
    depth = 0
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in ("BDC", "BMC"):
            depth += 1
        elif name == "EMC":
            depth -= 1
        elif name in _PAINT and not depth:
            yield f"01-005 something is painted outside the tags ({name})"
            return
        del operands
