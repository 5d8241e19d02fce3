/* Logos of organisations: SVG or PNG, looked at without being drawn. */
#include "tests/fuzz/fuzz.h"

#include "render/briefing/logo.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fault fault;
    struct logo *logo = logo_read(fuzz_file("logo.svg", data, size), &fault);
    assert(!logo || (logo->shape <= LOGO_SHAPE_MAX && 1 / logo->shape <= LOGO_SHAPE_MAX));
    logo_free(logo);
    return 0;
}
