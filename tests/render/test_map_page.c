/*
 * Whole pages with real type: random templates, papers, languages and lengths are laid out without painting,
 * and all that was to be told is found again, on the page of the map or on one that follows.
 */
#include "tests/support/effort.h"
#include "tests/support/runner.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "render/briefing/map_page.h"
#include "render/briefing/table_block.h"
#include "render/briefing/template_value.h"
#include "render/legend/legend.h"
#include "render/print/pen.h"
#include "tests/support/briefing_fixture.h"
#include "tests/support/random.h"

#define TRIAL_COUNT 400
#define EDGE_MM 1e-6

static const char *const symbols[] = {"inc.brand",  "po.blokkade", "bw.ugs",     "gh.ziekenhuis",
                                      "gev.giftig", "bw.ovd",      "po.ovd",     "wa.gemaal",
                                      "mu.copi",    "l.wegdicht",  "g.effect",   "gh.loodspost",
                                      "ob.school",  "ob.zorg",     "bw.voertuig"};

/** Words of a language that puts them together. */
static char *random_text(uint64_t *state, size_t most)
{
    static const char *const words[] = {"Hoogwaterbeschermingsprogramma ", "de ", "Sécurité ", "à l’eau ",
                                        "Gefahrenabwehrbehörde ",          "a ",  "of ",       "Moerdijk, "};
    size_t length = random_below(state, (uint32_t)most) + 1;
    char *text = memory_new(length + 64, 1);
    size_t used = 0;
    while (used < length) {
        const char *word = words[random_below(state, sizeof words / sizeof words[0])];
        memcpy(text + used, word, strlen(word));
        used += strlen(word);
    }
    return text;
}

static void add_features(struct briefing_fixture *fixture, uint64_t *state, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        char id[16];
        char code[80];
        struct point place = {100800 + random_between(state, -900, 900),
                              410800 + random_between(state, -900, 900)};
        snprintf(id, sizeof id, "f%u", i);
        snprintf(code, sizeof code, "nl@1/%s;n=Naam %u", symbols[i % (sizeof symbols / sizeof symbols[0])],
                 i);
        fixture_add(fixture, id, code, i % 3 ? "Brandweer" : "Politie", &place, 1);
    }
    fixture_plot(fixture, true);
}

static struct template random_template(uint64_t *state)
{
    struct template template = template_bare();
    template.id = memory_copy_text("proef");
    for (int turn = 0; turn < 2; turn++) {
        for (int i = 0; i < ELEMENT_COUNT; i++) {
            enum place place = PLACE_COUNT;
            while (place == PLACE_COUNT || !element_allows((enum element)i, place)) {
                place = (enum place)random_below(state, PLACE_COUNT);
            }
            template.places[turn][i] = place;
        }
    }
    template.is_slim = random_below(state, 8) == 0;
    return template;
}

struct trial {
    struct template template;
    struct map_page page;
    struct pen pen;
    struct sequel sequel;
    struct sequel_input rest; /* without its text */
    size_t text_bytes;        /* that are to be told behind the map */
    char *texts[2];
};

static size_t bytes_of(const struct passage *passage)
{
    size_t bytes = 0;
    for (size_t i = 0; i < passage->count; i++) {
        for (const char *at = passage->rows[i].text; *at; at++) {
            bytes += *at != ' ' && *at != '\n';
        }
    }
    return bytes;
}

static void random_order(struct briefing_fixture *fixture, uint64_t *state, struct trial *trial)
{
    struct briefing_order *order = &fixture->order;
    trial->texts[0] = random_text(state, random_below(state, 4) ? 60 : 900);
    trial->texts[1] = random_text(state, random_below(state, 4) ? 100 : 4000);
    order->title = trial->texts[0];
    fixture->map.disclaimer.texts[LANGUAGE_NL] = trial->texts[1];
    order->paper = (enum paper)random_below(state, PAPER_COUNT);
    order->is_landscape = random_below(state, 2) == 0;
    order->language = (enum language)random_below(state, LANGUAGE_COUNT);
    order->has_second_language = random_below(state, 2) == 0;
    order->second_language = (enum language)((order->language + 1) % LANGUAGE_COUNT);
    order->scale_denominator = random_between(state, 2000, 60000);
    order->link = random_below(state, 2) ? "https://plot.example.nl/?map=situatie&as-of=2026-10-08" : NULL;
    order->verify_link =
        random_below(state, 2) ? "https://plot.example.nl/verify/01K6ZB4M5V0Q2S8T3W7X" : NULL;
    order->template = &trial->template;
}

static void run_trial(struct briefing_fixture *fixture, uint64_t *state, struct trial *trial)
{
    struct fault fault = {0};
    *trial = (struct trial){.template = random_template(state)};
    random_order(fixture, state, trial);
    struct map_page_wish wish = {.renderer = fixture->renderer,
                                 .order = &fixture->order,
                                 .template = &trial->template,
                                 .rest = PAGE_REST_NEXT};
    ck_assert_msg(map_page_begin(&trial->page, &wish, &fault), "%s", fault.message);
    trial->pen = (struct pen){renderer_text_engine(fixture->renderer), NULL, paper_unit(fixture->order.paper),
                              fixture->order.language, .colours = NULL};
    char *sources = random_text(state, 2500);
    passage_add(&trial->page.content.said[ELEMENT_SOURCES], PEN_SMALL, NULL, sources);
    free(sources);
    map_page_lay_out(&trial->page, &trial->pen);
    struct marginalia marginalia = {.identity = trial->page.content.identity, .page = 1, .page_count = 9};
    struct sequel_input rest = map_page_rest(&trial->page, &trial->pen, &marginalia);
    trial->text_bytes = bytes_of(&rest.text);
    trial->rest = rest;
    trial->sequel = sequel_plan(fixture->order.paper, fixture->order.is_landscape, &trial->pen, rest);
}

static void finish_trial(struct trial *trial)
{
    sequel_finish(&trial->sequel);
    map_page_finish(&trial->page);
    template_finish(&trial->template);
    free(trial->texts[0]);
    free(trial->texts[1]);
}

/** What a part really covers. */
static struct bbox used_box(const struct trial *trial, const struct sequel_part *part)
{
    struct bbox box = part->box_mm;
    if (part->kind == SEQUEL_TEXT) {
        box.max_y = box.min_y + passage_rows_height_mm(&trial->sequel.input.text, &trial->pen, part->first,
                                                       part->count, bbox_width(box));
    } else if (part->kind == SEQUEL_LEGEND) {
        box.max_y = box.min_y +
                    legend_block_column_height_mm(&trial->page.legend_block, &trial->pen, part->first, box);
    }
    return box;
}

static void check_parts(const struct trial *trial, int number)
{
    const struct sequel *sequel = &trial->sequel;
    struct bbox body = bbox_grow(sequel->furniture.body, EDGE_MM);
    for (size_t i = 0; i < sequel->part_count; i++) {
        struct bbox box = used_box(trial, &sequel->parts[i]);
        ck_assert_msg(bbox_contains(body, box), "trial %d: part %zu leaves the page: %.1f of %.1f", number, i,
                      box.max_y, body.max_y);
        for (size_t k = 0; k < i; k++) {
            struct bbox common = bbox_intersection(box, used_box(trial, &sequel->parts[k]));
            bool is_apart = sequel->parts[k].page != sequel->parts[i].page || bbox_is_empty(common) ||
                            bbox_width(common) < EDGE_MM || bbox_height(common) < EDGE_MM;
            ck_assert_msg(is_apart, "trial %d: parts %zu and %zu overlap", number, k, i);
        }
    }
}

/** Every row of the text once and in order, and no letter of it lost where rows were broken. */
static void check_text(const struct trial *trial, int number)
{
    size_t row = 0;
    for (size_t i = 0; i < trial->sequel.part_count; i++) {
        const struct sequel_part *part = &trial->sequel.parts[i];
        if (part->kind == SEQUEL_TEXT) {
            ck_assert_uint_eq(part->first, row);
            row += part->count;
        }
    }
    ck_assert_uint_eq(row, trial->sequel.input.text.count);
    ck_assert_msg(bytes_of(&trial->sequel.input.text) >= trial->text_bytes, "trial %d: letters are lost",
                  number);
}

/** Each entry of the legend is on the page of the map or in exactly one column. */
static void check_legend(const struct trial *trial, int number)
{
    size_t count = legend_count(trial->page.legend);
    size_t entry = trial->rest.first_entry;
    for (size_t i = 0; i < trial->sequel.part_count; i++) {
        const struct sequel_part *part = &trial->sequel.parts[i];
        if (part->kind == SEQUEL_LEGEND) {
            ck_assert_uint_eq(part->first, entry);
            entry += legend_block_column_fit(&trial->page.legend_block, &trial->pen, entry, part->box_mm);
        }
    }
    ck_assert_msg(entry == count, "trial %d: %zu of %zu entries", number, entry, count);
}

/** Blocks that were moved are told by the sequel; what stands beside the map has its box. */
static void check_blocks(const struct trial *trial, int number)
{
    for (int i = 0; i < trial->page.layout.block_count; i++) {
        const struct layout_block *block = &trial->page.layout.blocks[i];
        if (block->kind == BLOCK_SCALE && block->is_moved) {
            ck_assert_msg(trial->rest.has_scale, "trial %d", number);
        }
        if (block->kind == BLOCK_INSETS && block->is_moved) {
            ck_assert_msg(trial->rest.has_insets, "trial %d", number);
        }
        if (block->kind == BLOCK_LEGEND && block->is_moved) {
            ck_assert_msg(trial->rest.first_entry == 0, "trial %d", number);
        }
    }
}

START_TEST(whatever_a_template_asks_for_all_is_told_once_and_nothing_is_cut)
{
    uint64_t state = 5150 + (uint64_t)_i;
    struct briefing_fixture *fixture = fixture_new();
    add_features(fixture, &state, 5 + 12 * (uint32_t)_i);
    for (int i = 0; i < test_rounds(TRIAL_COUNT); i++) {
        struct trial trial;
        run_trial(fixture, &state, &trial);
        check_parts(&trial, i);
        check_text(&trial, i);
        check_legend(&trial, i);
        check_blocks(&trial, i);
        finish_trial(&trial);
    }
    fixture->map.disclaimer.texts[LANGUAGE_NL] = NULL;
    fixture_free(fixture);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("map_page");
    TCase *pages = tcase_create("pages");
    tcase_set_timeout(pages, 240);
    tcase_add_loop_test(pages, whatever_a_template_asks_for_all_is_told_once_and_nothing_is_cut, 0, 3);
    suite_add_tcase(suite, pages);
    return suite;
}
