// SPDX-License-Identifier: BSD-2-Clause
/* Time, events, the watchdog, task priorities. */
#include <core/time.h>
#include "efi.h"

#define STALL_US	5000U
#define EVENT_100NS	20000U	/* 2 ms */
#define EVENT_TRIES	500U	/* of a millisecond: firmware's tick may be 10 ms */

/* At least as long as asked for; how much longer depends on what else is done meanwhile. */
void stall_takes_its_time(void)
{
	u64 start = time_ticks(), us;

	REQUIRE_STATUS(BS->Stall(STALL_US), EFI_SUCCESS, "Stall()");
	us = time_ticks_to_us(time_ticks() - start);
	/* Its counter may begin in the middle of a tick, and be rounded. */
	CHECK_GE(us + 1 + STALL_US / 100, (u64)STALL_US, "microseconds by CNTVCT_EL0");
	CHECK_LT(us, 1000ULL * STALL_US, "microseconds by CNTVCT_EL0");
}

void timer_event_is_signalled(void)
{
	EFI_EVENT event = NULL;
	EFI_STATUS status = EFI_NOT_READY;
	unsigned int try;

	REQUIRE_STATUS(BS->CreateEvent(EVT_TIMER, TPL_CALLBACK, NULL, NULL, &event), EFI_SUCCESS,
		       "CreateEvent()");
	CHECK_STATUS(BS->SetTimer(event, TimerRelative, EVENT_100NS), EFI_SUCCESS, "SetTimer()");
	for (try = 0; try < EVENT_TRIES && status == EFI_NOT_READY; try++) {
		BS->Stall(1000);
		status = BS->CheckEvent(event);
	}
	CHECK_STATUS(status, EFI_SUCCESS, "CheckEvent() within %u ms", EVENT_TRIES);
	CHECK_STATUS(BS->CloseEvent(event), EFI_SUCCESS, "CloseEvent()");
}

/* The runner sets it anew behind each case. */
void watchdog_is_set_and_turned_off(void)
{
	CHECK_STATUS(BS->SetWatchdogTimer(300, 0x10000, 0, NULL), EFI_SUCCESS, "to 300 s");
	CHECK_STATUS(BS->SetWatchdogTimer(0, 0x10000, 0, NULL), EFI_SUCCESS, "off");
}

void tpl_is_raised_and_restored(void)
{
	u64 first = BS->RaiseTPL(TPL_NOTIFY), second;

	second = BS->RaiseTPL(TPL_NOTIFY);
	BS->RestoreTPL(first);
	CHECK_EQ(first, (u64)TPL_APPLICATION, "TPL that an application is started with");
	CHECK_EQ(second, (u64)TPL_NOTIFY, "TPL after it was raised");
	first = BS->RaiseTPL(TPL_CALLBACK);
	BS->RestoreTPL(first);
	CHECK_EQ(first, (u64)TPL_APPLICATION, "TPL after it was restored");
}
