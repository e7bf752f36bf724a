# SPDX-License-Identifier: BSD-2-Clause
# drivers/serial against models of the UARTs' registers.
programs += serial
serial-srcs := $(addprefix drivers/serial/,uart.c pl011.c pl011_port.c sbsa_uart.c ns16550.c \
	ns16550_mmio.c cdns.c bcm2835aux.c qcom_geni.c) \
	$(addprefix tests/host/serial/,main.c model.c pl011.c ns16550.c others.c)
serial-libs := -Wl,-T,$(srctree)/tests/host/devices/tables.lds
