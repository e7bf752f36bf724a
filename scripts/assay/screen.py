# SPDX-License-Identifier: BSD-2-Clause
"""
Reads what the image has drawn: a dump of QEMU's display, taken apart into the characters
of the font in drivers/video/font.c, each of which must be there dot by dot.
"""

import re
import time
from dataclasses import replace

from . import items, ktap, process, qemu, runner, variant
from .qmp import Qmp

ROWS, COLUMNS = 8, 5            # dots of a character
UNKNOWN = "\N{REPLACEMENT CHARACTER}"
LAST = re.compile(r"^\d+ passed, \d+ failed$")
LONGEST = 60                    # seconds for a run that nobody hears
LOOK_EVERY = 0.5
NO_SERIAL = "no-serial"         # variant of an image that has nothing but the screen
# Platform, variant of the image.
SCREENS = (("edk2-ramfb", ""), ("edk2-ramfb-mmu-off", ""), ("edk2-ramfb", NO_SERIAL),
           ("raspi3b-u-boot", ""))


def load_font(source):
    """{tuple of rows of dots: character} from the picture in the C source."""
    text = (source / "drivers" / "video" / "font.c").read_text()
    lines = re.findall(r'^\t"([.# ]+)",$', text, flags=re.M)
    font = {}
    for band in range(len(lines) // ROWS):
        rows = [line.split(" ") for line in lines[band * ROWS:(band + 1) * ROWS]]
        for column in range(len(rows[0])):
            shape = tuple(row[column] for row in rows)
            font.setdefault(shape, chr(0x20 + band * len(rows[0]) + column))
    return font


def read_ppm(path):
    """(width, height, bytes of three a pixel) of QEMU's screendump."""
    data = path.read_bytes()
    match = re.match(rb"P6\s+(\d+)\s+(\d+)\s+255\s", data)
    return int(match[1]), int(match[2]), data[match.end():]


def dot_size(width):
    """As canvas_choose_dot() has it."""
    wide = 1 + width // 1280
    return wide, (3 * wide + 1) // 2


class Picture:
    """A dump, and the text in it."""

    def __init__(self, path, font):
        self.width, self.height, self._pixels = read_ppm(path)
        self._font = font
        self._dot = dot_size(self.width)

    def _is_set(self, x, y):
        at = 3 * (y * self.width + x)
        return any(self._pixels[at:at + 3])

    def _character(self, column, row):
        wide, high = self._dot
        left, top = column * (COLUMNS + 1) * wide, row * (ROWS + 1) * high
        shape = []
        for line in range(ROWS + 1):
            dots = []
            for dot in range(COLUMNS + 1):
                lit = {self._is_set(left + dot * wide + x, top + line * high + y)
                       for x in range(wide) for y in range(high)}
                if len(lit) > 1:
                    return UNKNOWN
                dots.append("#" if lit == {True} else ".")
            shape.append("".join(dots))
        if shape.pop() != "." * (COLUMNS + 1) or any(line[COLUMNS] == "#" for line in shape):
            return UNKNOWN
        return self._font.get(tuple(line[:COLUMNS] for line in shape), UNKNOWN)

    def lines(self):
        """All rows of text, blanks at their ends cut off."""
        wide, high = self._dot
        columns, rows = self.width // ((COLUMNS + 1) * wide), self.height // ((ROWS + 1) * high)
        return ["".join(self._character(column, row) for column in range(columns)).rstrip()
                for row in range(rows)]


class Watcher:
    """Looks at the display of a machine that runs, until the run's last line is on it."""

    def __init__(self, folder, font):
        self._folder, self._font = folder, font
        self._qmp = None
        self._next = 0.0
        self._over = 0
        self.lines = []

    def look(self):
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + LOOK_EVERY
        self._qmp = self._qmp or Qmp(self._folder / "qmp")
        dump = self._folder / "screen.ppm"
        self._qmp.command("screendump", filename=str(dump))
        self.lines = Picture(dump, self._font).lines()
        self._over += any(LAST.match(line) for line in self.lines)

    def is_over(self):
        """Seen twice: what goes over the serial line meanwhile has come by then."""
        return self._over > 1


class ScreenItem:
    """What a display shows at the end of a run, read back."""

    def __init__(self, platform, variant_name):
        self.platform, self.variant = platform, variant_name
        self.name = f"screen.{platform}" + (f".{variant_name}" if variant_name else "")

    def run(self, context):
        begin = time.monotonic()
        platform = replace(context.platform(self.platform), name=self.name)
        setup = context.setup(self.variant or platform.variant or variant.DEFCONFIG)
        folder = setup.logs / platform.name
        watcher = Watcher(folder, load_font(context.source))
        parser = ktap.Parser()
        command = [*qemu.build_command(platform, setup, folder), "-no-shutdown",
                   "-qmp", f"unix:{folder / 'qmp'},server=on,wait=off"]
        (folder / "qmp").unlink(missing_ok=True)
        with runner.open_log(platform, setup, command) as log:
            process.Console(command, parser, log, total=LONGEST, on_tick=watcher.look,
                            until=watcher.is_over).run()
        problems = self._problems(watcher.lines, parser)
        if problems:
            problems += [f"screen: {line}" for line in watcher.lines if line]
        return items.single(self.name, problems, time.monotonic() - begin,
                            [f"{sum(map(bool, watcher.lines))} lines read back"])

    def _problems(self, lines, parser):
        if not any(LAST.match(line) for line in lines):
            return [f"the last line of the run was not on the screen within {LONGEST} s"]
        problems = [f"not drawn as the font has it: {line}" for line in lines if UNKNOWN in line]
        wanted = [r"ok \d+ environment", r"# totals: pass \d+, fail \d+", LAST.pattern]
        at = 0
        for pattern in wanted:
            found = [i for i, line in enumerate(lines) if i >= at and re.match(pattern, line)]
            if not found:
                problems.append(f"no line like {pattern} in its place")
            at = found[0] if found else at
        heard = "{} passed, {} failed".format(*parser.last or (0, 0))
        if self.variant != NO_SERIAL and heard not in lines:
            problems.append(f"the serial line ended in {heard!r}, and the screen does not show it")
        if self.variant == NO_SERIAL and parser.version:
            problems.append("the image without a serial driver used a serial line")
        return problems


def screen_items():
    return [ScreenItem(*screen) for screen in SCREENS]
