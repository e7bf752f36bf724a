# SPDX-License-Identifier: BSD-2-Clause
# drivers/irqchip: where registers are, with registers that no QEMU has.
programs += irqchip
irqchip-srcs := $(addprefix drivers/irqchip/,gic_ops.c gicv3_redist.c) \
	$(addprefix tests/host/irqchip/,main.c redist.c)
irqchip-cflags := -include $(srctree)/tests/host/irqchip/registers.h -I$(srctree)/drivers/irqchip
