/*
 * running_service.h - the real program, started on a free port with a small configuration, and raw sockets to
 * it.
 */
#ifndef TESTS_SERVICE_RUNNING_SERVICE_H
#define TESTS_SERVICE_RUNNING_SERVICE_H

#include <arpa/inet.h>
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "geo/base/moment.h"
#include "tests/support/runner.h"

struct running_service {
    pid_t pid;
    int port;
    char folder[200];
    char log_path[260];
};

static inline void pause_ms(int64_t time_ms)
{
    nanosleep(&(struct timespec){time_ms / 1000, time_ms % 1000 * 1000000}, NULL);
}

static inline void write_text(const char *folder, const char *name, const char *text)
{
    char path[700];
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    fclose(file);
}

/** Makes the folder with a map of one empty plot. settings: what stands in the braces of "service". */
static inline struct running_service service_prepare(const char *settings)
{
    static int number;
    char text[2000];
    struct running_service service = {0};
    snprintf(service.folder, sizeof(service.folder), "%s/service-%d-%d", test_folder(), (int)getpid(),
             number++);
    snprintf(service.log_path, sizeof(service.log_path), "%s/log", service.folder);
    ck_assert_int_eq(mkdir(service.folder, 0700), 0);
    write_text(service.folder, "catalogue.yaml", "layers: []\n");
    write_text(service.folder, "maps.yaml",
               "maps:\n"
               "  - id: situation\n"
               "    title: Situatie\n"
               "    extent: [4.4, 51.6, 4.8, 51.8]\n"
               "    items: [{plot: exercise}]\n");
    snprintf(text, sizeof(text),
             "store: plots.gpkg\ncatalogue: catalogue.yaml\nmaps: maps.yaml\n"
             "plots: [{name: exercise, title: Oefening}]\n"
             "service: {port: 0, log: plain, writers: open, workers: 2%s%s}\n",
             *settings ? ", " : "", settings);
    write_text(service.folder, "plottafel.yaml", text);
    return service;
}

static inline char *service_log(const struct running_service *service)
{
    static char text[200000];
    FILE *file = fopen(service->log_path, "r");
    size_t length = file ? fread(text, 1, sizeof(text) - 1, file) : 0;
    text[length] = '\0';
    if (file) {
        fclose(file);
    }
    return text;
}

static inline void service_start(struct running_service *service)
{
    const char *program = getenv("PLOTTAFEL_PROGRAM");
    char config[300];
    ck_assert_ptr_nonnull(program);
    snprintf(config, sizeof(config), "%s/plottafel.yaml", service->folder);
    unlink(service->log_path);
    service->pid = fork();
    if (service->pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL); /* a test that fails does not stop it */
        int log = open(service->log_path, O_WRONLY | O_CREAT | O_APPEND, 0600);
        dup2(log, STDERR_FILENO);
        execl(program, program, "serve", "--config", config, (char *)NULL);
        _exit(127);
    }
    service->port = 0;
    int64_t until_ms = monotonic_now_ms() + 20000;
    while (service->port == 0 && monotonic_now_ms() < until_ms) {
        const char *found = strstr(service_log(service), "listening on http://127.0.0.1:");
        service->port = found ? (int)strtol(found + 30, NULL, 10) : 0;
        pause_ms(5);
    }
    ck_assert_msg(service->port > 0, "%s", service_log(service));
}

/** Waits for the end of the process; its exit status, or -1 after the time. */
static inline int service_wait(struct running_service *service, int64_t time_ms)
{
    int status = 0;
    int64_t until_ms = monotonic_now_ms() + time_ms;
    while (monotonic_now_ms() < until_ms) {
        if (waitpid(service->pid, &status, WNOHANG) == service->pid) {
            service->pid = 0;
            return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
        }
        pause_ms(5);
    }
    return -1;
}

static inline void service_stop(struct running_service *service)
{
    if (service->pid > 0) {
        kill(service->pid, SIGTERM);
        if (service_wait(service, 12000) < 0) {
            kill(service->pid, SIGKILL);
            service_wait(service, 1000);
        }
    }
}

static inline int service_connect(const struct running_service *service)
{
    int client = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)service->port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ck_assert_int_ge(client, 0);
    if (connect(client, (struct sockaddr *)&address, sizeof(address)) != 0) {
        close(client);
        return -1;
    }
    return client;
}

/** An answer may be so late on a busy machine; what must be refused in time the service says itself. */
#define FIRST_BYTE_MS 30000

/** Reads until the other side closes, or nothing more came for the time. */
static inline size_t read_all(int client, char *text, size_t capacity, int quiet_ms)
{
    size_t length = 0;
    struct pollfd wait = {client, POLLIN, 0};
    while (length + 1 < capacity && poll(&wait, 1, length == 0 ? FIRST_BYTE_MS : quiet_ms) > 0) {
        ssize_t count = recv(client, text + length, capacity - length - 1, 0);
        if (count <= 0) {
            break;
        }
        length += (size_t)count;
    }
    text[length] = '\0';
    return length;
}

/** Sends bytes on a new connection and gives all that comes back. Borrowed until the next call. */
static inline const char *service_raw(const struct running_service *service, const char *bytes, size_t length)
{
    static char text[400000];
    int client = service_connect(service);
    ck_assert_int_ge(client, 0);
    size_t sent = 0;
    while (sent < length) {
        ssize_t count = send(client, bytes + sent, length - sent, MSG_NOSIGNAL);
        if (count <= 0) {
            break;
        }
        sent += (size_t)count;
    }
    read_all(client, text, sizeof(text), 3000);
    close(client);
    return text;
}

/** "GET /path" and the headers, closed after the answer. */
static inline const char *service_ask(const struct running_service *service, const char *line,
                                      const char *headers, const char *body)
{
    static char request[200000];
    int length =
        snprintf(request, sizeof(request), "%s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n%s\r\n%s",
                 line, headers, body);
    return service_raw(service, request, (size_t)length);
}

static inline int status_of(const char *answer)
{
    return strncmp(answer, "HTTP/1.1 ", 9) == 0 ? (int)strtol(answer + 9, NULL, 10) : 0;
}

static inline int service_status(const struct running_service *service, const char *line)
{
    return status_of(service_ask(service, line, "", ""));
}

static inline void service_wait_ready(const struct running_service *service)
{
    int64_t until_ms = monotonic_now_ms() + 20000;
    while (service_status(service, "GET /readyz") != 200 && monotonic_now_ms() < until_ms) {
        pause_ms(20);
    }
    ck_assert_int_eq(service_status(service, "GET /readyz"), 200);
}

/** The value of a header of an answer; "" when it is not there. Borrowed until the next call. */
static inline const char *header_of(const char *answer, const char *name)
{
    static char value[1000];
    char start[100];
    snprintf(start, sizeof(start), "\r\n%s: ", name);
    const char *found = strcasestr(answer, start);
    value[0] = '\0';
    if (found) {
        found += strlen(start);
        snprintf(value, sizeof(value), "%.*s", (int)strcspn(found, "\r"), found);
    }
    return value;
}

#endif
