/*
 * scheduling.h - turns at the processor.
 */
#ifndef GEO_BASE_SCHEDULING_H
#define GEO_BASE_SCHEDULING_H

/**
 * The calling thread, and those that it starts from now on, leaves the processor to others of its group (a
 * service of systemd, a container, a terminal): against one that wants all of it, it gets a seventieth.
 */
void scheduling_yield(void);

#endif
