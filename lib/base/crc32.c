// SPDX-License-Identifier: BSD-2-Clause
#include <base/crc32.h>

/* 0x04C11DB7 with its bits in reverse. */
#define POLYNOMIAL 0xedb88320U

/* What the low bit does to the remainder when it is shifted out, then each further one. */
#define STEP(x)		((x) >> 1 ^ ((x) & 1 ? POLYNOMIAL : 0))
#define NIBBLE(x)	STEP(STEP(STEP(STEP((u32)(x)))))

/* Four bits at a time: 64 bytes that fill one cache line, and twice as fast as bit by bit. */
static const u32 nibbles[16] = {
	NIBBLE(0), NIBBLE(1), NIBBLE(2), NIBBLE(3),
	NIBBLE(4), NIBBLE(5), NIBBLE(6), NIBBLE(7),
	NIBBLE(8), NIBBLE(9), NIBBLE(10), NIBBLE(11),
	NIBBLE(12), NIBBLE(13), NIBBLE(14), NIBBLE(15),
};

u32 crc32(u32 crc, const void *data, size_t n)
{
	const u8 *p = data;

	crc = ~crc;
	for (; n; n--) {
		crc ^= *p++;
		crc = crc >> 4 ^ nibbles[crc & 0xf];
		crc = crc >> 4 ^ nibbles[crc & 0xf];
	}
	return ~crc;
}

u8 checksum8(const void *data, size_t n)
{
	const u8 *p = data;
	u8 sum = 0;

	for (; n; n--)
		sum = (u8)(sum + *p++);
	return sum;
}
