/*
 * scheduling.c - asked of the kernel; what it refuses stays as it was, and nobody fails for that.
 */
#include "geo/base/scheduling.h"

#include <sys/resource.h>

#define NICEST 19 /* with 10 a cached tile waited a fifth longer beside tiles that are drawn */

void scheduling_yield(void)
{
    setpriority(PRIO_PROCESS, 0, NICEST);
}
