/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Mutual exclusion between CPUs, first come first served, whatever the MMU's
 * state, which is the same on all CPUs that share a lock: exclusives with the
 * MMU on; with it off, where hardware need not have an exclusive monitor,
 * loads and stores only (a bakery hands out the tickets).
 *
 * A lock never hangs the run. One whose holder does not let go within
 * LOCK_TIMEOUT_US is given up: that is an error of the environment, and from
 * then on nobody waits for it. One that this very CPU holds already was left
 * behind by a case that was ended, and is taken over; so is the ticket of a case
 * that was ended while it waited. What another CPU left behind is let go of at
 * the end of the case; so a lock lives on behind the case that uses it.
 */
#ifndef CORE_LOCK_H
#define CORE_LOCK_H

#include <base/compiler.h>
#include <base/types.h>

#define LOCK_TIMEOUT_US		10000000ULL

struct spinlock {
	u32 next;		/* ticket for the next to come */
	u32 serving;		/* ticket whose turn it is */
	u32 holder;		/* index of the CPU that holds it, plus 1; 0: free */
	u32 given_up;
	u32 timeout_us;		/* instead of LOCK_TIMEOUT_US, and without a message; 0: not */
	u32 drawn;		/* plus 1: the ticket that the boot CPU waits with */
	bool whole;		/* interrupts wait while it is held */
	u64 daif;		/* of the holder before that */
	const char *name;
} __aligned(16);

#define SPINLOCK(text)	{ .name = (text) }
/* For what all cases share: no deadline ends one in the middle of a change. */
#define SPINLOCK_WHOLE(text)	{ .name = (text), .whole = true }

/** spin_lock() - wait for the lock and take it */
void spin_lock(struct spinlock *lock);

/** spin_trylock() - take it if nobody holds it or waits; false: somebody does */
bool __must_check spin_trylock(struct spinlock *lock);

/** spin_unlock() - give it to who waits longest */
void spin_unlock(struct spinlock *lock);

/**
 * spin_release_left() - let go of what a CPU has left locked
 * @index: of the caller, outside of all locks, or of a CPU that is lost
 *
 * DAIF stays. Of more than CPU_LOCAL_LOCKS at once the last ones are not known.
 *
 * Return: the name of one of them, NULL when there was none.
 */
const char *spin_release_left(unsigned int index);

/** spin_is_held() - whether this CPU holds it */
bool spin_is_held(const struct spinlock *lock);

#endif
