/* SVG drawings of others, reduced to glyphs; what is left is a glyph of ours. */
#include "tests/fuzz/fuzz.h"

#include "symbology/glyph.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fault fault;
    struct problems problems;
    char *svg = fuzz_text(data, size);
    problems_init(&problems);
    free(glyph_read(svg, size, &fault));
    free(glyph_reduce("glyph.svg", svg, size, &problems));
    problems_finish(&problems);
    free(svg);
    return 0;
}
