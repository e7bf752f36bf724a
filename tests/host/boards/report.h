/* SPDX-License-Identifier: BSD-2-Clause */
/* What discovery made of a board, as lines "key: value" for tests/host/test_boards.py. */
#ifndef TESTS_HOST_BOARDS_REPORT_H
#define TESTS_HOST_BOARDS_REPORT_H

/**
 * report_each() - discover boards, each in a process of its own, and report
 * @discover: makes the devices of one; ends the process when it cannot
 *
 * A line "board: NAME" goes before what is found; "died: SIGNAL" or "status: N" behind it
 * says that it did not come to its end. Return: the program's status.
 */
int report_each(int argc, char **argv, void (*discover)(const char *name));

/** report_run_stages() - the stages of STAGE_DISCOVER from "50" on: CPUs, console */
void report_run_stages(void);

#endif
