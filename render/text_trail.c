/*
 * text_trail.c - a list of texts with an answer for each.
 */
#include "render/text_trail.h"

#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"

void text_trail_finish(struct text_trail *trail)
{
    text_alongs_finish(&trail->asked);
    free(trail->answers);
    free(trail->text);
    *trail = (struct text_trail){.is_whole = false};
}

void text_trail_open(struct text_trail *trail, struct text_trail_key key)
{
    const struct text_trail_key *last = &trail->key;
    if (trail->text && last->entry == key.entry && last->scale == key.scale && last->palette == key.palette &&
        last->most == key.most && strcmp(trail->text, key.text) == 0) {
        return;
    }
    text_trail_finish(trail);
    trail->key = key;
    trail->text = memory_copy_text(key.text);
    trail->key.text = trail->text;
}

void text_trail_add(struct text_trail *trail, struct text_along *text, bool answer)
{
    size_t index = trail->asked.count;
    text_alongs_add(&trail->asked, text);
    if (index == trail->answer_capacity) {
        trail->answer_capacity = trail->answer_capacity ? 2 * trail->answer_capacity : 4;
        trail->answers = memory_resize(trail->answers, trail->answer_capacity, sizeof(*trail->answers));
    }
    trail->answers[index] = answer;
}

void text_trail_change(struct text_trail *trail, size_t index, bool answer)
{
    while (trail->asked.count > index + 1) {
        text_along_unref(trail->asked.items[--trail->asked.count]);
    }
    trail->answers[index] = answer;
    trail->is_whole = false;
}
