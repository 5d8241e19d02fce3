/*
 * fault.h - what went wrong in the world.
 *
 * A fault is not a bug: it is a broken file, a full disk, a tile outside the
 * matrix. It has one of few codes, by what the caller can do about it, and one
 * sentence that names the layer, file, line or field. Bugs are asserts.
 */
#ifndef GEO_BASE_FAULT_H
#define GEO_BASE_FAULT_H

enum fault_code {
    FAULT_NONE,
    FAULT_INPUT,       /* what was given is wrong: mend it and try again */
    FAULT_NOT_FOUND,   /* no such map, plot, layer, symbol */
    FAULT_OUTSIDE,     /* outside the tile matrix, the page, the area of a CRS */
    FAULT_LIMIT,       /* larger, deeper or longer than allowed */
    FAULT_CONFLICT,    /* somebody changed it in the meantime */
    FAULT_DENIED,      /* not allowed */
    FAULT_DEADLINE,    /* takes longer than it may: ask for less */
    FAULT_UNAVAILABLE, /* a disk, store, source or worker has no time now: try later */
    FAULT_MEMORY,      /* a picture or answer too large for the memory there is */
    FAULT_INTERNAL     /* our own mistake */
};

struct fault {
    enum fault_code code;
    char message[512]; /* one sentence, UTF-8, no final line break */
};

/** Writes code and sentence. A NULL fault is allowed: the caller does not want to know. */
void fault_set(struct fault *fault, enum fault_code code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/** Puts words in front of the sentence, such as "layer 'rivers': ". The code stays. */
void fault_prefix(struct fault *fault, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** "input", "not-found" …: stable, for logs and problem documents. */
const char *fault_code_name(enum fault_code code);

#endif
