/*
 * work.c - what a part tells becomes what its whole tells, up to the work that has a listener. Only that one
 * remembers that it ended, so all parts hear of it.
 */
#include "geo/base/work.h"

#include "geo/base/fault.h"

struct work work_part(struct work *whole, double from, double to)
{
    return (struct work){.whole = whole, .from = from, .to = to};
}

struct work work_part_at(struct work *whole, size_t index, size_t count)
{
    return work_part(whole, (double)index / (double)count, (double)(index + 1) / (double)count);
}

bool work_tell(struct work *work, double part, struct fault *fault)
{
    while (work && work->whole) {
        part = work->from + part * (work->to - work->from);
        work = work->whole;
    }
    if (!work || !work->tell) {
        return true;
    }
    work->is_ended = work->is_ended || !work->tell(part, work->context);
    if (work->is_ended) {
        fault_set(fault, FAULT_DEADLINE, "this was cancelled");
    }
    return !work->is_ended;
}
