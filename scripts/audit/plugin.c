// SPDX-License-Identifier: BSD-2-Clause
/*
 * QEMU TCG plugin: feeds the cache model (model.c) with what the image does and
 * with what its marks (arch/arm64/include/asm/audit.h) say.
 *
 *	-plugin audit.so,size=BYTES,loaded=BYTES,out=FILE[,line=BYTES][,first=N]
 *
 * size and loaded are the image's, in memory and in the file; line is what an
 * eviction writes back (64); first the number of the first site to go without.
 *
 * The header of QEMU's plugin interface is not packaged by Debian, so the part
 * of its version 1 that is used is declared here.
 */
#include <pthread.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include "model.h"

typedef uint64_t qemu_plugin_id_t;
typedef uint32_t qemu_plugin_meminfo_t;
struct qemu_plugin_tb;
struct qemu_plugin_insn;
struct qemu_plugin_hwaddr;
struct qemu_info;

enum { PLUGIN_NO_REGS = 0 };		/* enum qemu_plugin_cb_flags */
enum { PLUGIN_MEM_RW = 3 };		/* enum qemu_plugin_mem_rw */

typedef void insn_callback(unsigned int vcpu, void *data);
typedef void mem_callback(unsigned int vcpu, qemu_plugin_meminfo_t info, uint64_t vaddr,
			  void *data);

void qemu_plugin_register_vcpu_tb_trans_cb(qemu_plugin_id_t id,
		void (*cb)(qemu_plugin_id_t id, struct qemu_plugin_tb *tb));
void qemu_plugin_register_vcpu_tb_exec_cb(struct qemu_plugin_tb *tb, insn_callback *cb, int flags,
		void *data);
void qemu_plugin_register_vcpu_insn_exec_cb(struct qemu_plugin_insn *insn, insn_callback *cb,
		int flags, void *data);
void qemu_plugin_register_vcpu_mem_cb(struct qemu_plugin_insn *insn, mem_callback *cb, int flags,
		int rw, void *data);
void qemu_plugin_register_atexit_cb(qemu_plugin_id_t id, void (*cb)(qemu_plugin_id_t id, void *data),
		void *data);
size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *tb);
struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *tb, size_t idx);
const void *qemu_plugin_insn_data(const struct qemu_plugin_insn *insn);
void *qemu_plugin_insn_haddr(const struct qemu_plugin_insn *insn);
uint64_t qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *insn);
unsigned int qemu_plugin_mem_size_shift(qemu_plugin_meminfo_t info);
bool qemu_plugin_mem_is_store(qemu_plugin_meminfo_t info);
struct qemu_plugin_hwaddr *qemu_plugin_get_hwaddr(qemu_plugin_meminfo_t info, uint64_t vaddr);
bool qemu_plugin_hwaddr_is_io(const struct qemu_plugin_hwaddr *addr);
uint64_t qemu_plugin_hwaddr_phys_addr(const struct qemu_plugin_hwaddr *addr);

/* All else is hidden: QEMU has names of its own, and its would be taken for ours. */
#define EXPORTED	__attribute__((visibility("default")))

EXPORTED int qemu_plugin_install(qemu_plugin_id_t id, const struct qemu_info *info, int argc,
				 char **argv);
extern EXPORTED int qemu_plugin_version;
int qemu_plugin_version = 1;

/* arch/arm64/include/asm/audit.h */
enum mark {
	MARK_BEGIN_DIRECT = 0x60,
	MARK_BEGIN_EFI,
	MARK_BEGIN_CPU,
	MARK_BASE,
	MARK_MMU_ON,
	MARK_MMU_OFF,
	MARK_SITE,
	MARK_CPU_GONE,
	MARK_OPERATIONS,		/* enum operation, in its order */
	MARK_OPERATIONS_END = MARK_OPERATIONS + IC_IALLUIS,
	MARK_TABLE = 0x70,
	MARK_TABLE_GONE,
	MARK_EL2_ENTER,
	MARK_EL2_LEAVE,
};

#define HINT_MASK	0xfffff01fu
#define HINT		0xd503201fu
#define BARRIER_MASK	0xfffff0dfu	/* DSB, DMB */
#define BARRIER		0xd503309fu
#define OPERAND_MASK	0xfffffc1fu	/* ldursb xzr, [xN] */
#define OPERAND		0x3880001fu

#define ADDRESS_MASK	((1ULL << 48) - 1)

/* Instructions that QEMU translated and runs as one, or a mark. They live as long as QEMU. */
struct block {
	uint64_t pc;
	uint64_t host;		/* where QEMU has them; 0 when they are not in memory */
	size_t size;
	uint32_t mark;
};

/*
 * QEMU gives the key of data, and of instructions only where it has them itself.
 * The two differ by the same everywhere in RAM, as the first mark tells.
 */
static uint64_t host_bias;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct operand {
	uint64_t addr, key;
} operands[MAX_CPUS];

/* Key of memory at a virtual address; false for what is none. */
static bool memory_key(qemu_plugin_meminfo_t info, uint64_t vaddr, uint64_t *key)
{
	struct qemu_plugin_hwaddr *addr = qemu_plugin_get_hwaddr(info, vaddr);

	if (!addr || qemu_plugin_hwaddr_is_io(addr))
		return false;
	*key = qemu_plugin_hwaddr_phys_addr(addr);
	return true;
}

static void on_access(unsigned int vcpu, qemu_plugin_meminfo_t info, uint64_t vaddr, void *data)
{
	struct place at = { vcpu, (uintptr_t)data };
	uint64_t key;

	if (vcpu >= MAX_CPUS || !memory_key(info, vaddr, &key))
		return;
	pthread_mutex_lock(&lock);
	model_access(at, key, 1u << qemu_plugin_mem_size_shift(info), qemu_plugin_mem_is_store(info));
	pthread_mutex_unlock(&lock);
}

static void on_operand(unsigned int vcpu, qemu_plugin_meminfo_t info, uint64_t vaddr, void *data)
{
	(void)data;
	if (vcpu >= MAX_CPUS)
		return;
	operands[vcpu].addr = vaddr;
	if (!memory_key(info, vaddr, &operands[vcpu].key))
		operands[vcpu].key = vaddr;
}

static void take_mark(struct place at, enum mark mark)
{
	const struct operand *operand = &operands[at.cpu];

	if (mark >= MARK_OPERATIONS && mark <= MARK_OPERATIONS_END) {
		model_operation(at, (enum operation)(mark - MARK_OPERATIONS), operand->key);
		return;
	}
	switch (mark) {
	case MARK_BEGIN_DIRECT:
	case MARK_BEGIN_EFI:
		model_begin(at, mark == MARK_BEGIN_DIRECT, operand->addr, operand->key);
		break;
	case MARK_BASE:
		model_base(operand->addr, operand->key);
		break;
	case MARK_MMU_ON:
		model_cpu(at, CPU_MMU_ON);
		break;
	case MARK_BEGIN_CPU:
	case MARK_MMU_OFF:
		model_cpu(at, CPU_MMU_OFF);
		break;
	case MARK_CPU_GONE:
		model_cpu(at, CPU_FOREIGN);
		break;
	case MARK_EL2_ENTER:
	case MARK_EL2_LEAVE:
		model_el2(at, mark == MARK_EL2_ENTER);
		break;
	case MARK_SITE:
		model_site(at);
		break;
	case MARK_TABLE:
	case MARK_TABLE_GONE:
		model_table(at, operand->key, mark == MARK_TABLE);
		break;
	default:
		break;
	}
}

static void on_mark(unsigned int vcpu, void *data)
{
	const struct block *mark = data;
	struct place at = { vcpu, mark->pc };

	if (vcpu >= MAX_CPUS)
		return;
	pthread_mutex_lock(&lock);
	if (mark->mark == MARK_BEGIN_DIRECT || mark->mark == MARK_BEGIN_EFI)
		host_bias = mark->host - (operands[vcpu].key + mark->pc - operands[vcpu].addr);
	take_mark(at, (enum mark)mark->mark);
	pthread_mutex_unlock(&lock);
}

static void on_barrier(unsigned int vcpu, void *data)
{
	(void)data;
	if (vcpu < MAX_CPUS)
		model_barrier(vcpu);
}

static void on_block(unsigned int vcpu, void *data)
{
	const struct block *block = data;

	if (vcpu >= MAX_CPUS || !block->host)
		return;
	pthread_mutex_lock(&lock);
	model_fetch((struct place){ vcpu, block->pc }, block->host - host_bias, block->size);
	pthread_mutex_unlock(&lock);
}

static void *block_data(const struct qemu_plugin_insn *insn, size_t size, uint32_t mark)
{
	struct block *block = malloc(sizeof(*block));

	if (!block)
		abort();
	block->pc = qemu_plugin_insn_vaddr(insn) & ADDRESS_MASK;
	block->host = (uintptr_t)qemu_plugin_insn_haddr(insn);
	block->size = size;
	block->mark = mark;
	return block;
}

static void instrument(struct qemu_plugin_insn *insn, uint64_t end)
{
	uint64_t pc = qemu_plugin_insn_vaddr(insn) & ADDRESS_MASK;
	uint32_t word, number;

	memcpy(&word, qemu_plugin_insn_data(insn), 4);
	if ((word & OPERAND_MASK) == OPERAND) {
		qemu_plugin_register_vcpu_mem_cb(insn, on_operand, PLUGIN_NO_REGS, PLUGIN_MEM_RW, NULL);
		return;
	}
	if ((word & BARRIER_MASK) == BARRIER)
		qemu_plugin_register_vcpu_insn_exec_cb(insn, on_barrier, PLUGIN_NO_REGS, NULL);
	number = word >> 5 & 0x7f;
	if ((word & HINT_MASK) == HINT && number >= MARK_BEGIN_DIRECT) {
		qemu_plugin_register_vcpu_insn_exec_cb(insn, on_mark, PLUGIN_NO_REGS,
				block_data(insn, 4, number));
		/* The block began in the other state: its rest is fetched in this one. */
		if (number == MARK_MMU_OFF || number == MARK_MMU_ON || number == MARK_EL2_ENTER)
			qemu_plugin_register_vcpu_insn_exec_cb(insn, on_block, PLUGIN_NO_REGS,
					block_data(insn, end - pc, 0));
	}
	qemu_plugin_register_vcpu_mem_cb(insn, on_access, PLUGIN_NO_REGS, PLUGIN_MEM_RW, (void *)(uintptr_t)pc);
}

static void on_translation(qemu_plugin_id_t id, struct qemu_plugin_tb *tb)
{
	size_t i, n = qemu_plugin_tb_n_insns(tb);
	uint64_t start = qemu_plugin_insn_vaddr(qemu_plugin_tb_get_insn(tb, 0)) & ADDRESS_MASK;

	(void)id;
	qemu_plugin_register_vcpu_tb_exec_cb(tb, on_block, PLUGIN_NO_REGS,
			block_data(qemu_plugin_tb_get_insn(tb, 0), n * 4, 0));
	for (i = 0; i < n; i++)
		instrument(qemu_plugin_tb_get_insn(tb, i), start + n * 4);
}

static void at_exit(qemu_plugin_id_t id, void *data)
{
	(void)id;
	(void)data;
	pthread_mutex_lock(&lock);
	model_end();
	pthread_mutex_unlock(&lock);
}

int qemu_plugin_install(qemu_plugin_id_t id, const struct qemu_info *info, int argc, char **argv)
{
	struct config config = { .line = LINE_SIZE, .first_site = 1 };
	FILE *out = NULL;
	int i;

	(void)info;
	for (i = 0; i < argc; i++) {
		char *value = strchr(argv[i], '=');

		if (!value)
			return -1;
		*value++ = '\0';
		if (!strcmp(argv[i], "size"))
			config.image_size = strtoull(value, NULL, 0);
		else if (!strcmp(argv[i], "loaded"))
			config.file_size = strtoull(value, NULL, 0);
		else if (!strcmp(argv[i], "line"))
			config.line = strtoull(value, NULL, 0);
		else if (!strcmp(argv[i], "first"))
			config.first_site = strtoul(value, NULL, 0);
		else if (!strcmp(argv[i], "out"))
			out = fopen(value, "w");
		else
			return -1;
	}
	if (!out || !config.image_size || config.line < LINE_SIZE || !config.first_site)
		return -1;
	model_init(&config, out);
	qemu_plugin_register_atexit_cb(id, at_exit, NULL);
	qemu_plugin_register_vcpu_tb_trans_cb(id, on_translation);
	return 0;
}
