/* SPDX-License-Identifier: BSD-2-Clause */
/* Bounds of the image's parts, from the linker script. */
#ifndef ASM_SECTIONS_H
#define ASM_SECTIONS_H

extern char _image[], _image_end[];
extern char _text[], _text_end[];
extern char _rodata[], _rodata_end[];
extern char _relro[], _relro_end[];
extern char _data[], _file_end[];
extern char _runner[], _runner_end[];
extern char _bss[], _bss_end[];
extern char _noinit[], _noinit_end[];
extern char _stacks[], _stacks_end[];

#endif
