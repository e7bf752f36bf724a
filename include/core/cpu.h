/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The CPUs of the machine: which the tables describe, which run, and how the
 * boot CPU has the others run something.
 *
 * CPU 0 is the one that the image was entered on. It alone starts, stops and
 * calls the others; they wait, each in its own memory, for what it asks. What
 * is asked and what comes back goes through lines that have one writer, who
 * cleans and invalidates them after each write: so calls work between CPUs
 * whose MMU is on and CPUs whose MMU is off.
 */
#ifndef CORE_CPU_H
#define CORE_CPU_H

#include <base/types.h>
#include <asm/entry_state.h>
#include <asm/exception.h>

/* Microseconds after which a function that nobody gave a deadline counts as lost. */
#define CPU_CALL_TIMEOUT_US	1000000ULL

enum cpu_state {
	CPU_OFF,	/* described; never started, or switched off again */
	CPU_ONLINE,	/* waits for calls, or runs one */
	CPU_FAILED,	/* could not be started: cpu->why */
	CPU_LOST,	/* did not come back from a call in time */
};

struct cpu;
struct cpu_area;

/** struct cpu_ops - how CPUs are started and stopped: PSCI, spin-table */
struct cpu_ops {
	const char *name;
	/*
	 * Start at @entry, MMU off, with @context in x0 where the method has such a
	 * thing. 0 when it was accepted, -errno with a reason in @why, static text.
	 */
	int (*on)(struct cpu *cpu, u64 entry, u64 context, const char **why);
	/*
	 * Runs on the CPU itself, while the boot CPU may be writing to struct cpu; does
	 * not return where it works. NULL: cannot be stopped.
	 */
	int (*off)(void);
	/* 0: on, 1: off, 2: on its way, -errno: nobody knows. NULL with off(). */
	int (*affinity)(const struct cpu *cpu);
	bool no_context;	/* nothing arrives in x0: the CPU finds its memory by MPIDR */
};

struct cpu {
	unsigned int index;
	enum cpu_state state;
	u64 mpidr;		/* affinity fields only, as cpu_mpidr() */
	u64 midr;		/* once it was online */
	const char *origin;	/* DT path, or MADT structure: for people */
	const struct cpu_ops *ops;
	u64 release_addr;	/* spin-table: where the entry's address goes */
	const char *why;	/* not online: the reason, static text */
	struct cpu_area *area;	/* its own memory; NULL for the boot CPU, and before its first start */
	bool wakes_by_sgi;	/* it waits in WFI, else in WFE */
	u32 sequence;		/* of the last call */
	bool pending;		/* a call was started and not yet waited for */
};

/** cpu_count() - CPUs known, the boot CPU included: index 0 up to this */
unsigned int cpu_count(void);

/** cpu_described() - enabled CPUs that the tables describe, whether NR_CPUS and maxcpus= take them or not */
unsigned int cpu_described(void);

/** cpu_online_count() - of them, those that take calls, the boot CPU included */
unsigned int cpu_online_count(void);

/** cpu_get() - a CPU by its index; NULL beyond the last */
struct cpu *cpu_get(unsigned int index);

/** cpu_this() - index of the CPU that asks */
unsigned int cpu_this(void);

/** cpu_is_online() - whether @index takes calls */
bool cpu_is_online(unsigned int index);

#define cpu_for_each_online(index)						\
	for ((index) = 0; (index) < cpu_count(); (index)++)			\
		if (!cpu_is_online(index)) {} else

/** struct cpu_mask - a set of CPUs by index */
struct cpu_mask {
	u64 bits[(CONFIG_NR_CPUS + 63) / 64];
};

static inline void cpu_mask_set(struct cpu_mask *mask, unsigned int index)
{
	mask->bits[index / 64] |= 1ULL << index % 64;
}

static inline void cpu_mask_clear(struct cpu_mask *mask, unsigned int index)
{
	mask->bits[index / 64] &= ~(1ULL << index % 64);
}

static inline bool cpu_mask_test(const struct cpu_mask *mask, unsigned int index)
{
	return mask->bits[index / 64] >> index % 64 & 1;
}

/** struct cpu_result - how a call ended */
struct cpu_result {
	int ret;			/* 0, or -errno as of cpu_call_wait() */
	struct exception_info exception;	/* with -EFAULT */
	struct pt_regs regs;		/* likewise */
};

/**
 * cpu_call() - have a CPU run a function, and wait for its end
 * @index: of the CPU; the caller's own runs it at once
 * @fn: called with @arg, guarded, on that CPU's own stack, interrupts masked
 * @arg: passed on; what it points to is shared as the MMU states of both CPUs allow
 * @timeout_us: deadline in microseconds, bounded by iterations too
 *
 * Only the boot CPU calls.
 *
 * Return: 0; -EFAULT when an exception ended @fn (cpu_call_result() has it); -ETIMEDOUT
 * when the CPU did not come back: it is lost from then on; -ENODEV when it is not
 * online; -EBUSY when a call of it was started and not waited for; -EPERM from
 * another CPU than the boot CPU.
 */
int cpu_call(unsigned int index, void (*fn)(void *arg), void *arg, u64 timeout_us);

/**
 * cpu_call_start() - the same without waiting
 *
 * On the caller's own CPU the function runs at once. Return: as cpu_call().
 */
int cpu_call_start(unsigned int index, void (*fn)(void *arg), void *arg);

/**
 * cpu_call_wait() - wait for what cpu_call_start() began
 *
 * Return: as cpu_call(); -EINVAL when nothing was started.
 */
int cpu_call_wait(unsigned int index, u64 timeout_us);

/** cpu_call_poll() - whether what cpu_call_start() began is over: cpu_call_wait() will not wait */
bool cpu_call_poll(unsigned int index);

/**
 * cpu_call_result() - how the last call of a CPU ended
 * @index: of the CPU
 * @result: filled
 */
void cpu_call_result(unsigned int index, struct cpu_result *result);

/**
 * cpu_call_mask() - have several CPUs run a function at once
 * @mask: which; the caller's own runs it after the others were started
 *
 * One deadline for all of them.
 *
 * Return: 0, or the first errno by index as cpu_call() has it; each CPU's own by
 * cpu_call_result().
 */
int cpu_call_mask(const struct cpu_mask *mask, void (*fn)(void *arg), void *arg, u64 timeout_us);

/** cpu_call_all() - the same on every CPU that is online, the caller's too */
int cpu_call_all(void (*fn)(void *arg), void *arg, u64 timeout_us);

/** cpu_call_others() - the same on every CPU that is online but the caller's */
int cpu_call_others(void (*fn)(void *arg), void *arg, u64 timeout_us);

/**
 * cpu_off() - switch a CPU off
 *
 * Return: 0 once its firmware says that it is off; -EOPNOTSUPP where its method
 * cannot; -EBUSY for the boot CPU; else as cpu_call(), or -EIO when it refuses.
 */
int cpu_off(unsigned int index);

/**
 * cpu_on() - switch a CPU on that is off
 *
 * Return: 0 once it waits for calls; -EALREADY when it does already; -ENODEV, -EIO
 * and so on as its method says, with cpu->why; -ETIMEDOUT when it was started and
 * never reported.
 */
int cpu_on(unsigned int index);

/**
 * cpu_recover() - take back a CPU that was lost, if it has come back meanwhile
 *
 * Return: 0 when it is online, -ETIMEDOUT when it has not come back, -ENODEV
 * when it was never lost and is not online.
 */
int cpu_recover(unsigned int index);

/**
 * cpu_daif_was_left() - whether a call has left exceptions of this CPU masked otherwise
 *
 * For secondaries: since the last question. It was put back behind the call.
 */
bool cpu_daif_was_left(void);

/** cpu_entry_state() - how firmware started a CPU: its state at the first instruction; NULL for CPU 0 */
const struct entry_state *cpu_entry_state(unsigned int index);

/** cpu_context() - what was given as context when a CPU was started */
u64 cpu_context(unsigned int index);

/**
 * cpu_add() - the tables describe a CPU
 * @mpidr: affinity fields
 * @origin: DT path or the like; lives on
 * @ops: how to start it; NULL: nobody knows, and @why says so
 * @release_addr: for the spin-table
 * @why: static text, or NULL
 *
 * For DISCOVER only. What is wrong with it is said, and the CPU left out.
 */
void cpu_add(u64 mpidr, const char *origin, const struct cpu_ops *ops, u64 release_addr,
	     const char *why);

/** cpu_check_boot() - all were added: the boot CPU must be among them */
void cpu_check_boot(void);

#endif
