/*
 * log.h - lines for operators.
 *
 * On a terminal a line is a sentence; in the service it is one JSON object with
 * ECS names (@timestamp, log.level, event.action, message). Text from outside is
 * escaped, cut at 2,000 bytes and never starts a new line. Of one event at most
 * 20 lines a second are written, unless the limit is lifted; the number left out
 * follows in the next.
 * This is one of the two mutable globals (the other is the stop flag).
 */
#ifndef GEO_BASE_LOG_H
#define GEO_BASE_LOG_H

enum log_format { LOG_PLAIN, LOG_JSON };
enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARNING, LOG_ERROR };

/**
 * Chooses the format and the least level that is written. Call it once, before threads start. Default: plain,
 * info.
 */
void log_open(enum log_format format, enum log_level least);

/** From now on every line is written: for a command that says once all that it did. */
void log_lift_limit(void);

/**
 * Writes one line to stderr. Safe from many threads.
 * @param event stable dotted name such as "worker.started"
 */
void log_write(enum log_level level, const char *event, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
