/* Addresses of symbols, "nl@1/gev.bord?h=33/1203" behind "/symbols/". */
#include "tests/fuzz/fuzz.h"

#include "render/service/http/request.h"
#include "render/service/protocol/symbol_address.h"

#define PATH "/symbols/"

static void read_address(struct request *request)
{
    struct fault fault;
    struct symbol_address address = {0};
    request->value_count = 2;
    request->values[0] = (struct request_pair){"set", request->segments[1]};
    request->values[1] = (struct request_pair){"code", request->segments[2]};
    if (symbol_address_check_keys(request, &fault) &&
        symbol_address_read(fuzz_symbols(), request, &address, &fault)) {
        assert(address.entry && address.text);
    }
    symbol_address_finish(&address);
}

int LLVMFuzzerInitialize(int *count, char ***arguments)
{
    (void)count, (void)arguments;
    fuzz_symbols();
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct request request;
    struct fault fault;
    char *raw = memory_new(size + sizeof PATH, 1);
    memcpy(raw, PATH, strlen(PATH));
    memcpy(raw + strlen(PATH), data, size);
    memset(&request, 0, sizeof request);
    if (request_parse_target(raw, &request, &fault) && request.segment_count == 3) {
        read_address(&request);
    }
    free(raw);
    return 0;
}
