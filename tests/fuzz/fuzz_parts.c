/* What an archive says that a briefing was made of: JSON of then, a line break, JSON of now. */
#include "tests/fuzz/fuzz.h"

#include "render/service/briefing/briefing_parts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *before = fuzz_cut(&data, &size, '\n');
    char *now = fuzz_text(data, size);
    free(briefing_parts_difference(before, now));
    free(before);
    free(now);
    return 0;
}
