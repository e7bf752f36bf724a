/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One file, two formats: the layout serves the PE/COFF loader, which maps each
 * section at its own protection, and the Linux boot protocol, which copies the
 * file as it is. So every section lies in the file where it lies in memory.
 */
#include <asm/page.h>
#include <asm/stack.h>

OUTPUT_ARCH(aarch64)
ENTRY(_image)

#define TABLE(name)							\
	__table_##name##_start = .;					\
	KEEP(*(SORT_BY_NAME(.table.name.*)))				\
	__table_##name##_end = .;

#define STACK(name, size)						\
	. += STACK_GUARD_SIZE;						\
	name = .;							\
	. += size;							\
	. = ALIGN(PAGE_SIZE);

SECTIONS
{
	. = 0;
	_image = .;
	.head : { KEEP(*(.head)) }

	. = ALIGN(SEGMENT_ALIGN);
	.text : {
		_text = .;
		*(.text .text.*)
		. = ALIGN(SEGMENT_ALIGN);
		_text_end = .;
	}

	.rodata : {
		_rodata = .;
		*(.rodata .rodata.*)
	}
	/* struct extable_entry of asm/extable.h: relative, so nothing to relocate. */
	.extable : ALIGN(8) {
		_extable = .;
		KEEP(*(.extable))
		_extable_end = .;
	}
	.note.gnu.build-id : {
		_build_id = .;
		*(.note.gnu.build-id)
	}
	.rela : ALIGN(8) {
		_rela = .;
		*(.rela .rela.*)
		_rela_end = .;
	}
	/* Last of what is read-only: its size differs between the two links. */
	.symbols : ALIGN(8) {
		KEEP(*(.symbols .symbols.*))
	}
	. = ALIGN(SEGMENT_ALIGN);
	_rodata_end = .;

	/* Writable for the loader because relocation writes here, read-only after that. */
	.data.rel.ro : {
		_relro = .;
		*(.data.rel.ro .data.rel.ro.*)
	}
	.table : ALIGN(8) {
		TABLE(stage)
		TABLE(param)
		TABLE(driver)
		TABLE(pci_driver)
		TABLE(suite)
	}
	.got : ALIGN(8) { *(.got) *(.got.plt) }
	. = ALIGN(SEGMENT_ALIGN);
	_relro_end = .;

	.data : {
		_data = .;
		*(.data .data.*)
		/* What the runner goes on with behind a case: lib/test/shield.h. */
		. = ALIGN(16);
		_runner = .;
		KEEP(*(.runner))
		. = ALIGN(16);
		_runner_end = .;
		. = ALIGN(4096);
		_file_end = .;
	}
	.bss (NOLOAD) : ALIGN(16) {
		_bss = .;
		*(.dynbss .bss .bss.* COMMON)
		. = ALIGN(16);
		_bss_end = .;
	}
	/* Not zeroed at start-up. Written with the MMU off: whole granules of its own. */
	.mmuoff (NOLOAD) : ALIGN(4096) {
		_mmuoff = .;
		KEEP(*(.mmuoff .mmuoff.*))
		. = ALIGN(4096);
		_mmuoff_end = .;
	}
	.noinit (NOLOAD) : ALIGN(PAGE_SIZE) {
		_noinit = .;
		*(.noinit)
		. = ALIGN(MMUOFF_ALIGN);
		_noinit_end = .;
		/* Large, and used in part: what is in use is given to mmu_off_share(). */
		*(.noinit.parts)
		. = ALIGN(PAGE_SIZE);
	}
	.stacks (NOLOAD) : {
		_stacks = .;
		STACK(main_stack, MAIN_STACK_SIZE)
		STACK(case_stack, CASE_STACK_SIZE)
		STACK(overflow_stack, OVERFLOW_STACK_SIZE)
		. += STACK_GUARD_SIZE;
		. = ALIGN(SEGMENT_ALIGN);
		_stacks_end = .;
	}
	_image_end = .;

	/* Sizes for the headers, which cannot subtract symbols of other sections themselves. */
	_header_text_size = _text_end - _text;
	_header_rodata_offset = _rodata - _image;
	_header_rodata_size = _rodata_end - _rodata;
	_header_data_offset = _relro - _image;
	_header_data_file_size = _file_end - _relro;
	_header_initialized_size = _file_end - _rodata;
	_header_data_memory_size = _image_end - _relro;

	_header_image_size = _image_end - _image;
#ifdef CONFIG_BOOT_EFI
	_header_entry = entry_efi - _image;
#endif

	.comment 0 : { *(.comment) }
	.debug_abbrev 0 : { *(.debug_abbrev) }
	.debug_addr 0 : { *(.debug_addr) }
	.debug_aranges 0 : { *(.debug_aranges) }
	.debug_frame 0 : { *(.debug_frame) }
	.debug_info 0 : { *(.debug_info) }
	.debug_line 0 : { *(.debug_line) }
	.debug_line_str 0 : { *(.debug_line_str) }
	.debug_loc 0 : { *(.debug_loc) }
	.debug_loclists 0 : { *(.debug_loclists) }
	.debug_macro 0 : { *(.debug_macro) }
	.debug_ranges 0 : { *(.debug_ranges) }
	.debug_rnglists 0 : { *(.debug_rnglists) }
	.debug_str 0 : { *(.debug_str) }
	.debug_str_offsets 0 : { *(.debug_str_offsets) }
	.symtab 0 : { *(.symtab) }
	.strtab 0 : { *(.strtab) }
	.shstrtab 0 : { *(.shstrtab) }

	/DISCARD/ : {
		*(.interp .dynamic .dynsym .dynstr .hash .gnu.hash .gnu.version*)
		*(.eh_frame .eh_frame_hdr .note.GNU-stack .note.gnu.property)
		*(.ARM.attributes .llvm_addrsig .gnu.warning.*)
	}
	.plt : { *(.plt .plt.* .iplt .igot .igot.plt) }
}

ASSERT(SIZEOF(.plt) == 0, "a procedure linkage table: something was compiled for a shared library")
ASSERT(__table_stage_end > __table_stage_start, "the table of stages is empty: nothing would run")
ASSERT(__table_param_end > __table_param_start, "the table of command line words is empty")
ASSERT(__table_driver_end >= __table_driver_start, "no table of drivers")
ASSERT(__table_suite_end >= __table_suite_start, "no table of suites")
ASSERT(SIZEOF(.head) <= SEGMENT_ALIGN, "the headers do not fit in front of .text")
ASSERT(SIZEOF(.extable) > 0, "no instruction may fault: the section .extable was lost")
ASSERT(SIZEOF(.extable) % 8 == 0, "an entry of .extable is not two words")
ASSERT(SIZEOF(.extable) <= 8 * 512, "more expected faults than exception entry should search")
