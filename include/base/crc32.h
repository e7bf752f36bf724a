/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef BASE_CRC32_H
#define BASE_CRC32_H

#include <base/types.h>

/**
 * crc32() - CRC-32 as UEFI tables, GPT and Ethernet use it
 * @crc: 0, or the value of what came before, to go on from there
 * @data: bytes, at any address
 * @n: how many
 *
 * Polynomial 0x04C11DB7 reflected, initial value and final XOR 0xFFFFFFFF.
 */
u32 crc32(u32 crc, const void *data, size_t n);

/**
 * checksum8() - sum of bytes modulo 256, as ACPI tables carry it
 */
u8 checksum8(const void *data, size_t n);

#endif
