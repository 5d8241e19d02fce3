/*
 * number.h - decimal numbers from text that came from outside.
 */
#ifndef GEO_BASE_NUMBER_H
#define GEO_BASE_NUMBER_H

#include <stdbool.h>

/**
 * Reads a finite decimal number at *text and moves *text behind it. Unlike strtod() it takes no blanks in
 * front, no hexadecimal, "inf" or "nan", and nothing that overflows. Leaves *text alone when there is no
 * number.
 */
bool number_read(const char **text, double *number);

/** The same when the text is that number and nothing else. */
bool number_parse(const char *text, double *number);

#endif
