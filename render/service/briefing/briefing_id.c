/*
 * briefing_id.c - five bits a letter in Crockford's alphabet, which has no I, L, O and U: read aloud over the
 * radio, no letter is taken for a digit.
 */
#include "render/service/briefing/briefing_id.h"

#include <string.h>
#include <sys/random.h>

#include "geo/base/fault.h"

#define TIME_LETTERS 10
#define RANDOM_LETTERS (BRIEFING_ID_LENGTH - TIME_LETTERS)

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

bool briefing_id_make(int64_t now_ms, char id[static BRIEFING_ID_BYTES], struct fault *fault)
{
    unsigned char random[RANDOM_LETTERS];
    id[0] = '\0';
    if (getrandom(random, sizeof(random), 0) != (ssize_t)sizeof(random)) {
        fault_set(fault, FAULT_UNAVAILABLE, "no random numbers for the id of a briefing");
        return false;
    }
    uint64_t time = now_ms < 0 ? 0 : (uint64_t)now_ms;
    for (int i = TIME_LETTERS - 1; i >= 0; i--, time >>= 5) {
        id[i] = alphabet[time & 31];
    }
    for (int i = 0; i < RANDOM_LETTERS; i++) {
        id[TIME_LETTERS + i] = alphabet[random[i] & 31];
    }
    id[BRIEFING_ID_LENGTH] = '\0';
    return true;
}

int64_t briefing_id_time_ms(const char id[static BRIEFING_ID_BYTES])
{
    uint64_t time = 0;
    for (int i = 0; i < TIME_LETTERS; i++) {
        const char *letter = strchr(alphabet, id[i]);
        time = time << 5 | (letter ? (uint64_t)(letter - alphabet) : 0);
    }
    return (int64_t)(time & INT64_MAX);
}

bool briefing_id_is_one(const char *text)
{
    return strlen(text) == BRIEFING_ID_LENGTH && strspn(text, alphabet) == BRIEFING_ID_LENGTH;
}
