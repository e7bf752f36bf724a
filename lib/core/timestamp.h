/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef LIB_CORE_TIMESTAMP_H
#define LIB_CORE_TIMESTAMP_H

#include <base/types.h>

#define TIMESTAMP_SIZE	32U

/** timestamps_wanted() - whether lines begin with the time: the word timestamps */
bool timestamps_wanted(void);

/**
 * timestamp_format() - what begins a line
 * @buf: TIMESTAMP_SIZE bytes
 *
 * Return: characters; 0 where nobody knows how fast the counter is.
 */
size_t timestamp_format(char *buf);

#endif
