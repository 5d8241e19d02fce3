/*
 * Owners and statuses are told apart by shape alone, and by people who see two colours where others see
 * three.
 *
 * Two pictures are told apart when they differ clearly (a WCAG contrast of 1.5 or more, on white paper) on as
 * many pixels as a bar of 3 x 4 px has: the smallest thing that the symbols say anything with. Only lightness
 * counts, so a difference of hue alone is none. How colours look to others is simulated after Machado,
 * Oliveira and Fernandes (2009), severity 1.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "geo/base/fault.h"
#include "geo/base/problems.h"
#include "render/canvas/image.h"
#include "render/symbol/symbol_picture.h"
#include "symbology/colour.h"
#include "symbology/palette.h"
#include "symbology/symbol.h"
#include "symbology/symbol_base.h"
#include "symbology/symbol_library.h"
#include "symbology/symbol_set.h"
#include "tests/support/runner.h"

#define SIDE 64
#define CLEAR_CONTRAST 1.5
#define CLEAR_PIXELS 12

enum vision { TRICHROMAT, PROTANOPE, DEUTERANOPE, TRITANOPE, VISION_COUNT };

static const char *const vision_names[] = {"all colours", "protanopia", "deuteranopia", "tritanopia"};

static const double vision_matrices[VISION_COUNT][3][3] = {
    {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
    {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
    {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
    {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}},
};

static double linear_of(double level)
{
    return level <= 0.04045 ? level / 12.92 : pow((level + 0.055) / 1.055, 2.4);
}

/* WCAG's relative luminance of a colour as it is seen. */
static double luminance_of(struct colour colour, enum vision vision)
{
    const double rgb[3] = {linear_of(colour.red / 255.0), linear_of(colour.green / 255.0),
                           linear_of(colour.blue / 255.0)};
    static const double weights[3] = {0.2126, 0.7152, 0.0722};
    double luminance = 0;
    for (int row = 0; row < 3; row++) {
        double seen = 0;
        for (int column = 0; column < 3; column++) {
            seen += vision_matrices[vision][row][column] * rgb[column];
        }
        luminance += weights[row] * fmin(1, fmax(0, seen));
    }
    return luminance;
}

static double contrast_of(double a, double b)
{
    return (fmax(a, b) + 0.05) / (fmin(a, b) + 0.05);
}

/* One symbol on white paper, its place in the middle: how light each pixel is seen. */
struct sight {
    float luminance[SIDE * SIDE];
};

static struct symbol_cache *cache;
static struct symbol_library *library;
static const struct symbol_set *owners_set;

static struct colour on_paper(uint32_t pixel)
{
    unsigned paper = 255 - (pixel >> 24);
    return (struct colour){(uint8_t)((pixel >> 16 & 255) + paper), (uint8_t)((pixel >> 8 & 255) + paper),
                           (uint8_t)((pixel & 255) + paper), 255};
}

static struct sight *look_at(const struct symbol_entry *entry, enum symbol_status status,
                             enum palette palette, enum vision vision)
{
    struct symbol_code code = {.set = "owners", .version = 1, .status = status};
    struct fault fault;
    snprintf(code.entity, sizeof code.entity, "%s", entry->id);
    struct symbol_picture *picture = symbol_cache_get(cache, entry, &code, DETAIL_FULL, palette, 1, &fault);
    ck_assert_ptr_nonnull(picture);
    const struct image *image = symbol_picture_image(picture, 1, &fault);
    ck_assert_msg(image != NULL, "%s", fault.message);
    struct point anchor = symbol_picture_anchor(picture);
    int left = SIDE / 2 - (int)ceil(anchor.x);
    int top = SIDE / 2 - (int)ceil(anchor.y);
    struct sight *sight = malloc(sizeof *sight);
    for (int i = 0; i < SIDE * SIDE; i++) {
        int x = i % SIDE - left;
        int y = i / SIDE - top;
        bool is_in = x >= 0 && y >= 0 && x < image->width && y < image->height;
        struct colour colour = on_paper(is_in ? image->pixels[y * image->stride_px + x] : 0);
        sight->luminance[i] = (float)luminance_of(colour, vision);
    }
    return sight;
}

static int clear_pixels(const struct sight *a, const struct sight *b)
{
    int count = 0;
    for (int i = 0; i < SIDE * SIDE; i++) {
        count += contrast_of(a->luminance[i], b->luminance[i]) >= CLEAR_CONTRAST;
    }
    return count;
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    fclose(file);
}

/* The same drawing for all: letters would tell them apart. */
static void write_glyphs(const char *folder)
{
    char path[400];
    snprintf(path, sizeof path, "%s/glyphs", folder);
    mkdir(path, 0700);
    for (int i = 0; i < OWNER_COUNT; i++) {
        snprintf(path, sizeof path, "%s/glyphs/own.%s.svg", folder, symbol_owner_name((enum symbol_owner)i));
        write_file(path, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 24 24\" fill=\"none\" "
                         "stroke=\"currentColor\" stroke-width=\"2\" stroke-linecap=\"round\" "
                         "stroke-linejoin=\"round\"><circle cx=\"12\" cy=\"12\" r=\"6\"/></svg>");
    }
}

/* A set with one vehicle for each owner, those included that own no entry of the Dutch set; all the same but
 * for their owner. */
static void setup(void)
{
    char folder[300];
    char path[320];
    char text[8000];
    size_t length = (size_t)snprintf(text, sizeof text,
                                     "set: owners\nversion: 1\nextends: nl@1\ntitle: {nl: Eigenaren}\n"
                                     "groups: [{id: own, title: {nl: Eigenaren}}]\npoints:\n");
    for (int i = 0; i < OWNER_COUNT; i++) {
        const char *owner = symbol_owner_name((enum symbol_owner)i);
        length += (size_t)snprintf(text + length, sizeof text - length,
                                   "  - {id: own.%s, kind: unit, owner: %s, letters: X%c, name: {nl: %s}}\n",
                                   owner, owner, 'A' + i, owner);
    }
    snprintf(folder, sizeof folder, "%s/owners", test_folder());
    mkdir(folder, 0700);
    write_glyphs(folder);
    snprintf(path, sizeof path, "%s/set.yaml", folder);
    write_file(path, text);
    struct problems problems;
    problems_init(&problems);
    library = symbol_library_new(&problems);
    bool is_read = library && symbol_library_add(library, folder, &problems);
    problems_print(&problems, stdout);
    ck_assert(is_read);
    problems_finish(&problems);
    owners_set = symbol_library_find(library, "owners", 1);
    cache = symbol_cache_new();
}

static void teardown(void)
{
    symbol_cache_free(cache);
    symbol_library_free(library);
}

static const struct symbol_entry *entry_of_owner(int owner)
{
    char id[64];
    snprintf(id, sizeof id, "own.%s", symbol_owner_name((enum symbol_owner)owner));
    return symbol_set_find(owners_set, id);
}

/* Checks all pairs of the same entry but for one thing; gives back the least difference. */
static int least_difference(struct sight **sights, const char *const *names, int count, const char *words)
{
    int least = SIDE * SIDE;
    for (int i = 0; i < count; i++) {
        for (int j = 0; j < i; j++) {
            if (!sights[i] || !sights[j]) {
                continue;
            }
            int pixels = clear_pixels(sights[i], sights[j]);
            ck_assert_msg(pixels >= CLEAR_PIXELS, "%s: '%s' and '%s' differ on %d pixels only", words,
                          names[i], names[j], pixels);
            least = pixels < least ? pixels : least;
        }
    }
    return least;
}

static void free_sights(struct sight **sights, int count)
{
    for (int i = 0; i < count; i++) {
        free(sights[i]);
    }
}

static int check_owners(enum palette palette, enum vision vision)
{
    struct sight *sights[OWNER_COUNT];
    const char *names[OWNER_COUNT];
    char words[100];
    for (int i = 0; i < OWNER_COUNT; i++) {
        names[i] = symbol_owner_name((enum symbol_owner)i);
        sights[i] = look_at(entry_of_owner(i), STATUS_PRESENT, palette, vision);
    }
    snprintf(words, sizeof words, "owners, %s, %s", palette_name(palette), vision_names[vision]);
    int least = least_difference(sights, names, OWNER_COUNT, words);
    free_sights(sights, OWNER_COUNT);
    return least;
}

START_TEST(owners_are_told_apart_without_any_colour)
{
    printf("owners in mono: %d pixels at least\n", check_owners(PALETTE_MONO, TRICHROMAT));
}
END_TEST

START_TEST(owners_are_told_apart_with_every_kind_of_colour_vision)
{
    for (int palette = 0; palette < PALETTE_COUNT; palette++) {
        for (int vision = 0; vision < VISION_COUNT; vision++) {
            printf("owners, %s, %s: %d pixels at least\n", palette_name((enum palette)palette),
                   vision_names[vision], check_owners((enum palette)palette, (enum vision)vision));
        }
    }
}
END_TEST

/* An entry of the Dutch set of a kind, without casualties or numbers of its own. */
static const struct symbol_entry *entry_of_kind(int kind)
{
    const struct symbol_set *set = symbol_library_default(library);
    for (size_t i = 0; i < symbol_set_count(set); i++) {
        const struct symbol_entry *entry = symbol_set_at(set, i);
        if (entry->geometry == GEOMETRY_POINT && (int)entry->kind == kind) {
            return entry;
        }
    }
    return NULL;
}

static int check_statuses(const struct symbol_entry *entry, enum palette palette, enum vision vision)
{
    struct sight *sights[STATUS_COUNT] = {NULL};
    const char *names[STATUS_COUNT];
    char words[100];
    for (int i = 0; i < STATUS_COUNT; i++) {
        names[i] = symbol_status_name((enum symbol_status)i);
        if (symbol_base_of(entry->kind)->statuses & 1u << i) {
            sights[i] = look_at(entry, (enum symbol_status)i, palette, vision);
        }
    }
    snprintf(words, sizeof words, "%s, %s, %s", entry->id, palette_name(palette), vision_names[vision]);
    int least = least_difference(sights, names, STATUS_COUNT, words);
    free_sights(sights, STATUS_COUNT);
    return least;
}

START_TEST(statuses_are_told_apart_without_colour_and_with_every_kind_of_colour_vision)
{
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        const struct symbol_entry *entry = entry_of_kind(kind);
        int least = SIDE * SIDE;
        for (int palette = 0; entry && palette < PALETTE_COUNT; palette++) {
            for (int vision = 0; vision < VISION_COUNT; vision++) {
                int found = check_statuses(entry, (enum palette)palette, (enum vision)vision);
                least = found < least ? found : least;
            }
        }
        printf("statuses of a symbol of kind %s: %d pixels at least\n",
               symbol_kind_name((enum symbol_kind)kind), least);
    }
}
END_TEST

/* What must be read stands out from what it is drawn on: 3 to 1, as WCAG 1.4.11 asks of graphics. */
START_TEST(glyphs_stand_out_from_their_fill_with_every_kind_of_colour_vision)
{
    const struct symbol_set *set = symbol_library_default(library);
    double least = 21;
    for (size_t i = 0; i < symbol_set_count(set); i++) {
        const struct symbol_entry *entry = symbol_set_at(set, i);
        for (int palette = 0; entry->geometry == GEOMETRY_POINT && palette < PALETTE_COUNT; palette++) {
            for (int vision = 0; vision < VISION_COUNT; vision++) {
                struct symbol_inks inks = symbol_inks_of(entry, STATUS_PRESENT, (enum palette)palette);
                double contrast = contrast_of(luminance_of(inks.glyph, (enum vision)vision),
                                              luminance_of(inks.fill, (enum vision)vision));
                ck_assert_msg(contrast >= 3, "%s, %s, %s: %.2f", entry->id,
                              palette_name((enum palette)palette), vision_names[vision], contrast);
                least = fmin(least, contrast);
            }
        }
    }
    printf("glyph on fill: contrast of %.1f at least\n", least);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("colour vision");
    TCase *cases = tcase_create("told apart");
    tcase_set_timeout(cases, 120);
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, owners_are_told_apart_without_any_colour);
    tcase_add_test(cases, owners_are_told_apart_with_every_kind_of_colour_vision);
    tcase_add_test(cases, statuses_are_told_apart_without_colour_and_with_every_kind_of_colour_vision);
    tcase_add_test(cases, glyphs_stand_out_from_their_fill_with_every_kind_of_colour_vision);
    suite_add_tcase(suite, cases);
    return suite;
}
