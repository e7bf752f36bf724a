#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""
Measures what docs/performance.md tells, on this machine, and prints it as
tables: seconds to build, size of the Image, instructions from its entry to the
first test, the cost of turning the MMU off and on, of starting CPUs, of a
character on the console and of an ITS's commands, and latencies as distributions.
"make measure" runs it; MEASURE="startup cpus" takes a part.

Instructions are counted by a QEMU plugin and do not depend on the host; seconds do.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from assay import environment, ktap, measuring, runner, status
from assay.process import catch_signals, stop_all

MEMORY_SIZES = ["128M", "256M", "8G", "64G"]
PLATFORMS = ["direct", "edk2", "edk2-dt"]
# Start-up may cost this much, firmware that is called included; and the size of
# memory must not matter: to the image's part it may make this much of a difference,
# of that limit or of the figure itself.
LIMIT = 1_000_000
SPREAD = 0.02
MMU_OFF_CASE = "mmu_off.cost_is_that_of_what_is_in_use"
MMU_FUNCTIONS = ["mmu_disable", "mmu_enable"]
REFUSED = 100           # instructions: a call that changed nothing takes fewer
FIGURES = ["min", "median", "p99", "max"]
LATENCY_PLATFORMS = ["direct-gicv2", "direct-gicv3", "direct-el2-vhe", "edk2"]
CONSOLE_PLATFORMS = {"direct": "PL011", "kvmtool": "16550", "zcu102": "Cadence UART",
                     "raspi3b-debian": "mini-UART"}
CONSOLE_CASE = "bench.console_line"
CONSOLE_BYTES = 65      # of its line, with the carriage return
NS_PER_INSTRUCTION = 16     # QEMU's -icount shift=4
CPU_COUNTS = [2, 8, 64, 123, 512]
CPU_PLATFORM = "direct-gicv3"
CPU_FUNCTION = "cpus_start"
# Those that differ among the 42 configurations of kvm-unit-tests' unittests.cfg.
PARITY_MACHINES = [("el1-gicv2-8", 8), ("el1-gicv2-1", 1), ("el1-gicv2-4", 3), ("el1-gicv3-8", 8)]
PARITY_RUNS = 3
ITS_PLATFORM = "direct-gicv3"
ITS_CASES = "its.*_timed,bench.lpi"


def table(*heads):
    print("| " + " | ".join(heads) + " |\n|" + " --- |" * len(heads))


def row(*cells):
    print("| " + " | ".join(f"{cell:,}" if isinstance(cell, int) else cell for cell in cells) + " |",
          flush=True)


def complain(text):
    print(f"measure: {text}", file=sys.stderr)
    return False


def spread(what, values, of=None):
    """Whether values that must not depend on the size of memory differ by little."""
    if max(values) - min(values) <= (of or min(values)) * SPREAD:
        return True
    return complain(f"{what}: {min(values):,} to {max(values):,}, which depends on the size of memory")


def measure_startup(directory):
    """Instructions from the entry to the first case."""
    counter = measuring.Counter(directory)
    table("platform", "memory", "instructions in the image", "in firmware")
    good = True
    for name in PLATFORMS:
        image, total = [], []
        for mem in MEMORY_SIZES:
            platform = replace(environment.platforms().load(name), mem=mem)
            # Those of its cases that boot services live for would run before the start is over.
            platform = platform.with_append("skip=efi")
            result = counter.run(platform, measuring.memory_arguments(mem))
            inside, outside = counter.counts(result)
            image.append(inside)
            total.append(inside + outside)
            row(name, mem, inside, outside)
        good &= spread(f"{name}: instructions", image, LIMIT)
        if max(total) > LIMIT:
            good = complain(f"{name}: {max(total):,} instructions, more than {LIMIT:,}")
    return good


def _dc_operations(result):
    for case in result.parser.cases:
        for key, value in case.facts():
            if case.id == MMU_OFF_CASE and key == "DC operations":
                off, on, once = (int(text.split()[0]) for text in value.split(",")[:3])
                return [once, off, on]
    raise status.UsageError(f"{result.platform.name}: {MMU_OFF_CASE} printed no DC operations:"
                            f" {result.log}")


def measure_mmu_off(directory):
    """DC operations and instructions of turning the MMU off and on."""
    counter = measuring.Counter(directory)
    table("platform", "memory", "DC operations once", "off", "on", "instructions off, the first time",
          "off", "on")
    good = True
    for name in PLATFORMS:
        operations, costs = [], []
        for mem in MEMORY_SIZES:
            platform = replace(environment.platforms().load(name), mem=mem, run=MMU_OFF_CASE)
            platform = platform.with_append("repeat=2")
            result = counter.run(platform, measuring.memory_arguments(mem), MMU_FUNCTIONS)
            spans = counter.spans(MMU_FUNCTIONS)
            operations.append(_dc_operations(result))
            off, on = ([cost for cost in spans[name] if cost >= REFUSED] for name in MMU_FUNCTIONS)
            costs.append([off[0], off[-1], on[-1]])
            row(name, mem, *operations[-1], *costs[-1])
        for what, values in (("DC operations", operations), ("instructions", costs)):
            for column in zip(*values):
                good &= spread(f"{name}: {what} of MMU off and on", column)
    return good


def _cpus(count, words):
    platform = replace(environment.platforms().load(CPU_PLATFORM), smp=count, mem="512M", timeout=300,
                       idle_timeout=120)
    return platform.with_append(measuring.FIRST_CASE, words)


def measure_cpus(directory):
    """Seconds and instructions until all CPUs are up."""
    counter = measuring.Counter(directory)
    table("CPUs", "s in parallel", "s one by one", "s of a bare loop", "instructions in parallel",
          "one by one")
    setup = environment.setup(environment.build() / "Image", directory)
    for count in CPU_COUNTS:
        took, cost = [], []
        for words in ("", "bringup=serial"):
            platform = _cpus(count, words)
            # Time is the host's here, and instructions are counted with one CPU at a time.
            result = runner.run(replace(platform, icount=False), setup, lambda *_: None, ktap.Parser())
            took.append(f"{measuring.bringup_us(result) / 1e6:.3f}")
            counter.run(platform, [], [CPU_FUNCTION])
            cost.append(counter.spans([CPU_FUNCTION])[CPU_FUNCTION][0])
        row(str(count), *took, f"{measuring.bare_loop_seconds(platform, directory):.3f}", *cost)
    return True


def _latencies(platform, setup, cases="bench.*"):
    """[(what, samples, four numbers of ns)] of the suite bench, as its cases print them."""
    result = runner.run(replace(platform, run=cases), setup, lambda *_: None, ktap.Parser())
    if result.status != status.GOOD:
        raise status.UsageError(f"{platform.name}: {result.headline}: {result.log}")
    return [(figure["what"], figure["count"],
             [figure[name] * 1_000_000_000 // figure["hz"] for name in FIGURES])
            for case in result.parser.cases for figure in case.figures() if figure["hz"]]


def measure_latency(directory):
    """Distributions of the suite bench: in instructions, and by the host's time."""
    setup = environment.setup(environment.build() / "Image", directory)
    table("latency", "platform", "samples", "instructions: min", "median", "p99", "max", "median ns",
          "host's ns: min", "median", "p99", "max")
    for name in LATENCY_PLATFORMS:
        platform = environment.platforms().load(name)
        platform = replace(platform, smp=max(platform.smp, 2))
        counted = _latencies(platform, setup)
        timed = _latencies(replace(platform, icount=False), setup)
        for (what, samples, nanoseconds), (*_, host) in zip(counted, timed):
            # With one instruction each 16 ns the counter, whatever its frequency, counts them.
            row(what, name, samples, *(ns // NS_PER_INSTRUCTION for ns in nanoseconds), nanoseconds[1],
                *host)
    return True


def measure_console(directory):
    """Instructions for each character of the console's output."""
    setup = environment.setup(environment.build() / "Image", directory)
    table("console", "platform", "instructions a character: min", "median", "max")
    for name, what in CONSOLE_PLATFORMS.items():
        try:
            [(_, _, nanoseconds)] = _latencies(environment.platforms().load(name), setup, CONSOLE_CASE)
        except status.Absent as err:
            row(what, name, f"not measured: {err}", "", "")
            continue
        cost = [f"{ns / NS_PER_INSTRUCTION / CONSOLE_BYTES:.1f}" for ns in nanoseconds]
        row(what, name, cost[0], cost[1], cost[3])
    return True


def measure_its(directory):
    """How many commands an ITS takes in a second, and how long an LPI takes."""
    setup = environment.setup(environment.build() / "Image", directory)
    table("what", "platform", "samples", "instructions: median", "host's ns: min", "median", "p99", "max",
          "commands a second")
    platform = environment.platforms().load(ITS_PLATFORM)
    counted = _latencies(platform, setup, ITS_CASES)
    timed = _latencies(replace(platform, icount=False), setup, ITS_CASES)
    for (what, samples, nanoseconds), (*_, host) in zip(counted, timed):
        commands = re.match(r"(\d+) ITS commands", what)
        # The SYNC behind them is one, too.
        rate = (int(commands[1]) + 1) * 1_000_000_000 // max(host[1], 1) if commands else ""
        row(what, ITS_PLATFORM, samples, nanoseconds[1] // NS_PER_INSTRUCTION, *host, rate)
    return True


def _parity_run(platforms, setup, at_once):
    """Seconds for all boots of @platforms, and the cases that checked something."""
    def boot(platform):
        result = runner.run(platform, setup, lambda *_: None, ktap.Parser())
        if result.status != status.GOOD:
            raise status.UsageError(f"{platform.name}: {result.headline}: {result.log}")
        return sum(case.verdict in ("PASS", "XFAIL") for case in result.parser.cases)
    start = time.monotonic()
    with ThreadPoolExecutor(at_once) as pool:
        checked = sum(pool.map(boot, platforms))
    return time.monotonic() - start, checked


def _parity_cases():
    """What docs/parity.md names: the cases that check what kvm-unit-tests checks."""
    text = (environment.source() / "docs" / "parity.md").read_text()
    return ",".join(sorted(set(re.findall(r"`(\w+\.(?:\w+|\*))`", text))))


def measure_parity(directory):
    """Seconds of what kvm-unit-tests checks, a boot for each distinct machine."""
    setup = environment.setup(environment.build() / "Image", directory)
    table("cases", "boot", "boots", "cases that checked", "s one at a time", "two at a time")
    for what, cases in (("its checks", _parity_cases()), ("the suites they are in", None)):
        for how in ("direct", "edk2"):
            machines = [environment.platforms().load(f"parity-{how}-{place}", smp=smp)
                        for place, smp in PARITY_MACHINES]
            machines = [replace(platform, name=f"{platform.name}-of-{platform.smp}",
                                run=cases or platform.run) for platform in machines]
            took = []
            for at_once in (1, 2):
                runs = sorted(_parity_run(machines, setup, at_once) for _ in range(PARITY_RUNS))
                took.append(f"{runs[PARITY_RUNS // 2][0]:.2f}")
            row(what, how, len(machines), runs[0][1], *took)
    return True


def seconds(command):
    start = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - start


def measure_build(directory):
    """Seconds to build, and the size of what comes out."""
    make = ["make", "-s", "-C", str(environment.source()), f"O={directory / 'build'}"]
    subprocess.run(make + ["defconfig"], check=True, stdout=subprocess.DEVNULL)
    jobs = f"-j{os.cpu_count()}"
    table("what", "value")
    row(f"clean build, {jobs}", f"{seconds(make + [jobs]):.1f} s")
    nothing = sorted(seconds(make) for _ in range(5))
    row("nothing to do, median of 5", f"{nothing[2]:.2f} s")
    size = (directory / "build" / "Image").stat().st_size
    row("size of the Image", f"{size:,} bytes")
    return True


PARTS = {"build": measure_build, "startup": measure_startup, "mmu_off": measure_mmu_off,
         "cpus": measure_cpus, "latency": measure_latency, "console": measure_console, "its": measure_its,
         "parity": measure_parity}


def measure(directory):
    names = environment.value("MEASURE").split() or list(PARTS)
    for name in names:
        if name not in PARTS:
            raise status.UsageError(f"MEASURE={name}: expected some of {' '.join(PARTS)}")
    good = True
    for name in names:
        good &= PARTS[name](directory)
        print()
    return good


def main():
    catch_signals()
    directory = Path(tempfile.mkdtemp(prefix="assay-measure-"))
    try:
        return 0 if measure(directory) else 1
    except (status.UsageError, subprocess.SubprocessError) as err:
        print(f"measure: {err}", file=sys.stderr)
        return status.USAGE
    finally:
        stop_all()
        shutil.rmtree(directory)


if __name__ == "__main__":
    sys.exit(main())
