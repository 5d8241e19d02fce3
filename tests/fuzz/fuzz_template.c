/* A template of briefings among the program's own. */
#include "tests/fuzz/fuzz.h"

#include <sys/stat.h>

#include "render/briefing/template.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct problems problems;
    struct fault fault;
    fuzz_file("strange.yaml", data, size);
    const char *folders[] = {fuzz_folder()};
    problems_init(&problems);
    struct templates *templates = templates_read(folders, 1, &problems);
    if (templates) {
        bool is_there = templates_find(templates, "strange") != NULL;
        assert(is_there != templates_is_refused(templates, "strange", &fault));
        assert(templates_find(templates, "situation"));
    }
    templates_free(templates);
    problems_finish(&problems);
    return 0;
}
