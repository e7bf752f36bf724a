/* SPDX-License-Identifier: BSD-2-Clause */
/* Kconfig symbols in C expressions; generated/autoconf.h defines only those that are y. */
#ifndef BASE_KCONFIG_H
#define BASE_KCONFIG_H

/*
 * A symbol that is y expands to 1, which turns the pasted name into "0," and
 * moves the 1 into second place; an undefined one leaves the 0 there.
 */
#define __KCONFIG_ARG_1 0,
#define __KCONFIG_SECOND(ignored, value, ...) value
#define __KCONFIG_PICK(arg_or_junk) __KCONFIG_SECOND(arg_or_junk 1, 0)
#define __KCONFIG_PASTE(value) __KCONFIG_PICK(__KCONFIG_ARG_##value)
#define __KCONFIG_EXPAND(value) __KCONFIG_PASTE(value)

/**
 * IS_ENABLED() - whether a bool symbol is y, as a constant expression
 * @option: the symbol, CONFIG_ included
 */
#define IS_ENABLED(option) __KCONFIG_EXPAND(option)

#endif
