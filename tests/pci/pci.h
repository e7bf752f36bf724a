/* SPDX-License-Identifier: BSD-2-Clause */
/* Between the files of the suite pci. */
#ifndef TESTS_PCI_H
#define TESTS_PCI_H

#include <core/time.h>
#include <drivers/pci.h>
#include <drivers/pci_edu.h>
#include <drivers/pci_msi.h>
#include <drivers/pci_virtio_rng.h>
#include <test/test.h>

/* Generous: messages and pins arrive within microseconds. */
#define COMES_US	100000
/* What another thread of a hypervisor answers takes its time. */
#define ANSWERS_US	1000000
/* What has not come after this was not sent. */
#define STAYS_AWAY_US	1000

/** struct came - what a handler saw */
struct came {
	u32 count;
	u32 intid;	/* of the last */
	u32 status;	/* of edu, where that raised it */
};

/** edu_needed() - the edu, or the case is a SKIP */
struct pci_function *edu_needed(void);

/** edu_came() - handler: notes what came and acknowledges it; @arg: struct came */
irq_after_t edu_came(u32 intid, struct pt_regs *regs, void *arg);

/** edu_comes() - whether @count interrupts have come in time */
bool edu_comes(const struct came *came, u32 count);

/** need_messages() - @ret of enabling them, unless that says that nobody takes them: then a SKIP */
int need_messages(const struct pci_function *fn, int ret);

/** function_name() - as pci_name(), with vendor and device */
const char *function_name(const struct pci_function *fn);

/* Cases by their files. */
void absent_functions_read_all_ones(void);
void headers_are_valid(void);
void widths_agree(void);
void capability_lists_end(void);
void extended_capability_lists_end(void);
void bridges_have_bus_numbers(void);
void bridges_forward_what_is_behind(void);
void bars_decode_powers_of_two(void);
void bars_lie_apart_in_windows(void);
void bar_reaches_its_function(void);
void decoding_can_be_turned_off(void);
void memory_writes_arrive(void);
void port_writes_arrive(void);
void pins_are_described(void);
void pin_raises_its_interrupt(void);
void pin_can_be_silenced(void);
void msi_arrives(void);
void msi_disabled_sends_nothing(void);
void msix_table_lies_in_its_bar(void);
void msix_arrives(void);
void msix_vectors_are_apart(void);
void msix_masked_vector_is_pending(void);
void msix_masked_function_is_pending(void);
void dma_copies(void);
void dma_needs_bus_master(void);

#endif
