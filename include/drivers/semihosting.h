/* SPDX-License-Identifier: BSD-2-Clause */
/* Arm semihosting: leave the emulator or the debugger with an exit status. */
#ifndef DRIVERS_SEMIHOSTING_H
#define DRIVERS_SEMIHOSTING_H

/**
 * semihosting_exit() - SYS_EXIT_EXTENDED
 * @status: 0 exits with 0, anything else with 1
 *
 * Return: only when it failed: -EFAULT when nobody listens, so that the HLT is
 * an undefined instruction; -EIO when it came back.
 */
int semihosting_exit(int status);

#endif
