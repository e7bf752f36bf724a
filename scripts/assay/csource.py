# SPDX-License-Identifier: BSD-2-Clause
"""
Reads the initialisers of C objects out of sources: tokens, macros and the fields of
{ .name = "x", ... }. It knows as much of the preprocessor as the tables of cases use:
#define with and without arguments, # and ##, __VA_ARGS__, strings side by side. No
compiler and no configuration is needed, and what a configuration leaves out is found too.
"""

import ast
import re

TOKEN = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\'|[A-Za-z_]\w*|[0-9][\w.]*'
                   r"|##|\.\.\.|->|<<|>>|[^\s\w]", re.S)
DEFINE = re.compile(r"#\s*define\s+(\w+)(\(([^)]*)\))?[ \t]*(.*)", re.S)
OPEN, CLOSE = "([{", ")]}"
DEPTH_MAX = 20      # of macros that expand to macros


class SourceError(Exception):
    """A source has something that is not understood."""


def tokens(text):
    """The tokens of C, without comments."""
    return [token for token in TOKEN.findall(text) if not token.startswith(("//", "/*"))]


def directives(text):
    """(directives with their continued lines joined, the text without them)."""
    joined = re.sub(r"\\\n", " ", re.sub(r"/\*.*?\*/", lambda match: "\n" * match[0].count("\n"), text,
                                         flags=re.S))
    lines = joined.splitlines()
    return ([line.strip() for line in lines if line.lstrip().startswith("#")],
            "\n".join(line for line in lines if not line.lstrip().startswith("#")))


def macros(text):
    """{name: (parameters or None, tokens)} of the #defines of a text."""
    found = {}
    for line in directives(text)[0]:
        if match := DEFINE.match(line):
            parameters = [word.strip() for word in match[3].split(",")] if match[2] else None
            found[match[1]] = (parameters, tokens(match[4]))
    return found


def split(body):
    """Lists of tokens between the commas that stand in no bracket."""
    parts, depth = [[]], 0
    for token in body:
        depth += (token in OPEN) - (token in CLOSE)
        if token == "," and not depth:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts if parts[-1] or len(parts) > 1 else []


def closing(body, start):
    """Index of the bracket that closes the one at @start."""
    depth = 0
    for index in range(start, len(body)):
        depth += (body[index] in OPEN) - (body[index] in CLOSE)
        if not depth:
            return index
    raise SourceError(f"no end of the bracket behind \"{' '.join(body[max(0, start - 3):start])}\"")


def _bind(parameters, arguments):
    """{parameter: tokens}; __VA_ARGS__ takes what is left."""
    names = [name for name in parameters if name != "..."]
    bound = {name: argument for name, argument in zip(names, arguments)}
    rest = arguments[len(names):]
    bound["__VA_ARGS__"] = [token for part in rest for token in [",", *part]][1:]
    return bound


def _substitute(body, bound):
    found, index = [], 0
    while index < len(body):
        token = body[index]
        behind = body[index + 1] if index + 1 < len(body) else ""
        if token == "#" and behind in bound:
            found.append(f'"{"".join(bound[behind])}"')
            index += 1
        elif token == "##":
            right = bound.get(behind, [behind])
            found[-1:] = ["".join([*found[-1:], *right[:1]]), *right[1:]]
            index += 1
        else:
            found += bound.get(token, [token])
        index += 1
    return found


def expand(body, known, depth=0):
    """Tokens with the macros of @known in place."""
    if depth > DEPTH_MAX:
        raise SourceError("macros without an end")
    found, index = [], 0
    while index < len(body):
        token = body[index]
        parameters, replacement = known.get(token, (None, None))
        called = parameters is not None and body[index + 1:index + 2] == ["("]
        if replacement is None or (parameters is not None and not called):
            found.append(token)
        elif called:
            end = closing(body, index + 1)
            bound = _bind(parameters, split(body[index + 2:end]))
            found += expand(_substitute(replacement, bound), known, depth + 1)
            index = end
        else:
            found += expand(replacement, known, depth + 1)
        index += 1
    return found


def string(body):
    """The text of strings side by side, or None when it is anything else."""
    if not body or not all(token.startswith('"') for token in body):
        return None
    return "".join(ast.literal_eval(token) for token in body)


def initialiser(body):
    """{field: text of a string, else its tokens with blanks} of .field = value, ..."""
    found = {}
    for part in split(body):
        if len(part) > 3 and part[0] == "." and part[2] == "=":
            text = string(part[3:])
            found[part[1]] = " ".join(part[3:]) if text is None else text
    return found


def comment_text(comment):
    """The words of a comment, one line a line of it, without its marks."""
    inner = re.sub(r"^/\*+|\*/$|^// ?", "", comment.strip(), flags=re.M)
    lines = [re.sub(r"^\s*\* ?", "", line).rstrip() for line in inner.splitlines()]
    return "\n".join(lines).strip()


def head_comment(text):
    """The prose that a file opens with, behind its licence; "" when there is none."""
    behind = text.partition("\n")[2].lstrip()
    match = re.match(r"/\*.*?\*/", behind, re.S)
    return comment_text(match[0]) if match else ""


COMMENT = r"(?:/\*(?:(?!\*/).)*\*/|(?:^//[^\n]*\n)*^//[^\n]*)\n"


def comment_above(text, function):
    """(line of a function's definition, the comment right above it), or (0, "")."""
    # Or a macro of the suite's that defines it: EACH_ITS(function).
    head = rf"(?:(?:static )?(?:__noinline )?void {re.escape(function)}\(void\)|[A-Z]\w*\({re.escape(function)}\))"
    match = re.search(rf"({COMMENT})?^{head}\n?\s*{{", text, re.S | re.M)
    if not match:
        return 0, ""
    start = match.start() + len(match[1] or "")
    return text.count("\n", 0, start) + 1, comment_text(match[1] or "")
