#include "render/service/briefing/briefing_budget.h"

#include "geo/base/fault.h"
#include "render/briefing/briefing.h"
#include "render/service/config.h"
#include "render/service/worker/order.h"

#define MM_PER_INCH 25.4
#define BYTES_PER_DOT 9.0        /* a picture, its rows as they are packed, and the document */
#define BYTES_BESIDE 512000000.0 /* address space of program, libraries, fonts and plots */

/** Of one page, as it is not known yet how many there are. An SVG holds pictures of layers at that many dots
 * too. */
static double count_dots(const struct order *order)
{
    double dpi = order_briefing_dpi(&order->briefing);
    struct paper_size size = paper_size(order->briefing.paper, order->briefing.is_landscape);
    return size.width_mm / MM_PER_INCH * dpi * (size.height_mm / MM_PER_INCH) * dpi;
}

bool briefing_budget_check(const struct config *config, const struct order *order, struct fault *fault)
{
    const char *paper = paper_name(order->briefing.paper);
    double dots = count_dots(order);
    double most_dots = (double)config->service.briefing_dots;
    double memory = (double)config->service.worker_memory_bytes;
    if (dots > most_dots) {
        fault_set(fault, FAULT_LIMIT, "%s at %d dpi has %.0f million dots, and %.0f million are allowed",
                  paper, order_briefing_dpi(&order->briefing), dots / 1e6, most_dots / 1e6);
        return false;
    }
    if (memory > 0 && BYTES_BESIDE + dots * BYTES_PER_DOT > memory) {
        fault_set(fault, FAULT_LIMIT,
                  "%s at %d dpi needs about %.1f GB of memory, and a worker may have %.1f GB", paper,
                  order_briefing_dpi(&order->briefing), (BYTES_BESIDE + dots * BYTES_PER_DOT) / 1e9,
                  memory / 1e9);
        return false;
    }
    return true;
}
