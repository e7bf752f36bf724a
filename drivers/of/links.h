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

#endif
