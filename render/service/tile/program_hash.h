/*
 * program_hash.h - which program this is: itself and the libraries that it draws with, as they were built.
 */
#ifndef RENDER_SERVICE_PROGRAM_HASH_H
#define RENDER_SERVICE_PROGRAM_HASH_H

#include <stdint.h>

/**
 * The same for every process of one build on machines with the same packages; another one after the program
 * or a library that shapes pictures was built anew. Safe from many threads.
 */
uint64_t program_hash(void);

#endif
