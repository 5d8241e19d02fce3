/*
 * interrupt.h - Ctrl-C and SIGTERM as a question that long work asks now and then.
 */
#ifndef RENDER_SERVICE_INTERRUPT_H
#define RENDER_SERVICE_INTERRUPT_H

#include <stdbool.h>

/** From now on the first SIGINT or SIGTERM only sets a flag; a second one ends the process. */
void interrupt_listen(void);

/** Has one come? */
bool interrupt_came(void);

#endif
