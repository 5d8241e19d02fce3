/*
 * text_alphabet.h - plain letters that were shaped once: how wide each is before each other. Internal to
 * text*.c.
 *
 * A plain text is of printable ASCII and of Latin letters that are one character with their accent. Its
 * letters stand one behind the other, each as wide as its font says, kerned with the next. So once all pairs
 * of a text were seen in others, or are digits, it is measured by adding up, which
 * takes a hundredth of the time of shaping it, to the same result.
 */
#ifndef RENDER_TEXT_ALPHABET_H
#define RENDER_TEXT_ALPHABET_H

#include <stdbool.h>

struct _PangoLayout;
struct lru_cache;
struct text_box;
struct text_engine;
struct text_letters;
struct text_look;
struct text_size;
struct text_typeset;

/** For the engine's cache. Owned, lru_cache_free(). */
struct lru_cache *text_alphabets_new(void);

/** Measures a text. False when it is not plain, must be broken, or has a pair that is not known yet. */
bool text_alphabet_measure(struct text_engine *engine, const char *text, const struct text_look *look,
                           struct text_box box, struct text_size *size);

/** Takes a text of one line apart as text_letters_init() does. False as above. text_letters_finish(). */
bool text_alphabet_letters(struct text_engine *engine, const char *text, const struct text_look *look,
                           struct text_letters *letters);

/** Sets a text as glyphs. False as above, and then nothing was added. */
bool text_alphabet_typeset(struct text_engine *engine, const char *text, const struct text_look *look,
                           struct text_box box, struct text_typeset *typeset);

/** Learns what a shaped text tells of its pairs. */
void text_alphabet_learn(struct text_engine *engine, struct _PangoLayout *layout,
                         const struct text_look *look);

#endif
