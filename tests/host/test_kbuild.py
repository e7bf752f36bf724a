# SPDX-License-Identifier: BSD-2-Clause
"""
The build itself, in a copy of the tree: what is rebuilt when, that each of its
checks finds a planted mistake, and what it leaves behind.
"""

import json
import os
import re
import struct
import subprocess

import pytest
from kbuildtree import TOP, Tree, content, copy_tree, environment, fresh, source  # noqa: F401  (fixtures)


@pytest.fixture(scope="module")
def pristine(source):
    """The source tree before anything was built from it."""
    return content(source)


@pytest.fixture(scope="module")
def built(source, pristine):
    """The default configuration, built; tests leave it that way."""
    tree = Tree(source, source.parent / "built")
    tree.make("defconfig")
    tree.make()
    return tree


# What is built, and when again


def test_makes_image_and_elf(built):
    assert (built.out / "Image").read_bytes()[:2] == b"MZ"
    assert (built.out / "Image").read_bytes()[0x38:0x3c] == b"ARM\x64"
    assert (built.out / "assay.elf").read_bytes()[:4] == b"\x7fELF"


def test_nothing_to_do_is_silent_and_quick(built):
    built.make()
    times = []
    for _ in range(5):
        start = os.times()
        done = built.run()
        end = os.times()
        # Of make and what it ran: the wall's time is that of others, too.
        times.append(end.children_user + end.children_system - start.children_user - start.children_system)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert min(times) < 0.5


def test_header_rebuilds_its_users_only(built):
    users = {name for name in built.objects()
             if built.top / "include/base/crc32.h" in built.read_by(name)}
    assert "lib/base/crc32.o" in users and "lib/base/sort.o" not in users
    os.utime(built.top / "include/base/crc32.h")
    assert built.compiled() == users


def test_header_that_is_gone_is_no_error(built):
    with built.changed("include/base/gone.h", None, "/* nothing */\n"), \
            built.changed("lib/base/crc32.c", None, "#include <base/gone.h>\n"):
        assert built.compiled() == {"lib/base/crc32.o"}
    assert built.compiled() == {"lib/base/crc32.o"}


def test_option_rebuilds_its_users_only(built):
    users = built.users_of("CONFIG_HEAP_KIB")
    assert users and len(users) < len(built.objects()) / 4
    # The banner shows the configuration's hash.
    users |= built.users_of("ASSAY_CONFIG_HASH")
    config = built.config()
    try:
        text = re.sub(r"(CONFIG_HEAP_KIB)=(\d+)", lambda m: f"{m[1]}={int(m[2]) * 2}", config)
        (built.out / ".config").write_text(text)
        assert built.compiled() == users
    finally:
        (built.out / ".config").write_text(config)
    assert built.compiled() == users


def test_new_kconfig_option_rebuilds_nothing_else(built):
    option = '\nconfig PLANTED\n\tbool "planted"\n\tdefault y\n\thelp\n\t  Planted.\n'
    with built.changed("Kconfig", None, option):
        assert built.compiled() == built.users_of("ASSAY_CONFIG_HASH")
        assert "CONFIG_PLANTED=y" in built.config()
    built.make()


def test_flag_rebuilds(built):
    with built.changed("lib/base/Makefile", None, "CFLAGS_crc32.o := -DPLANTED\n"):
        assert built.compiled() == {"lib/base/crc32.o"}
    assert built.compiled() == {"lib/base/crc32.o"}
    archive = "lib/base/built-in.a"
    objects = {name for name in built.objects() if name.startswith("lib/base/")}
    assert built.compiled("KCFLAGS=-DPLANTED", archive) == objects
    assert built.compiled(archive) == objects


def test_flag_can_be_taken_away(built):
    with built.changed("lib/base/Makefile", None, "CFLAGS_REMOVE_crc32.o := -mgeneral-regs-only\n"):
        command = next(line for line in built.make("V=1").splitlines() if "crc32.c" in line)
        assert "-mgeneral-regs-only" not in command and "-mstrict-align" in command
    built.make()


def test_failed_command_is_repeated(built):
    with built.changed("lib/base/crc32.c", None, "#error planted\n"):
        assert "planted" in built.refused()
        assert "planted" in built.refused()
    built.make()


def test_object_leaves_archive_with_makefile(built):
    with built.changed("lib/base/extra.c", None, "int planted(void);\nint planted(void) { return 1; }\n"):
        with built.changed("lib/base/Makefile", None, "obj-y += extra.o\n"):
            assert built.compiled() == {"lib/base/extra.o"}
            assert " planted" in (built.out / "assay.map").read_text()
        built.make()
        assert " planted" not in (built.out / "assay.map").read_text()


def symbol_table(elf):
    """(offset, name) of each entry of section .symbols, as lib/core reads it."""
    dump = subprocess.run(["readelf", "-sSW", elf], capture_output=True, text=True, check=True).stdout
    data = elf.read_bytes()
    section = re.search(r"\.symbols\s+PROGBITS\s+(\w+)\s+(\w+)", dump)
    addr, offset = int(section[1], 16), int(section[2], 16)

    def place(name):
        value = re.search(rf"([0-9a-f]+)\s+\d+\s+\w+\s+\w+\s+\w+\s+\w+\s+{name}$", dump, re.M)[1]
        return int(value, 16) - addr + offset
    count = struct.unpack_from("<I", data, place("symbols_count"))[0]
    offsets = struct.unpack_from(f"<{count}I", data, place("symbols_offset"))
    names = struct.unpack_from(f"<{count}I", data, place("symbols_name"))
    strings = place("symbols_strings")
    return [(at, data[strings + name:data.index(b"\0", strings + name)].decode())
            for at, name in zip(offsets, names)]


def test_symbol_table_agrees_with_nm(built):
    elf = built.out / "assay.elf"
    table = symbol_table(elf)
    listed = subprocess.run(["nm", "--defined-only", elf], capture_output=True, text=True,
                            check=True).stdout
    functions = {(int(addr, 16), name) for addr, kind, name in
                 (line.split() for line in listed.splitlines()) if kind in "tT"}
    assert len(table) > 100
    assert [at for at, _ in table] == sorted({at for at, _ in table})
    assert set(table) <= functions
    assert {at for at, _ in table} >= {at for at, name in functions if name[0] not in ".$"}


def test_version_header(built):
    text = (built.out / "include/generated/utsversion.h").read_text()
    assert re.search(r'ASSAY_VERSION "\d+\.\d+\.\d+', text)
    assert re.search(r'ASSAY_CONFIG_HASH "[0-9a-f]{12}"', text)


def test_version_tells_the_commit(tmp_path):
    """In a clone of its own, whether committed or not; nothing else changes the header."""
    def git(*args):
        subprocess.run(["git", "-c", "user.name=x", "-c", "user.email=x@example.com", "-C", tmp_path, *args],
                       check=True, capture_output=True)

    def version():
        subprocess.run([TOP / "scripts/kbuild/version", "1.2.3"], cwd=tmp_path, check=True,
                       env=environment(srctree=str(tmp_path)))
        return re.search('ASSAY_VERSION "(.*)"', header.read_text())[1]
    header = tmp_path / "include/generated/utsversion.h"
    (tmp_path / "include/config").mkdir(parents=True)
    (tmp_path / "include/config/auto.conf").write_text("CONFIG_X=y\n")
    (tmp_path / "file").write_text("1")
    assert version() == "1.2.3"
    git("init", "-q")
    git("add", "file")
    git("commit", "-q", "-m", "x")
    assert re.fullmatch(r"1\.2\.3-g[0-9a-f]{12}", version())
    made = header.stat().st_mtime_ns
    version()
    assert header.stat().st_mtime_ns == made
    (tmp_path / "file").write_text("2")
    assert version().endswith("-dirty")


def test_verbose_and_silent(built):
    os.utime(built.top / "lib/base/crc32.c")
    assert "-mstrict-align" in built.make("V=1", "lib/base/crc32.o")
    os.utime(built.top / "lib/base/crc32.c")
    assert built.make("-s", "lib/base/crc32.o") == ""


def test_compile_commands(built):
    built.make("compile_commands.json")
    entries = json.loads((built.out / "compile_commands.json").read_text())
    archives = "".join(path.read_text() for path in built.out.rglob(".built-in.a.cmd"))
    assert {entry["output"] for entry in entries} == set(re.findall(r"\S+\.o\b", archives))
    entry = next(entry for entry in entries if entry["output"] == "lib/base/crc32.o")
    done = subprocess.run(entry["command"].replace("-c -o", "-fsyntax-only -c -o"), shell=True,
                          cwd=entry["directory"], check=False)
    assert done.returncode == 0
    built.make()


@pytest.mark.parametrize("given, words", [
    ("RUM=lib", "unknown variable RUM: is RUN meant?"),
    ("PLATFROM=direct", "unknown variable PLATFROM: is PLATFORM meant?"),
    ("XYZZY=1", 'unknown variable XYZZY: "make help"'),
])
def test_variable_with_a_slip(built, given, words):
    assert words in built.refused("run", given)
    assert words in built.refused(given)


def test_every_variable_that_pages_name_is_known(built):
    """Values that look like variables, too, are none."""
    pages = [built.top / "scripts/kbuild/help.txt", *(TOP / "docs").glob("*.md"), TOP / "README.md"]
    text = "\n".join(path.read_text() for path in pages)
    names = set(re.findall(r"(?<![\w.<${-])([A-Z][A-Z_]*)=", text))
    names -= {name for name in names if name.startswith(("CONFIG_", "ASSAY_"))}
    assert len(names) > 20
    built.make("help", *[f"{name}=a b=c X=d\\ Y=$$" for name in sorted(names - {"O", "V", "PYTHON3"})])


def test_tags(built):
    built.make("tags")
    assert re.search(r"^crc32\t", (built.out / "tags").read_text(), re.M)


def test_help_names_every_target(built):
    text = built.make("help")
    for target in ("menuconfig", "randconfig", "savedefconfig", "run", "check", "prove", "flash",
                   "image", "mrproper", "compile_commands.json", "tags", "LLVM=1", "CROSS_COMPILE="):
        assert re.search(rf"^  (\S+ )?{re.escape(target)}", text, re.M), target


# The four checks, and what else stops a build


@pytest.mark.parametrize("name, line, words", [
    ("lib/base/Makefile", "obj-yy += crc32.o", 'unknown variable "obj-yy"'),
    ("lib/base/Makefile", "ccflag-y := -DX", 'unknown variable "ccflag-y"'),
    ("drivers/serial/Makefile", "CFLAGS-pl011.o := -DX", 'unknown variable "CFLAGS-pl011.o"'),
    ("lib/base/Makefile", "CFLAGS_crc.o := -DX", "CFLAGS_crc.o is about an object"),
    ("lib/base/Makefile", "AFLAGS_REMOVE_none.o := -DX", "AFLAGS_REMOVE_none.o is about an object"),
    ("lib/base/Makefile", "obj-y += missing.o", "neither lib/base/missing.c nor"),
    ("lib/base/Makefile", "obj-y += missing/", "lib/base/missing/ has no Makefile"),
    ("lib/base/Makefile", "obj-y += crc32.c", '"crc32.c" in obj is neither'),
])
def test_directory_makefile_with_a_slip(built, name, line, words):
    with built.changed(name, None, line + "\n"):
        message = built.refused()
    assert words in message and name.rsplit("/", 1)[0] in message


def test_one_name_two_sources(built):
    with built.changed("lib/base/crc32.S", None, "\n"):
        assert "could come from" in built.refused()


@pytest.mark.parametrize("name, text", [
    ("lib/base/crc32.c", "#include <base/kconfig.h>\nint planted[IS_ENABLED(CONFIG_PLANTED) + 1];\n"),
    ("arch/arm64/cache.S", "#ifdef CONFIG_PLANTED\n#endif\n"),
    ("lib/base/Makefile", "obj-$(CONFIG_PLANTED) += planted.o\n"),
    ("include/base/crc32.h", "#ifdef CONFIG_PLANTED\n#endif\n"),
])
def test_option_that_nobody_declares(built, name, text):
    with built.changed(name, None, text):
        message = built.refused("-k", ".checked-options")
    assert re.search(rf"{name}:\d+: CONFIG_PLANTED is not declared", message)
    built.make()


def use(symbol):
    return f"\nextern char {symbol}[];\nchar *planted_use(void);\n" \
           f"char *planted_use(void)\n{{\n\treturn {symbol};\n}}\n"


@pytest.mark.parametrize("name, symbol, words", [
    ("lib/base/crc32.c", "cpu_name", "lib/base/crc32.o (layer base) uses cpu_name"),
    ("lib/base/crc32.c", "heap_alloc", "layer core), which is above it"),
    ("arch/arm64/cpu.c", "heap_alloc", "include/core/hooks.h"),
    ("arch/arm64/boot/prepare.c", "device_add", "layer drivers), which is above it"),
    ("lib/core/heap.c", "device_add", "layer drivers), which is above it"),
    ("drivers/base/device.c", "__table_suite_psci", "layer tests), which is above it"),
    ("lib/core/heap.c", "fdt_next_tag", "of libfdt, which only drivers/of"),
    ("tests/psci/psci.c", "fdt_next_tag", "of libfdt, which only drivers/of"),
    ("drivers/of/node.c", "fdt_next_tag", "of libfdt, which only drivers/of/tree.c"),
    ("drivers/base/device.c", "of_load", "calls libfdt: only drivers/of/describe.o"),
    ("lib/core/heap.c", "AllocatePool", "of libefi, which only arch/arm64/boot"),
    ("drivers/base/device.c", "LibFileInfo", "of libefi, which only arch/arm64/boot"),
])
def test_layer_used_from_below(built, name, symbol, words):
    with built.changed(name, None, use(symbol)):
        message = built.refused(".checked-layers")
    assert words in message and symbol in message


def test_hook_may_be_called_from_arch(built):
    with built.changed("arch/arm64/cpu.c", None, use("exception_report")):
        built.make(".checked-layers")


def test_weak_symbol(built):
    with built.changed("lib/base/crc32.c", None,
                       "\nint planted(void);\n__attribute__((weak)) int planted(void)\n{\n\treturn 0;\n}\n"):
        assert "weak symbol planted" in built.refused(".checked-layers")
    built.make()


@pytest.mark.parametrize("text, words", [
    ('char planted[] __attribute__((section(".planted"))) = "x";', ".planted"),
    ('char planted[] __attribute__((section(".table.planted.x"))) = "x";', ".table.planted.x"),
    ("const void *const __table_suite_psci = 0;", "multiple definition of `__table_suite_psci'"),
    ("void missing(void);\nvoid planted(void);\nvoid planted(void)\n{\n\tmissing();\n}", "missing"),
])
def test_what_must_not_link(built, text, words):
    with built.changed("tests/psci/cpu.c", None, f"\n{text}\n"):
        assert words in built.refused()
    built.make()


def test_clear_word_without_configuration(fresh):
    for goal in ("all", "run", "image", "lib/base/crc32.o"):
        assert "make defconfig" in fresh.refused(goal)


def test_clear_word_without_sysroot(fresh):
    fresh.make("defconfig")
    message = fresh.refused(GNUEFI=str(fresh.out / "none"))
    assert "libefi.a: run ./scripts/setup" in message
    message = fresh.refused(LIBFDT=str(fresh.out / "none"))
    assert "libfdt.a: run ./scripts/setup" in message


def test_clear_word_without_compiler(fresh):
    fresh.make("defconfig")
    assert "none-gcc not found" in fresh.refused("CROSS_COMPILE=none-")


def test_every_source_is_in_a_makefile(source):
    lost = []
    for part in ("arch", "drivers", "lib", "tests"):
        for path in sorted((source / part).rglob("*.[cS]")):
            makefile = path.parent / "Makefile"
            if path.name.endswith(".lds.S") or "host" in path.parts:
                continue
            words = makefile.read_text().split() if makefile.exists() else ()
            if f"{path.stem}.o" not in words:
                lost.append(str(path.relative_to(source)))
    assert not lost


# Instructions that must not be there


PLANTED_CODE = """
	.text
	.globl planted
	.type planted, %function
planted:
	{insn}
	ret
"""


def test_instructions_of_the_image(built):
    built.make("check-insns")


@pytest.mark.parametrize("insn, words", [
    ("fmov d0, x0", "FP or SIMD register"),
    ("ldr q7, [x0]", "FP or SIMD register"),
    ("add v1.4s, v2.4s, v3.4s", "FP or SIMD register"),
    (".arch armv8.1-a\n\tldadd x0, x1, [x2]", "LSE atomic"),
    ("dc zva, x0", "DC ZVA"),
    ("ldur x0, [sp, #3]", "unaligned access"),
    ("bl __aarch64_cas8\n\tb 1f\n__aarch64_cas8:\n\tret\n1:", "outlined atomic"),
])
def test_planted_instruction(built, insn, words):
    with built.changed("arch/arm64/cache.S", None, PLANTED_CODE.format(insn=insn)):
        assert words in built.refused("check-insns")


def test_call_into_library_fp_code(built):
    call = '\nvoid planted(void);\nvoid planted(void)\n{\n\tPrint(L"planted");\n}\n'
    with built.changed("arch/arm64/boot/efi_tables.c", None, call):
        assert "reaches FP or SIMD code of a library" in built.refused("check-insns")


def test_fp_where_the_makefile_says_so(built):
    with built.changed("arch/arm64/cache.S", None, PLANTED_CODE.format(insn="fmov d0, x0")), \
            built.changed("arch/arm64/Makefile", None, "AFLAGS_REMOVE_cache.o := -mgeneral-regs-only\n"):
        built.make("check-insns")
    built.make()


# Other compilers, warnings, and what is left behind


def test_clang(fresh):
    fresh.make("defconfig")
    fresh.make("LLVM=1", "check-insns", "all")
    assert b"clang" in subprocess.run(["readelf", "-p", ".comment", fresh.out / "assay.elf"],
                                      capture_output=True, check=True).stdout
    assert fresh.make("LLVM=1") == ""
    # One compiler's objects are not the other's.
    assert fresh.compiled("lib/base/crc32.o") == {"lib/base/crc32.o"}


def test_sparse_runs_on_what_is_compiled(built):
    os.utime(built.top / "lib/base/crc32.c")
    lines = [line.split() for line in built.make("C=1").splitlines()]
    assert ["CHECK", "lib/base/crc32.c"] in lines
    assert len([line for line in lines if line[0] == "CC"]) == 1
    planted = "\nint planted(int __attribute__((noderef)) *p);\n" \
              "int planted(int __attribute__((noderef)) *p)\n{\n\treturn *p;\n}\n"
    # Only sparse knows noderef in GCC's place.
    with built.changed("lib/base/crc32.c", None, "#ifdef __CHECKER__" + planted + "#endif\n"):
        done = built.run("C=1")
        assert done.returncode == 0 and "dereference of noderef" in done.stderr
    built.make()


def test_build_in_the_source_tree(tmp_path):
    tree = Tree(copy_tree(tmp_path / "src"))
    before = content(tree.top)
    tree.make("defconfig")
    tree.make("-s")
    assert (tree.top / "Image").exists()
    assert tree.make() == ""
    tree.make("clean")
    assert not (tree.top / "Image").exists() and (tree.top / ".config").exists()
    tree.make("mrproper")
    assert content(tree.top) == before


def test_clean_leaves_nothing(fresh):
    fresh.make("defconfig")
    fresh.make("lib/base/built-in.a", "compile_commands.json", "tags", "arch/arm64/assay.lds")
    fresh.make("clean")
    assert not fresh.objects() and (fresh.out / ".config").exists()
    fresh.make("mrproper")
    assert list(fresh.out.iterdir()) == []


def test_source_tree_was_not_written_to(source, built, pristine):
    built.make("tags", "compile_commands.json")
    assert content(source) == pristine
