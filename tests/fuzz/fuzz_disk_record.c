/* Answers kept on disk, where anybody may have changed them. */
#include "tests/fuzz/fuzz.h"

#include "render/service/http/answer.h"
#include "render/service/tile/disk_record.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t length;
    char *bytes = fuzz_text(data, size);
    struct answer *answer = disk_record_read(bytes, size);
    if (answer) {
        free(disk_record_write(answer, &length));
        answer_unref(answer);
    }
    free(bytes);
    return 0;
}
