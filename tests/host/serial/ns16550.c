// SPDX-License-Identifier: BSD-2-Clause
/* 16550s: registers at each distance and width, with a FIFO and without. */
#include "model.h"

static unsigned int shift, divisor_writes;
static u8 regs[8], fcr;
static bool has_fifo;

static unsigned int depth(void)
{
	return has_fifo && (fcr & 1) ? 16 : 1;
}

static u32 read_reg(u64 offset)
{
	unsigned int reg = (unsigned int)(offset >> shift);

	if (offset & ((1U << shift) - 1) || reg > 7) {
		hw.wrong++;
		return 0;
	}
	switch (reg) {
	case 0:
		return hw.in && *hw.in ? (u8)*hw.in++ : 0;
	case 2:
		return 1 | (has_fifo && (fcr & 1) ? 0xc0 : 0);
	case 5:
		return (hw.in && *hw.in ? 1 : 0) | (hw.fifo ? 0 : 0x60);
	default:
		return regs[reg];
	}
}

static void write_reg(u64 offset, u32 value)
{
	unsigned int reg = (unsigned int)(offset >> shift);

	if (offset & ((1U << shift) - 1) || reg > 7) {
		hw.wrong++;
		return;
	}
	if (reg < 2 && (regs[3] & 0x80)) {
		divisor_writes++;
	} else if (reg == 0) {
		/* Deeper than the driver may count on. */
		if (hw.fifo >= depth())
			hw.lost++;
		else
			model_send((u8)value);
	} else if (reg == 2) {
		fcr = (u8)value;
	} else {
		regs[reg] = (u8)value;
	}
}

static struct model model = { read_reg, write_reg, .depth = 16 };

static struct device *reset(unsigned int distance, unsigned int bytes, const char *property,
			    u64 value)
{
	hw = (struct hardware){ 0 };
	memset(regs, 0, sizeof(regs));
	regs[3] = 3;
	fcr = 1;
	has_fifo = true;
	divisor_writes = 0;
	shift = distance;
	model.bytes = bytes;
	return model_device("uart", SOURCE_DT, 0x100, property, value);
}

static void check_text(void)
{
	char text[601];

	memset(text, 'y', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	EXPECT_EQ(model_print("a\nb"), 0);
	EXPECT_STREQ(hw.out, "a\r\nb");
	EXPECT_EQ(model_print(text), 0);
	EXPECT_EQ(hw.sent, 4 + sizeof(text) - 1);
	EXPECT_EQ(hw.lost, 0);
	EXPECT_EQ(hw.wrong, 0);
	EXPECT_EQ(divisor_writes, 0);
}

static void bytes_side_by_side(void)
{
	EXPECT_EQ(model_probe(&model, "ns16550", reset(0, 1, NULL, 0)), 0);
	check_text();
}

static void bytes_in_words(void)
{
	EXPECT_EQ(model_probe(&model, "ns16550", reset(2, 1, "reg-shift", 2)), 0);
	check_text();
}

static void words(void)
{
	/* One property at a time is what the model has: the width alone. */
	EXPECT_EQ(model_probe(&model, "ns16550", reset(0, 4, "reg-io-width", 4)), 0);
	check_text();
}

static void without_a_fifo(void)
{
	struct device *dev = reset(0, 1, NULL, 0);

	has_fifo = false;
	EXPECT_EQ(model_probe(&model, "ns16550", dev), 0);
	check_text();
}

static void the_fifo_is_turned_on(void)
{
	struct device *dev = reset(0, 1, NULL, 0);

	fcr = 0;
	EXPECT_EQ(model_probe(&model, "ns16550", dev), 0);
	EXPECT_EQ(fcr, 1);
	check_text();
}

static void what_the_loader_left_is_put_right(void)
{
	struct device *dev = reset(0, 1, NULL, 0);

	regs[3] = 0x83;		/* the divisor's latch */
	regs[4] = 0x10;		/* the loop */
	regs[1] = 0x0f;		/* all interrupts */
	EXPECT_EQ(model_probe(&model, "ns16550", dev), 0);
	EXPECT_EQ(regs[3], 3);
	EXPECT_EQ(regs[4] & 0x10, 0);
	EXPECT_EQ(regs[1], 0);
	check_text();
}

static u32 read_ones(u64 offset)
{
	(void)offset;
	return 0xff;
}

static u32 read_zeroes(u64 offset)
{
	(void)offset;
	return 0;
}

static void nobody_is_told_apart(void)
{
	static const struct model ones = { read_ones, write_reg, .bytes = 1, .depth = 16 };
	static const struct model zeroes = { read_zeroes, write_reg, .bytes = 1, .depth = 16 };

	reset(0, 1, NULL, 0);
	EXPECT_EQ(model_probe(&ones, "ns16550", model_device("uart", SOURCE_CMDLINE, 0x100,
							     NULL, 0)), -EIO);
	EXPECT(host_log_has("reads 0xff"), "%s", host_log());
	EXPECT_EQ(model_probe(&zeroes, "ns16550", model_device("uart", SOURCE_CMDLINE, 0x100,
							       NULL, 0)), -EIO);
	EXPECT_EQ(hw.sent, 0);
	EXPECT(!model_uart());
}

static void what_does_not_fit_is_refused(void)
{
	struct device *dev = reset(0, 1, "reg-shift", 6);

	EXPECT_EQ(model_probe(&model, "ns16550", dev), -EINVAL);
	EXPECT_EQ(model_probe(&model, "ns16550", reset(0, 1, "reg-io-width", 3)), -EINVAL);
	EXPECT_EQ(model_probe(&model, "ns16550", reset(0, 1, "reg-offset", 0xfc)), -EINVAL);
	EXPECT_EQ(hw.us, 0);	/* nothing was touched */
}

static void the_loop_is_turned_on_and_off(void)
{
	EXPECT_EQ(model_probe(&model, "ns16550", reset(0, 1, NULL, 0)), 0);
	model_uart()->ops->loopback(model_uart(), true);
	EXPECT_EQ(regs[4] & 0x10, 0x10);
	model_uart()->ops->loopback(model_uart(), false);
	EXPECT_EQ(regs[4] & 0x10, 0);
}

void test_ns16550(void)
{
	CTEST(bytes_side_by_side);
	CTEST(bytes_in_words);
	CTEST(words);
	CTEST(without_a_fifo);
	CTEST(the_fifo_is_turned_on);
	CTEST(what_the_loader_left_is_put_right);
	CTEST(nobody_is_told_apart);
	CTEST(what_does_not_fit_is_refused);
	CTEST(the_loop_is_turned_on_and_off);
}
