# SPDX-License-Identifier: BSD-2-Clause
# drivers/video but what maps memory: pixels, text, which lines are shown, what is described.
programs += video
video-srcs := $(addprefix drivers/video/,canvas.c font.c screen.c filter.c display.c) \
	tests/host/video/main.c
video-cflags := -I$(srctree)/drivers/video
