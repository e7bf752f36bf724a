// SPDX-License-Identifier: BSD-2-Clause
#include "base.h"

/* Bit by bit, from the polynomial as it is written, most significant bit first. */
static u32 reference(const u8 *data, size_t n)
{
	u32 crc = 0xffffffff, mirrored = 0;

	for (size_t i = 0; i < n; i++)
		for (int bit = 0; bit < 8; bit++) {
			u32 in = data[i] >> bit & 1;

			crc = crc << 1 ^ ((crc >> 31 ^ in) ? 0x04c11db7 : 0);
		}
	for (int bit = 0; bit < 32; bit++)
		mirrored |= (crc >> bit & 1) << (31 - bit);
	return ~mirrored;
}

static void crc32_known(void)
{
	u8 zeros[32] = { 0 };

	EXPECT_EQ(base_crc32(0, "", 0), 0U);
	EXPECT_EQ(base_crc32(0, "123456789", 9), 0xcbf43926U);
	EXPECT_EQ(base_crc32(0, "a", 1), 0xe8b7be43U);
	EXPECT_EQ(base_crc32(0, "The quick brown fox jumps over the lazy dog", 43), 0x414fa339U);
	EXPECT_EQ(base_crc32(0, zeros, 32), 0x190a55adU);
}

static void crc32_reference(void)
{
	u8 data[300];

	test_random(8);
	for (size_t i = 0; i < sizeof(data); i++)
		data[i] = (u8)test_random(0);
	for (size_t offset = 0; offset < 8; offset++)
		for (size_t n = 0; n < 280; n += n < 70 ? 1 : 19) {
			u32 want = reference(data + offset, n);

			EXPECT_EQ(base_crc32(0, data + offset, n), want);
			/* In two parts. */
			EXPECT_EQ(base_crc32(base_crc32(0, data + offset, n / 3),
					     data + offset + n / 3, n - n / 3), want);
		}
}

static void checksum8_sums(void)
{
	u8 data[] = { 0xff, 0x01, 0x80, 0x80, 0x7f };

	EXPECT_EQ(checksum8(data, 0), 0);
	EXPECT_EQ(checksum8(data, 1), 0xff);
	EXPECT_EQ(checksum8(data, 2), 0);
	EXPECT_EQ(checksum8(data, 3), 0x80);
	EXPECT_EQ(checksum8(data, 4), 0);
	EXPECT_EQ(checksum8(data, 5), 0x7f);
	EXPECT_EQ(checksum8(data + 1, 3), 0x01);
}

void test_crc32(void)
{
	CTEST(crc32_known);
	CTEST(crc32_reference);
	CTEST(checksum8_sums);
}
