/*
 * pictures.c - draws every case and compares it with its reference.
 *
 *     pictures CASES_FOLDER OUTPUT_FOLDER [NAME ...]
 *
 * Writes NAME.out.png, NAME.ref.png, NAME.diff.png and index.html into the output folder. A reference is made
 * by accept.sh after a person has looked. A known bug has NAME.xfail.png beside its reference, the wrong
 * picture as it is drawn today: the case passes while it is drawn so, and fails as soon as it is mended or
 * gets worse.
 */
#include <glob.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "geo/base/memory.h"
#include "geo/base/problems.h"
#include "render/canvas/image.h"
#include "render/encode/png.h"
#include "tests/pictures/picture_case.h"
#include "tests/pictures/picture_compare.h"
#include "tests/pictures/picture_draw.h"
#include "tests/pictures/results_page.h"

#define FILE_MAX_BYTES (16u << 20)
#define MOST_PIXELS (16u << 20)

struct gallery {
    const char *cases_folder;
    const char *output_folder;
    struct studio *studio;
    struct picture_result *results; /* owned */
    size_t count;
};

static struct image *read_image(const char *folder, const char *name, const char *kind)
{
    char path[4096];
    size_t length;
    snprintf(path, sizeof path, "%s/%s.%s.png", folder, name, kind);
    char *bytes = file_read(path, FILE_MAX_BYTES, &length, NULL);
    struct image *image = bytes ? png_read(bytes, length, MOST_PIXELS, NULL) : NULL;
    free(bytes);
    return image;
}

/** Writes a picture into the output folder; without one removes what an earlier run left there. */
static bool write_image(const struct gallery *gallery, const struct image *image, const char *name,
                        const char *kind)
{
    char path[4096];
    size_t length;
    snprintf(path, sizeof path, "%s/%s.%s.png", gallery->output_folder, name, kind);
    if (!image) {
        unlink(path);
        return false;
    }
    char *bytes = png_write(image, 0, &length, NULL);
    bool is_written = bytes && file_write(path, bytes, length, NULL);
    free(bytes);
    return is_written;
}

static bool is_same(const struct image *image, const struct image *reference, struct tolerance tolerance)
{
    struct comparison comparison = picture_compare(image, reference, tolerance);
    image_free(comparison.difference);
    return comparison.is_alike;
}

static void judge_against_reference(const struct gallery *gallery, const struct image *image,
                                    struct tolerance tolerance, struct picture_result *result)
{
    struct image *reference = read_image(gallery->cases_folder, result->name, "ref");
    result->has_reference = write_image(gallery, reference, result->name, "ref");
    if (!reference) {
        write_image(gallery, NULL, result->name, "diff");
        result->verdict = memory_copy_text("has no reference yet: look at it, then accept.sh");
        return;
    }
    struct comparison comparison = picture_compare(image, reference, tolerance);
    result->verdict = memory_copy_text(comparison.verdict);
    result->is_passed = comparison.is_alike;
    const struct image *shown = comparison.is_alike ? NULL : comparison.difference;
    result->has_difference = write_image(gallery, shown, result->name, "diff");
    image_free(comparison.difference);
    image_free(reference);
}

/** A known bug must still be drawn as it is known. */
static void judge_against_known_bug(const struct gallery *gallery, const struct image *image,
                                    struct tolerance tolerance, struct picture_result *result)
{
    struct image *known = read_image(gallery->cases_folder, result->name, "xfail");
    if (!known) {
        return;
    }
    bool is_mended = result->is_passed;
    result->is_passed = !is_mended && is_same(image, known, tolerance);
    free(result->verdict);
    result->verdict = memory_copy_text(is_mended           ? "the known bug is mended: remove its xfail.png"
                                       : result->is_passed ? "a known bug, drawn as it is known"
                                                           : "neither the reference nor the known bug");
    image_free(known);
}

static void judge(struct gallery *gallery, const struct picture_case *picture, struct picture_result *result)
{
    struct fault fault = {0};
    struct image *image = picture_draw(gallery->studio, picture, &fault);
    result->shows = memory_copy_text(picture->shows);
    result->has_out = write_image(gallery, image, result->name, "out");
    if (!image) {
        result->verdict = memory_copy_text(fault.message);
        return;
    }
    judge_against_reference(gallery, image, picture->tolerance, result);
    judge_against_known_bug(gallery, image, picture->tolerance, result);
    image_free(image);
}

/** A row of the page for a case, or for a file that is none. */
static void show_case(struct gallery *gallery, const struct picture_case *picture, const char *name,
                      const struct problems *problems)
{
    gallery->results = memory_resize(gallery->results, gallery->count + 1, sizeof *gallery->results);
    struct picture_result *result = &gallery->results[gallery->count++];
    *result = (struct picture_result){.name = memory_copy_text(name)};
    if (picture) {
        judge(gallery, picture, result);
    } else {
        struct fault fault = {0};
        problems_to_fault(problems, &fault);
        result->verdict = memory_copy_text(fault.message);
    }
    printf("%s %s: %s\n", result->is_passed ? "ok  " : "FAIL", name, result->verdict);
}

static void run_case(struct gallery *gallery, const char *path, const char *name)
{
    struct problems problems;
    problems_init(&problems);
    struct picture_case *picture = picture_case_read(path, &problems);
    if (picture && !picture_can_be_drawn(gallery->studio, picture)) {
        printf("SKIPPED %s: it is about the RD grid being %s\n", name,
               picture->grid == CASE_GRID_NEEDED ? "there" : "away");
    } else {
        show_case(gallery, picture, name, &problems);
    }
    picture_case_free(picture);
    problems_finish(&problems);
}

static bool is_chosen(const char *name, char *const *names, int name_count)
{
    for (int i = 0; i < name_count; i++) {
        if (strcmp(names[i], name) == 0) {
            return true;
        }
    }
    return name_count == 0;
}

static void run_cases(struct gallery *gallery, char *const *names, int name_count)
{
    glob_t found;
    char pattern[4096];
    snprintf(pattern, sizeof pattern, "%s/*.yaml", gallery->cases_folder);
    if (glob(pattern, 0, NULL, &found) != 0) {
        return;
    }
    for (size_t i = 0; i < found.gl_pathc; i++) {
        char *name = memory_copy_text(basename(found.gl_pathv[i]));
        name[strlen(name) - strlen(".yaml")] = '\0';
        if (strcmp(name, "layers") != 0 && is_chosen(name, names, name_count)) {
            run_case(gallery, found.gl_pathv[i], name);
        }
        free(name);
    }
    globfree(&found);
}

/** The RD grid of the real data beside the project; NULL when it is not there. */
static char *find_grid_folder(void)
{
    const char *root = getenv("PLOTTAFEL_SHARED_DATA");
    char *folder = NULL;
    if (asprintf(&folder, "%s/geodesy/proj-grids", root ? root : "../shared/data") < 0) {
        return NULL;
    }
    if (access(folder, R_OK) != 0) {
        free(folder);
        return NULL;
    }
    return folder;
}

static int finish(struct gallery *gallery)
{
    struct fault fault;
    size_t failed = 0;
    bool is_written = results_page_write(gallery->output_folder, gallery->results, gallery->count, &fault);
    if (!is_written) {
        fprintf(stderr, "pictures: %s\n", fault.message);
    }
    for (size_t i = 0; i < gallery->count; i++) {
        failed += !gallery->results[i].is_passed;
        picture_result_finish(&gallery->results[i]);
    }
    printf("%zu pictures, %zu failed: %s/index.html\n", gallery->count, failed, gallery->output_folder);
    studio_free(gallery->studio);
    free(gallery->results);
    return is_written && failed == 0 && gallery->count > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

int main(int argument_count, char **arguments)
{
    struct fault fault = {0};
    if (argument_count < 3) {
        fprintf(stderr, "usage: pictures CASES_FOLDER OUTPUT_FOLDER [NAME ...]\n");
        return 2;
    }
    struct gallery gallery = {.cases_folder = arguments[1], .output_folder = arguments[2]};
    char *grid_folder = find_grid_folder();
    setenv("PROJ_USER_WRITABLE_DIRECTORY", gallery.output_folder, 1); /* no grids that a user has fetched */
    mkdir(gallery.output_folder, 0777);
    gallery.studio = studio_new(gallery.cases_folder, grid_folder, &fault);
    free(grid_folder);
    if (!gallery.studio) {
        fprintf(stderr, "pictures: %s\n", fault.message);
        return EXIT_FAILURE;
    }
    run_cases(&gallery, arguments + 3, argument_count - 3);
    return finish(&gallery);
}
