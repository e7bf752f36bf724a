// SPDX-License-Identifier: BSD-2-Clause
#include "model.h"

int main(void)
{
	test_pl011();
	test_ns16550();
	test_others();
	return ctest_end();
}
