/* SPDX-License-Identifier: BSD-2-Clause */
/* A UART's hardware: registers by a model, a transmitter that takes time, a receiver. */
#ifndef HOST_SERIAL_MODEL_H
#define HOST_SERIAL_MODEL_H

#include <ctest.h>
#include <drivers/uart.h>

#define UART_BASE	0x9000000ULL

struct model {
	/* Registers by their offset; what they do not know is an error of the driver. */
	u32 (*read)(u64 offset);
	void (*write)(u64 offset, u32 value);
	unsigned int bytes;		/* the only width that it takes */
	unsigned int depth;		/* of the transmit FIFO */
};

/* The hardware's state, and what the driver did wrong with it. */
struct hardware {
	const struct model *model;
	u32 reg[1024];			/* as written, by offset / 4, for models that want it */
	char out[8192];			/* what has left, with a NUL behind it */
	size_t sent;
	const char *in;			/* what arrives */
	unsigned int fifo;		/* characters in the transmit FIFO */
	bool stuck;			/* it does not drain */
	unsigned int lost;		/* characters written into a full FIFO */
	unsigned int wrong;		/* accesses of another width, or of no register */
	unsigned int rate_writes;	/* to what sets the rate */
	u64 clock;			/* Hz, as described; 0: it is not */
	u64 us;				/* time */
};

extern struct hardware hw;

/* A character into the FIFO; what came before drains as time goes by. */
void model_send(u8 c);

/* Probe the driver of @name with a device; what it returned. */
int model_probe(const struct model *model, const char *name, struct device *dev);

/* A device of the driver's own at UART_BASE; in @property, when there is one, @value. */
struct device *model_device(const char *name, enum device_source source, u64 size,
			    const char *property, u64 value);

/* Write text to the console that the driver registered. */
int model_print(const char *text);

/* The console that the driver registered last, or NULL. */
struct uart *model_uart(void);

void test_pl011(void);
void test_ns16550(void);
void test_others(void);

#endif
