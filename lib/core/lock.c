// SPDX-License-Identifier: BSD-2-Clause
/*
 * Ticket locks. Who comes draws a ticket; the one whose number is served holds
 * the lock. Drawing is the only step that two CPUs may take at once: with the
 * MMU on exclusives do it, with it off Lamport's bakery, one for all locks,
 * which needs nothing of the hardware but loads and stores of a word.
 */
#include <base/compiler.h>
#include <core/cpu.h>
#include <core/lock.h>
#include <core/log.h>
#include <core/time.h>
#include <asm/cpu.h>
#include <asm/lock.h>
#include <asm/percpu.h>
#include <asm/secondary.h>

/*
 * Each CPU writes its own entry only. All are zero while nobody draws, and MMUs
 * change together, so that whoever comes on again finds them right.
 */
static struct {
	u32 choosing;
	u32 number;
} bakery[CONFIG_NR_CPUS];

static u32 largest_number(unsigned int count)
{
	u32 largest = 0;
	unsigned int i;

	for (i = 0; i < count; i++) {
		u32 number = READ_ONCE(bakery[i].number);

		if (number > largest)
			largest = number;
	}
	return largest;
}

/* Whether CPU @other goes before us: smaller number, then smaller index. */
static bool goes_first(unsigned int other, unsigned int self)
{
	u32 theirs = READ_ONCE(bakery[other].number), ours = bakery[self].number;

	return theirs && (theirs < ours || (theirs == ours && other < self));
}

/* Bounded: a CPU that was lost while it drew must not hold up the others for ever. */
static void bakery_enter(unsigned int self)
{
	struct time_bound bound = time_bound_start(LOCK_TIMEOUT_US);
	unsigned int count = cpu_count(), i;

	WRITE_ONCE(bakery[self].choosing, 1);
	dmb(sy);
	WRITE_ONCE(bakery[self].number, largest_number(count) + 1);
	dmb(sy);
	WRITE_ONCE(bakery[self].choosing, 0);
	dmb(sy);
	for (i = 0; i < count; i++) {
		while (READ_ONCE(bakery[i].choosing) && !time_bound_passed(&bound))
			cpu_relax();
		dmb(sy);
		while (goes_first(i, self) && !time_bound_passed(&bound))
			cpu_relax();
	}
	dmb(sy);
}

static void bakery_leave(unsigned int self)
{
	dmb(sy);
	WRITE_ONCE(bakery[self].number, 0);
}

static u32 draw_ticket(struct spinlock *lock, unsigned int self)
{
	u32 ticket;

	if (cpu_mmu_is_on())
		return exclusive_add(&lock->next, 1);
	bakery_enter(self);
	ticket = READ_ONCE(lock->next);
	/* Others run in the middle of it where they can: a hole in the bakery does not stay hidden. */
	cpu_relax();
	WRITE_ONCE(lock->next, ticket + 1);
	bakery_leave(self);
	return ticket;
}

/* No pr_err() while this lock is the console's: it would wait for itself. */
static void give_up(struct spinlock *lock)
{
	u32 holder = READ_ONCE(lock->holder);

	WRITE_ONCE(lock->given_up, 1);
	dmb(sy);
	if (lock->timeout_us)
		return;
	pr_err("lock %s: CPU %d holds it and does not let go for %llu s: nobody waits for it from now on",
	       lock->name, (int)holder - 1, LOCK_TIMEOUT_US / 1000000);
}

static void wait_for_turn(struct spinlock *lock, u32 ticket)
{
	struct time_bound bound;

	if (load_acquire(&lock->serving) == ticket)
		return;
	bound = time_bound_start(lock->timeout_us ? lock->timeout_us : LOCK_TIMEOUT_US);
	while (load_acquire(&lock->serving) != ticket && !READ_ONCE(lock->given_up)) {
		cpu_relax();
		if (time_bound_passed(&bound)) {
			give_up(lock);
			return;
		}
	}
}

/* Whether there is nothing to wait for. Of one that was left behind DAIF is an ended case's. */
static bool is_had(struct spinlock *lock, unsigned int self)
{
	if (READ_ONCE(lock->given_up))
		return true;
	if (READ_ONCE(lock->holder) != self + 1)
		return false;
	if (lock->whole)
		lock->daif = irq_mask();
	return true;
}

/* In place of @from, NULL for none; by the CPU itself, with interrupts masked. */
static void replace_held(struct cpu_local *local, struct spinlock *from, struct spinlock *to)
{
	for (unsigned int i = 0; i < CPU_LOCAL_LOCKS; i++) {
		if (local->held[i] == from) {
			local->held[i] = to;
			return;
		}
	}
}

/* Interrupts wait, with @daif to go back to. */
static void hold(struct spinlock *lock, unsigned int self, u64 daif)
{
	WRITE_ONCE(lock->holder, self + 1);
	replace_held(cpu_local(), NULL, lock);
	if (lock->whole && !READ_ONCE(lock->given_up))
		lock->daif = daif;
	else
		irq_restore(daif);
}

/*
 * On the boot CPU a deadline may end the wait for good: interrupts come only while
 * the ticket is noted, and the next wait goes on with it.
 */
static void queue_up(struct spinlock *lock, unsigned int self, u64 daif)
{
	u32 ticket;

	if (self) {
		wait_for_turn(lock, draw_ticket(lock, self));
		return;
	}
	ticket = lock->drawn ? lock->drawn - 1 : draw_ticket(lock, self);
	if (load_acquire(&lock->serving) != ticket) {
		WRITE_ONCE(lock->drawn, ticket + 1);
		irq_restore(daif);
		wait_for_turn(lock, ticket);
		irq_mask();
	}
	WRITE_ONCE(lock->drawn, 0);
}

void spin_lock(struct spinlock *lock)
{
	unsigned int self = cpu_this();
	u64 daif;

	if (is_had(lock, self))
		return;
	daif = irq_mask();
	queue_up(lock, self, daif);
	hold(lock, self, daif);
}

bool spin_trylock(struct spinlock *lock)
{
	unsigned int self = cpu_this();
	u32 serving = load_acquire(&lock->serving);
	bool got;
	u64 daif;

	if (is_had(lock, self))
		return true;
	daif = irq_mask();
	if (cpu_mmu_is_on()) {
		got = exclusive_add_if(&lock->next, serving);
	} else {
		bakery_enter(self);
		got = READ_ONCE(lock->next) == serving;
		if (got)
			WRITE_ONCE(lock->next, serving + 1);
		bakery_leave(self);
	}
	if (got)
		hold(lock, self, daif);
	else
		irq_restore(daif);
	return got;
}

static bool is_held_by(const struct spinlock *lock, unsigned int index)
{
	return !READ_ONCE(lock->given_up) && READ_ONCE(lock->holder) == index + 1;
}

static void pass_on(struct spinlock *lock)
{
	WRITE_ONCE(lock->holder, 0);
	store_release(&lock->serving, lock->serving + 1);
}

void spin_unlock(struct spinlock *lock)
{
	u64 daif;

	/* A report out of the middle of a locked part has let go of it already. */
	if (!is_held_by(lock, cpu_this()))
		return;
	daif = irq_mask();
	replace_held(cpu_local(), lock, NULL);
	if (lock->whole)
		daif = lock->daif;
	pass_on(lock);
	irq_restore(daif);
}

static struct spinlock *left_by(unsigned int index, unsigned int n)
{
	const struct cpu *cpu = cpu_get(index);
	struct spinlock *lock;

	if (index == cpu_this()) {
		lock = cpu_local()->held[n];
		cpu_local()->held[n] = NULL;
		return lock;
	}
	/* Another's is its own to write. */
	return cpu->area ? READ_ONCE(cpu->area->local.held[n]) : NULL;
}

const char *spin_release_left(unsigned int index)
{
	const char *name = NULL;

	for (unsigned int n = 0; n < CPU_LOCAL_LOCKS; n++) {
		struct spinlock *lock = left_by(index, n);

		if (!lock || !is_held_by(lock, index))
			continue;
		name = lock->name;
		pass_on(lock);
	}
	return name;
}

bool spin_is_held(const struct spinlock *lock)
{
	return READ_ONCE(lock->holder) == cpu_this() + 1;
}
