/* SPDX-License-Identifier: BSD-2-Clause */
/* Between the files of tests/dt: the cases, and what several of them ask. */
#ifndef TESTS_DT_H
#define TESTS_DT_H

#include <base/types.h>

/* header.c */
void dt_header_is_version_17(void);
void dt_blocks_do_not_overlap(void);
void dt_reservations_are_in_memory(void);
void dt_reservations_spare_the_image(void);

/* properties.c */
void dt_properties_precede_subnodes(void);
void dt_strings_are_terminated(void);
void dt_root_is_complete(void);

/* phandles.c */
void dt_phandles_are_unique(void);
void dt_phandle_lists_resolve(void);

/* buses.c */
void dt_reg_fits_the_bus(void);
void dt_ranges_fit_the_bus(void);
void dt_addresses_reach_the_cpus(void);

/* interrupts.c */
void dt_interrupt_parents_resolve(void);
void dt_interrupts_fit_the_controller(void);
void dt_gic_interrupts_exist(void);

/* memory.c */
void dt_memory_is_described(void);
void dt_memory_does_not_overlap(void);

/* cpus.c */
void dt_cpus_node_is_complete(void);
void dt_cpu_reg_is_unique(void);
void dt_boot_cpu_is_described(void);
void dt_cpu_enable_methods_are_known(void);

/* firmware.c */
void dt_psci_node_is_complete(void);

/* timer.c */
void dt_timer_node_is_complete(void);
void dt_timer_interrupts_are_ppis(void);

/* gic.c */
void dt_gic_node_is_complete(void);
void dt_gic_redistributors_hold_all_cpus(void);

/* chosen.c */
void dt_stdout_path_resolves(void);
void dt_initrd_is_in_memory(void);
void dt_pl011_clocks_are_named(void);

/**
 * dt_is_data() - a node below which names mean nothing
 *
 * What dtc and overlays keep for themselves (__symbols__, __fixups__, ...) and
 * /aliases: there "clocks" is a node's label, not a list of clocks.
 */
bool dt_is_data(int node);

/** dt_is_cpu() - a child of /cpus that is a CPU */
bool dt_is_cpu(int node);

/** dt_is_memory() - an enabled node of device_type "memory" */
bool dt_is_memory(int node);

/** dt_memory_ranges() - how many ranges of memory nodes there are that are not empty */
unsigned int dt_memory_ranges(void);

/** dt_in_memory() - whether memory nodes hold all of a range */
bool dt_in_memory(u64 base, u64 size);

/** dt_overlap() - whether two ranges share a byte */
bool dt_overlap(u64 base_a, u64 size_a, u64 base_b, u64 size_b);

/* machine.c: what the tree is compared with */

/** dt_boot_mpidr() - affinity fields of the CPU that runs this */
u64 dt_boot_mpidr(void);

/** dt_image_range() - where the image lies */
void dt_image_range(u64 *base, u64 *size);

/** dt_booted_by_efi() - UEFI's memory map says where RAM is */
bool dt_booted_by_efi(void);

#endif
