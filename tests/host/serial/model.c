// SPDX-License-Identifier: BSD-2-Clause
/* Time, the FIFO and the bus between a driver and the model of its UART. */
#include "model.h"
#include <asm/io.h>
#include <core/time.h>

/* 115200 baud: a character takes 87 us. */
#define CHAR_US	87

struct hardware hw;
static struct console *console;
static u64 drained_us;

static void drain(void)
{
	while (hw.fifo && !hw.stuck && hw.us - drained_us >= CHAR_US) {
		hw.fifo--;
		drained_us += CHAR_US;
	}
	if (!hw.fifo || hw.stuck)
		drained_us = hw.us;
}

u64 host_io_read(u64 address, unsigned int bytes)
{
	hw.us++;
	drain();
	hw.wrong += bytes != hw.model->bytes;
	return hw.model->read(address - UART_BASE);
}

void host_io_write(u64 address, u64 value, unsigned int bytes)
{
	hw.us++;
	drain();
	hw.wrong += bytes != hw.model->bytes;
	hw.model->write(address - UART_BASE, (u32)value);
}

void model_send(u8 c)
{
	if (hw.fifo >= hw.model->depth) {
		hw.lost++;
		return;
	}
	hw.fifo++;
	if (hw.sent < sizeof(hw.out) - 1)
		hw.out[hw.sent++] = (char)c;
}

struct time_bound time_bound_start(u64 us)
{
	return (struct time_bound){ .start = hw.us, .ticks = us };
}

bool time_bound_passed(struct time_bound *bound)
{
	hw.us++;
	return hw.us - bound->start > bound->ticks;
}

void console_register(struct console *con)
{
	console = con;
}

static const char *property_name;
static u64 property_value;

static int get_u64(const struct device *dev __unused, const char *name, u64 *value)
{
	if (hw.clock && !strcmp(name, "clock-frequency")) {
		*value = hw.clock;
		return 0;
	}
	if (!property_name || strcmp(name, property_name))
		return -ENOENT;
	*value = property_value;
	return 0;
}

struct device *model_device(const char *name, enum device_source source, u64 size,
			    const char *property, u64 value)
{
	static const struct device_source_ops ops = { .get_u64 = get_u64 };
	static struct resource mem;
	static struct device dev;

	property_name = property;
	property_value = value;
	mem = (struct resource){ .kind = RES_MEM, .base = UART_BASE, .size = size };
	dev = (struct device){ .name = name, .origin = "the test", .source = source,
			       .resources = &mem, .nr_resources = 1, .ops = &ops };
	return &dev;
}

int model_probe(const struct model *model, const char *name, struct device *dev)
{
	extern const struct driver *const __table_driver_start[], *const __table_driver_end[];
	const struct driver *const *drv;

	list_init(uart_list());
	console = NULL;
	hw.model = model;
	drained_us = hw.us;
	table_for_each(drv, driver)
		if (!strcmp((*drv)->name, name))
			return (*drv)->probe(dev, (*drv)->match);
	return -ENOENT;
}

struct uart *model_uart(void)
{
	return console ? container_of(console, struct uart, console) : NULL;
}

int model_print(const char *text)
{
	return console->write(console, text, strlen(text));
}
