/*
 * logo_draw.c - librsvg cannot be called back and takes 8 s for some SVGs of a few KB, so an SVG is drawn by
 * a child of this process, which has little time and memory. The picture comes back through a pipe.
 *
 * The time is that of computing, so that a briefing has its logo on a busy machine too, and is made again
 * there byte for byte. By the clock only a child that does nothing any more is given up.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "geo/base/fault.h"
#include "geo/base/moment.h"
#include "render/briefing/logo.h"
#include "render/canvas/image.h"
#include "render/encode/png.h"
#include "render/symbol/symbol_picture.h"

#define TIME_MOST_US 800000            /* of computing */
#define WAIT_MOST_MS 10000             /* by the clock */
#define MEMORY_MOST_BYTES (512l << 20) /* besides what the process has */
#define SIDE_MOST_DOTS 8192
#define TOO_MUCH "takes more than 0.8 s or 512 MB to draw, which a logo may not: simplify it, or give a PNG"

/** What the child says first; the picture's rows follow. */
struct drawn {
    int width; /* 0: it could not be drawn */
    int height;
    struct fault fault;
};

static bool write_all(int pipe, const void *bytes, size_t length)
{
    const char *at = bytes;
    while (length > 0) {
        ssize_t written = write(pipe, at, length);
        if (written < 0 && errno != EINTR) {
            return false;
        }
        at += written > 0 ? written : 0;
        length -= written > 0 ? (size_t)written : 0;
    }
    return true;
}

/** SIGPROF ends it, whatever the process has made of that signal. */
static void limit_time(void)
{
    struct itimerval most = {.it_value = {.tv_usec = TIME_MOST_US}};
    sigset_t none;
    sigemptyset(&none);
    signal(SIGPROF, SIG_DFL);
    sigprocmask(SIG_SETMASK, &none, NULL);
    setitimer(ITIMER_PROF, &most, NULL);
}

/** A sanitizer needs its address space to itself. */
static void limit_child(void)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    limit_time();
    struct rlimit no_core = {0, 0};
    setrlimit(RLIMIT_CORE, &no_core);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    struct rlimit limit;
    long pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    bool is_known = file && fscanf(file, "%ld", &pages) == 1 && getrlimit(RLIMIT_AS, &limit) == 0;
    if (file) {
        fclose(file);
    }
    rlim_t most = (rlim_t)(pages * sysconf(_SC_PAGESIZE) + MEMORY_MOST_BYTES);
    if (is_known && most < limit.rlim_cur) {
        limit.rlim_cur = most;
        setrlimit(RLIMIT_AS, &limit);
    }
#endif
}

/** The child's life. */
static void draw_and_tell(const struct logo *logo, int width_px, int pipe)
{
    limit_child();
    struct drawn drawn = {.width = 0};
    struct image *image = svg_render(logo->bytes, logo->length, width_px, &drawn.fault);
    if (image) {
        drawn.width = image->width;
        drawn.height = image->height;
    }
    bool is_told = write_all(pipe, &drawn, sizeof drawn);
    for (int y = 0; image && is_told && y < image->height; y++) {
        is_told = write_all(pipe, image->pixels + (size_t)y * (size_t)image->stride_px,
                            (size_t)image->width * sizeof image->pixels[0]);
    }
    _exit(is_told ? EXIT_SUCCESS : EXIT_FAILURE);
}

/** False when not all came until then: it took too long, or the child broke. */
static bool read_until(int pipe, void *bytes, size_t length, int64_t until_ms)
{
    char *at = bytes;
    while (length > 0) {
        int64_t left_ms = until_ms - monotonic_now_ms();
        struct pollfd wait = {.fd = pipe, .events = POLLIN};
        int ready = left_ms > 0 ? poll(&wait, 1, (int)left_ms) : 0;
        if (ready < 0 && errno == EINTR) {
            continue;
        }
        ssize_t count = ready > 0 ? read(pipe, at, length) : 0;
        if (count <= 0) {
            return false;
        }
        at += count;
        length -= (size_t)count;
    }
    return true;
}

static struct image *read_picture(int pipe, int64_t until_ms, struct fault *fault)
{
    struct drawn drawn;
    if (!read_until(pipe, &drawn, sizeof drawn, until_ms)) {
        fault_set(fault, FAULT_LIMIT, TOO_MUCH);
        return NULL;
    }
    if (drawn.width < 1 || drawn.height < 1 || drawn.width > SIDE_MOST_DOTS ||
        drawn.height > SIDE_MOST_DOTS) {
        *fault = drawn.fault;
        return NULL;
    }
    struct image *image = image_new(drawn.width, drawn.height, fault);
    for (int y = 0; image && y < image->height; y++) {
        if (!read_until(pipe, image->pixels + (size_t)y * (size_t)image->stride_px,
                        (size_t)image->width * sizeof image->pixels[0], until_ms)) {
            fault_set(fault, FAULT_LIMIT, TOO_MUCH);
            image_free(image);
            return NULL;
        }
    }
    return image;
}

/**
 * Did it break on the drawing? SIGPROF is the end of its time; GLib ends itself with SIGABRT or SIGTRAP when
 * it gets no memory.
 */
static bool has_crashed(int status)
{
    int number = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    return number == SIGSEGV || number == SIGBUS || number == SIGILL || number == SIGFPE || number == SIGSYS;
}

/** The picture that a child draws, which is over then. */
static struct image *await_child(pid_t child, int pipe, int64_t until_ms, struct fault *fault)
{
    int status = 0;
    struct image *image = read_picture(pipe, until_ms, fault);
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
    if (!image && has_crashed(status)) {
        fault_set(fault, FAULT_INPUT, "breaks the program that draws SVGs (%s): simplify it, or give a PNG",
                  strsignal(WTERMSIG(status)));
    }
    return image;
}

static struct image *draw_svg(const struct logo *logo, int width_px, struct fault *fault)
{
    int ends[2];
    int64_t until_ms = monotonic_now_ms() + WAIT_MOST_MS;
    if (pipe(ends) != 0) {
        fault_set(fault, FAULT_UNAVAILABLE, "cannot be drawn now: %s", strerror(errno));
        return NULL;
    }
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        draw_and_tell(logo, width_px, ends[1]);
    }
    close(ends[1]);
    struct image *image = NULL;
    if (child < 0) {
        fault_set(fault, FAULT_UNAVAILABLE, "cannot be drawn now: %s", strerror(errno));
    } else {
        image = await_child(child, ends[0], until_ms, fault);
    }
    close(ends[0]);
    return image;
}

struct image *logo_draw(const struct logo *logo, int width_px, struct fault *fault)
{
    return logo->is_svg ? draw_svg(logo, width_px, fault)
                        : png_read(logo->bytes, logo->length, LOGO_DOTS_MAX, fault);
}
