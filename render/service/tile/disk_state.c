/*
 * disk_state.c - see disk_state.h.
 */
#include "render/service/tile/disk_state.h"

#include <string.h>

bool disk_state_has_same_plots(const struct disk_state *a, const struct disk_state *b)
{
    size_t count = a->plot_count;
    return count == b->plot_count && a->symbols == b->symbols &&
           memcmp(a->revisions, b->revisions, count * sizeof(a->revisions[0])) == 0 &&
           memcmp(a->recorded_ms, b->recorded_ms, count * sizeof(a->recorded_ms[0])) == 0;
}

bool disk_state_equals(const struct disk_state *a, const struct disk_state *b)
{
    return a->now_ms == b->now_ms && disk_state_has_same_plots(a, b);
}

size_t disk_state_write(const struct disk_state *state, int64_t numbers[static DISK_STATE_NUMBERS_MOST])
{
    size_t count = 0;
    numbers[count++] = state->now_ms;
    numbers[count++] = (int64_t)state->symbols;
    numbers[count++] = (int64_t)state->plot_count;
    for (size_t i = 0; i < state->plot_count; i++) {
        numbers[count++] = (int64_t)state->revisions[i];
        numbers[count++] = state->recorded_ms[i];
    }
    return count;
}

bool disk_state_read(const int64_t *numbers, size_t count, struct disk_state *state)
{
    memset(state, 0, sizeof(*state));
    if (count < 3 || numbers[2] < 0 || numbers[2] > MAP_VIEW_PLOT_MAX ||
        count != 3 + 2 * (size_t)numbers[2]) {
        return false;
    }
    state->now_ms = numbers[0];
    state->symbols = (uint64_t)numbers[1];
    state->plot_count = (size_t)numbers[2];
    for (size_t i = 0; i < state->plot_count; i++) {
        state->revisions[i] = (uint64_t)numbers[3 + 2 * i];
        state->recorded_ms[i] = numbers[4 + 2 * i];
    }
    return true;
}
