/*
 * store_gpkg_lock.h - the one writer of a store.
 *
 * A lock on the file "<store>.lock" (flock). The kernel lets go of it when the process ends, however it
 * ends, so there is never a stale one.
 */
#ifndef DATA_STORE_GPKG_LOCK_H
#define DATA_STORE_GPKG_LOCK_H

struct fault;

/**
 * A descriptor that holds the lock until gpkg_lock_release(), or -1: CONFLICT names the process that has it.
 */
int gpkg_lock_take(const char *store_path, struct fault *fault);
void gpkg_lock_release(int lock);

#endif
