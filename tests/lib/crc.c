// SPDX-License-Identifier: BSD-2-Clause
#include <base/crc32.h>
#include <base/util.h>
#include "lib.h"

/* Bit by bit from the reflected polynomial. */
static u32 reference(const u8 *data, size_t n)
{
	u32 crc = ~0U;

	for (size_t i = 0; i < n; i++) {
		crc ^= data[i];
		for (int bit = 0; bit < 8; bit++)
			crc = crc & 1 ? crc >> 1 ^ 0xedb88320 : crc >> 1;
	}
	return ~crc;
}

void crc32_known_values(void)
{
	u8 data[64] = { 0 };

	CHECK_EQ(crc32(0, "123456789", 9), 0xcbf43926U);
	CHECK_EQ(crc32(0, "", 0), 0U);
	CHECK_EQ(crc32(0, data, 32), 0x190a55adU, "32 bytes of 0");
	for (size_t i = 0; i < sizeof(data); i++)
		data[i] = (u8)(i * 37 + 11);
	for (size_t offset = 0; offset < 8; offset++)
		for (size_t n = 0; n <= 48; n++) {
			u32 expected = reference(data + offset, n);
			u32 half = crc32(0, data + offset, n / 2);

			CHECK_EQ(crc32(0, data + offset, n), expected, "%zu bytes at %zu", n,
				 offset);
			CHECK_EQ(crc32(half, data + offset + n / 2, n - n / 2), expected,
				 "%zu bytes at %zu, in two parts", n, offset);
		}
}

void checksum8_sums(void)
{
	static const u8 data[] = { 0xf0, 0x10, 0x01, 0xfe };

	CHECK_EQ(checksum8(data, 0), (u8)0);
	CHECK_EQ(checksum8(data, 1), (u8)0xf0);
	CHECK_EQ(checksum8(data, 2), (u8)0);
	CHECK_EQ(checksum8(data, 3), (u8)1);
	CHECK_EQ(checksum8(data, 4), (u8)0xff);
	CHECK_EQ(checksum8(data + 1, 2), (u8)0x11);
}
