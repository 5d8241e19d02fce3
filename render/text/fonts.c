/*
 * fonts.c - the door to fontconfig. pango and librsvg look fonts up in fontconfig's current configuration, so
 * ours is made the current one before either asks for it. It is made once in the life of the process and
 * never freed: loaded fonts point into it.
 */
#include "render/text/fonts.h"

#include <assert.h>
#include <fontconfig/fontconfig.h>
#include <pthread.h>

#include "geo/base/fault.h"
#include "geo/base/log.h"
#include "geo/base/resource.h"

extern const struct resource *render_resources;

static pthread_once_t once = PTHREAD_ONCE_INIT;

static int count_fonts(FcConfig *config)
{
    FcFontSet *fonts = FcConfigGetFonts(config, FcSetSystem);
    return fonts ? fonts->nfont : 0;
}

static FcConfig *read_config(const char *name)
{
    const struct resource *text = resource_find(render_resources, name);
    FcConfig *config = FcConfigCreate();
    assert(text && config);
    bool is_read = FcConfigParseAndLoadFromMemory(config, (const FcChar8 *)text->bytes, FcTrue);
    assert(is_read);
    FcConfigBuildFonts(config);
    return config;
}

static void make_current(void)
{
    FcConfig *config = read_config("fonts/fonts.conf");
    if (count_fonts(config) == 0) {
        log_write(
            LOG_WARNING, "fonts.missing",
            "the fonts of the map are not installed (Debian: fonts-b612 fonts-noto-core); using others");
        FcConfigDestroy(config);
        config = read_config("fonts/any.conf");
    }
    FcConfigSetCurrent(config);
    FcConfigDestroy(config); /* the current one is kept by fontconfig */
}

bool fonts_use(struct fault *fault)
{
    pthread_once(&once, make_current);
    if (count_fonts(FcConfigGetCurrent()) > 0) {
        return true;
    }
    fault_set(fault, FAULT_UNAVAILABLE, "no fonts: install Debian's fonts-b612 and fonts-noto-core");
    return false;
}
