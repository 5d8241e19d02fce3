/*
 * placement_leaders.h - labels some way off their symbols, where they would not be read otherwise; on pages
 * those of lines and areas too, which would else be read as those of others.
 */
#ifndef RENDER_PLACEMENT_LEADERS_H
#define RENDER_PLACEMENT_LEADERS_H

#include <stdbool.h>

struct placement_texts;
struct placement_wish;

/** May a label that finds no place beside its symbol or line get one with a leader? */
bool placement_leaders_may_lead(const struct placement_texts *texts, const struct placement_wish *wish);

/** Places labels that found no place beside their symbol or line, the most important first, when all others
 * stand. Those that find none whole stand without their second line, beside their symbol or further off. */
void placement_leaders_place(const struct placement_texts *texts);

#endif
