// SPDX-License-Identifier: BSD-2-Clause
/*
 * Every write is cleaned and invalidated to the point of coherency at once: a reset
 * drops the caches, and the state of the MMU changes between one write and the next.
 * So no line of it is ever dirty for longer than that, and memory is always right to
 * be read, with the MMU on or off. Before a write with the MMU off the lines are
 * dropped as well, since what was there before may be a loader's, dirty in a cache.
 */
#include "progress_log.h"
#include <base/crc32.h>
#include <base/errno.h>
#include <base/string.h>
#include <base/util.h>
#include <asm/cache.h>
#include <asm/mmu_off.h>

#define MAGIC	0x31676f6c79617373ULL	/* "ssaylog1" in memory */

static void write_out(void *to, const void *from, size_t n)
{
	if (!mmu_is_on())
		cache_clean_invalidate_poc(to, n);
	memcpy(to, from, n);
	cache_clean_invalidate_poc(to, n);
}

static u32 entry_bytes(const struct progress_entry *entry)
{
	return sizeof(*entry) + ALIGN_UP((u32)entry->len, 8U);
}

static u32 entry_crc(u32 before, const struct progress_entry *entry, const void *text)
{
	u32 crc = crc32(before, &entry->kind,
			sizeof(*entry) - offsetof(struct progress_entry, kind));

	return crc32(crc, text, entry->len);
}

static struct progress_entry *entry_at(const struct progress_log *log, u32 at)
{
	return (struct progress_entry *)(log->base + at);
}

/* Whether a whole entry is there, behind one with the checksum @before. */
static bool entry_is_good(const struct progress_log *log, u32 at, u32 before)
{
	const struct progress_entry *entry = entry_at(log, at);

	return at + sizeof(*entry) <= log->size && at + entry_bytes(entry) <= log->size &&
	       entry->crc == entry_crc(before, entry, progress_log_text(entry));
}

static u32 head_crc(const struct progress_head *head)
{
	return crc32(0, head, offsetof(struct progress_head, crc));
}

void progress_log_clear(struct progress_log *log)
{
	const struct progress_head *last = (const void *)log->base;
	struct progress_head head = {
		.magic = MAGIC, .image = log->image, .words = log->words, .size = log->size,
		.run = last->run + 1,
	};
	const struct progress_note none = { .start = 0 };
	const struct progress_entry end = { .kind = 0 };

	head.crc = head_crc(&head);
	/* First what would be found behind a new head. */
	write_out(log->base + PROGRESS_LOG_AT, &end, sizeof(end));
	write_out(log->base + PROGRESS_NOTE_AT, &none, sizeof(none));
	write_out(log->base, &head, sizeof(head));
	log->end = PROGRESS_LOG_AT;
	log->crc = head.crc;
	log->full = false;
}

bool progress_log_is(const void *base, u32 size, u64 image, u64 words)
{
	const struct progress_head *head = base;

	return head->magic == MAGIC && head->image == image && head->words == words &&
	       head->size == size && head->crc == head_crc(head);
}

bool progress_log_is_whole(const struct progress_log *log)
{
	u32 at = PROGRESS_LOG_AT, crc = ((const struct progress_head *)log->base)->crc;

	if (!progress_log_is(log->base, log->size, log->image, log->words))
		return false;
	while (at < log->end && entry_is_good(log, at, crc)) {
		crc = entry_at(log, at)->crc;
		at += entry_bytes(entry_at(log, at));
	}
	return at == log->end && crc == log->crc;
}

bool progress_log_open(struct progress_log *log, void *base, u32 size, u64 image, u64 words)
{
	*log = (struct progress_log){
		.base = base, .size = size, .image = image, .words = words,
	};
	/* With the MMU off memory itself is read: nothing of it may be in a cache only. */
	cache_clean_invalidate_poc(base, sizeof(struct progress_head));
	if (!progress_log_is(base, size, image, words)) {
		progress_log_clear(log);
		return false;
	}
	cache_clean_invalidate_poc(base, size);
	log->end = PROGRESS_LOG_AT;
	log->crc = ((const struct progress_head *)base)->crc;
	while (entry_is_good(log, log->end, log->crc)) {
		log->crc = entry_at(log, log->end)->crc;
		log->end += entry_bytes(entry_at(log, log->end));
	}
	return true;
}

int progress_log_add(struct progress_log *log, struct progress_entry *entry, const void *text)
{
	u32 bytes = entry_bytes(entry);
	char *at = log->base + log->end;

	if (log->full || log->end + bytes > log->size) {
		log->full = true;
		return -ENOSPC;
	}
	entry->crc = entry_crc(log->crc, entry, text);
	if (entry->len)
		write_out(at + sizeof(*entry), text, entry->len);
	write_out(at, entry, sizeof(*entry));
	log->end += bytes;
	log->crc = entry->crc;
	return 0;
}

const struct progress_entry *progress_log_next(const struct progress_log *log,
					       const struct progress_entry *entry)
{
	u32 at = entry ? (u32)((const char *)entry - log->base) + entry_bytes(entry) :
			 PROGRESS_LOG_AT;

	return at < log->end ? entry_at(log, at) : NULL;
}

static u32 note_crc(const struct progress_note *note)
{
	return crc32(0, &note->start, sizeof(*note) - offsetof(struct progress_note, start));
}

void progress_note_write(const struct progress_log *log, u32 start, u32 verdict,
			 const char *reason)
{
	struct progress_note note = { .start = start, .verdict = verdict };

	strscpy(note.reason, reason, sizeof(note.reason));
	note.crc = note_crc(&note);
	write_out(log->base + PROGRESS_NOTE_AT, &note, sizeof(note));
}

const struct progress_note *progress_note_read(const struct progress_log *log, u32 start)
{
	const struct progress_note *note = (const void *)(log->base + PROGRESS_NOTE_AT);

	return note->start == start && note->crc == note_crc(note) &&
	       !note->reason[sizeof(note->reason) - 1] ? note : NULL;
}
