/*
 * template_check.h - whether the fields of a template, each right by itself, make a page together.
 */
#ifndef RENDER_BRIEFING_TEMPLATE_CHECK_H
#define RENDER_BRIEFING_TEMPLATE_CHECK_H

struct crs_context; /* geo/crs.h */
struct problems;
struct template;
struct yaml_node;

/**
 * All that can be said before there is a map: is its CRS one that can be printed, does a map of its own size
 * fit on its paper, do columns and strips leave the map its least part of it. What a file does not say itself
 * is not blamed on it.
 * @param root     of the file, read over what it extends already
 * @param context  NULL: the CRS is known to be good
 */
void template_check(const struct template *template, const struct yaml_node *root,
                    struct crs_context *context, struct problems *problems);

#endif
