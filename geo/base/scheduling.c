/*
 * scheduling.c - asked of the kernel; what it refuses stays as it was, and nobody fails for that.
 */
#include "geo/base/scheduling.h"

#include <sched.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#define TURN_NS 100000
#define NICEST 19 /* with 10 a cached tile waited a fifth longer beside tiles that are drawn */

/** As sched_setattr(2) has it: glibc 2.36 knows neither. */
struct scheduling {
    uint32_t size_bytes;
    uint32_t policy;
    uint64_t flags;
    int32_t nice;
    uint32_t priority;
    uint64_t turn_ns;
    uint64_t unused[2];
};

void scheduling_take_short_turns(void)
{
    struct scheduling scheduling;
    bool is_known = syscall(SYS_sched_getattr, 0, &scheduling, sizeof(scheduling), 0) == 0;
    if (is_known && scheduling.policy == SCHED_OTHER) {
        scheduling.turn_ns = TURN_NS;
        syscall(SYS_sched_setattr, 0, &scheduling, 0); /* refused, they are as long as those of others */
    }
}

void scheduling_yield(void)
{
    setpriority(PRIO_PROCESS, 0, NICEST);
}
