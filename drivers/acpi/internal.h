/* SPDX-License-Identifier: BSD-2-Clause */
/* Between the files of drivers/acpi. */
#ifndef DRIVERS_ACPI_INTERNAL_H
#define DRIVERS_ACPI_INTERNAL_H

#include <base/compiler.h>
#include <core/boot.h>
#include <drivers/acpi.h>
#include <drivers/device.h>

#define ACPI_NAME_SIZE	5

/* Four characters that may be printed in KTAP; "????" without a header. */
void acpi_signature_name(char *name, const struct acpi_header *header);

/* Whether the firmware's map has RAM at all of a range; where it cannot tell, it has. */
bool acpi_readable(const struct mem_map *map, u64 addr, u64 size);

/* The two stages, for the tests on the host. */
int acpi_describe(struct boot_info *bi);
int acpi_discover(struct boot_info *bi);

/* One property; names are those of the DT bindings. */
struct acpi_property {
	const char *name;
	const char *string;	/* NULL: a number */
	u64 value;
};

/* A device in the making: room for the most it can have. */
struct acpi_device {
	struct device dev;
	unsigned int max_resources;
	unsigned int nr_properties;
	unsigned int max_properties;
	struct acpi_property *properties;
	struct resource *resources;
};

/*
 * A device with room for so many resources and properties; its name may be NULL
 * when memory ran out. NULL likewise: then nothing is to be added.
 */
struct acpi_device *acpi_device_new(u64 acpi_id, const char *name, const char *origin,
				    unsigned int resources, unsigned int properties);
void acpi_device_mem(struct acpi_device *ad, const char *name, u64 base, u64 size);
void acpi_device_irq(struct acpi_device *ad, const char *name, u32 gsiv, u32 flags);
void acpi_device_cpu(struct acpi_device *ad, u64 mpidr);
void acpi_device_u64(struct acpi_device *ad, const char *name, u64 value);
void acpi_device_string(struct acpi_device *ad, const char *name, const char *value);
void acpi_device_add(struct acpi_device *ad);

/* Each makes the devices of one table; a table that is not there is none of its business. */
int acpi_fadt_populate(void);
int acpi_madt_populate(void);
int acpi_gtdt_populate(void);
int acpi_serial_populate(void);
int acpi_mcfg_populate(void);

/*
 * Where the IORT sends the MSIs of a PCI function, by segment and requester id:
 * the MADT's number of an ITS, and the device id it gets there. 0; -ENOENT when
 * nothing is described for it; -EINVAL when the way leads nowhere.
 */
int acpi_iort_msi(u32 segment, u32 rid, u32 *its, u32 *device_id);

/* Answers for a host bridge of the MCFG. */
extern const struct pci_source_ops acpi_pci_ops;

#endif
