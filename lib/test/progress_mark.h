/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A variable of UEFI's that is there while a reset is under way, and says that the next
 * start must find the log. Where it does not, the memory of this machine is lost.
 */
#ifndef LIB_TEST_PROGRESS_MARK_H
#define LIB_TEST_PROGRESS_MARK_H

#include <base/types.h>

/**
 * progress_mark_begin() - delete what the last start has set, while boot services live
 * @image: which build this is
 * @words: which command line
 *
 * Return: whether it was there, of this build and command line.
 */
bool progress_mark_begin(u64 image, u64 words);

/**
 * progress_mark_set() - the machine is about to be reset; any CPU
 * @stack: memory of the image's that nobody uses, 128 KiB or more
 * @size: bytes
 *
 * Nothing happens while boot services live, where no variable can be set afterwards,
 * and while another call of the firmware's has not returned.
 */
void progress_mark_set(void *stack, u64 size);

/** progress_mark_drop() - it was not reset, or the run is over: @stack as above */
void progress_mark_drop(void *stack, u64 size);

#endif
