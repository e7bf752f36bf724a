/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef CORE_SYMBOLS_H
#define CORE_SYMBOLS_H

#include <base/types.h>

/**
 * symbol_find() - function that holds an address
 * @pc: address in the image
 * @offset: bytes from its start
 *
 * Return: its name; NULL outside the image's text or without CONFIG_SYMBOLS.
 */
const char *symbol_find(u64 pc, u64 *offset);

#endif
