/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Interrupts of PCI functions: by pin, MSI and MSI-X. A function has one kind at a
 * time. What a case leaves behind, pci_quiet() of the suite's exit() takes away.
 * Clauses of the PCI Express Base Specification 5.0.
 */
#ifndef DRIVERS_PCI_MSI_H
#define DRIVERS_PCI_MSI_H

#include <core/msi.h>
#include <drivers/pci.h>

/**
 * pci_intx_request() - have a function's pin handled, and let it raise its interrupt
 * @fn: function
 * @handler: silences the function: the pin is a level
 * @arg: passed on
 *
 * The interrupt stays disabled: irq_enable(). Other functions may share it.
 *
 * Return: its INTID; else as pci_intx() and device_irq_request().
 */
int pci_intx_request(struct pci_function *fn, irq_handler_t handler, void *arg);

/** pci_intx_release() - nobody handles it any more; the function no longer raises it */
void pci_intx_release(struct pci_function *fn, u32 intid);

/** pci_msi_parent() - who takes a function's messages; NULL when nobody does */
struct msi_parent *pci_msi_parent(const struct pci_function *fn, u32 *device_id);

/** pci_msi_count() - how many vectors it can have (7.7.1.2); 0 without the capability */
unsigned int pci_msi_count(const struct pci_function *fn);

/**
 * pci_msi_enable() - give a function vectors by MSI, and let it send
 * @fn: function; its pin is silenced, and it may write to memory from now on
 * @count: a power of two, at most pci_msi_count()
 * @handler: of all of them
 * @arg: passed on
 * @msi: @count of them, filled
 *
 * Return: 0; -ENOENT without the capability; -EINVAL for such a @count; -ENODEV when
 * nobody takes its messages; -ERANGE when the address does not fit its registers;
 * else as msi_alloc().
 */
int pci_msi_enable(struct pci_function *fn, unsigned int count, irq_handler_t handler, void *arg,
		   struct msi *msi);

/** pci_msi_disable() - it sends no more; @msi: as filled, given back */
void pci_msi_disable(struct pci_function *fn, const struct msi *msi);

/** pci_msi_set_enable() - let a function that has vectors send or not; the rest stays */
void pci_msi_set_enable(struct pci_function *fn, bool on);

/** pci_msix_count() - size of its table (7.7.2.2); 0 without the capability */
unsigned int pci_msix_count(const struct pci_function *fn);

/** struct pci_msix_place - where table and pending bits are */
struct pci_msix_place {
	unsigned int table_bar;
	unsigned int pending_bar;
	u32 table_offset;
	u32 pending_offset;
};

/** pci_msix_place() - as the capability says; -ENOENT without it */
int pci_msix_place(const struct pci_function *fn, struct pci_msix_place *place);

/**
 * pci_msix_enable() - give a function vectors by MSI-X, and let it send
 * @count: at most pci_msix_count(); the others stay masked
 *
 * Otherwise as pci_msi_enable(). -EIO when its table cannot be reached.
 */
int pci_msix_enable(struct pci_function *fn, unsigned int count, irq_handler_t handler, void *arg,
		    struct msi *msi);

/** pci_msix_disable() - it sends no more; @msi: as filled, given back */
void pci_msix_disable(struct pci_function *fn, const struct msi *msi);

/** pci_msix_mask() - hold back one vector, or let it come (7.7.2.8); it was enabled */
void pci_msix_mask(struct pci_function *fn, unsigned int n, bool masked);

/** pci_msix_mask_all() - hold back all vectors of the function (7.7.2.2) */
void pci_msix_mask_all(struct pci_function *fn, bool masked);

/** pci_msix_is_pending() - whether a vector that was held back is to come (7.7.2.9) */
bool pci_msix_is_pending(struct pci_function *fn, unsigned int n);

/**
 * pci_quiet() - a function sends nothing and raises no pin: for exit() of a suite
 * @fn: function
 *
 * Of what msi_alloc() gave msi_free_left() takes the rest.
 */
void pci_quiet(struct pci_function *fn);

#endif
