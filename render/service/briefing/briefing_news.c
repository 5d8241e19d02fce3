/*
 * briefing_news.c - reads both situations through a store of its own: it is asked for once in a while.
 */
#include "render/service/briefing/briefing_news.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "data/plot.h"
#include "data/plot_difference.h"
#include "data/store.h"
#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "geo/base/moment.h"
#include "render/scene/change_mark.h"
#include "render/service/protocol/view_moment.h"

/* "name number"; returns what follows, NULL when it is not that. */
static const char *parse_plot(const char *text, struct briefing_state *state)
{
    size_t length = strcspn(text, " ");
    char *end;
    if (length == 0 || length > 64 || text[length] != ' ' || text[length + 1] < '0' ||
        text[length + 1] > '9' || state->plot_count == MAP_VIEW_PLOT_MAX) {
        return NULL;
    }
    memcpy(state->plots[state->plot_count], text, length);
    state->plots[state->plot_count][length] = '\0';
    errno = 0;
    state->revisions[state->plot_count++] = strtoull(text + length + 1, &end, 10);
    return errno == 0 ? end : NULL;
}

bool briefing_state_parse(const char *revisions, const char *moment, struct briefing_state *state)
{
    *state = (struct briefing_state){.moment_ms = MOMENT_NONE};
    if (*moment && !moment_parse(moment, &state->moment_ms, NULL)) {
        return false;
    }
    const char *text = revisions;
    while (text && *text) {
        text = parse_plot(text, state);
        if (text && strncmp(text, "; ", 2) == 0) {
            text += 2;
        } else if (text && *text) {
            return false;
        }
    }
    return text && state->plot_count > 0;
}

struct pair {
    struct plot *before;
    struct plot *after;
};

static bool read_pair(struct store *store, const struct briefing_state *state, size_t index,
                      struct pair *pair, struct fault *fault)
{
    const char *name = state->plots[index];
    pair->after = store_read_plot(store, name, 0, fault);
    if (pair->after && state->revisions[index] == 0) {
        pair->before = plot_new(plot_title(pair->after));
    } else if (pair->after) {
        pair->before = store_read_plot(store, name, state->revisions[index], fault);
    }
    return pair->before != NULL;
}

static void count(struct briefing_news *news, const struct plot_difference *difference)
{
    for (size_t i = 0; i < plot_difference_count(difference); i++) {
        const struct feature_difference *what = &plot_difference_at(difference, i)->what;
        unsigned marks = change_marks_of(what);
        news->added += (marks & 1u << CHANGE_MARK_NEW) != 0;
        news->ended += (marks & 1u << CHANGE_MARK_ENDED) != 0;
        news->moved += (marks & 1u << CHANGE_MARK_MOVED) != 0;
        news->changed += (marks & 1u << CHANGE_MARK_CHANGED) != 0;
    }
}

static void compare(struct briefing_news *news, const struct briefing_state *state, const struct pair *pairs,
                    int64_t now_ms)
{
    const struct plot *after[MAP_VIEW_PLOT_MAX];
    for (size_t i = 0; i < state->plot_count; i++) {
        after[i] = pairs[i].after;
    }
    news->now = *state;
    news->now.moment_ms = view_moment_at(after, state->plot_count, now_ms);
    for (size_t i = 0; i < state->plot_count; i++) {
        struct plot_difference *difference =
            plot_difference_new((struct plot_situation){pairs[i].before, state->moment_ms},
                                (struct plot_situation){pairs[i].after, news->now.moment_ms});
        count(news, difference);
        plot_difference_free(difference);
        int64_t recorded_ms = plot_recorded_ms(pairs[i].after);
        news->recorded_ms = recorded_ms > news->recorded_ms ? recorded_ms : news->recorded_ms;
        news->now.revisions[i] = plot_revision(pairs[i].after);
    }
    news->is_newer = news->added + news->ended + news->moved + news->changed > 0;
}

bool briefing_news_read(const char *store_path, const struct briefing_state *state, int64_t now_ms,
                        struct briefing_news *news, struct fault *fault)
{
    struct pair pairs[MAP_VIEW_PLOT_MAX] = {{NULL}};
    *news = (struct briefing_news){.recorded_ms = MOMENT_NONE};
    if (!file_exists(store_path)) {
        fault_set(fault, FAULT_NOT_FOUND, "the store '%s' is not there", store_path);
        return false;
    }
    struct store *store = store_open(store_path, STORE_READER, fault);
    bool is_read = store != NULL;
    for (size_t i = 0; is_read && i < state->plot_count; i++) {
        is_read = read_pair(store, state, i, &pairs[i], fault);
    }
    store_close(store);
    if (is_read) {
        compare(news, state, pairs, now_ms);
    }
    for (size_t i = 0; i < state->plot_count; i++) {
        plot_unref(pairs[i].before);
        plot_unref(pairs[i].after);
    }
    return is_read;
}
