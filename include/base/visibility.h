/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Included in front of every C file: all symbols are hidden, so that the
 * compiler reaches every object relative to the program counter and none
 * through the global offset table, which is not valid before relocation.
 */
#pragma GCC visibility push(hidden)
