/*
 * fake_worker.c - a worker that does as its orders say, to test the pool:
 *
 *     fake_worker FILE
 *
 * It speaks the real messages. The code of a SYMBOL order (or the title of a BRIEFING, for long work) is what
 * to do: "say TEXT", "sleep MS", "sleep MS and crash once", "notes COUNT", "refuse", "crash", "crash once",
 * "garbage", "progress". Each order that it begins adds a line to FILE, so that a test can count runs.
 *
 * A TILE or STALE order, or one for a map, does as the name of its map says: "make MS MS" takes the first
 * time the first while, later the second, so that a test can count districts made; each map is one district,
 * and two of them are kept. What it gives is the number of its process. Other names are carried out like
 * those above.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "render/service/worker/message.h"
#include "render/service/worker/order.h"
#include "render/service/worker/worker.h"

#define DISTRICTS_KEPT 2

/** The maps of the districts that it has made, the last one first. */
struct kept {
    char maps[DISTRICTS_KEPT][65];
};

static void write_line(const char *path, const char *line)
{
    FILE *file = fopen(path, "a");
    if (file) {
        fprintf(file, "%s\n", line);
        fclose(file);
    }
}

static bool has_line(const char *path, const char *line)
{
    char text[600];
    bool is_found = false;
    FILE *file = fopen(path, "r");
    while (file && fgets(text, sizeof(text), file)) {
        text[strcspn(text, "\n")] = '\0';
        is_found = is_found || strcmp(text, line) == 0;
    }
    if (file) {
        fclose(file);
    }
    return is_found;
}

static void send_text(const char *json, const char *payload)
{
    struct message message = {(char *)(uintptr_t)json, strlen(json), (char *)(uintptr_t)payload,
                              strlen(payload)};
    message_send(WORKER_SOCKET, &message, NULL);
}

static void send_and_unref(struct order_result *result, const char *payload)
{
    struct buffer fields;
    buffer_init(&fields, MESSAGE_HEADER_MAX_BYTES);
    order_result_write(result, &fields);
    send_text(fields.bytes, payload);
    buffer_finish(&fields);
    order_result_unref(result);
}

static void send_result_with(const char *payload, unsigned long notes)
{
    struct order_result *result = order_result_new();
    for (unsigned long i = 0; i < notes; i++) {
        char feature[32];
        snprintf(feature, sizeof(feature), "feature %lu", i);
        report_add(&result->report, REPORT_LABEL_UNPLACED, feature, "its label found no place");
    }
    result->district_count = DISTRICTS_KEPT;
    send_and_unref(result, payload);
}

static void send_result(const char *payload)
{
    send_result_with(payload, 0);
}

static void send_refusal(void)
{
    struct fault fault;
    fault_set(&fault, FAULT_LIMIT, "it is too large");
    send_and_unref(order_result_of_fault(&fault), "");
}

static void obey(const char *command, const char *log)
{
    bool was_there = has_line(log, command);
    write_line(log, command);
    if (strncmp(command, "sleep ", 6) == 0) {
        usleep((useconds_t)strtoul(command + 6, NULL, 10) * 1000);
        if (strstr(command, "and crash once") && !was_there) {
            abort();
        }
    } else if (strcmp(command, "crash") == 0 || (strncmp(command, "crash once", 10) == 0 && !was_there)) {
        abort();
    } else if (strcmp(command, "garbage") == 0) {
        send_text("{\"fault\":\"none\"}", "");
        return;
    } else if (strcmp(command, "shortened") == 0) {
        send_text("0 0: 9:image/png", "");
        return;
    } else if (strcmp(command, "progress") == 0) {
        send_text("{\"progress\":0.25}", "");
        send_text("{\"progress\":0.75}", "");
    } else if (strncmp(command, "notes ", 6) == 0) {
        send_result_with(command, strtoul(command + 6, NULL, 10));
        return;
    } else if (strncmp(command, "refuse", 6) == 0) {
        send_refusal();
        return;
    }
    send_result(command);
}

static bool has_made(const struct kept *kept, const char *map)
{
    bool is_found = false;
    for (int i = 0; i < DISTRICTS_KEPT; i++) {
        is_found = is_found || strcmp(kept->maps[i], map) == 0;
    }
    return is_found;
}

static void draw_tile(struct kept *kept, const char *map, const char *log)
{
    char process[32];
    char *end;
    if (strncmp(map, "make ", 5) != 0) {
        obey(map, log);
        return;
    }
    useconds_t making_ms = (useconds_t)strtoul(map + 5, &end, 10);
    useconds_t drawing_ms = (useconds_t)strtoul(end, NULL, 10);
    if (has_made(kept, map)) {
        usleep(drawing_ms * 1000);
    } else {
        write_line(log, map);
        memmove(kept->maps + 1, kept->maps, sizeof(kept->maps) - sizeof(*kept->maps));
        snprintf(kept->maps[0], sizeof(kept->maps[0]), "%s", map);
        usleep(making_ms * 1000);
    }
    snprintf(process, sizeof(process), "%d", (int)getpid());
    send_result(process);
}

int main(int argument_count, char **arguments)
{
    struct message message;
    struct message_reader reader;
    struct kept kept = {0};
    message_reader_init(&reader);
    if (argument_count != 2) {
        return EXIT_FAILURE;
    }
    if (strcmp(arguments[1], "stillborn") == 0) {
        return EXIT_FAILURE;
    }
    while (message_receive(&reader, WORKER_SOCKET, &message, NULL)) {
        struct order order;
        struct fault fault;
        if (!order_read(message.header, message.header_length, &order, &fault)) {
            return EXIT_FAILURE;
        }
        if (order.kind == ORDER_PING) {
            send_result("pong");
        } else if (order.kind == ORDER_TILE || order.kind == ORDER_STALE || order_is_map(&order)) {
            draw_tile(&kept, order.view.map, arguments[1]);
        } else {
            obey(order.kind == ORDER_BRIEFING ? order.briefing.title : order.symbol.code, arguments[1]);
        }
        message_finish(&message);
    }
    return EXIT_SUCCESS;
}
