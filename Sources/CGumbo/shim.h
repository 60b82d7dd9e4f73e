#ifndef CONTESTA_GUMBO_SHIM_H
#define CONTESTA_GUMBO_SHIM_H

#include <gumbo.h>

/* The library's own defaults, which are a constant of a type that Swift takes for mutable state; without a cap on errors found. */
static inline GumboOutput *cgumbo_parse(const char *bytes, size_t count) {
    GumboOptions options = kGumboDefaultOptions;
    options.max_errors = 0;
    return gumbo_parse_with_options(&options, bytes, count);
}

static inline void cgumbo_release(GumboOutput *output) { gumbo_destroy_output(&kGumboDefaultOptions, output); }

static inline const GumboNode *cgumbo_child(const GumboVector *nodes, unsigned int index) {
    return index < nodes->length ? (const GumboNode *) nodes->data[index] : (const GumboNode *) 0;
}

static inline const GumboAttribute *cgumbo_attribute(const GumboVector *attributes, unsigned int index) {
    return index < attributes->length ? (const GumboAttribute *) attributes->data[index] : (const GumboAttribute *) 0;
}

#endif
