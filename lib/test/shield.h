/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the runner goes on with behind a case: its own data, and its frames on the main
 * stack. A case that writes there would take the run along, so it is copied before each
 * one, and put back where it differs. Whose data it is says so: RUNNER_DATA.
 */
#ifndef LIB_TEST_SHIELD_H
#define LIB_TEST_SHIELD_H

#include <base/compiler.h>
#include <base/types.h>

/* For variables that are written between cases alone. */
#define RUNNER_DATA	__section(".runner")

/**
 * shield_raise() - copy it; nothing of it is to change until shield_lower()
 * @frames: lowest address of the main stack that is in use
 */
void shield_raise(const void *frames);

/**
 * shield_lower() - compare it with the copy, and put back what differs
 *
 * With interrupts masked. On the main stack its frames are left out, since they have
 * changed by now. Nothing is done where no shield is up.
 */
void shield_lower(void);

/** shield_was_hit() - whether shield_lower() found anything overwritten; the first place, from the image's start */
bool shield_was_hit(u64 *offset);

/** shield_is_broken() - whether the copy itself was overwritten: then nothing was put back */
bool shield_is_broken(void);

#endif
