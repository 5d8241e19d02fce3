/*
 * program_pages.h - the pages of the program and its libraries that are in memory because starting looked at
 * them: symbol tables, the code that set the libraries up. They are most of what a process that has just
 * started takes, and nearly none of them is looked at again.
 */
#ifndef RENDER_SERVICE_PROGRAM_PAGES_H
#define RENDER_SERVICE_PROGRAM_PAGES_H

/**
 * Gives back all pages of code and constants. Those that are needed come back by themselves, from the file
 * cache of the system, some microseconds each. Safe while other threads run.
 */
void program_pages_give_back(void);

#endif
