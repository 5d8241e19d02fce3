/* Messages as they come out of a socket. */
#include "tests/fuzz/fuzz.h"

#include <sys/socket.h>

#include "render/service/worker/message.h"

#define PIPE_MOST_BYTES 65536

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    int sockets[2];
    struct message_reader reader;
    struct message message = {0};
    enum message_progress progress;
    if (size > PIPE_MOST_BYTES || socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, sockets) != 0) {
        return 0;
    }
    ssize_t sent = size > 0 ? write(sockets[0], data, size) : 0;
    assert(sent == (ssize_t)size);
    close(sockets[0]);
    message_reader_init(&reader);
    do {
        progress = message_reader_read(&reader, sockets[1], &message);
        if (progress == MESSAGE_WHOLE) {
            assert(message.header[message.header_length] == '\0');
            message_finish(&message);
        }
    } while (progress == MESSAGE_WHOLE);
    message_reader_finish(&reader);
    close(sockets[1]);
    return 0;
}
