/*
 * config.h - all that plottafel.yaml names, read and checked: paths, catalogue, maps, symbols, plots and the
 * settings of the service.
 *
 *     store: exercise.gpkg
 *     grids: grids                  # optional: folder of the RD and Belgian correction grids
 *     catalogue: catalogue.yaml
 *     maps: maps.yaml
 *     symbols: [nl-2, haven]        # optional: folders of symbol sets beside the built-in Dutch one; a set
 *                                   # comes after the one that it extends; a single folder needs no list
 *     templates: [templates]        # optional: folders of templates of briefings
 *     plots:
 *       - {name: hollands-diep, title: Oefening Hollands Diep, activity: oefening-2026-014, exercise: true,
 *          symbols: nl@1,           # optional: the set that a new plot is drawn with; else the default
 *          grip: GRIP 2}            # optional: level of coordination, on briefings that say no other
 *     briefings: work/briefings     # optional: the archive of briefings; else "briefings" beside the store
 *     briefing_key: work/briefing-key.pem   # optional: what briefings are sealed with; else beside the store
 *     schedules:                    # optional: briefings by the clock (briefing_schedule.h)
 *       - {map: situation, every: 1h}
 *     service: {port: 8080, writers: open}
 *
 * The default set, for lists, pages, codes and new plots that name none, is the one that all plots here name;
 * when they name different ones, or one names none, the newest Dutch set that is part of the program.
 *
 * Paths are relative to the file. Immutable once read; safe from many threads.
 */
#ifndef RENDER_SERVICE_CONFIG_H
#define RENDER_SERVICE_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "data/plot.h"
#include "geo/base/problems.h"

struct briefing_schedules;
struct buffer;
struct catalogue;
struct map;
struct maps;
struct symbol_library;
struct templates;
struct tile_matrix_sets;

enum config_writers { WRITERS_OPEN, WRITERS_TOKEN };
enum config_log { CONFIG_LOG_JSON, CONFIG_LOG_PLAIN };

/** The settings below `service:`. One table in config.c gives their ranges, defaults and sentences. */
struct service_settings {
    char *listen;                 /* address, 127.0.0.1 */
    int64_t port;                 /* 0: any free one, named in the log */
    char *base_url;               /* of links, without a last slash; "" : http://listen:port */
    char *organisation_header;    /* that a proxy in front sets; "": none is trusted */
    int64_t workers;              /* 0: one per core */
    int64_t io_threads;           /* 0: one per core */
    int64_t worker_memory_bytes;  /* address space of a worker; 0: no limit */
    int64_t kept_bytes;           /* of plots, by each worker between pictures */
    int64_t deadline_ms;          /* of a request, from its first line to its answer */
    int64_t briefing_deadline_ms; /* of long work */
    int64_t receive_ms;           /* for the header, and for the first 160 KiB of the body */
    int64_t idle_ms;              /* how long a connection may rest between requests */
    int64_t drain_ms;             /* after SIGTERM */
    int64_t cache_bytes;          /* encoded tiles in memory */
    char *cache_folder;           /* of the tiles on disk, absolute; "": there are none */
    int64_t disk_cache_bytes;     /* they take at most */
    int64_t stale_ms;     /* how long a commit waits for the list of stale tiles; then all near are dropped */
    int64_t body_bytes;   /* of a request */
    int64_t connections;  /* at most */
    int64_t queue_length; /* pictures waiting for a worker */
    int64_t long_queue_length; /* briefings waiting for a worker */
    int64_t briefing_dots;     /* of all pages of one briefing at its dpi */
    int64_t briefing_bytes;    /* documents that the archive keeps */
    int64_t briefing_days;     /* how long it remembers a briefing; 0: for ever */
    int64_t quarantine_ms;     /* how long a picture that killed two workers is refused */
    int64_t streams;           /* event streams at a time */
    char *viewer;              /* folder of the page at "/", absolute; "": there is no page */
    enum config_writers writers;
    char *write_token_file; /* path; "" with writers: open */
    char *write_token;      /* its first line */
    enum config_log log;
};

struct config {
    char *path; /* of plottafel.yaml, absolute */
    char *store_path;
    char *briefing_key;    /* path of the private key of seals; made when it is not there */
    char *grid_folder;     /* NULL: only where PROJ itself looks */
    char *briefing_folder; /* the archive of briefings; beside the store when the file does not say */
    struct catalogue *catalogue;
    struct symbol_library *symbols;
    struct maps *maps;
    struct templates *templates;       /* of briefings: the program's own and those of the folders */
    struct problems template_problems; /* owned; their mistakes, which stop nothing but themselves */
    struct tile_matrix_sets *tile_matrix_sets;
    struct plot_title *plots; /* owned, plot_count of them; symbols only where the file names them */
    char **plot_grips;        /* owned; the level of coordination of each; "": not said */
    size_t plot_count;
    struct briefing_schedules *schedules; /* briefing_schedule.h */
    struct service_settings service;
};

/**
 * Reads the file and the files it names.
 * @return owned, config_free(); NULL when there are errors: the mistakes of all files are in problems. Those
 * of templates are in template_problems, and stop only briefings that want them.
 */
struct config *config_read(const char *path, struct problems *problems);
void config_free(struct config *config);

const struct plot_title *config_find_plot(const struct config *config, const char *name);

/** The level of coordination of a plot, "GRIP 2"; "": not said, or no such plot. Borrowed. */
const char *config_grip(const struct config *config, const char *plot_name);

/** Does the map show the plot? */
bool config_map_has_plot(const struct map *map, const char *plot_name);

/** Workers and I/O threads after "one per core" is filled in. */
int config_worker_count(const struct config *config);
int config_io_thread_count(const struct config *config);

/** The table of settings: as text for --help, as Markdown for the README. */
void config_write_help(struct buffer *buffer);
void config_write_markdown(struct buffer *buffer);

#endif
