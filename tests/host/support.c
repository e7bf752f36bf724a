// SPDX-License-Identifier: BSD-2-Clause
/*
 * What code under test calls of lib/core and arch, on the build machine: heap,
 * log, the hand-off, and a machine without pages. include/host.h tells how tests
 * use it.
 */
#include <host.h>
#include <asm/cpu.h>
#include <asm/mmu.h>
#include <asm/mmu_off.h>
#include <core/address_space.h>
#include <core/lock.h>
#include <core/memory.h>
#include <drivers/device.h>

struct block {
	struct block *next;
	char data[] __attribute__((aligned(16)));
};

static struct block *blocks;
static size_t heap_left = SIZE_MAX;

static char log_text[1 << 20];
static size_t log_len;
static unsigned int log_counts[LOG_DEBUG + 1];
static bool log_echo;

static struct boot_info boot_info;

void *heap_alloc(size_t size)
{
	struct block *block;

	if (size > heap_left)
		return NULL;
	heap_left -= heap_left == SIZE_MAX ? 0 : size;
	/* Of just this size, so that the sanitizer sees what runs over it. */
	block = calloc(1, sizeof(*block) + size);
	if (!block)
		abort();
	block->next = blocks;
	blocks = block;
	return block->data;
}

char *heap_strdup(const char *s)
{
	char *copy = heap_alloc(strlen(s) + 1);

	return copy ? strcpy(copy, s) : NULL;
}

char *heap_printf(const char *fmt, ...)
{
	va_list args;
	char *text;
	int len;

	va_start(args, fmt);
	len = base_vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	text = heap_alloc((size_t)len + 1);
	if (!text)
		return NULL;
	va_start(args, fmt);
	base_vsnprintf(text, (size_t)len + 1, fmt, args);
	va_end(args);
	return text;
}

void log_vprintf(enum log_level level, const char *fmt, va_list args)
{
	char line[4096];
	int n;

	base_vsnprintf(line, sizeof(line), fmt, args);
	n = snprintf(log_text + log_len, sizeof(log_text) - log_len, "%c| %s%s",
		     "EWID"[level], line, strchr(line, '\n') ? "" : "\n");
	if (log_echo || getenv("HOST_LOG"))
		fprintf(stderr, "%s", log_text + log_len);
	if (n > 0 && (size_t)n < sizeof(log_text) - log_len)
		log_len += (size_t)n;
	log_counts[level]++;
}

void log_printf(enum log_level level, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	log_vprintf(level, fmt, args);
	va_end(args);
}

void log_set_level(enum log_level level)
{
	(void)level;
}

unsigned int error_count(void)
{
	return log_counts[LOG_ERROR];
}

const struct boot_info *boot_info_get(void)
{
	return &boot_info;
}

void boot_info_complain(struct boot_info *bi, const char *text)
{
	for (size_t i = 0; i + 1 < ARRAY_SIZE(bi->complaints); i++) {
		if (!bi->complaints[i]) {
			bi->complaints[i] = text;
			return;
		}
	}
}

const struct mem_map *memory_map_get(void)
{
	return &boot_info.map;
}

unsigned int mmu_pa_bits(void)
{
	return cpu_physical_bits();
}

int mmu_map(u64 base, u64 size, enum map_kind kind)
{
	(void)base;
	(void)size;
	(void)kind;
	return 0;
}

/* One thread. */
void spin_lock(struct spinlock *lock)
{
	if (lock->holder)
		abort();
	lock->holder = 1;
}

void spin_unlock(struct spinlock *lock)
{
	if (!lock->holder)
		abort();
	lock->holder = 0;
}

static bool mmu_off;

bool mmu_is_on(void)
{
	return !mmu_off;
}

int mmu_disable(void)
{
	mmu_off = true;
	return 0;
}

int mmu_enable(void)
{
	mmu_off = false;
	return 0;
}

void address_space_avoid(u64 base, u64 size)
{
	(void)base;
	(void)size;
}

int mmu_off_share(const void *p, size_t bytes)
{
	return (uintptr_t)p % 2048 || bytes % 2048 ? -EINVAL : 0;
}

int mmu_off_share_read(const void *p, size_t bytes)
{
	(void)p;
	(void)bytes;
	return 0;
}

int mmu_off_unshare(const void *p, size_t bytes)
{
	return mmu_off_share(p, bytes);
}

const char *host_log(void)
{
	return log_text;
}

bool host_log_has(const char *text)
{
	return strstr(log_text, text);
}

unsigned int host_log_count(enum log_level level)
{
	return log_counts[level];
}

void host_log_echo(bool on)
{
	log_echo = on;
}

void host_heap_limit(size_t bytes)
{
	heap_left = bytes;
}

struct boot_info *host_boot_info(void)
{
	return &boot_info;
}

void host_reset(void)
{
	list_init(device_list());
	while (blocks) {
		struct block *next = blocks->next;

		free(blocks);
		blocks = next;
	}
	heap_left = SIZE_MAX;
	log_len = 0;
	log_text[0] = '\0';
	memset(log_counts, 0, sizeof(log_counts));
	memset(&boot_info, 0, sizeof(boot_info));
}

void *host_read_file(const char *path, size_t *size)
{
	FILE *file = fopen(path, "rb");
	long length = -1;
	char *data;

	if (file && !fseek(file, 0, SEEK_END))
		length = ftell(file);
	if (length < 0) {
		perror(path);
		exit(2);
	}
	rewind(file);
	data = malloc((size_t)length + !length);
	if (!data || fread(data, 1, (size_t)length, file) != (size_t)length) {
		perror(path);
		exit(2);
	}
	fclose(file);
	*size = (size_t)length;
	return data;
}
