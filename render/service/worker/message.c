/*
 * message.c - the lengths in the prefix are believed only up to their ceilings, and memory for a payload is
 * asked for as it comes, in a way that may fail.
 */
#include "render/service/worker/message.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include "geo/base/fault.h"
#include "geo/base/memory.h"

#define FIRST_ROOM_BYTES (1u << 20) /* of a payload: most are smaller */

static const uint8_t magic[4] = {'P', 'T', 'M', '1'};

static void put_number(uint8_t *bytes, uint32_t number)
{
    for (int i = 0; i < 4; i++) {
        bytes[i] = (uint8_t)(number >> (8 * i));
    }
}

static uint32_t get_number(const uint8_t *bytes)
{
    return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

void message_finish(struct message *message)
{
    free(message->header);
    free(message->payload);
    *message = (struct message){0};
}

void message_prefix(const struct message *message, uint8_t prefix[static MESSAGE_PREFIX_BYTES])
{
    memcpy(prefix, magic, sizeof(magic));
    put_number(prefix + 4, (uint32_t)message->header_length);
    put_number(prefix + 8, (uint32_t)message->payload_length);
}

static bool is_too_long(size_t header_length, size_t payload_length)
{
    return header_length > MESSAGE_HEADER_MAX_BYTES || payload_length > MESSAGE_PAYLOAD_MAX_BYTES;
}

/** Takes what was sent off the front of the pieces. */
static void pass_over(struct msghdr *sending, size_t sent)
{
    while (sending->msg_iovlen > 0 && sent >= sending->msg_iov->iov_len) {
        sent -= sending->msg_iov->iov_len;
        sending->msg_iov++;
        sending->msg_iovlen--;
    }
    if (sending->msg_iovlen > 0) {
        sending->msg_iov->iov_base = (char *)sending->msg_iov->iov_base + sent;
        sending->msg_iov->iov_len -= sent;
    }
}

static bool send_all(int socket, struct msghdr *sending)
{
    while (sending->msg_iovlen > 0) {
        ssize_t sent = sendmsg(socket, sending, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) {
            continue;
        }
        if (sent < 0) {
            return false;
        }
        pass_over(sending, (size_t)sent);
    }
    return true;
}

bool message_send(int socket, const struct message *message, struct fault *fault)
{
    if (is_too_long(message->header_length, message->payload_length)) {
        fault_set(fault, FAULT_LIMIT, "a message of %zu and %zu bytes is too long", message->header_length,
                  message->payload_length);
        return false;
    }
    uint8_t prefix[MESSAGE_PREFIX_BYTES];
    message_prefix(message, prefix);
    /* In one piece: each piece would wake the other side. */
    struct iovec pieces[] = {{prefix, sizeof(prefix)},
                             {message->header, message->header_length},
                             {message->payload, message->payload_length}};
    struct msghdr sending = {.msg_iov = pieces, .msg_iovlen = 3};
    bool is_sent = send_all(socket, &sending);
    if (!is_sent) {
        fault_set(fault, FAULT_UNAVAILABLE, "the other side of the socket is gone: %s", strerror(errno));
    }
    return is_sent;
}

bool message_receive(struct message_reader *reader, int socket, struct message *message, struct fault *fault)
{
    enum message_progress progress = MESSAGE_MORE;
    while (progress == MESSAGE_MORE) {
        progress = message_reader_read(reader, socket, message);
    }
    if (progress != MESSAGE_WHOLE) {
        fault_set(fault, FAULT_UNAVAILABLE,
                  progress == MESSAGE_BROKEN ? "what came over the socket is no message"
                                             : "the other side of the socket is gone");
    }
    return progress == MESSAGE_WHOLE;
}

static void begin_message(struct message_reader *reader)
{
    reader->received = 0;
    reader->payload_room = 0;
    reader->message = (struct message){0};
}

void message_reader_init(struct message_reader *reader)
{
    reader->ahead_first = 0; /* what is read ahead is written before it is read */
    reader->ahead_end = 0;
    begin_message(reader);
}

void message_reader_finish(struct message_reader *reader)
{
    message_finish(&reader->message);
    message_reader_init(reader);
}

bool message_reader_has_more(const struct message_reader *reader)
{
    return reader->ahead_first < reader->ahead_end;
}

/** Room for more of the payload: twice as much each time, so that a length alone costs no memory. */
static bool make_room(struct message_reader *reader)
{
    struct message *message = &reader->message;
    size_t room = reader->payload_room > 0 ? 2 * reader->payload_room : FIRST_ROOM_BYTES;
    room = room < message->payload_length ? room : message->payload_length;
    char *payload = memory_try_resize(message->payload, room + 1, 1);
    if (!payload) {
        return false;
    }
    payload[room] = '\0';
    message->payload = payload;
    reader->payload_room = room;
    return true;
}

/** Is all room of the payload filled, and more to come? */
static bool needs_room(const struct message_reader *reader)
{
    const struct message *message = &reader->message;
    return reader->payload_room < message->payload_length &&
           reader->received == MESSAGE_PREFIX_BYTES + message->header_length + reader->payload_room;
}

/** The lengths are known: makes room. */
static bool begin_body(struct message_reader *reader)
{
    struct message *message = &reader->message;
    message->header_length = get_number(reader->prefix + 4);
    message->payload_length = get_number(reader->prefix + 8);
    if (memcmp(reader->prefix, magic, sizeof(magic)) != 0 ||
        is_too_long(message->header_length, message->payload_length)) {
        return false;
    }
    message->header = memory_try_new(message->header_length + 1, 1);
    return message->header && make_room(reader);
}

/** Where the next bytes go, and how many. */
static char *next_room(struct message_reader *reader, size_t *length)
{
    struct message *message = &reader->message;
    size_t received = reader->received;
    if (received < MESSAGE_PREFIX_BYTES) {
        *length = MESSAGE_PREFIX_BYTES - received;
        return (char *)reader->prefix + received;
    }
    received -= MESSAGE_PREFIX_BYTES;
    if (received < message->header_length) {
        *length = message->header_length - received;
        return message->header + received;
    }
    received -= message->header_length;
    *length = reader->payload_room - received;
    return message->payload + received;
}

static bool is_whole(const struct message_reader *reader)
{
    const struct message *message = &reader->message;
    return reader->received >= MESSAGE_PREFIX_BYTES &&
           reader->received == MESSAGE_PREFIX_BYTES + message->header_length + message->payload_length;
}

/** As recv(): what was read ahead; else what there is, and what does not belong here is read ahead. A large
 * piece goes to its place at once. */
static ssize_t take(struct message_reader *reader, int socket, int flags, char *bytes, size_t room)
{
    if (!message_reader_has_more(reader)) {
        if (room >= MESSAGE_AHEAD_BYTES) {
            return recv(socket, bytes, room, flags);
        }
        ssize_t received = recv(socket, reader->ahead, MESSAGE_AHEAD_BYTES, flags);
        if (received <= 0) {
            return received;
        }
        reader->ahead_first = 0;
        reader->ahead_end = (size_t)received;
    }
    size_t there = reader->ahead_end - reader->ahead_first;
    size_t count = room < there ? room : there;
    memcpy(bytes, reader->ahead + reader->ahead_first, count);
    reader->ahead_first += count;
    return (ssize_t)count;
}

/** Reads once: MORE when that was not all, and then *count is what was read, 0 when nothing was there. */
static enum message_progress read_piece(struct message_reader *reader, int socket, int flags, size_t *count)
{
    size_t room;
    char *bytes = next_room(reader, &room);
    ssize_t received = take(reader, socket, flags, bytes, room);
    *count = received > 0 ? (size_t)received : 0;
    if (received == 0) {
        return MESSAGE_CLOSED;
    }
    if (received < 0) {
        bool is_passing = errno == EINTR || errno == EAGAIN || errno == EWOULDBLOCK;
        return is_passing ? MESSAGE_MORE : MESSAGE_ABANDONED; /* ECONNRESET: unix(7) */
    }
    reader->received += *count;
    if (reader->received == MESSAGE_PREFIX_BYTES && !begin_body(reader)) {
        return MESSAGE_BROKEN;
    }
    if (needs_room(reader) && !make_room(reader)) {
        return MESSAGE_BROKEN;
    }
    return is_whole(reader) ? MESSAGE_WHOLE : MESSAGE_MORE;
}

enum message_progress message_reader_read(struct message_reader *reader, int socket, struct message *message)
{
    size_t count;
    enum message_progress progress = read_piece(reader, socket, 0, &count);
    while (progress == MESSAGE_MORE && count > 0) {
        progress = read_piece(reader, socket, MSG_DONTWAIT, &count);
    }
    if (progress == MESSAGE_WHOLE) {
        *message = reader->message;
        begin_message(reader);
    }
    return progress;
}
