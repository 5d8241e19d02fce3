/*
 * file.h - whole files, read within a limit and replaced in one step.
 */
#ifndef GEO_BASE_FILE_H
#define GEO_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>

struct fault;

/**
 * All bytes of a regular file with a NUL behind them, owned by the caller; NULL on fault (LIMIT when larger).
 */
char *file_read(const char *path, size_t most_bytes, size_t *length, struct fault *fault);

/** Writes beside path, syncs, renames over it: a reader sees the old or the new file, never half of one. */
bool file_write(const char *path, const void *bytes, size_t length, struct fault *fault);

/** Renames a whole and synced file over another, or to a new name, so that power loss does not undo it. */
bool file_replace(const char *from, const char *path, struct fault *fault);

bool file_exists(const char *path);

/**
 * Makes the folder that a file or folder is to lie in, when it is not there. UNAVAILABLE when it cannot
 * be made, as when the one above it is missing too.
 */
bool file_make_folder_of(const char *path, struct fault *fault);

/** folder of base + "/" + path, or path itself when it is absolute. Owned by the caller. */
char *file_path_beside(const char *base, const char *path);

#endif
