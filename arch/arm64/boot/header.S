/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The first bytes of the file: a Linux arm64 Image header (booting.rst in
 * Linux's Documentation/arch/arm64) that is also an MS-DOS header, and behind
 * it the PE/COFF headers (PE Format, Microsoft; UEFI 2.10 2.1.1).
 */
#include <asm/page.h>

#define PE_MACHINE_ARM64		0xaa64
#define PE_FILE_EXECUTABLE_IMAGE	0x0002
#define PE_FILE_LINE_NUMS_STRIPPED	0x0004
#define PE_FILE_LARGE_ADDRESS_AWARE	0x0020
#define PE_FILE_DEBUG_STRIPPED		0x0200
#define PE32PLUS_MAGIC			0x020b
#define PE_SUBSYSTEM_EFI_APPLICATION	10
#define PE_DLL_NX_COMPAT		0x0100
#define PE_SCN_CODE			0x00000020
#define PE_SCN_INITIALIZED_DATA		0x00000040
#define PE_SCN_EXECUTE			0x20000000
#define PE_SCN_READ			0x40000000
#define PE_SCN_WRITE			0x80000000
#define PE_DIRECTORIES			16

/* Little endian, 4 KiB pages preferred, placed anywhere in memory. */
#define IMAGE_FLAGS			((1 << 3) | (1 << 1))

	.section .head, "a", %progbits
	.balign	8
image_header:
#ifdef CONFIG_BOOT_EFI
	/* "MZ" as an instruction without effect: ccmp x18, #0, #0xd, pl */
	.long	0xfa405a4d				// code0, e_magic
#else
	nop						// code0
#endif
#ifdef CONFIG_BOOT_IMAGE
	b	entry_image				// code1
#else
	b	.					// code1: not built to be entered here
#endif
	.quad	0					// text_offset
	.long	_header_image_size			// image_size, low half: an absolute 32-bit
	.long	0					// value needs no relocation
	.quad	IMAGE_FLAGS				// flags
	.quad	0					// res2
	.quad	0					// res3
	.quad	0					// res4
	.ascii	"ARM\x64"				// magic
#ifdef CONFIG_BOOT_EFI
	.long	pe_signature - image_header		// res5, e_lfanew

	.balign	8
pe_signature:
	.ascii	"PE\0\0"

coff_header:
	.short	PE_MACHINE_ARM64			// Machine
	.short	(section_table_end - section_table) / 40 // NumberOfSections
	.long	0					// TimeDateStamp
	.long	0					// PointerToSymbolTable
	.long	0					// NumberOfSymbols
	.short	section_table - optional_header		// SizeOfOptionalHeader
	.short	PE_FILE_EXECUTABLE_IMAGE | PE_FILE_LINE_NUMS_STRIPPED | \
		PE_FILE_LARGE_ADDRESS_AWARE | PE_FILE_DEBUG_STRIPPED // Characteristics

optional_header:
	.short	PE32PLUS_MAGIC				// Magic
	.byte	0					// MajorLinkerVersion
	.byte	0					// MinorLinkerVersion
	.long	_header_text_size			// SizeOfCode
	.long	_header_initialized_size		// SizeOfInitializedData: .rodata and .data
	.long	0					// SizeOfUninitializedData
	.long	_header_entry				// AddressOfEntryPoint
	.long	SEGMENT_ALIGN				// BaseOfCode
	.quad	0					// ImageBase
	.long	SEGMENT_ALIGN				// SectionAlignment
	.long	0x200					// FileAlignment
	.short	0					// MajorOperatingSystemVersion
	.short	0					// MinorOperatingSystemVersion
	.short	0					// MajorImageVersion
	.short	0					// MinorImageVersion
	.short	0					// MajorSubsystemVersion
	.short	0					// MinorSubsystemVersion
	.long	0					// Win32VersionValue
	.long	_header_image_size			// SizeOfImage
	.long	SEGMENT_ALIGN				// SizeOfHeaders
	.long	0					// CheckSum
	.short	PE_SUBSYSTEM_EFI_APPLICATION		// Subsystem
	.short	PE_DLL_NX_COMPAT			// DllCharacteristics
	.quad	0					// SizeOfStackReserve
	.quad	0					// SizeOfStackCommit
	.quad	0					// SizeOfHeapReserve
	.quad	0					// SizeOfHeapCommit
	.long	0					// LoaderFlags
	.long	PE_DIRECTORIES				// NumberOfRvaAndSizes
	.fill	PE_DIRECTORIES, 8, 0			// DataDirectory: all empty; signing fills one

section_table:
	.ascii	".text\0\0\0"				// Name
	.long	_header_text_size			// VirtualSize
	.long	SEGMENT_ALIGN				// VirtualAddress
	.long	_header_text_size			// SizeOfRawData
	.long	SEGMENT_ALIGN				// PointerToRawData
	.long	0					// PointerToRelocations
	.long	0					// PointerToLinenumbers
	.short	0					// NumberOfRelocations
	.short	0					// NumberOfLinenumbers
	.long	PE_SCN_CODE | PE_SCN_READ | PE_SCN_EXECUTE // Characteristics

	.ascii	".rodata\0"				// Name
	.long	_header_rodata_size			// VirtualSize
	.long	_header_rodata_offset			// VirtualAddress
	.long	_header_rodata_size			// SizeOfRawData
	.long	_header_rodata_offset			// PointerToRawData
	.long	0					// PointerToRelocations
	.long	0					// PointerToLinenumbers
	.short	0					// NumberOfRelocations
	.short	0					// NumberOfLinenumbers
	.long	PE_SCN_INITIALIZED_DATA | PE_SCN_READ	// Characteristics

	.ascii	".data\0\0\0"				// Name
	.long	_header_data_memory_size		// VirtualSize
	.long	_header_data_offset			// VirtualAddress
	.long	_header_data_file_size			// SizeOfRawData
	.long	_header_data_offset			// PointerToRawData
	.long	0					// PointerToRelocations
	.long	0					// PointerToLinenumbers
	.short	0					// NumberOfRelocations
	.short	0					// NumberOfLinenumbers
	.long	PE_SCN_INITIALIZED_DATA | PE_SCN_READ | PE_SCN_WRITE // Characteristics
section_table_end:
#else
	.long	0					// res5
#endif
