/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef HOST_RUNNER_MACHINE_H
#define HOST_RUNNER_MACHINE_H

/** machine_init() - catch the signals that stand for exceptions */
void machine_init(void);

#endif
