#include "psa/psa_expression.h"

#include <math.h>
#include <stdlib.h>

#include "base/limits.h"

/* What an expression is worth. */
typedef struct Value {
    double number;
    bool known, good;
} Value;

static const Value unknown = {.good = true};
static const Value wrong = {.good = false};

static Value known(double number) {
    return (Value){number, true, true};
}

/* strtod would follow the locale, which is "C" throughout. */
static Value literal(const PsaNames *names, const Node *element) {
    const Node *value = tree_get(element, "value");
    Str text = value ? str_trim(value->text) : STR_NONE;
    if (str_eq(text, STR("true")) || str_eq(text, STR("false"))) {
        return known(str_eq(text, STR("true")));
    }
    char *end = NULL;
    double number = text.n ? strtod(text.s, &end) : 0;
    if (!text.n || end != text.s + text.n || !isfinite(number)) {
        diag_error(names->diags, value ? value->loc : element->loc, "'%.*s' is no number",
                   STR_ARG(text));
        return wrong;
    }
    return known(number);
}

/* ---- operators ---- */

enum { MOST_ARGUMENTS = 8 };

typedef struct Operator {
    const char *tag;
    size_t least, most; /* arguments; only `least` are needed */
    double (*apply)(const double *arguments, size_t count);
} Operator;

static double add(const double *a, size_t n) {
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += a[i];
    }
    return sum;
}

static double subtract(const double *a, size_t n) {
    return a[0] - add(a + 1, n - 1);
}

static double multiply(const double *a, size_t n) {
    double product = 1;
    for (size_t i = 0; i < n; i++) {
        product *= a[i];
    }
    return product;
}

static double divide(const double *a, size_t n) {
    return a[0] / multiply(a + 1, n - 1);
}

static double negative(const double *a, size_t n) {
    (void)n;
    return -a[0];
}

static double first(const double *a, size_t n) {
    (void)n;
    return a[0];
}

/* MEF: 1 - exp(-rate * time). */
static double exponential(const double *a, size_t n) {
    (void)n;
    return -expm1(-a[0] * a[1]);
}

/* MEF: scale, shape, shift, time. */
static double weibull(const double *a, size_t n) {
    (void)n;
    return a[3] <= a[2] ? 0 : -expm1(-pow((a[3] - a[2]) / a[0], a[1]));
}

static const Operator operators[] = {
    {"add", 1, MOST_ARGUMENTS, add},
    {"sub", 2, MOST_ARGUMENTS, subtract},
    {"mul", 1, MOST_ARGUMENTS, multiply},
    {"div", 2, MOST_ARGUMENTS, divide},
    {"neg", 1, 1, negative},
    {"exponential", 2, 2, exponential},
    {"Weibull", 4, 4, weibull},
    {"normal-deviate", 2, 2, first}, /* of a distribution the mean, which comes first */
    {"lognormal-deviate", 2, 3, first},
};

static Value evaluate(PsaNames *names, const Node *element, Str container, int depth);

static Value apply(PsaNames *names, const Operator *operator_, const Node *element, Str container,
                   int depth) {
    double arguments[MOST_ARGUMENTS];
    size_t count = 0;
    Value result = known(0);
    for (size_t i = 0; i < element->count; i++) {
        if (element->items[i].type != NODE_MAP) {
            continue;
        }
        if (count == operator_->most) {
            count++;
            break;
        }
        Value value = evaluate(names, &element->items[i], container, depth + 1);
        if (!value.good) {
            return wrong;
        }
        result.known = result.known && value.known;
        arguments[count++] = value.number;
    }
    if (count < operator_->least || count > operator_->most) {
        diag_error(names->diags, element->loc, "<%s> takes %zu arguments", operator_->tag,
                   operator_->least);
        return wrong;
    }
    result.number = result.known ? operator_->apply(arguments, count) : 0;
    return result;
}

static Value parameter(PsaNames *names, const Node *element, Str container) {
    Str name = tree_text(names->diags, element, "name");
    PsaDefinition *definition = psa_names_find(names, name, container, true);
    if (!definition) {
        diag_error(names->diags, element->loc, "the parameter '%.*s' is not defined",
                   STR_ARG(name));
        return wrong;
    }
    double number;
    if (!psa_value(names, definition, &number)) {
        return wrong;
    }
    return definition->computed ? known(number) : unknown;
}

/* Recursion is bounded by the depth of the document, which the reader limits; that over parameters
 * by their `open` marks and this depth. */
static Value evaluate(PsaNames *names, const Node *element, Str container, int depth) {
    if (depth > LIMIT_DEPTH) {
        diag_error(names->diags, element->loc, "the expression is nested too deep");
        return wrong;
    }
    Str tag = element->key;
    if (str_eq(tag, STR("float")) || str_eq(tag, STR("int")) || str_eq(tag, STR("bool"))) {
        return literal(names, element);
    }
    if (str_eq(tag, STR("parameter"))) {
        return parameter(names, element, container);
    }
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        if (str_eq(tag, str_of(operators[i].tag))) {
            return apply(names, &operators[i], element, container, depth);
        }
    }
    diag_warning(names->diags, element->loc,
                 "<%.*s> is not known here: the probability counts as not stated", STR_ARG(tag));
    return unknown;
}

/* The expression in a definition: its first element that is no label or list of attributes. */
static const Node *expression_of(const Node *element) {
    for (size_t i = 0; element && i < element->count; i++) {
        const Node *item = &element->items[i];
        if (item->type == NODE_MAP && !str_eq(item->key, STR("label")) &&
            !str_eq(item->key, STR("attributes"))) {
            return item;
        }
    }
    return NULL;
}

bool psa_value(PsaNames *names, PsaDefinition *definition, double *ret_value) {
    *ret_value = -1;
    if (definition->computed) {
        *ret_value = definition->value;
        return true;
    }
    const Node *expression = expression_of(definition->element);
    if (definition->open) {
        diag_error(names->diags, definition->element->loc, "the parameter '%.*s' needs itself",
                   STR_ARG(definition->path));
        return false;
    }
    if (!expression) {
        return true;
    }
    definition->open = true;
    Value value = evaluate(names, expression, definition->container, 0);
    definition->open = false;
    bool event = definition->sort == PSA_BASIC;
    if (value.known && event && !(value.number >= 0 && value.number <= 1)) {
        diag_error(names->diags, expression->loc, "the probability of '%.*s' is outside of 0..1",
                   STR_ARG(definition->path));
        return false;
    }
    definition->computed = value.good && value.known;
    definition->value = value.number;
    *ret_value = definition->computed ? value.number : -1;
    return value.good;
}
