#include "render/briefing/briefing_tables.h"

#include "render/briefing/briefing.h"
#include "render/briefing/difference_table.h"
#include "render/briefing/feature_table.h"
#include "render/briefing/press.h"
#include "render/briefing/table_block.h"
#include "render/briefing/template.h"
#include "render/map_view.h"

static bool is_place_for_tables(const struct press *press)
{
    const enum place *places = press->template->places[press->order->is_landscape];
    return press_has_sequel(press) && places[ELEMENT_TABLES] != PLACE_OFF;
}

static bool keep(struct briefing_tables *tables, struct table_block *table)
{
    if (table) {
        tables->tables[tables->count++] = table;
    }
    return table != NULL;
}

/** Numbers without a table would say nothing. */
static bool add_features(struct press *press, const struct briefing_tables_choice *choice,
                         struct briefing_tables *tables)
{
    bool is_wanted = press->template->has_tables && is_place_for_tables(press);
    if (!is_wanted && choice->view->numbers == NULL) {
        return true;
    }
    struct feature_table_choice features = {choice->box, FEATURE_TABLE_MOST, choice->sheets,
                                            choice->sheet_count};
    return keep(tables, feature_table_new(press->renderer, choice->view, &features, press->fault));
}

/** What changed is said wherever it is marked. */
static bool add_differences(struct press *press, const struct briefing_tables_choice *choice,
                            struct briefing_tables *tables)
{
    if (press->order->lacks_previous && is_place_for_tables(press)) {
        return keep(tables, difference_table_without(press->renderer, choice->view));
    }
    if (!choice->view->differences || !is_place_for_tables(press)) {
        return true;
    }
    struct difference_table_choice differences = {choice->box, DIFFERENCE_TABLE_MOST};
    return keep(tables, difference_table_new(press->renderer, choice->view, &differences, press->fault));
}

bool briefing_tables_make(struct press *press, const struct briefing_tables_choice *choice,
                          struct briefing_tables *tables)
{
    *tables = (struct briefing_tables){.count = 0};
    return add_differences(press, choice, tables) && add_features(press, choice, tables);
}

void briefing_tables_finish(struct briefing_tables *tables)
{
    for (size_t i = 0; i < tables->count; i++) {
        table_block_free(tables->tables[i]);
    }
    tables->count = 0;
}

void briefing_tables_add(const struct briefing_tables *tables, struct sequel_input *input)
{
    for (size_t i = 0; i < tables->count; i++) {
        input->tables[input->table_count++] = tables->tables[i];
    }
}
