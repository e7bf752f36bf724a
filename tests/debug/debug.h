/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef TESTS_DEBUG_H
#define TESTS_DEBUG_H

/* Immediates of BRK: the handler begins and ends stepping there. */
#define BRK_STEP_ON	0x51e
#define BRK_STEP_OFF	0x51f

#define DEBUG_HITS	12

/* MDSCR_EL1 that lets break- and watchpoints fire, at the level that takes them, too. */
#define ENABLED		(MDSCR_MDE | MDSCR_KDE)

/* struct debug_arg, for code.S */
#define DEBUG_ARG_X0	0
#define DEBUG_ARG_DAIF	8

#ifndef __ASSEMBLER__
#include <asm/debug.h>
#include <asm/exception.h>
#include <test/test.h>

/* What each function of code.S is given: its x0, and DAIF while the instructions run. */
struct debug_arg {
	u64 x0;
	u64 daif;
};

#define DAIF_D_CLEAR	0x1c0ULL	/* A, I and F masked, debug exceptions not */
#define DAIF_ALL	0x3c0ULL

/* One debug exception. */
struct debug_hit {
	unsigned int class;	/* EC_* */
	enum exception_vector vector;
	u64 esr;
	u64 elr;
	u64 far;
	u64 spsr;
};

/* The debug exceptions of one function, in their order; more than fit are not let come. */
struct debug_log {
	unsigned int count;
	struct debug_hit hit[DEBUG_HITS];
	/*
	 * NULL: go on behind the instruction that hit, step on behind a step. Else called
	 * for each, and changes @regs itself.
	 */
	void (*go_on)(struct debug_log *log, struct pt_regs *regs);
	bool once;		/* nothing is armed any more behind the first */
	u64 mdscr;			/* for code.S's stepping */
	struct exception_info end;	/* what ended the call, at EL0 */
};

/* Where the instructions run. */
enum debug_level { LEVEL_OWN, LEVEL_EL0, LEVELS };

/* What has to be set for an exception to come; all but the first lack one thing. */
struct debug_enables {
	const char *what;
	u64 control;		/* bits taken out of the control register */
	u64 mdscr;
	u64 daif;
	unsigned int own;	/* exceptions from the level that takes them */
	unsigned int el0;	/* and from EL0, where KDE and PSTATE.D have no effect */
};

#define DEBUG_ENABLES	5

/* run.c */

extern const struct debug_enables debug_enables[DEBUG_ENABLES];

/* On the CPU that asks: debug registers are ours until debug_close(). May SKIP(). */
void debug_open(void);
void debug_close(void);

/*
 * Run @fn of code.S, with MDSCR_EL1 as given until it is back, SS from its first BRK on; all
 * that came is in @log then.
 */
void debug_call(struct debug_log *log, u64 mdscr, void (*fn)(void *arg), struct debug_arg *arg);

/* The same at EL0, where @code ends in an SVC; @pstate: DEBUG_SPSR_SS to step. */
void debug_el0_call(struct debug_log *log, u64 mdscr, const char *code, u64 x0, u64 pstate);

/* The same, and whatever ends it is the caller's to look at. */
void debug_el0_enter(struct debug_log *log, u64 mdscr, const char *code, u64 x0, u64 pstate);

/* Three NOPs at one level or the other, and where the first of them is. */
void debug_call_nops(struct debug_log *log, u64 mdscr, enum debug_level level, u64 daif);
u64 debug_nops_address(enum debug_level level);

/* Level bits of a control register; names for messages. */
u64 debug_level_control(enum debug_level level);
u64 debug_both_levels_control(void);
const char *debug_level_name(enum debug_level level);

/* Exactly one exception came: of this class, from this level, with ELR @elr. */
bool debug_check_one(const struct debug_log *log, enum debug_level level, unsigned int class,
		     u64 elr, const char *what);

/* The class as it is from this level: each is one more from the level that takes it. */
static inline unsigned int debug_class(enum debug_level level, unsigned int lower)
{
	return level == LEVEL_EL0 ? lower : lower + 1;
}

/* Context breakpoints look at this one, and at EL2 without VHE at none. */
bool debug_has_context(enum debug_level level);

/* el0.c: by the boot CPU, before any EL0 call; undone by debug_el0_exit(). */
void debug_el0_prepare(void);
void debug_el0_exit(void);
u64 debug_el0_address(const char *code);
/* Two words of memory as EL0 sees them, and as the image does. */
u64 debug_el0_data(void);
u64 *debug_el0_data_here(void);

/* code.S */
void code_nops(void *arg);
extern char code_nops_at[];
void code_steps(void *arg);
extern char code_steps_at[];
void code_step_exclusive(void *arg);
extern char code_step_exclusive_at[];
void code_loop(void *arg);
extern char code_loop_at[];
void code_ldrb(void *arg);
void code_ldrh(void *arg);
void code_ldrw(void *arg);
void code_ldrx(void *arg);
void code_strb(void *arg);
void code_strh(void *arg);
void code_strw(void *arg);
void code_strx(void *arg);
void code_ldp(void *arg);
void code_stp(void *arg);
void code_ldar(void *arg);
void code_stlr(void *arg);
void code_ldxr(void *arg);
void code_stxr(void *arg);
void code_ldtr(void *arg);
void code_sttr(void *arg);
void code_prfm(void *arg);
void code_dc_cvac(void *arg);

/* el0_code.S */
extern char el0_nops[], el0_nops_at[], el0_load[], el0_load_at[], el0_stores[], el0_stores_at[];
extern char el0_svcs[], el0_svcs_at[], el0_udf[], el0_udf_at[];
extern char debug_el0_begin[], debug_el0_end[];

/* registers.c */
void numbers_are_sane(void);
void registers_keep_their_values(void);
void os_lock_keeps_exceptions_away(void);
void el2_takes_what_is_routed_there(void);

/* breakpoint.c */
void breakpoint_fires(void);
void breakpoint_fires_at_el0(void);
void breakpoint_needs_each_enable(void);
void breakpoint_filters_levels(void);
void breakpoints_work_together(void);
void breakpoint_is_stepped_over(void);

/* context.c */
void linked_breakpoint_compares_context(void);
void linked_watchpoint_compares_context(void);
void linked_breakpoint_compares_el2_context(void);
void context_breakpoint_fires(void);

/* watchpoint.c */
void watchpoint_fires(void);
void watchpoint_fires_at_el0(void);
void watchpoint_needs_each_enable(void);
void watchpoint_filters_levels(void);
void watchpoint_selects_bytes(void);
void watchpoint_covers_range(void);

/* access.c */
void watchpoint_tells_loads_from_stores(void);
void watchpoint_sees_each_access(void);
void watchpoint_ignores_hints(void);
void unprivileged_access_is_el0s(void);

/* step.c */
void step_is_one_instruction(void);
void step_at_el0(void);
void step_needs_each_enable(void);
void step_pends_without_ss(void);
void step_tells_load_exclusive(void);
void step_of_svc_is_behind_it(void);
void step_of_fault_is_not_done(void);
void step_comes_before_breakpoint(void);

/* cpus.c */
void registers_are_each_cpus_own(void);
void breakpoints_move_with_their_work(void);
void watchpoints_move_with_their_work(void);
void stepping_moves_with_its_work(void);
#endif
#endif
