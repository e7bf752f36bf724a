/* SPDX-License-Identifier: BSD-2-Clause */
/* Between the files of the suite its. */
#ifndef TESTS_ITS_H
#define TESTS_ITS_H

#include <core/cpu.h>
#include <core/irq.h>
#include <drivers/its.h>
#include <drivers/lpi.h>
#include <test/test.h>

/* An interrupt that is on its way is there by then; one that is not is not waited for longer. */
#define COMES_US	100000ULL
#define QUIET_US	200ULL

#define EVENTS		8U

/* A case goes over all ITSs of the machine. */
#define EACH_ITS(name)								\
	static void name##_of(struct its *its);					\
	void name(void)								\
	{									\
		each_its(name##_of);						\
	}									\
	static void name##_of(struct its *its)

void each_its(void (*run)(struct its *its));

/* An event of a device, as the LPI that it is; what came of it the handler writes. */
struct line {
	struct its *its;
	struct its_events *events;
	u32 device, event, intid;
	u32 count;		/* times that it came */
	u32 cpu;		/* where, the last time */
	u32 order;		/* when, among all lines */
	u64 at;			/* when, by the system counter */
};

/** fresh() - start the ITS anew: nothing is mapped, as nothing of an earlier case is */
void fresh(struct its *its);

/** line_open() - event @event of a new device is an LPI of this CPU, requested, not enabled */
struct line *line_open(struct its *its, u32 device, u32 event);

/** line_enable() - let it come */
void line_enable(const struct line *line);

/** line_close() - disable it and forget its device */
void line_close(struct line *line);

/** line_request() - have the handler of lines for an LPI that some other way makes; in @line */
void line_request(struct line *line, u32 intid);

/** line_came() - it has come @count times before long, and not once more */
bool line_came(const struct line *line, u32 count);

/** raise() - INT for its event, and SYNC */
int raise(const struct line *line);

/** do_command() - a command and a SYNC of this CPU, which must be read */
void do_command(struct its *its, struct its_command command);

/** try_command() - likewise one that the ITS may refuse: a stall is as good as an end */
void try_command(struct its *its, struct its_command command);

/** no_refusal() - SKIP where refused commands raise SErrors */
void no_refusal(const struct its *its);

/** last_device() - the highest DeviceID; @n: as many below it */
u32 last_device(const struct its *its, u32 n);

/** other_cpu() - another CPU that takes interrupts; a SKIP without one */
unsigned int other_cpu(void);

/** target_of() - a CPU as RDbase, by index */
u64 target_of(const struct its *its, unsigned int cpu);

/* identity.c */
void bound_where_described(void);
void identified(void);
void read_only_registers_stay(void);
void tables_are_described(void);
void was_stopped_at_entry(void);
void lpis_were_off_at_entry(void);
void redistributors_take_lpis(void);

/* events.c */
void int_raises_lpi(void);
void disabled_lpi_waits(void);
void inv_reads_one(void);
void invall_reads_all(void);
void clear_takes_back(void);
void discard_ends_event(void);
void discard_drops_pending(void);
void mapd_ends_device(void);
void mapi_takes_the_event(void);
void priorities_order_lpis(void);
void devices_are_apart(void);

/* collections.c */
void lpis_reach_cpus(void);
void movi_moves_one(void);
void movi_moves_pending(void);
void mapc_moves_collection(void);
void movall_moves_pending(void);
void unmapped_collection_is_silent(void);
void collection_may_be_mapped_last(void);

/* pending.c */
void pending_table_is_taken_over(void);
void pending_table_waits_for_enable(void);

/* queue.c */
void queue_wraps(void);
void full_queue_is_read(void);

/* tables.c */
void tables_of_every_page_size(void);
void outermost_ids_work(void);
void works_after_a_stop(void);

/* mmu.c */
void works_while_the_mmu_changes(void);
void works_without_the_mmu(void);

/* timed.c */
void commands_are_timed(void);

/* virtual.c */
void doorbell_rings(void);
void vmapi_takes_the_event(void);
void vmovi_moves_to_another(void);
void vmovp_moves_the_doorbell(void);
void running_vpe_has_no_doorbell(void);

#endif
