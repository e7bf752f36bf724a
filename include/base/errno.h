/* SPDX-License-Identifier: BSD-2-Clause */
/* Error numbers: functions return 0 or a positive result, or one of these negated. */
#ifndef BASE_ERRNO_H
#define BASE_ERRNO_H

#define EPERM		1
#define ENOENT		2
#define EIO		5
#define E2BIG		7
#define EAGAIN		11
#define ENOMEM		12
#define EACCES		13
#define EFAULT		14
#define EBUSY		16
#define EEXIST		17
#define ENODEV		19
#define EINVAL		22
#define ENOSPC		28
#define ERANGE		34
#define ENOSYS		38
#define EOVERFLOW	75
#define EBADMSG		74
#define EILSEQ		84
#define EOPNOTSUPP	95
#define EALREADY	114
#define ETIMEDOUT	110

/**
 * errno_name() - symbolic name of an error number
 * @err: an error number, negated or not
 *
 * Return: "EINVAL" and the like, or "E?" for a number not listed above.
 */
const char *errno_name(int err);

#endif
