/*
 * config_settings.h - the settings below `service:` as one table: name, type, range, default, unit, sentence.
 */
#ifndef RENDER_SERVICE_CONFIG_SETTINGS_H
#define RENDER_SERVICE_CONFIG_SETTINGS_H

struct buffer;
struct problems;
struct service_settings;
struct yaml_node;

/**
 * Reads the mapping, adds what is wrong to problems, and fills in what is absent.
 * @param mapping  may be NULL: all defaults
 * @param file     the configuration: paths are beside it
 */
void config_settings_read(const struct yaml_node *mapping, const char *file,
                          struct service_settings *settings, struct problems *problems);
void config_settings_finish(struct service_settings *settings);

#endif
