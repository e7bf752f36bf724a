// SPDX-License-Identifier: BSD-2-Clause
/* The system table and those it points to. */
#include <base/crc32.h>
#include <base/string.h>
#include "efi.h"

#define LARGEST	4096U

/* The CRC is that of the table with 0 in the CRC's place. */
static void check_table(const char *name, const EFI_TABLE_HEADER *header, u64 signature)
{
	static u64 copy[LARGEST / 8];
	EFI_TABLE_HEADER *zeroed = (EFI_TABLE_HEADER *)copy;

	REQUIRE(header, "pointer to the %s table", name);
	CHECK_EQ((u64)header->Signature, signature, "signature of the %s table", name);
	REQUIRE_GE((u32)header->HeaderSize, (u32)sizeof(*header), "size of the %s table", name);
	REQUIRE_LE((u32)header->HeaderSize, LARGEST, "size of the %s table", name);
	memcpy(copy, header, header->HeaderSize);
	zeroed->CRC32 = 0;
	CHECK_EQ((u32)header->CRC32, crc32(0, copy, header->HeaderSize), "CRC of the %s table", name);
}

void tables_have_their_crc(void)
{
	check_table("system", &ST->Hdr, EFI_SYSTEM_TABLE_SIGNATURE);
	check_table("boot services", &ST->BootServices->Hdr, EFI_BOOT_SERVICES_SIGNATURE);
	check_table("runtime services", &ST->RuntimeServices->Hdr, EFI_RUNTIME_SERVICES_SIGNATURE);
}

void crc32_is_calculated(void)
{
	static const char digits[] = "123456789";
	UINT32 crc = 0;

	REQUIRE_STATUS(BS->CalculateCrc32((void *)digits, 9, &crc), EFI_SUCCESS, "CalculateCrc32()");
	CHECK_EQ((u32)crc, crc32(0, digits, 9), "CRC of the digits 1 to 9");
}
