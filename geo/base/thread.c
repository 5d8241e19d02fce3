/*
 * thread.c - a thread inherits the signals that its maker blocks, so for that moment all are blocked: one
 * that blocked them itself could be met by a signal before.
 */
#include "geo/base/thread.h"

#include <errno.h>
#include <signal.h>

bool thread_start(pthread_t *thread, size_t stack_bytes, void *(*run)(void *context), void *context)
{
    pthread_attr_t attributes;
    sigset_t all, before;
    int error = pthread_attr_init(&attributes);
    if (error == 0 && stack_bytes != THREAD_USUAL_STACK) {
        error = pthread_attr_setstacksize(&attributes, stack_bytes);
    }
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    error = error ? error : pthread_create(thread, &attributes, run, context);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_attr_destroy(&attributes);
    if (error) {
        *thread = 0;
        errno = error;
    }
    return error == 0;
}
