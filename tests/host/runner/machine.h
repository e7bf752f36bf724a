/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef HOST_RUNNER_MACHINE_H
#define HOST_RUNNER_MACHINE_H

/** machine_init() - catch the signals that stand for exceptions */
void machine_init(void);

/** machine_set_cpus() - as many CPUs, all of them online */
void machine_set_cpus(unsigned int number);

/** machine_set_irq() - there is an interrupt controller, and a timer for the alarm */
void machine_set_irq(void);

/** machine_time_passed() - raise the alarm if it is due */
void machine_time_passed(unsigned long long now);

/** host_cpu_hang() - called on a CPU: its caller waits in vain */
void host_cpu_hang(void);

/** host_set_register() - change what stands for the control registers */
void host_set_register(unsigned long long value);

#endif
