/* Every text of a diagram can be read on what it stands on: contrast as WCAG 2 defines it, computed
 * from the tables of the theme. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "draw/theme.h"

/* Of one channel, 0 to 1. */
static double channel(unsigned value) {
    double c = value / 255.0;
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double luminance(const char *colour) {
    const char *hex = strcmp(colour, "white") == 0 ? "#FFFFFF" : colour;
    assert_int_equal(hex[0], '#');
    unsigned long value = strtoul(hex + 1, NULL, 16);
    return 0.2126 * channel(value >> 16 & 255) + 0.7152 * channel(value >> 8 & 255) +
           0.0722 * channel(value & 255);
}

static double contrast(const char *a, const char *b) {
    double x = luminance(a);
    double y = luminance(b);
    return x > y ? (x + 0.05) / (y + 0.05) : (y + 0.05) / (x + 0.05);
}

static void assert_contrast(const char *text, const char *ground, double least) {
    double found = contrast(text, ground);
    if (found < least) {
        fail_msg("%s on %s: %.2f, expected %.1f", text, ground, found, least);
    }
}

static void test_tones(void **state) {
    (void)state;
    /* What the design states, to one decimal. */
    static const struct {
        const Tone *tone;
        double fill, tint;
    } rows[] = {{&tone_error, 6.5, 5.7},        {&tone_warning, 8.1, 7.0},
                {&tone_info, 7.6, 6.9},         {&tone_ok, 6.1, 5.4},
                {&tone_guest_cluster, 11.0, 0}, {&tone_hypervisor, 7.8, 0},
                {&tone_load_balancer, 14.7, 0}, {&tone_replication, 14.7, 0}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const Tone *tone = rows[i].tone;
        assert_contrast(tone->on_fill, tone->fill, rows[i].fill - 0.06);
        if (tone->tint) {
            assert_contrast(tone->on_tint, tone->tint, rows[i].tint - 0.06);
            assert_contrast(INK, tone->tint, 7); /* names and facts */
            assert_contrast(MUTED, tone->tint, 4.5);
            assert_contrast(tone->on_tint, "white", 4.5); /* badges of what takes part, rule ids */
        }
        assert_contrast(tone->line, "white", 3); /* edges */
    }
}

static void test_inks(void **state) {
    (void)state;
    static const char *const grounds[] = {"white", HEAD_ROW, "#EEF0F3", "#F5FBFF", "#FAFAF9"};
    for (size_t i = 0; i < sizeof grounds / sizeof *grounds; i++) {
        assert_contrast(INK, grounds[i], 7);
        assert_contrast(MUTED, grounds[i], 5.5);
    }
    assert_contrast("white", TILE, 10);
}

/* In grey the bars of two layers, and errors and warnings, stay apart. */
static void test_grey(void **state) {
    (void)state;
    assert_contrast(tone_guest_cluster.fill, tone_hypervisor.fill, 5.6);
    assert_contrast(tone_error.fill, tone_warning.fill, 3.5);
    assert_true(tone_error.border > tone_warning.border);
}

/* No two signs alike, in either form. */
static void test_glyphs(void **state) {
    (void)state;
    const Tone *all[] = {
        &tone_error,         &tone_warning,    &tone_info,          &tone_ok,
        &tone_guest_cluster, &tone_hypervisor, &tone_load_balancer, &tone_replication};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        for (const char *c = all[i]->ascii; *c; c++) {
            assert_in_range((unsigned char)*c, 0x21, 0x7E);
        }
        for (size_t j = 0; j < i; j++) {
            assert_string_not_equal(all[i]->glyph, all[j]->glyph);
            assert_string_not_equal(all[i]->ascii, all[j]->ascii);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tones),
        cmocka_unit_test(test_inks),
        cmocka_unit_test(test_grey),
        cmocka_unit_test(test_glyphs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
