#include "geo/base/resource.h"

#include <string.h>

const struct resource *resource_find(const struct resource *list, const char *name)
{
    for (; list->name; list++) {
        if (strcmp(list->name, name) == 0) {
            return list;
        }
    }
    return NULL;
}
