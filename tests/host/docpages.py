# SPDX-License-Identifier: BSD-2-Clause
"""What README.md and docs/ say, for test_docs.py: commands, code, tables, and names of files."""

import re
import sys
from dataclasses import dataclass

from hosttest import TOP

sys.path.insert(0, str(TOP / "scripts"))

from assay.coverage_page import BEGIN  # noqa: E402

PAGES = [TOP / "README.md", *sorted((TOP / "docs").rglob("*.md"))]


@dataclass(frozen=True)
class Piece:
    """A line of a code block, or an inline code span."""
    where: str
    text: str
    block: bool


def pieces_of(name, text):
    """Every Piece of a page."""
    found, paragraph, first = [], [], 0
    fenced = block = False
    blank = True

    def spans():
        for match in re.finditer(r"(?<!`)(`+)(.+?)\1(?!`)", "\n".join(paragraph), re.S):
            line = first + "\n".join(paragraph)[:match.start()].count("\n")
            found.append(Piece(f"{name}:{line}", " ".join(match[2].replace("\\|", "|").split()), False))
        paragraph.clear()

    for number, line in enumerate([*text.splitlines(), ""], 1):
        if line.lstrip().startswith("```"):
            fenced = not fenced
            spans()
            continue
        block = fenced or (re.match(r"(    |\t)", line) is not None and (blank or block))
        if block:
            spans()
            code = line[0 if fenced else 4:].rstrip()
            if found and found[-1].block and found[-1].text.endswith("\\"):
                found[-1] = Piece(found[-1].where, f"{found[-1].text[:-1].rstrip()} {code.lstrip()}", True)
            else:
                found.append(Piece(f"{name}:{number}", code, True))
        elif not line.strip():
            spans()
            if found and found[-1].block:
                found.append(Piece(f"{name}:{number}", "", True))
        else:
            first = first if paragraph else number
            paragraph.append(line)
        blank = not line.strip() or block
    return found


# What make coverage wrote is test_cases.py's.
TEXT = {str(page.relative_to(TOP)): page.read_text().partition(BEGIN)[0] for page in PAGES}
PIECES = [piece for name, text in TEXT.items() for piece in pieces_of(name, text)]

# What makes a line a command: its first word, behind variables. A block's line with "$ " always is one.
TOOLS = ("make sudo git cd export apt-get pytest-3 python3 dtc fdtput fdtget iasl gdb gdb-multiarch mcopy mdir"
         " losetup sfdisk sbsign qemu-system-aarch64 qemu-img curl labgrid-client").split()
COMMAND = re.compile(rf"(?:[A-Z]\w*=\S+ +)+scripts/[\w./-]+|"
                     rf"(?:[A-Z]\w*=(?:\"[^\"]*\"|'[^']*'|\S*) +)*(?:\./\S+|\.ci/\S+|(?:{'|'.join(TOOLS)})(?= |$)|"
                     r"scripts/[\w./-]+(?= ))")


def command_in(piece):
    """The command that a piece of a page is, without prompt and comment, or ""."""
    prompt = piece.block and piece.text.startswith("$ ")
    text = re.sub(r"\s+# .*", "", piece.text.removeprefix("$ ") if prompt else piece.text).strip()
    return text if prompt or COMMAND.match(text) else ""


def commands():
    """{command: places that have it}, in the pages' order."""
    found = {}
    for piece in PIECES:
        if text := command_in(piece):
            found.setdefault(text, []).append(piece.where)
    return found


COMMANDS = commands()


def parts_of(text):
    """The simple commands of a line."""
    return re.split(r"\s*(?:&&|;)\s*", text)


def code_lines():
    """[(place, text)] of spans and commands: the other lines of blocks are C, make and output."""
    return [(piece.where, command_in(piece) or piece.text) for piece in PIECES
            if not piece.block or command_in(piece)]


def names(pattern):
    """{name: place} of what @pattern finds in spans and commands."""
    found = {}
    for where, text in code_lines():
        for match in re.finditer(pattern, text):
            found.setdefault(match[1], where)
    return found


def table_below(page, heading):
    """[[cell]] of the first table under a heading of a page."""
    text = TEXT[page]
    rows = re.search(rf"^#+ {re.escape(heading)}\n.*?^\| ---.*?\n(.*?)(?:\n\n|\Z)", text, re.M | re.S)[1].splitlines()
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", row)[1:-1]] for row in rows]


def keys_of(rows):
    """What stands in backticks in the first column."""
    return [key for row in rows for key in re.findall(r"`([\w.]+)`", row[0])]


# A name with one of these is a file's.
SUFFIXES = "c h S o mk py awk toml md txt config map elf img conf nsh log xml dtb".split()


def paths_in(text):
    """Words of a page that name a file or a directory."""
    for word in re.findall(r"[^\s`\"'()|,;=]+", text):
        word = re.sub(r":\d+$", "", word.lstrip("*").rstrip(".:!?*"))
        word = re.sub(r"^<(.*)>$|^(?:[AC]FLAGS_(?:REMOVE_)?)", r"\1", word).removesuffix("/").removeprefix("./")
        if re.search(r"\w/[\w<*]", word) or re.fullmatch(rf"[\w<>*-]+\.({'|'.join(SUFFIXES)})", word):
            yield word
