/* topolint.yaml: what a project asks of every run. Options override it. */
#ifndef CLI_SETTINGS_H
#define CLI_SETTINGS_H

#include "read/tree.h"

/* Nodes are NULL where the file (or the key) is missing; their types are those of setting_keys[]
 * (settings.c). */
typedef struct Settings {
    Str folder;         /* of the file, with a '/' behind, or empty; its paths are relative to it */
    const Node *inputs; /* a list of paths */
    const Node *prefer; /* a path */
    const Node *schema; /* lists of folders */
    const Node *rules;
    const Node *profile;    /* a name */
    const Node *fail_on;    /* a severity */
    const Node *severities; /* mapping of rule to severity */
    const Node *disable;    /* a list of rules */
    const Node *waivers;    /* a list of accepted findings, or the path of a file with one */
    const Node *baseline;   /* a path */
} Settings;

/* The file that holds for the working directory: the nearest `topolint.yaml` up to the folder that
 * holds `.git`; without such a folder, only here. Empty if there is none. In the arena. */
Str settings_find(Arena *arena);

/* Reads a settings file; false if it has a mistake (added). */
bool settings_read(Settings *settings, const ReadContext *context, SourceId source, Arena *arena);

/* A path of the settings file as seen from the working directory. */
Str settings_path(const Settings *settings, Arena *arena, Str path);

#endif
