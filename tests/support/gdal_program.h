/* gdal_program.h - for tests: files made by GDAL's own programs, where they are installed. */
#ifndef PLOTTAFEL_TESTS_SUPPORT_GDAL_PROGRAM_H
#define PLOTTAFEL_TESTS_SUPPORT_GDAL_PROGRAM_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/support/runner.h"

/** Runs the command line; false after saying SKIPPED when GDAL's programs are not installed. */
__attribute__((format(printf, 1, 2))) static inline bool gdal_program(const char *format, ...)
{
    char command[2048];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(command, sizeof command, format, arguments);
    va_end(arguments);
    if (system("command -v ogr2ogr >/dev/null") != 0) {
        test_skipped("GDAL's programs are not there");
        return false;
    }
    ck_assert_int_eq(system(command), 0);
    return true;
}

#endif
