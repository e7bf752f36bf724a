#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Breaks lib/base in one place at a time and sees that the tests notice.

Both the host's tests (program "base") and the image's suite "lib", which runs
here as program "lib", have to fail for each entry of mutations_base.py. Prints
the cases that no entry made fail. Run by "make prove" with --list, which names
those of the image's suite that did; by hand:

    tests/host/mutate_base.py [--verbose] [TEXT]    only entries that contain TEXT

Exit status: 0 when every entry was caught and no case of the image's suite was
left out, 1 otherwise.
"""

import argparse
import collections
import concurrent.futures
import os
import re
import shlex
import subprocess
import sys
import tempfile
import pathlib

import hosttest
from mutations_base import GROUPS, HOST_ONLY, IMAGE_ONLY, MUTATIONS

# Sanitizers take most of the time and find little more: guards around each buffer do.
PROVE = hosttest.OUT / "prove"
PROGRAMS = {"base": "host", "lib": "image"}
# A broken loop may have no end; the whole programs take under a second.
RUN_TIMEOUT_S = 3
# In front of the names that --list prints: scripts/assay/libdefects.py reads them.
SEEN = "seen to fail:"
CASE = re.compile(r"^(not )?ok \d+ (\w+)")

Result = collections.namedtuple("Result", "failed passed ended")


def die(message):
    """Stop: the tool itself, not a test, is at fault."""
    sys.exit(f"mutate_base.py: {message}")


def build_clean():
    """Build both programs whole; returns how each file was compiled and linked."""
    out = PROVE / "host"
    command = ["make", "-f", str(hosttest.TOP / "tests/host/Makefile"), f"O={PROVE}", "SANITIZE=",
               *PROGRAMS]
    env = {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")}
    done = subprocess.run(["make", "-s", *command[1:]], capture_output=True, text=True, env=env,
                          check=False)
    if done.returncode:
        die(f"the tests do not build:\n{done.stdout}{done.stderr}")
    # What make would do from the beginning: the commands themselves.
    done = subprocess.run([*command, "-nB"], capture_output=True, text=True, env=env, check=True)
    commands = {}
    for line in done.stdout.splitlines():
        words = shlex.split(line)
        if "-o" in words:
            commands[words[words.index("-o") + 1]] = words
    return out, commands


def affected(path, out, commands):
    """Objects that a changed file goes into, as commands that compile them."""
    source = str(hosttest.TOP / path)
    for target, words in commands.items():
        if not target.endswith(".o"):
            continue
        depends = pathlib.Path(target).with_suffix(".d")
        if words[-1] == source or (path.endswith(".h") and depends.exists() and
                                   source in depends.read_text(encoding="utf-8").split()):
            # Of the test programs only tests/lib is to see a changed header.
            if path.endswith(".c") or "/tests/lib/" in target or "/lib/base/" in target:
                yield target, words


def mutated_text(path, old, new):
    """The file's text with the one place changed."""
    text = (hosttest.TOP / path).read_text(encoding="utf-8")
    if text.count(old) != 1:
        die(f"{path}: {text.count(old)} times instead of once: {old!r}")
    return text.replace(old, new)


def compile_mutant(work, path, text, out, commands):
    """Compile what a change affects; returns new objects by old ones."""
    copy = work / "tree" / path
    copy.parent.mkdir(parents=True)
    copy.write_text(text, encoding="utf-8")
    objects = {}
    for number, (target, words) in enumerate(affected(path, out, commands)):
        new = list(words)
        source = pathlib.Path(words[-1])
        if path.endswith(".c"):
            new[-1] = str(copy)
        elif copy.parent.name == "base" and path.startswith("lib/"):
            # A header in quotes is looked for beside the source first.
            new[-1] = str(copy.parent / source.name)
            pathlib.Path(new[-1]).write_bytes(source.read_bytes())
        objects[target] = str(work / f"{number}.o")
        new[new.index("-o") + 1] = objects[target]
        new[1:1] = [f"-I{work}/tree/include", f"-I{(hosttest.TOP / path).parent}",
                    "-Wno-error", "-w", "-MF", f"{work}/d"]
        subprocess.run(new, check=True, cwd=work)
    if not objects:
        die(f"{path}: nothing is built from it")
    return objects


def run(program, *args):
    """Run a test program; its failed and passed cases, and whether it came to its end."""
    try:
        done = subprocess.run([program, *args], capture_output=True, text=True, errors="replace",
                              timeout=RUN_TIMEOUT_S, check=False)
        output, ended = done.stdout, done.returncode in (0, 1)
    except subprocess.TimeoutExpired as timeout:
        output, ended = (timeout.stdout or b"").decode(errors="replace"), False
    failed, passed = [], []
    for line in output.splitlines():
        match = CASE.match(line)
        if match:
            (failed if match.group(1) else passed).append(match.group(2))
    return Result(failed, passed, ended)


def try_mutation(entry, out, commands):
    """Build and run both programs with one change; results by program."""
    path, old, new, _ = entry
    results = {}
    with tempfile.TemporaryDirectory(dir=PROVE) as name:
        work = pathlib.Path(name)
        objects = compile_mutant(work, path, mutated_text(path, old, new), out, commands)
        for program in PROGRAMS:
            words = list(commands[str(out / program)])
            linked = str(work / program)
            words[words.index("-o") + 1] = linked
            words = [objects.pop(word, word) if word.endswith(".o") else word for word in words]
            # What is left belongs to the archive: found before it, it is taken instead.
            archive = words.index(str(out / "common.a"))
            words[archive:archive] = [o for t, o in objects.items() if "/common/" in t]
            subprocess.run(words, check=True)
            # The file's own group of the host's tests has to catch it: all would take too long.
            group = GROUPS.get(path, pathlib.Path(path).stem)
            results[program] = run(linked, *([group] if program == "base" else []))
    return results


def wanted_programs(path):
    """The programs that have to notice."""
    if path in HOST_ONLY:
        return ["base"]
    if path in IMAGE_ONLY:
        return ["lib"]
    return list(PROGRAMS)


def judge(entry, results, seen, verbose):
    """Print what became of a mutation; True when it was caught as it has to be."""
    path, _, _, what = entry
    missing = []
    for program in wanted_programs(path):
        result = results[program]
        seen[program].update(result.failed)
        if result.ended and not result.failed:
            missing.append(PROGRAMS[program])
    if missing:
        print(f"NOT CAUGHT by the {' and the '.join(missing)} tests: {what} ({path})")
    elif verbose:
        caught = "; ".join(f"{PROGRAMS[p]}: {', '.join(results[p].failed) or 'crash or no end'}"
                           for p in wanted_programs(path))
        print(f"caught: {what} ({caught})")
    return not missing


def main():
    """Try every mutation."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--verbose", action="store_true", help="say which cases caught each")
    parser.add_argument("--list", action="store_true",
                        help="end with the cases of the image's suite that were seen to fail")
    parser.add_argument("text", nargs="?", default="", help="only entries that contain this")
    args = parser.parse_args()

    out, commands = build_clean()
    clean = {program: run(str(out / program)) for program in PROGRAMS}
    for program, result in clean.items():
        if result.failed or not result.ended or not result.passed:
            die(f"{out / program} fails already without a change")

    entries = [e for e in MUTATIONS if args.text in e[0] or args.text in e[3]]
    seen = {program: set() for program in PROGRAMS}
    with concurrent.futures.ThreadPoolExecutor(min(os.cpu_count() or 1, 8)) as pool:
        results = list(pool.map(lambda entry: try_mutation(entry, out, commands), entries))
    caught = sum(judge(e, r, seen, args.verbose) for e, r in zip(entries, results))

    unseen = {p: [c for c in clean[p].passed if c not in seen[p]] for p in PROGRAMS}
    if not args.text:
        for program, cases in unseen.items():
            if cases:
                print(f"never seen to fail, {PROGRAMS[program]} tests: {', '.join(cases)}")
    if args.list:
        print(f"{SEEN} {' '.join(sorted(seen['lib']))}")
    print(f"lib/base: {caught} of {len(entries)} planted defects caught")
    return 0 if entries and caught == len(entries) and (args.text or not unseen["lib"]) else 1


if __name__ == "__main__":
    sys.exit(main())
