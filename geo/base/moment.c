/*
 * moment.c - civil dates counted in days from 1970-01-01 in the proleptic Gregorian calendar; years
 * are taken to begin in March, so that the leap day is the last of its year.
 */
#include "geo/base/moment.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "geo/base/fault.h"

#define MS_PER_S INT64_C(1000)
#define MS_PER_MINUTE (60 * MS_PER_S)
#define MS_PER_HOUR (60 * MS_PER_MINUTE)
#define MS_PER_DAY (24 * MS_PER_HOUR)
#define FIRST_MS (days_from_civil(0, 1, 1) * MS_PER_DAY)
#define LAST_MS (days_from_civil(10000, 1, 1) * MS_PER_DAY - 1)

struct civil {
    int year;
    int month; /* 1 … 12 */
    int day;   /* 1 … 31 */
    int hour;
    int minute;
    int second;
    int millisecond;
};

static int64_t floor_divide(int64_t a, int64_t b)
{
    return a / b - (a % b < 0 ? 1 : 0);
}

static int64_t days_from_civil(int year, int month, int day)
{
    int64_t march_year = month > 2 ? year : year - 1;
    int64_t march_month = (month + 9) % 12;
    int64_t day_of_year = (153 * march_month + 2) / 5 + day - 1;
    int64_t leap_days =
        floor_divide(march_year, 4) - floor_divide(march_year, 100) + floor_divide(march_year, 400);
    return march_year * 365 + leap_days + day_of_year - 719468; /* 1970-01-01 in days after 0000-03-01 */
}

static bool is_leap_year(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_of_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap_year(year) ? 29 : days[month - 1];
}

static struct civil civil_from_ms(int64_t moment_ms)
{
    int64_t days = floor_divide(moment_ms, MS_PER_DAY);
    int64_t rest = moment_ms - days * MS_PER_DAY;
    int year = (int)(1970 + floor_divide(days * 400, 146097)); /* right, or one too late */
    while (days_from_civil(year, 1, 1) > days) {
        year--;
    }
    while (days_from_civil(year + 1, 1, 1) <= days) {
        year++;
    }
    int month = 1;
    while (month < 12 && days_from_civil(year, month + 1, 1) <= days) {
        month++;
    }
    return (struct civil){
        .year = year,
        .month = month,
        .day = (int)(days - days_from_civil(year, month, 1)) + 1,
        .hour = (int)(rest / MS_PER_HOUR),
        .minute = (int)(rest / MS_PER_MINUTE % 60),
        .second = (int)(rest / MS_PER_S % 60),
        .millisecond = (int)(rest % MS_PER_S),
    };
}

/* Reads count digits, then the mark behind them; -1 when they are not there. */
static int read_digits(const char **place, int count)
{
    int number = 0;
    for (int i = 0; i < count; i++, (*place)++) {
        if (**place < '0' || **place > '9') {
            return -1;
        }
        number = number * 10 + (**place - '0');
    }
    return number;
}

static bool skip(const char **place, const char *marks)
{
    if (**place == '\0' || !strchr(marks, **place)) {
        return false;
    }
    (*place)++;
    return true;
}

static bool read_date(const char **place, struct civil *civil)
{
    civil->year = read_digits(place, 4);
    if (civil->year < 0 || !skip(place, "-")) {
        return false;
    }
    civil->month = read_digits(place, 2);
    if (civil->month < 1 || civil->month > 12 || !skip(place, "-")) {
        return false;
    }
    civil->day = read_digits(place, 2);
    return civil->day >= 1 && civil->day <= days_of_month(civil->year, civil->month);
}

static bool read_fraction(const char **place, struct civil *civil)
{
    if (!skip(place, ".")) {
        return true;
    }
    if (**place < '0' || **place > '9') {
        return false;
    }
    for (int weight = 100; **place >= '0' && **place <= '9'; (*place)++, weight /= 10) {
        civil->millisecond += (**place - '0') * weight;
    }
    return true;
}

static bool read_time(const char **place, struct civil *civil)
{
    civil->hour = read_digits(place, 2);
    if (civil->hour < 0 || civil->hour > 23 || !skip(place, ":")) {
        return false;
    }
    civil->minute = read_digits(place, 2);
    if (civil->minute < 0 || civil->minute > 59 || !skip(place, ":")) {
        return false;
    }
    civil->second = read_digits(place, 2);
    /* 60 is a leap second, which Unix time gives to the next minute. */
    return civil->second >= 0 && civil->second <= 60 && read_fraction(place, civil);
}

static bool read_offset(const char **place, int64_t *offset_ms)
{
    *offset_ms = 0;
    if (skip(place, "Zz")) {
        return true;
    }
    int sign = **place == '-' ? -1 : 1;
    if (!skip(place, "+-")) {
        return false;
    }
    int hours = read_digits(place, 2);
    if (hours < 0 || hours > 23 || !skip(place, ":")) {
        return false;
    }
    int minutes = read_digits(place, 2);
    *offset_ms = sign * (hours * MS_PER_HOUR + minutes * MS_PER_MINUTE);
    return minutes >= 0 && minutes <= 59;
}

static bool read_moment(const char *text, struct civil *civil, int64_t *offset_ms)
{
    const char *place = text;
    *offset_ms = 0;
    if (!read_date(&place, civil)) {
        return false;
    }
    if (*place == '\0') {
        return true;
    }
    return skip(&place, "Tt ") && read_time(&place, civil) && read_offset(&place, offset_ms) &&
           *place == '\0';
}

bool moment_parse(const char *text, int64_t *moment_ms, struct fault *fault)
{
    struct civil civil = {0};
    int64_t offset_ms = 0;
    if (!read_moment(text, &civil, &offset_ms)) {
        fault_set(fault, FAULT_INPUT, "'%.60s' is no time such as 2026-09-15T10:30:00Z", text);
        return false;
    }
    *moment_ms = days_from_civil(civil.year, civil.month, civil.day) * MS_PER_DAY + civil.hour * MS_PER_HOUR +
                 civil.minute * MS_PER_MINUTE + civil.second * MS_PER_S + civil.millisecond - offset_ms;
    return true;
}

/* Writes what has no date: true when the moment is one of the two ends of time. */
static bool format_end(int64_t moment_ms, char text[static 32])
{
    text[0] = '\0';
    if (moment_ms == MOMENT_FOREVER) {
        snprintf(text, 32, "..");
    }
    return moment_ms == MOMENT_NONE || moment_ms == MOMENT_FOREVER;
}

static int64_t clamp(int64_t moment_ms)
{
    return moment_ms < FIRST_MS ? FIRST_MS : moment_ms > LAST_MS ? LAST_MS : moment_ms;
}

/* Digits by hand: the compiler cannot know that a year has four. */
static char *put_digits(char *place, int number, int count)
{
    for (int i = count - 1; i >= 0; i--, number /= 10) {
        place[i] = (char)('0' + number % 10);
    }
    return place + count;
}

char *moment_format(int64_t moment_ms, char text[static 32])
{
    if (format_end(moment_ms, text)) {
        return text;
    }
    struct civil civil = civil_from_ms(clamp(moment_ms));
    const int numbers[] = {civil.year, civil.month, civil.day, civil.hour, civil.minute, civil.second};
    static const char marks[] = "--T::";
    char *place = text;
    for (int i = 0; i < 6; i++) {
        place = put_digits(place, numbers[i], i == 0 ? 4 : 2);
        if (i < 5) {
            *place++ = marks[i];
        }
    }
    if (civil.millisecond > 0) {
        *place++ = '.';
        place = put_digits(place, civil.millisecond, 3);
    }
    *place++ = 'Z';
    *place = '\0';
    return text;
}

/* 01:00 UTC on the last Sunday of a month, when clocks in the Union change. */
static int64_t last_sunday_ms(int year, int month)
{
    int64_t last_day = days_from_civil(year, month, days_of_month(year, month));
    int64_t days_after_sunday = ((last_day + 4) % 7 + 7) % 7; /* 1970-01-01 was a Thursday */
    return (last_day - days_after_sunday) * MS_PER_DAY + MS_PER_HOUR;
}

static bool is_summer_time(int64_t moment_ms)
{
    int year = civil_from_ms(moment_ms).year;
    return moment_ms >= last_sunday_ms(year, 3) && moment_ms < last_sunday_ms(year, 10);
}

int64_t moment_local_offset_ms(int64_t moment_ms)
{
    return (is_summer_time(clamp(moment_ms)) ? 2 : 1) * MS_PER_HOUR;
}

char *moment_format_local(int64_t moment_ms, char text[static 32])
{
    if (format_end(moment_ms, text)) {
        return text;
    }
    moment_ms = clamp(moment_ms);
    bool is_summer = is_summer_time(moment_ms);
    struct civil civil = civil_from_ms(clamp(moment_ms + moment_local_offset_ms(moment_ms)));
    const int numbers[] = {civil.day, civil.month, civil.year, civil.hour, civil.minute};
    static const char marks[] = "-- : ";
    char *place = text;
    for (int i = 0; i < 5; i++) {
        place = put_digits(place, numbers[i], i == 2 ? 4 : 2);
        *place++ = marks[i];
    }
    snprintf(place, 8, "%s", is_summer ? "CEST" : "CET");
    return text;
}

static int64_t read_clock_us(clockid_t clock)
{
    struct timespec now;
    int status = clock_gettime(clock, &now);
    assert(status == 0);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int64_t moment_now_ms(void)
{
    return read_clock_us(CLOCK_REALTIME) / 1000;
}

int64_t monotonic_now_ms(void)
{
    return monotonic_now_us() / 1000;
}

int64_t monotonic_now_us(void)
{
    return read_clock_us(CLOCK_MONOTONIC);
}
