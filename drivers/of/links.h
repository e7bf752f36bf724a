/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef DRIVERS_OF_LINKS_H
#define DRIVERS_OF_LINKS_H

#include <drivers/device.h>

#define OF_MAX_LINKS	24	/* eight frames of timers, two interrupts each */

/**
 * of_links() - resources of a node that stand in other nodes
 * @compatible: its first string, or NULL
 * @res: filled
 *
 * Return: how many; 0 also where what the node names cannot be used.
 */
unsigned int of_links(int node, const char *compatible, struct resource res[OF_MAX_LINKS]);

/** of_has_affinity() - whether a node of this compatible may say whose its interrupts are: a PMU */
bool of_has_affinity(const char *compatible);

/**
 * of_affinity() - the CPU that a node's n-th interrupt is for (interrupt-affinity)
 * @mpidr: filled with what stands in the reg of that CPU's node
 *
 * Return: 0; -ENOENT where nothing is said of it; -EINVAL, with a message, where what
 * is said names no CPU.
 */
int of_affinity(int node, unsigned int n, u64 *mpidr);

#endif
