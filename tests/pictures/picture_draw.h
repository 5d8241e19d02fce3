/*
 * picture_draw.h - draws a case through the public headers of the renderer.
 */
#ifndef TESTS_PICTURES_PICTURE_DRAW_H
#define TESTS_PICTURES_PICTURE_DRAW_H

#include <stdbool.h>

struct fault;
struct image;
struct picture_case;
struct studio;

/** All that cases have in common: renderers with and without the RD grid, symbols, layers, tile matrix sets.
 */
struct studio *studio_new(const char *cases_folder, const char *grid_folder, struct fault *fault);
void studio_free(struct studio *studio);

/** Is the RD grid there, or away, as the case asks? */
bool picture_can_be_drawn(const struct studio *studio, const struct picture_case *picture);

/** Owned, image_free(). NULL on fault. */
struct image *picture_draw(struct studio *studio, const struct picture_case *picture, struct fault *fault);

#endif
