/* SPDX-License-Identifier: BSD-2-Clause */
/* EL2 beneath an EL1 that the image dropped to. */
#ifndef ARM64_EL2_H
#define ARM64_EL2_H

/* Immediate of the HVC that el2_forward.S answers itself. */
#define EL2_SERVICE_HVC		0xa55a

#ifndef __ASSEMBLER__
#include <base/types.h>

/* Whether el2_forward.S will be beneath us; it is cleaned to the PoC then. */
void el2_service_prepare(bool below);
#endif
#endif
