/*
 * message.h - what travels between the front and a worker: a header and some bytes.
 *
 * On the wire: "PTM1", header length and payload length as 32-bit little endian numbers, header, payload.
 * Neither side trusts the other: lengths have ceilings, and a wrong first word ends the connection.
 */
#ifndef RENDER_SERVICE_MESSAGE_H
#define RENDER_SERVICE_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct fault;

#define MESSAGE_HEADER_MAX_BYTES (1u << 20)
#define MESSAGE_PAYLOAD_MAX_BYTES (512u << 20)
#define MESSAGE_PREFIX_BYTES 12
#define MESSAGE_AHEAD_BYTES 8192 /* most orders and many results are no longer */

struct message {
    char *header; /* owned, NUL behind it */
    size_t header_length;
    char *payload; /* owned, NUL behind it */
    size_t payload_length;
};
void message_finish(struct message *message);

/** Puts messages together from pieces as they come. */
struct message_reader {
    uint8_t ahead[MESSAGE_AHEAD_BYTES]; /* read with one call, and not yet part of the message */
    size_t ahead_first;
    size_t ahead_end;
    uint8_t prefix[MESSAGE_PREFIX_BYTES];
    size_t received;     /* of prefix, then header, then payload */
    size_t payload_room; /* it grows as bytes come: their number is only said */
    struct message message;
};

enum message_progress {
    MESSAGE_MORE,
    MESSAGE_WHOLE,
    MESSAGE_CLOSED,    /* the other side is gone; it had read all that was sent to it */
    MESSAGE_ABANDONED, /* the same, but it had not */
    MESSAGE_BROKEN
};

void message_reader_init(struct message_reader *reader);
void message_reader_finish(struct message_reader *reader);

/** Reads what is there. WHOLE: the message is the caller's, and the reader is ready for the next one, of
 * which it may have read some already: it is asked until it says MORE. */
enum message_progress message_reader_read(struct message_reader *reader, int socket, struct message *message);

/** Is a part of the next message with the reader, so that its socket may never tell of it? */
bool message_reader_has_more(const struct message_reader *reader);

/** Blocking, whole or not at all; for the worker's side. False when the other side is gone. */
bool message_send(int socket, const struct message *message, struct fault *fault);
bool message_receive(struct message_reader *reader, int socket, struct message *message, struct fault *fault);

/** The first 12 bytes of a message. */
void message_prefix(const struct message *message, uint8_t prefix[static MESSAGE_PREFIX_BYTES]);

#endif
