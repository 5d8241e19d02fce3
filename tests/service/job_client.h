/*
 * job_client.h - briefings asked for as jobs of the real service, followed and fetched.
 */
#ifndef TESTS_SERVICE_JOB_CLIENT_H
#define TESTS_SERVICE_JOB_CLIENT_H

#include <jansson.h>

#include "tests/service/running_service.h"

#define EXECUTE "POST /processes/briefing/execution"
#define JSON_TYPE "Content-Type: application/json\r\n"
#define CENTER "\"center\":[101000,411500],\"scale\":25000"

static struct running_service service;

/** Copied: the next question may be asked. */
static inline char *ask(const char *line, const char *headers, const char *body)
{
    char all[600];
    snprintf(all, sizeof(all), "%s%sContent-Length: %zu\r\n", headers, *body ? JSON_TYPE : "", strlen(body));
    return strdup(service_ask(&service, line, all, body));
}

static inline json_t *body_of(const char *answer)
{
    const char *body = strstr(answer, "\r\n\r\n");
    json_error_t error;
    json_t *json = body ? json_loads(body + 4, 0, &error) : NULL;
    ck_assert_msg(json != NULL, "%s", answer);
    return json;
}

static inline const char *text_of(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    return text ? text : "";
}

static inline json_t *ask_json(const char *line, const char *body, int status)
{
    char *answer = ask(line, "", body);
    ck_assert_msg(status_of(answer) == status, "%s", answer);
    json_t *json = body_of(answer);
    free(answer);
    return json;
}

static inline void order(const char *inputs, char id[static 40])
{
    char body[1000];
    snprintf(body, sizeof(body), "{\"inputs\":{%s}}", inputs);
    char *answer = ask(EXECUTE, "Prefer: respond-async\r\n", body);
    ck_assert_msg(status_of(answer) == 201, "%s", answer);
    json_t *job = body_of(answer);
    snprintf(id, 40, "%s", text_of(job, "jobID"));
    json_decref(job);
    free(answer);
}

static inline json_t *status(const char *id)
{
    char line[100];
    snprintf(line, sizeof(line), "GET /jobs/%s", id);
    return ask_json(line, "", 200);
}

/** Waits until the job has that status. The JSON is the caller's. */
static inline json_t *wait_until(const char *id, const char *wanted, int64_t time_ms)
{
    int64_t until_ms = monotonic_now_ms() + time_ms;
    json_t *job = status(id);
    while (strcmp(text_of(job, "status"), wanted) != 0 && monotonic_now_ms() < until_ms) {
        json_decref(job);
        pause_ms(20);
        job = status(id);
    }
    ck_assert_msg(strcmp(text_of(job, "status"), wanted) == 0, "%s: %s", text_of(job, "status"),
                  text_of(job, "message"));
    return job;
}

static inline char *results(const char *id, int expected)
{
    char line[100];
    snprintf(line, sizeof(line), "GET /jobs/%s/results", id);
    char *answer = ask(line, "", "");
    ck_assert_msg(status_of(answer) == expected, "%s", answer);
    return answer;
}

/** The process ids of the workers, the newest last. */
static inline int list_workers(long pids[static 20])
{
    char call[160];
    int count = 0;
    snprintf(call, sizeof(call), "cat /proc/%d/task/*/children", (int)service.pid);
    FILE *file = popen(call, "r");
    while (file && count < 20 && fscanf(file, "%ld", &pids[count]) == 1) {
        count++;
    }
    if (file) {
        pclose(file);
    }
    return count;
}

/**
 * Orders a briefing that its worker never makes: it is stopped before. Which one gets it shows in the job,
 * that stays as it is. Returns the worker's process id.
 */
static inline long order_hanging(char id[static 40])
{
    long workers[20];
    service_wait_ready(&service);
    pause_ms(300); /* until the last is born, too */
    int count = list_workers(workers);
    for (int i = 0; i < count; i++) {
        ck_assert_int_eq(kill((pid_t)workers[i], SIGSTOP), 0);
        order("\"map\":\"situation\"," CENTER, id);
        json_t *job = NULL;
        for (int turn = 0; turn < 50 && (!job || strcmp(text_of(job, "status"), "successful") != 0); turn++) {
            json_decref(job);
            pause_ms(20);
            job = status(id);
        }
        bool hangs = strcmp(text_of(job, "status"), "running") == 0;
        json_decref(job);
        if (hangs) {
            return workers[i];
        }
        kill((pid_t)workers[i], SIGCONT);
    }
    ck_abort_msg("no worker hangs");
    return 0;
}

static inline char *document_of(const char *id, const char *how)
{
    char *answer = results(id, 200);
    ck_assert_str_eq(header_of(answer, "Plottafel-Briefing"), how);
    return answer;
}

#endif
