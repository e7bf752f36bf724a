// SPDX-License-Identifier: BSD-2-Clause
/* The PL011, and what every driver has from drivers/serial/uart.c. */
#include "model.h"

#define DR	0x00
#define FR	0x18
#define IBRD	0x24
#define FBRD	0x28
#define LCR_H	0x2c
#define CR	0x30

static u32 cell_id, id_reads;

static u32 flags(void)
{
	return (hw.fifo ? 0x08 : 0x80) | (hw.fifo >= hw.model->depth ? 0x20 : 0) |
	       (hw.in && *hw.in ? 0 : 0x10);
}

static u32 identification(u64 offset)
{
	static const u8 periph[] = { 0x11, 0x10, 0x34, 0x00 };
	unsigned int n = (unsigned int)(offset - 0xfe0) / 4;

	id_reads++;
	return n < 4 ? periph[n] : cell_id >> (8 * (n - 4)) & 0xff;
}

static u32 read_reg(u64 offset)
{
	if (offset >= 0xfe0 && offset < 0x1000)
		return identification(offset);
	switch (offset) {
	case DR:
		return hw.in && *hw.in ? (u8)*hw.in++ : 0;
	case FR:
		return flags();
	case IBRD:
	case FBRD:
	case LCR_H:
	case CR:
	case 0x38:
		return hw.reg[offset / 4];
	}
	hw.wrong++;
	return 0;
}

static void write_reg(u64 offset, u32 value)
{
	hw.reg[offset / 4] = value;
	hw.rate_writes += offset == IBRD || offset == FBRD;
	if (offset == DR)
		model_send((u8)value);
	else if (offset > 0x48)
		hw.wrong++;
}

static const struct model model = { read_reg, write_reg, .bytes = 4, .depth = 16 };

static void reset(bool running)
{
	hw = (struct hardware){ 0 };
	hw.reg[CR / 4] = running ? 0x301 : 0x300;
	cell_id = 0xb105f00d;
	id_reads = 0;
}

static struct device *described(void)
{
	return model_device("uart", SOURCE_DT, 0x1000, NULL, 0);
}

static void a_full_fifo_is_waited_for(void)
{
	char text[1200];

	reset(true);
	EXPECT_EQ(model_probe(&model, "pl011", described()), 0);
	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	EXPECT_EQ(model_print(text), 0);
	EXPECT_EQ(hw.lost, 0);
	EXPECT_EQ(hw.sent, sizeof(text) - 1);
	EXPECT_EQ(hw.wrong, 0);
}

static void lines_end_in_both(void)
{
	reset(true);
	EXPECT_EQ(model_probe(&model, "pl011", described()), 0);
	EXPECT_EQ(model_print("a\nb\n"), 0);
	EXPECT_STREQ(hw.out, "a\r\nb\r\n");
}

static void a_running_one_keeps_its_rate(void)
{
	reset(true);
	EXPECT_EQ(model_probe(&model, "pl011", described()), 0);
	EXPECT_EQ(hw.rate_writes, 0);
	EXPECT_EQ(hw.reg[LCR_H / 4], 0);
	EXPECT_EQ(hw.reg[CR / 4], 0x301);
	/* One that is off is turned on, at the rate that it has. */
	reset(false);
	EXPECT_EQ(model_probe(&model, "pl011", described()), 0);
	EXPECT_EQ(hw.rate_writes, 0);
	EXPECT_EQ(hw.reg[LCR_H / 4], 0x70);
	EXPECT_EQ(hw.reg[CR / 4], 0x301);
	/* So is one that only sends: nobody could type. */
	reset(true);
	hw.reg[CR / 4] = 0x101;
	EXPECT_EQ(model_probe(&model, "pl011", described()), 0);
	EXPECT_EQ(hw.rate_writes, 0);
	EXPECT_EQ(hw.reg[CR / 4], 0x301);
}

static void a_loop_left_on_is_taken_off(void)
{
	reset(true);
	hw.reg[CR / 4] |= 0x80;
	EXPECT_EQ(model_probe(&model, "pl011", described()), 0);
	EXPECT_EQ(hw.reg[CR / 4], 0x301);
}

static void only_the_command_line_sets_a_rate(void)
{
	reset(true);
	EXPECT_EQ(model_probe(&model, "pl011", model_device("uart", SOURCE_DT, 0x1000,
							    "current-speed", 9600)), 0);
	EXPECT_EQ(hw.rate_writes, 0);
	reset(true);
	EXPECT_EQ(model_probe(&model, "pl011", model_device("uart", SOURCE_CMDLINE, 0x1000,
							    "current-speed", 9600)), 0);
	EXPECT_EQ(hw.rate_writes, 0);
	EXPECT(host_log_has("clock is not known"), "%s", host_log());
}

static void a_rate_is_set_where_a_divisor_makes_it(void)
{
	reset(true);
	hw.clock = 24000000;
	EXPECT_EQ(model_probe(&model, "pl011", model_device("uart", SOURCE_CMDLINE, 0x1000,
							    "current-speed", 115200)), 0);
	EXPECT_EQ(hw.reg[IBRD / 4], 13);
	EXPECT_EQ(hw.reg[FBRD / 4], 1);
	/* Too fast, too slow: a slip must not silence the UART. */
	reset(true);
	hw.clock = 24000000;
	EXPECT_EQ(model_probe(&model, "pl011", model_device("uart", SOURCE_CMDLINE, 0x1000,
							    "current-speed", 1600000)), 0);
	EXPECT_EQ(hw.rate_writes, 0);
	EXPECT(host_log_has("no divisor makes 1600000 baud"), "%s", host_log());
	reset(true);
	hw.clock = 24000000;
	EXPECT_EQ(model_probe(&model, "pl011", model_device("uart", SOURCE_CMDLINE, 0x1000,
							    "current-speed", 22)), 0);
	EXPECT_EQ(hw.rate_writes, 0);
}

static void a_stuck_fifo_is_said_and_bounded(void)
{
	u64 begin;

	reset(true);
	hw.stuck = true;
	hw.fifo = 16;
	EXPECT_EQ(model_probe(&model, "pl011", described()), -ETIMEDOUT);
	EXPECT(host_log_has("its FIFO has no room"), "%s", host_log());
	/* A console all the same: what blocks it may go away. */
	EXPECT(model_uart());
	begin = hw.us;
	EXPECT_EQ(model_print("a line of some length\n"), -ETIMEDOUT);
	EXPECT(hw.us - begin < 1000, "%llu us", hw.us - begin);
	EXPECT_EQ(hw.lost, 0);
	hw.stuck = false;
	hw.us += 100000;
	EXPECT_EQ(model_print("goes on\n"), 0);
	EXPECT_STREQ(hw.out, "goes on\r\n");
}

static void another_device_is_told_apart(void)
{
	reset(true);
	cell_id = 0xffffffff;
	EXPECT_EQ(model_probe(&model, "pl011", described()), 0);
	EXPECT(host_log_has("W| uart (the test): identification"), "%s", host_log());
	reset(true);
	cell_id = 0;
	EXPECT_EQ(model_probe(&model, "pl011", model_device("uart", SOURCE_CMDLINE, 0x1000,
							    NULL, 0)), -EIO);
	EXPECT(!model_uart() && !hw.sent && !hw.fifo);
}

static u32 read_zeroes(u64 offset)
{
	(void)offset;
	return 0;
}

/* No identification, and flags that most other devices could show. */
static void zeroes_are_no_sbsa_uart(void)
{
	static const struct model zeroes = { read_zeroes, write_reg, .bytes = 4, .depth = 16 };

	reset(true);
	EXPECT_EQ(model_probe(&zeroes, "sbsa_uart", model_device("uart", SOURCE_CMDLINE, 0x1000,
								 NULL, 0)), -EIO);
	EXPECT(host_log_has("reads 0x0, as no UART's does"), "%s", host_log());
	EXPECT(!model_uart() && !hw.sent);
}

static void what_is_not_described_is_not_read(void)
{
	reset(true);
	EXPECT_EQ(model_probe(&model, "pl011", model_device("uart", SOURCE_DT, 0x200, NULL, 0)), 0);
	EXPECT_EQ(id_reads, 0);
	/* The property stands in for registers that lie. */
	reset(true);
	cell_id = 0;
	EXPECT_EQ(model_probe(&model, "pl011", model_device("uart", SOURCE_DT, 0x1000,
					       "arm,primecell-periphid", 0x00341011)), 0);
	EXPECT_EQ(id_reads, 0);
	EXPECT_EQ(host_log_count(LOG_WARN), 0);
}

static void what_comes_is_read(void)
{
	reset(true);
	EXPECT_EQ(model_probe(&model, "pl011", described()), 0);
	hw.in = "hi";
	EXPECT_EQ(model_uart()->console.read(&model_uart()->console), 'h');
	EXPECT_EQ(model_uart()->console.read(&model_uart()->console), 'i');
	EXPECT_EQ(model_uart()->console.read(&model_uart()->console), -EAGAIN);
}

static void an_sbsa_uart_is_left_as_it_is(void)
{
	reset(false);
	EXPECT_EQ(model_probe(&model, "sbsa_uart", described()), 0);
	EXPECT_EQ(hw.reg[CR / 4], 0x300);
	EXPECT_EQ(hw.reg[LCR_H / 4], 0);
	EXPECT_EQ(id_reads, 0);
	EXPECT_EQ(model_print("x\n"), 0);
	EXPECT_STREQ(hw.out, "x\r\n");
}

void test_pl011(void)
{
	CTEST(a_full_fifo_is_waited_for);
	CTEST(lines_end_in_both);
	CTEST(a_running_one_keeps_its_rate);
	CTEST(a_loop_left_on_is_taken_off);
	CTEST(only_the_command_line_sets_a_rate);
	CTEST(a_rate_is_set_where_a_divisor_makes_it);
	CTEST(a_stuck_fifo_is_said_and_bounded);
	CTEST(another_device_is_told_apart);
	CTEST(zeroes_are_no_sbsa_uart);
	CTEST(what_is_not_described_is_not_read);
	CTEST(what_comes_is_read);
	CTEST(an_sbsa_uart_is_left_as_it_is);
}
