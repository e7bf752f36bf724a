// SPDX-License-Identifier: BSD-2-Clause
/* The text of a screen on the build machine: every format, every size, nothing beside it. */
#include <host.h>
#include <ctest.h>
#include "canvas.h"
#include "display.h"
#include "filter.h"
#include "font.h"
#include "screen.h"

#define GUARD	4096
#define FILL	0x5a

static const struct {
	const char *name;
	struct canvas_format format;
	u32 red, green, blue;		/* what full ones of each come to */
} formats[] = {
	{ "x8r8g8b8", { 0xff0000, 0xff00, 0xff, 4 }, 0xff0000, 0xff00, 0xff },
	{ "x8b8g8r8", { 0xff, 0xff00, 0xff0000, 4 }, 0xff, 0xff00, 0xff0000 },
	{ "x2r10g10b10", { 0x3ff00000, 0xffc00, 0x3ff, 4 }, 0x3fc00000, 0xff000, 0x3fc },
	{ "r8g8b8", { 0xff0000, 0xff00, 0xff, 3 }, 0xff0000, 0xff00, 0xff },
	{ "r5g6b5", { 0xf800, 0x7e0, 0x1f, 2 }, 0xf800, 0x7e0, 0x1f },
	{ "none", { 0, 0xff00, 0, 4 }, 0, 0xff00, 0 },
};

static const struct {
	unsigned int width, height, gap;	/* gap: pixels behind a line that are not shown */
} sizes[] = {
	{ 640, 480, 0 }, { 800, 600, 32 }, { 1024, 768, 0 }, { 1281, 721, 7 }, { 1920, 1080, 8 },
	{ 121, 55, 3 },
};

static u8 *memory;
static size_t memory_size;
static struct screen screen;

static void make(unsigned int f, unsigned int s)
{
	struct canvas *canvas = &screen.canvas;

	memset(&screen, 0, sizeof(screen));
	canvas->format = formats[f].format;
	canvas->width = sizes[s].width;
	canvas->height = sizes[s].height;
	canvas->stride = (sizes[s].width + sizes[s].gap) * canvas->format.bytes;
	canvas_choose_dot(canvas);
	memory_size = (size_t)canvas->stride * canvas->height;
	memory = malloc(memory_size + 2 * GUARD);
	memset(memory, FILL, memory_size + 2 * GUARD);
	canvas->pixels = memory + GUARD;
}

static void begin(unsigned int f, unsigned int s)
{
	make(f, s);
	EXPECT_EQ(screen_begin(&screen, malloc(screen_bytes(&screen.canvas))), 0);
}

static void end(void)
{
	free(screen.cells);
	free(memory);
}

static u32 pixel_at(unsigned int x, unsigned int y)
{
	const struct canvas *canvas = &screen.canvas;
	const volatile u8 *at = canvas->pixels + (size_t)y * canvas->stride +
				x * canvas->format.bytes;
	u32 pixel = 0;
	unsigned int i;

	for (i = 0; i < canvas->format.bytes; i++)
		pixel |= (u32)at[i] << 8 * i;
	return pixel;
}

/* The cell is that character in that colour, and blank around it. */
static bool cell_shows(unsigned int column, unsigned int row, char c, u32 pixel)
{
	const struct canvas *canvas = &screen.canvas;
	unsigned int wide = (FONT_COLUMNS + CANVAS_GAP) * canvas->dot_width;
	unsigned int high = (FONT_ROWS + CANVAS_GAP) * canvas->dot_height, x, y;

	for (y = 0; y < high; y++)
		for (x = 0; x < wide; x++) {
			bool dot = font_dot(c, y / canvas->dot_height, x / canvas->dot_width);

			if (pixel_at(column * wide + x, row * high + y) != (dot ? pixel : 0))
				return false;
		}
	return true;
}

static bool row_shows(unsigned int row, const char *text, enum screen_colour colour)
{
	size_t n = strlen(text);
	unsigned int at;

	for (at = 0; at < screen.columns; at++)
		if (!cell_shows(at, row, at < n ? text[at] : ' ', screen.pixel[colour]))
			return false;
	return true;
}

static void line(const char *text)
{
	screen_line(&screen, text, strlen(text), SCREEN_PLAIN);
}

static void font_tells_characters_apart(void)
{
	char a, b;

	for (a = ' '; a < FONT_UNKNOWN; a++)
		for (b = a + 1; b < FONT_UNKNOWN; b++) {
			unsigned int same = 0, dot;

			for (dot = 0; dot < FONT_ROWS * FONT_COLUMNS; dot++)
				same += font_dot(a, dot / FONT_COLUMNS, dot % FONT_COLUMNS) ==
					font_dot(b, dot / FONT_COLUMNS, dot % FONT_COLUMNS);
			EXPECT(same < FONT_ROWS * FONT_COLUMNS, "%c and %c look alike", a, b);
		}
	EXPECT(font_dot('\x80', 0, 0) && font_dot('\n', 0, 0), "what is unknown is a block");
	EXPECT(!font_dot('A', FONT_ROWS, 0) && !font_dot('A', 0, FONT_COLUMNS), "beyond it");
}

static void colours_fit_formats(void)
{
	unsigned int f;

	for (f = 0; f < ARRAY_SIZE(formats); f++) {
		EXPECT_EQ(canvas_pixel(&formats[f].format, 0xff0000), formats[f].red);
		EXPECT_EQ(canvas_pixel(&formats[f].format, 0x00ff00), formats[f].green);
		EXPECT_EQ(canvas_pixel(&formats[f].format, 0x0000ff), formats[f].blue);
	}
}

/* Behind a line, before the first one and behind the last one. */
static bool nothing_else_is_written(void)
{
	const struct canvas *canvas = &screen.canvas;
	size_t line_bytes = (size_t)canvas->width * canvas->format.bytes, i, y;

	for (i = 0; i < GUARD; i++)
		if (memory[i] != FILL || memory[GUARD + memory_size + i] != FILL)
			return false;
	for (y = 0; y < canvas->height; y++)
		for (i = line_bytes; i < canvas->stride; i++)
			if (canvas->pixels[y * canvas->stride + i] != FILL)
				return false;
	return true;
}

static void text_is_drawn_in_every_format_and_size(void)
{
	unsigned int f, s;

	for (f = 0; f < ARRAY_SIZE(formats); f++)
		for (s = 0; s < ARRAY_SIZE(sizes); s++) {
			begin(f, s);
			line("The quick brown fox");
			screen_line(&screen, "not ok", 6, SCREEN_BAD);
			screen_status(&screen, "here", 4);
			EXPECT(row_shows(0, "The quick brown fox", SCREEN_PLAIN), "%s %u",
			       formats[f].name, s);
			EXPECT(row_shows(1, "not ok", SCREEN_BAD), "%s %u", formats[f].name, s);
			EXPECT(row_shows(screen.rows, "here", SCREEN_PLAIN), "%s %u",
			       formats[f].name, s);
			EXPECT(nothing_else_is_written(), "%s %u", formats[f].name, s);
			end();
		}
}

static void full_screen_moves_up_by_half(void)
{
	unsigned int i, rows;
	char text[32];

	begin(0, 0);
	rows = screen.rows;
	for (i = 0; i <= 3 * rows; i++) {
		snprintf(text, sizeof(text), "line %u of some", i);
		line(text);
		EXPECT(row_shows(screen.next - 1, text, SCREEN_PLAIN), "line %u", i);
		EXPECT(screen.next <= rows, "row %u", screen.next);
		if (screen.next > 1) {
			snprintf(text, sizeof(text), "line %u of some", i - 1);
			EXPECT(row_shows(screen.next - 2, text, SCREEN_PLAIN), "before line %u", i);
		}
	}
	/* What is below the last line is blank. */
	for (i = screen.next; i < rows; i++)
		EXPECT(row_shows(i, "", SCREEN_PLAIN), "row %u", i);
	EXPECT(nothing_else_is_written());
	end();
}

static void long_lines_go_on(void)
{
	char text[300];

	begin(0, 0);
	memset(text, 'x', sizeof(text));
	screen_line(&screen, text, screen.columns + 3, SCREEN_PLAIN);
	EXPECT_EQ(screen.next, 2U);
	EXPECT(row_shows(1, "  xxx", SCREEN_PLAIN));
	screen_line(&screen, text, screen.columns, SCREEN_PLAIN);
	EXPECT_EQ(screen.next, 3U);
	screen_status(&screen, text, sizeof(text));
	line("");
	EXPECT_EQ(screen.next, 4U);
	EXPECT(nothing_else_is_written());
	end();
}

static void tiny_ones_are_refused(void)
{
	struct screen_cell cells[200];

	make(0, 5);
	screen.canvas.width = 100;
	EXPECT_EQ(screen_begin(&screen, cells), -ERANGE);
	screen.canvas.width = 121;
	screen.canvas.height = 53;
	EXPECT_EQ(screen_begin(&screen, cells), -ERANGE);
	free(memory);
}

static struct filter filter;

static void expect_place(const char *text, enum filter_place place, enum screen_colour colour,
			 const char *shown)
{
	const char *at = text;
	size_t n = strlen(text);
	enum screen_colour found;

	EXPECT(filter_line(&filter, &at, &n, &found) == place, "place of: %s", text);
	if (place != FILTER_DROP) {
		EXPECT(n == strlen(shown) && !memcmp(at, shown, n), "text of: %s", text);
		EXPECT(found == colour, "colour of: %s", text);
	}
}

static void lines_of_passing_cases_are_dropped(void)
{
	memset(&filter, 0, sizeof(filter));
	expect_place("assay 0.1.0", FILTER_LINE, SCREEN_PLAIN, "assay 0.1.0");
	expect_place("# error: no", FILTER_LINE, SCREEN_BAD, "# error: no");
	expect_place("    # Subtest: lib", FILTER_DROP, SCREEN_PLAIN, "");
	expect_place("    1..3", FILTER_DROP, SCREEN_PLAIN, "");
	expect_place("    # run lib.a", FILTER_STATUS, SCREEN_PLAIN, "# run lib.a");
	expect_place("    # fact: 7", FILTER_DROP, SCREEN_PLAIN, "");
	expect_place("    ok 1 a # SKIP why", FILTER_DROP, SCREEN_PLAIN, "");
	expect_place("    # run lib.b", FILTER_STATUS, SCREEN_PLAIN, "# run lib.b");
	expect_place("    not ok 2 b", FILTER_LINE, SCREEN_BAD, "not ok 2 b");
	expect_place("    # found: 1", FILTER_LINE, SCREEN_BAD, "# found: 1");
	expect_place("    not ok 3 c # XFAIL known", FILTER_DROP, SCREEN_PLAIN, "");
	expect_place("    # found: 2", FILTER_DROP, SCREEN_PLAIN, "");
	expect_place("not ok 1 lib", FILTER_LINE, SCREEN_BAD, "not ok 1 lib");
	expect_place("ok 2 psci", FILTER_LINE, SCREEN_GOOD, "ok 2 psci");
	expect_place("Bail out! no console", FILTER_LINE, SCREEN_BAD, "Bail out! no console");
	expect_place("3 passed, 1 failed", FILTER_LAST, SCREEN_BAD, "3 passed, 1 failed");
	expect_place("3 passed, 0 failed", FILTER_LAST, SCREEN_GOOD, "3 passed, 0 failed");
	expect_place("", FILTER_LINE, SCREEN_PLAIN, "");
}

static void screen_all_drops_nothing(void)
{
	memset(&filter, 0, sizeof(filter));
	filter.everything = true;
	expect_place("    ok 1 a", FILTER_LINE, SCREEN_PLAIN, "    ok 1 a");
	expect_place("    # run lib.b", FILTER_STATUS, SCREEN_PLAIN, "    # run lib.b");
}

static struct {
	u32 width, height, stride, bytes;
	const char *format;
} said;

static int said_u64(const struct device *dev, const char *name, u64 *value)
{
	if (!strcmp(name, "width"))
		*value = said.width;
	else if (!strcmp(name, "height"))
		*value = said.height;
	else if (!strcmp(name, "stride"))
		*value = said.stride;
	else if (!strcmp(name, "assay,pixel-bytes") && said.bytes)
		*value = said.bytes;
	else if (!strncmp(name, "assay,", 6) && said.bytes)
		*value = 0xff;
	else
		return -ENOENT;
	return 0;
}

static const char *said_string(const struct device *dev, const char *name)
{
	return strcmp(name, "format") ? NULL : said.format;
}

static int describe(u64 base, u64 size)
{
	static const struct device_source_ops ops = {
		.get_u64 = said_u64, .get_string = said_string,
	};
	struct resource mem = { .kind = RES_MEM, .base = base, .size = size };
	struct device dev = {
		.name = "fb", .origin = "/fb", .resources = &mem, .nr_resources = 1, .ops = &ops,
	};
	struct canvas canvas;

	return display_describe(&dev, &canvas);
}

static void bad_descriptions_are_refused(void)
{
	said.format = "x8r8g8b8";
	said.width = 640, said.height = 480, said.stride = 2560;
	EXPECT_EQ(describe(0x80000000, 2560 * 480), 0);
	EXPECT_EQ(describe(0x80000000, 2560 * 480 - 1), -EINVAL);
	EXPECT(host_log_has("more lines than its memory"), "%s", host_log());
	EXPECT_EQ(describe(0x80000002, 2560 * 480), -EINVAL);
	EXPECT(host_log_has("not aligned"), "%s", host_log());
	said.stride = 2559;
	EXPECT_EQ(describe(0x80000000, 2560 * 480), -EINVAL);
	EXPECT(host_log_has("overlap"), "%s", host_log());
	said.stride = 0xffffffff, said.width = 0xffffffff;
	EXPECT_EQ(describe(0x80000000, ~0ULL), -EINVAL);
	said.width = 0, said.stride = 0;
	EXPECT_EQ(describe(0x80000000, 2560 * 480), -EINVAL);
	said.width = 640, said.stride = 2560, said.format = "cga";
	EXPECT_EQ(describe(0x80000000, 2560 * 480), -EINVAL);
	EXPECT(host_log_has("format"), "%s", host_log());
	said.format = NULL, said.bytes = 4;
	EXPECT_EQ(describe(0x80000000, 2560 * 480), 0);
	said.bytes = 1;
	EXPECT_EQ(describe(0x80000000, 2560 * 480), -EINVAL);
}

int main(void)
{
	CTEST(font_tells_characters_apart);
	CTEST(colours_fit_formats);
	CTEST(text_is_drawn_in_every_format_and_size);
	CTEST(full_screen_moves_up_by_half);
	CTEST(long_lines_go_on);
	CTEST(tiny_ones_are_refused);
	CTEST(lines_of_passing_cases_are_dropped);
	CTEST(screen_all_drops_nothing);
	CTEST(bad_descriptions_are_refused);
	return ctest_end();
}
