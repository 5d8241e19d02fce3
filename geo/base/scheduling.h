/*
 * scheduling.h - turns at the processor.
 */
#ifndef GEO_BASE_SCHEDULING_H
#define GEO_BASE_SCHEDULING_H

/**
 * The calling thread, and those that it starts from now on, takes the processor for a tenth of a millisecond
 * at a time while others want it too: who wants little gets it at once, who computes lets others in soon, and
 * each gets as much of it as before. Linux heeds it from 6.12 on; where it is refused nothing changes.
 */
void scheduling_take_short_turns(void);

/**
 * The calling thread, and those that it starts from now on, leaves the processor to others of its group (a
 * service of systemd, a container, a terminal): against one that wants all of it, it gets a seventieth.
 */
void scheduling_yield(void);

#endif
