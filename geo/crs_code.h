/*
 * crs_code.h - the many ways to write the name of a CRS, made one.
 */
#ifndef GEO_CRS_CODE_H
#define GEO_CRS_CODE_H

#include <stdbool.h>

struct fault;

/**
 * Reads "EPSG:28992", "28992", "CRS84", "OGC:CRS84", "CRS:84", "[EPSG:28992]", a URN or a URI of OGC.
 * @param code becomes "EPSG:28992" or "OGC:CRS84"
 * @return false with INPUT when it is none of them; whether such a CRS exists is not asked
 */
bool crs_code_read(const char *text, char code[static 32], struct fault *fault);

#endif
