/* Colours, glyphs and sizes of all diagrams: one table, checked for contrast by a test. */
#ifndef DRAW_THEME_H
#define DRAW_THEME_H

#include "rule/finding.h"

typedef struct Tone {
    const char *fill;    /* badge, number cell, bar */
    const char *on_fill; /* text on it */
    const char *tint;    /* card, service; NULL for layers */
    const char *on_tint; /* verdict text on it */
    const char *glyph;   /* UTF-8 */
    const char *ascii;   /* for --ascii */
    const char *line;    /* edges of this tone */
    int border;          /* points */
    const char *name;    /* "error" ... as the legend says it */
} Tone;

extern const Tone tone_error, tone_warning, tone_info, tone_ok;
extern const Tone tone_guest_cluster, tone_hypervisor, tone_load_balancer, tone_replication;

enum { TONE_LAYERS = 4 };
extern const Tone *const tone_layers[TONE_LAYERS]; /* as the legend lists them */

const Tone *tone_of_severity(Severity severity); /* SEVERITY_NONE: tone_ok */
const Tone *tone_of_layer(Str glyph);            /* the mechanism's `glyph`; NULL if unknown */

#define INK "#1F2937"
#define MUTED "#57606F"
#define LINES "#9CA3AF"
#define TABLE_LINES "#D1D5DB"
#define HEAD_ROW "#F3F4F6"
#define TILE "#374151"
#define CROSS "\xE2\x9C\x96"
#define FONT "DejaVu Sans,Verdana,sans-serif"

#endif
