/*
 * thread.h - a thread beside the one that signals come to.
 */
#ifndef GEO_BASE_THREAD_H
#define GEO_BASE_THREAD_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

#define THREAD_USUAL_STACK 0

/**
 * Starts a thread that no signal is delivered to: they all come to the threads that were there before.
 *
 * @param thread       out, for pthread_join(); 0 when there is no thread
 * @param stack_bytes  how large its stack is; THREAD_USUAL_STACK: as the system makes them
 * @return false: there are too many, and errno says why
 */
bool thread_start(pthread_t *thread, size_t stack_bytes, void *(*run)(void *context), void *context);

#endif
