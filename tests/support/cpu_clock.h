/*
 * cpu_clock.h - the time of processors that this process took: unlike that of the clock on the wall it does
 * not grow while other programs run.
 */
#ifndef TESTS_SUPPORT_CPU_CLOCK_H
#define TESTS_SUPPORT_CPU_CLOCK_H

#include <stdint.h>
#include <time.h>

/** Of all its threads, without its children. */
static inline int64_t cpu_now_us(void)
{
    struct timespec taken;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &taken);
    return taken.tv_sec * INT64_C(1000000) + taken.tv_nsec / 1000;
}

static inline int64_t cpu_now_ms(void)
{
    return cpu_now_us() / 1000;
}

#endif
