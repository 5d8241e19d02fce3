/* Messages between front and worker, and what a hostile worker may send. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "geo/base/fault.h"
#include "render/service/worker/message.h"
#include "tests/support/runner.h"

static int pair[2];
static struct message_reader receiver;

static void open_pair(void)
{
    message_reader_init(&receiver);
    ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
}

static void close_pair(void)
{
    close(pair[0]);
    close(pair[1]);
    message_reader_finish(&receiver);
}

static struct message message_of(const char *header, const char *payload, size_t length)
{
    return (struct message){(char *)(uintptr_t)header, strlen(header), (char *)(uintptr_t)payload, length};
}

START_TEST(a_message_arrives_as_it_was_sent)
{
    struct message sent = message_of("{\"a\":1}", "by\0tes", 6);
    struct message got = {0};
    ck_assert(message_send(pair[0], &sent, NULL));
    ck_assert(message_receive(&receiver, pair[1], &got, NULL));
    ck_assert_str_eq(got.header, sent.header);
    ck_assert_uint_eq(got.payload_length, 6);
    ck_assert_mem_eq(got.payload, "by\0tes", 7);
    message_finish(&got);
}
END_TEST

START_TEST(empty_messages_are_messages)
{
    struct message sent = message_of("", "", 0);
    struct message got = {0};
    ck_assert(message_send(pair[0], &sent, NULL));
    ck_assert(message_receive(&receiver, pair[1], &got, NULL));
    ck_assert_str_eq(got.header, "");
    ck_assert_uint_eq(got.payload_length, 0);
    message_finish(&got);
}
END_TEST

/** The bytes of a message on the wire. Owned by the caller. */
static uint8_t *wire_of(const struct message *message, size_t *length)
{
    *length = MESSAGE_PREFIX_BYTES + message->header_length + message->payload_length;
    uint8_t *wire = malloc(*length);
    message_prefix(message, wire);
    memcpy(wire + MESSAGE_PREFIX_BYTES, message->header, message->header_length);
    memcpy(wire + MESSAGE_PREFIX_BYTES + message->header_length, message->payload, message->payload_length);
    return wire;
}

START_TEST(pieces_of_any_size_make_the_same_messages)
{
    struct message sent = message_of("{\"kind\":\"tile\"}", "0123456789", 10);
    size_t length;
    uint8_t *wire = wire_of(&sent, &length);
    for (size_t piece = 1; piece <= length; piece++) {
        struct message_reader reader;
        struct message got = {0};
        enum message_progress progress = MESSAGE_MORE;
        message_reader_init(&reader);
        for (size_t at = 0; at < length; at += piece) {
            size_t count = piece < length - at ? piece : length - at;
            ck_assert_int_eq(write(pair[0], wire + at, count), (ssize_t)count);
            int waiting = 1;
            while (progress == MESSAGE_MORE && waiting > 0) {
                char peeked;
                progress = message_reader_read(&reader, pair[1], &got);
                waiting = (int)recv(pair[1], &peeked, 1, MSG_PEEK | MSG_DONTWAIT);
            }
        }
        ck_assert_int_eq(progress, MESSAGE_WHOLE);
        ck_assert_str_eq(got.header, sent.header);
        ck_assert_mem_eq(got.payload, sent.payload, 10);
        message_finish(&got);
        message_reader_finish(&reader);
    }
    free(wire);
}
END_TEST

START_TEST(what_is_read_ahead_is_part_of_the_next_messages)
{
    struct message first = message_of("1", "one", 3);
    struct message second = message_of("2", "", 0);
    struct message third = message_of("3", "three", 5);
    struct message got = {0};
    ck_assert(message_send(pair[0], &first, NULL));
    ck_assert(message_send(pair[0], &second, NULL));
    ck_assert(message_send(pair[0], &third, NULL));
    for (const char *header = "123"; *header; header++) {
        ck_assert_int_eq(message_reader_has_more(&receiver), header[0] != '1');
        ck_assert(message_receive(&receiver, pair[1], &got, NULL));
        ck_assert_int_eq(got.header[0], header[0]);
        message_finish(&got);
    }
    ck_assert(!message_reader_has_more(&receiver));
}
END_TEST

START_TEST(a_message_that_ends_too_early_is_none)
{
    struct message sent = message_of("0 ", "0123456789", 10);
    size_t length;
    uint8_t *wire = wire_of(&sent, &length);
    for (size_t kept = 0; kept < length; kept++) {
        int ends[2];
        struct message_reader reader;
        struct message got = {0};
        ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
        ck_assert_int_eq(write(ends[0], wire, kept), (ssize_t)kept);
        close(ends[0]);
        message_reader_init(&reader);
        ck_assert(!message_receive(&reader, ends[1], &got, NULL));
        message_reader_finish(&reader);
        close(ends[1]);
    }
    free(wire);
}
END_TEST

START_TEST(a_length_alone_costs_no_memory)
{
    struct message_reader reader;
    struct message got = {0};
    const struct message said = {.header_length = 2, .payload_length = MESSAGE_PAYLOAD_MAX_BYTES};
    uint8_t prefix[MESSAGE_PREFIX_BYTES];
    message_prefix(&said, prefix);
    message_reader_init(&reader);
    ck_assert_int_eq(write(pair[0], prefix, sizeof(prefix)), (ssize_t)sizeof(prefix));
    ck_assert_int_eq(message_reader_read(&reader, pair[1], &got), MESSAGE_MORE);
    ck_assert_uint_le(reader.payload_room, 1u << 20);
    message_reader_finish(&reader);
}
END_TEST

static void *send_in_thread(void *message)
{
    return message_send(pair[0], message, NULL) ? message : NULL;
}

START_TEST(payloads_around_the_room_for_them_arrive)
{
    for (int past = -1; past <= 1; past++) {
        size_t length = (size_t)((2 << 20) + past);
        char *bytes = malloc(length);
        for (size_t i = 0; i < length; i++) {
            bytes[i] = (char)(i * 7 >> 3);
        }
        struct message sent = message_of("{}", bytes, length);
        struct message got = {0};
        pthread_t thread;
        ck_assert_int_eq(pthread_create(&thread, NULL, send_in_thread, &sent), 0);
        ck_assert(message_receive(&receiver, pair[1], &got, NULL));
        pthread_join(thread, NULL);
        ck_assert_uint_eq(got.payload_length, length);
        ck_assert_mem_eq(got.payload, bytes, length);
        ck_assert_int_eq(got.payload[length], 0);
        message_finish(&got);
        free(bytes);
    }
}
END_TEST

static enum message_progress progress_of(const void *bytes, size_t length)
{
    struct message_reader reader;
    struct message got = {0};
    message_reader_init(&reader);
    ck_assert_int_eq(write(pair[0], bytes, length), (ssize_t)length);
    enum message_progress progress = message_reader_read(&reader, pair[1], &got);
    message_finish(&got);
    message_reader_finish(&reader);
    return progress;
}

/* What the one who sent 12 bytes sees when the other side reads so many of them and is gone. */
static enum message_progress seen_after(size_t read_count)
{
    int ends[2];
    char bytes[12] = {0};
    struct message_reader reader;
    struct message got = {0};
    ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    ck_assert_int_eq(write(ends[0], bytes, sizeof(bytes)), (ssize_t)sizeof(bytes));
    ck_assert_int_eq(read_count > 0 ? read(ends[1], bytes, read_count) : 0, (ssize_t)read_count);
    close(ends[1]);
    message_reader_init(&reader);
    enum message_progress progress = message_reader_read(&reader, ends[0], &got);
    message_reader_finish(&reader);
    close(ends[0]);
    return progress;
}

START_TEST(who_is_gone_had_read_all_or_had_not)
{
    ck_assert_int_eq(seen_after(12), MESSAGE_CLOSED);
    ck_assert_int_eq(seen_after(11), MESSAGE_ABANDONED);
    ck_assert_int_eq(seen_after(0), MESSAGE_ABANDONED);
}
END_TEST

START_TEST(a_wrong_first_word_is_broken)
{
    ck_assert_int_eq(progress_of("HTTP/1.1 200", 12), MESSAGE_BROKEN);
}
END_TEST

START_TEST(lengths_beyond_their_ceilings_are_broken)
{
    ck_assert_int_eq(progress_of("PTM1\x01\x00\x10\x00\x00\x00\x00\x00", 12), MESSAGE_BROKEN);
    ck_assert_int_eq(progress_of("PTM1\x00\x00\x00\x00\x01\x00\x00\x20", 12), MESSAGE_BROKEN);
    ck_assert_int_eq(progress_of("PTM1\xff\xff\xff\xff\xff\xff\xff\xff", 12), MESSAGE_BROKEN);
}
END_TEST

START_TEST(a_message_too_long_is_not_sent)
{
    struct fault fault;
    struct message sent = {.header_length = MESSAGE_HEADER_MAX_BYTES + 1};
    ck_assert(!message_send(pair[0], &sent, &fault));
    ck_assert_int_eq(fault.code, FAULT_LIMIT);
}
END_TEST

START_TEST(the_end_of_the_other_side_is_a_fault)
{
    struct fault fault;
    struct message got = {0};
    ck_assert_int_eq(write(pair[0], "PTM1", 4), 4);
    shutdown(pair[0], SHUT_WR);
    ck_assert(!message_receive(&receiver, pair[1], &got, &fault));
    ck_assert_int_eq(fault.code, FAULT_UNAVAILABLE);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("message");
    TCase *tests = tcase_create("message");
    tcase_add_checked_fixture(tests, open_pair, close_pair);
    tcase_add_test(tests, a_message_arrives_as_it_was_sent);
    tcase_add_test(tests, who_is_gone_had_read_all_or_had_not);
    tcase_add_test(tests, empty_messages_are_messages);
    tcase_add_test(tests, pieces_of_any_size_make_the_same_messages);
    tcase_add_test(tests, what_is_read_ahead_is_part_of_the_next_messages);
    tcase_add_test(tests, a_message_that_ends_too_early_is_none);
    tcase_add_test(tests, a_length_alone_costs_no_memory);
    tcase_add_test(tests, payloads_around_the_room_for_them_arrive);
    tcase_add_test(tests, a_wrong_first_word_is_broken);
    tcase_add_test(tests, lengths_beyond_their_ceilings_are_broken);
    tcase_add_test(tests, a_message_too_long_is_not_sent);
    tcase_add_test(tests, the_end_of_the_other_side_is_a_fault);
    suite_add_tcase(suite, tests);
    return suite;
}
