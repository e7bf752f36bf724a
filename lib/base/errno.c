// SPDX-License-Identifier: BSD-2-Clause
#include <base/errno.h>
#include <base/util.h>

#define NAME(err) { err, #err }

static const struct {
	int err;
	const char *name;
} names[] = {
	NAME(EPERM), NAME(ENOENT), NAME(EIO), NAME(E2BIG), NAME(EAGAIN), NAME(ENOMEM),
	NAME(EACCES), NAME(EFAULT), NAME(EBUSY), NAME(EEXIST), NAME(ENODEV), NAME(EINVAL),
	NAME(ENOSPC), NAME(ERANGE), NAME(ENOSYS), NAME(EOVERFLOW), NAME(EBADMSG), NAME(EILSEQ),
	NAME(EOPNOTSUPP), NAME(EALREADY), NAME(ETIMEDOUT),
};

const char *errno_name(int err)
{
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		if (err == names[i].err || err == -names[i].err)
			return names[i].name;
	}
	return "E?";
}
