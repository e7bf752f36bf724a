/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The memory that progress is kept in: a head, a note, and entries that are only ever
 * added. Each entry's checksum goes on from that of the one before, so that a reset in
 * the middle of a write costs that entry and no other.
 */
#ifndef LIB_TEST_PROGRESS_LOG_H
#define LIB_TEST_PROGRESS_LOG_H

#include <asm/page.h>
#include <base/types.h>

enum progress_kind {
	PROGRESS_START = 1,	/* value: its number */
	PROGRESS_BEGIN,
	PROGRESS_END,		/* verdict; text: reason, '\0', lines */
	PROGRESS_EXPECT,	/* text: words */
	PROGRESS_IDLE,		/* what had begun has ended, and goes by no result */
	PROGRESS_ERRORS,	/* what: how many that are no case's; text: the first */
};

struct progress_entry {
	u32 crc;		/* from the entry before it over all behind this field */
	u8 kind;
	u8 verdict;
	u16 len;		/* of the text behind it, which is filled up to 8 bytes */
	u32 what;		/* offset in the image */
	u32 value;		/* number of the start it is of */
};

struct progress_head {
	u64 magic;
	u64 image;		/* of the build-id */
	u64 words;		/* of the command line */
	u64 run;		/* another one for each run: entries of an older one do not fit on */
	u32 size;		/* of it all */
	u32 crc;		/* of what is before it */
};

#define PROGRESS_REASON	256U

/* Written by whoever resets the machine while somebody else may be adding an entry. */
struct progress_note {
	u32 crc;
	u32 start;
	u32 verdict;
	char reason[PROGRESS_REASON];
};

#define PROGRESS_NOTE_AT	MMUOFF_ALIGN
#define PROGRESS_LOG_AT		(2 * MMUOFF_ALIGN)

struct progress_log {
	char *base;
	u32 size;
	u32 end;		/* offset where the next entry goes */
	u32 crc;		/* of the last entry */
	u64 image;
	u64 words;
	bool full;
};

/**
 * progress_log_open() - find what is in it, or empty it
 * @log: result
 * @base: memory, a multiple of MMUOFF_ALIGN, mapped as the image's data
 * @size: bytes, a multiple of MMUOFF_ALIGN
 * @image: which build this is
 * @words: which command line
 *
 * Return: whether it is of this build and command line.
 */
bool progress_log_open(struct progress_log *log, void *base, u32 size, u64 image, u64 words);

/** progress_log_is() - whether memory begins as a log of this build and command line */
bool progress_log_is(const void *base, u32 size, u64 image, u64 words);

/** progress_log_is_whole() - whether memory still holds all that was added, and nobody wrote there */
bool progress_log_is_whole(const struct progress_log *log);

/** progress_log_clear() - begin anew, for the same build and words */
void progress_log_clear(struct progress_log *log);

/**
 * progress_log_add() - add an entry; its crc is filled in
 *
 * Return: 0; -ENOSPC when it is full, and from then on.
 */
int progress_log_add(struct progress_log *log, struct progress_entry *entry, const void *text);

/** progress_log_next() - the entry behind @entry, the first behind NULL; NULL behind the last */
const struct progress_entry *progress_log_next(const struct progress_log *log,
					       const struct progress_entry *entry);

/** progress_log_text() - text of an entry, entry->len bytes */
static inline const char *progress_log_text(const struct progress_entry *entry)
{
	return (const char *)(entry + 1);
}

/** progress_note_write() - leave a note for the next start; any CPU, any state of its MMU */
void progress_note_write(const struct progress_log *log, u32 start, u32 verdict,
			 const char *reason);

/** progress_note_read() - the note of a start, NULL when there is none */
const struct progress_note *progress_note_read(const struct progress_log *log, u32 start);

#endif
