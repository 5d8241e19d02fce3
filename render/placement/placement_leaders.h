/*
 * placement_leaders.h - labels some way off their symbols, where they would not be read otherwise; on pages
 * those of lines and areas too, which would else be read as those of others.
 */
#ifndef RENDER_PLACEMENT_LEADERS_H
#define RENDER_PLACEMENT_LEADERS_H

struct placement_texts;

/** Places labels that found no place beside their symbol or line, the most important first, when all others
 * stand. */
void placement_leaders_place(const struct placement_texts *texts);

#endif
