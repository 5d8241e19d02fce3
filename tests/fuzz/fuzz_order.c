/* Headers between front and worker, whichever of the two is hostile: 'o' and an order, 'r' and a result. */
#include "tests/fuzz/fuzz.h"

#include "geo/base/buffer.h"
#include "render/service/worker/order.h"

#define HEADER_MOST_BYTES (4u << 20)

static void read_order(const char *header, size_t length)
{
    struct order order;
    struct order again;
    struct fault fault;
    struct buffer text;
    if (!order_read(header, length, &order, &fault)) {
        return;
    }
    buffer_init(&text, HEADER_MOST_BYTES);
    order_write(&order, &text);
    bool is_good = order_read(text.bytes, text.length, &again, &fault);
    assert(is_good);
    char *key = order_key(&order);
    char *key_again = order_key(&again);
    assert(strcmp(key, key_again) == 0);
    free(key);
    free(key_again);
    order_finish(&again);
    order_finish(&order);
    buffer_finish(&text);
}

static void read_result(const char *header, size_t length)
{
    struct fault fault;
    struct buffer text;
    struct order_result *result = order_result_new();
    if (order_result_read(header, length, result, &fault)) {
        buffer_init(&text, HEADER_MOST_BYTES);
        order_result_write(result, &text);
        buffer_finish(&text);
    }
    order_result_unref(result);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = size > 0 ? fuzz_text(data + 1, size - 1) : NULL;
    if (text && data[0] == 'r') {
        read_result(text, size - 1);
    } else if (text) {
        read_order(text, size - 1);
    }
    free(text);
    return 0;
}
