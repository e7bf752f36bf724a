// SPDX-License-Identifier: BSD-2-Clause
/* GENI, which no QEMU has; Cadence and the mini-UART, in what QEMU does not show. */
#include "model.h"

static u32 *reg(u64 offset)
{
	return &hw.reg[offset / 4];
}

/* GENI: commands as the drivers of the engine describe them. */
static u32 fw_revision, left_of_command;
static bool m_hangs, s_active;

static u32 geni_read(u64 offset)
{
	switch (offset) {
	case 0x040:
		return (m_hangs || left_of_command || hw.fifo ? 1 : 0) | (s_active ? 1 << 12 : 0);
	case 0x068:
		return fw_revision;
	case 0x780:
		return hw.in && *hw.in ? (u8)*hw.in++ : 0;
	case 0x804:
		return hw.in ? (u32)strlen(hw.in) : 0;
	default:
		return *reg(offset);
	}
}

static void geni_write(u64 offset, u32 value)
{
	*reg(offset) = value;
	hw.rate_writes += offset == 0x48 || offset == 0x4c;
	switch (offset) {
	case 0x600:
		/* A new command while one runs is lost, and its characters with it. */
		if (m_hangs || left_of_command || hw.fifo)
			hw.lost++;
		else if (value >> 27 == 1)
			left_of_command = *reg(0x270);
		break;
	case 0x604:
		left_of_command = 0;
		m_hangs &= !(value & 2);	/* abort helps where cancel does not */
		break;
	case 0x630:
		s_active = value >> 27 == 1;
		break;
	case 0x634:
		s_active = false;
		break;
	case 0x700:
		if (!left_of_command) {
			hw.lost++;
			break;
		}
		left_of_command--;
		model_send((u8)value);
		break;
	}
}

static const struct model geni = { geni_read, geni_write, .bytes = 4, .depth = 16 };

static struct device *geni_reset(enum device_source source)
{
	hw = (struct hardware){ 0 };
	fw_revision = 0x20200;
	left_of_command = 0;
	m_hangs = false;
	s_active = false;
	return model_device("uart", source, 0x4000, NULL, 0);
}

static void geni_sends(void)
{
	char text[401];

	EXPECT_EQ(model_probe(&geni, "qcom_geni", geni_reset(SOURCE_ACPI)), 0);
	memset(text, 'z', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	EXPECT_EQ(model_print("a\nb"), 0);
	EXPECT_STREQ(hw.out, "a\r\nb");
	EXPECT_EQ(model_print(text), 0);
	EXPECT_EQ(hw.sent, 4 + sizeof(text) - 1);
	EXPECT_EQ(hw.lost, 0);
	EXPECT_EQ(hw.wrong, 0);
	EXPECT_EQ(hw.rate_writes, 0);
	/* One character a word, both ways. */
	EXPECT_EQ(*reg(0x260), 0xf);
	EXPECT_EQ(*reg(0x284), 0xf);
}

static void geni_receives(void)
{
	EXPECT_EQ(model_probe(&geni, "qcom_geni", geni_reset(SOURCE_ACPI)), 0);
	EXPECT(s_active);
	hw.in = "k";
	EXPECT_EQ(model_uart()->ops->receive(model_uart()), 'k');
	EXPECT_EQ(model_uart()->ops->receive(model_uart()), -EAGAIN);
}

static void geni_takes_over_what_ran(void)
{
	struct device *dev = geni_reset(SOURCE_ACPI);

	m_hangs = true;
	s_active = true;
	*reg(0x22c) = 1;
	*reg(0x614) = ~0U;
	EXPECT_EQ(model_probe(&geni, "qcom_geni", dev), 0);
	EXPECT_EQ(*reg(0x22c), 0);
	EXPECT_EQ(*reg(0x614), 0);
	EXPECT_EQ(model_print("ok"), 0);
	EXPECT_STREQ(hw.out, "ok");
}

/* An exception between the command and its character: the next line gets it going again. */
static void geni_gets_over_half_a_command(void)
{
	EXPECT_EQ(model_probe(&geni, "qcom_geni", geni_reset(SOURCE_ACPI)), 0);
	left_of_command = 1;
	EXPECT_EQ(model_print("lost\n"), -ETIMEDOUT);
	EXPECT_EQ(model_print("next\n"), 0);
	EXPECT_STREQ(hw.out, "next\r\n");
}

static void geni_is_told_from_i2c(void)
{
	struct device *dev = geni_reset(SOURCE_CMDLINE);

	fw_revision = 0x20300;
	EXPECT_EQ(model_probe(&geni, "qcom_geni", dev), -EIO);
	EXPECT(host_log_has("protocol 3, a UART's is 2"), "%s", host_log());
	EXPECT_EQ(*reg(0x630), 0);
}

static void geni_events(void)
{
	struct uart *uart;

	EXPECT_EQ(model_probe(&geni, "qcom_geni", geni_reset(SOURCE_ACPI)), 0);
	uart = model_uart();
	*reg(0x610) = ~0U;
	*reg(0x640) = ~0U;
	EXPECT_EQ(uart->ops->events_raised(uart), 0);
	uart->ops->events_enable(uart, UART_EVENT_RX);
	EXPECT_EQ(uart->ops->events_raised(uart), UART_EVENT_RX);
	uart->ops->events_enable(uart, UART_EVENT_TX);
	EXPECT_EQ(uart->ops->events_raised(uart), UART_EVENT_TX);
	uart->ops->loopback(uart, true);
	EXPECT_EQ(*reg(0x22c), 1);
}

static u32 cdns_read(u64 offset)
{
	if (offset == 0x2c)
		return (hw.fifo ? 1 << 11 : 1 << 3) | (hw.fifo >= hw.model->depth ? 1 << 4 : 0) |
		       (hw.in && *hw.in ? 0 : 1 << 1);
	if (offset == 0x30)
		return hw.in && *hw.in ? (u8)*hw.in++ : 0;
	return *reg(offset);
}

static void cdns_write(u64 offset, u32 value)
{
	*reg(offset) = value;
	hw.rate_writes += offset == 0x18 || offset == 0x34;
	if (offset == 0x30)
		model_send((u8)value);
}

static const struct model cdns = { cdns_read, cdns_write, .bytes = 4, .depth = 64 };

static void cdns_keeps_its_rate(void)
{
	hw = (struct hardware){ 0 };
	*reg(0) = 0x14;
	EXPECT_EQ(model_probe(&cdns, "cdns", model_device("uart", SOURCE_DT, 0x1000, NULL, 0)), 0);
	EXPECT_EQ(*reg(0), 0x14);
	EXPECT_EQ(hw.rate_writes, 0);
	/* One that is off comes on, as it was set. */
	hw = (struct hardware){ 0 };
	*reg(0) = 0x28;
	EXPECT_EQ(model_probe(&cdns, "cdns", model_device("uart", SOURCE_DT, 0x1000, NULL, 0)), 0);
	EXPECT_EQ(*reg(0) & 0x3c, 0x14);
	EXPECT_EQ(hw.rate_writes, 0);
}

static void cdns_waits_for_its_fifo(void)
{
	char text[501];

	hw = (struct hardware){ 0 };
	*reg(0) = 0x14;
	EXPECT_EQ(model_probe(&cdns, "cdns", model_device("uart", SOURCE_DT, 0x1000, NULL, 0)), 0);
	memset(text, 'c', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	EXPECT_EQ(model_print(text), 0);
	EXPECT_EQ(hw.lost, 0);
	EXPECT_EQ(hw.sent, sizeof(text) - 1);
}

static u32 aux_read(u64 offset)
{
	(void)offset;
	return 0;
}

static void a_mini_uart_that_is_off_is_said(void)
{
	static const struct model aux = { aux_read, cdns_write, .bytes = 4, .depth = 8 };

	hw = (struct hardware){ 0 };
	EXPECT_EQ(model_probe(&aux, "bcm2835aux",
			      model_device("uart", SOURCE_DT, 0x40, NULL, 0)), -ETIMEDOUT);
	EXPECT(host_log_has("enable_uart=1"), "%s", host_log());
	EXPECT(host_log_has("its FIFO has no room"), "%s", host_log());
}

static u32 aux_read_idle(u64 offset)
{
	return offset == 0x14 ? 0x60 : offset == 0x20 ? 3 : *reg(offset);
}

/* What no QEMU shows: its receiver raises its interrupt without bits 2 and 3. */
static void a_mini_uart_needs_more_bits_to_receive(void)
{
	static const struct model aux = { aux_read_idle, cdns_write, .bytes = 4, .depth = 8 };
	struct uart *uart;

	hw = (struct hardware){ 0 };
	EXPECT_EQ(model_probe(&aux, "bcm2835aux",
			      model_device("uart", SOURCE_DT, 0x40, NULL, 0)), 0);
	uart = model_uart();
	EXPECT_EQ(*reg(0x04), 0);
	uart->ops->events_enable(uart, UART_EVENT_RX);
	EXPECT_EQ(*reg(0x04), 0xd);
	uart->ops->events_enable(uart, UART_EVENT_TX);
	EXPECT_EQ(*reg(0x04), 0x2);
}

void test_others(void)
{
	CTEST(geni_sends);
	CTEST(geni_receives);
	CTEST(geni_takes_over_what_ran);
	CTEST(geni_gets_over_half_a_command);
	CTEST(geni_is_told_from_i2c);
	CTEST(geni_events);
	CTEST(cdns_keeps_its_rate);
	CTEST(cdns_waits_for_its_fifo);
	CTEST(a_mini_uart_that_is_off_is_said);
	CTEST(a_mini_uart_needs_more_bits_to_receive);
}
