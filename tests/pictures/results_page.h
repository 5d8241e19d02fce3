/*
 * results_page.h - one HTML page that shows all cases side by side: drawn, reference, difference.
 */
#ifndef TESTS_PICTURES_RESULTS_PAGE_H
#define TESTS_PICTURES_RESULTS_PAGE_H

#include <stdbool.h>
#include <stddef.h>

struct fault;

/** A row. The pictures stand beside the page as NAME.out.png, NAME.ref.png and NAME.diff.png. Texts are
 * owned. */
struct picture_result {
    char *name;
    char *shows;
    char *verdict;
    bool is_passed;
    bool has_out;
    bool has_reference;
    bool has_difference;
};

/** Failures first. */
bool results_page_write(const char *folder, const struct picture_result *results, size_t count,
                        struct fault *fault);
void picture_result_finish(struct picture_result *result);

#endif
