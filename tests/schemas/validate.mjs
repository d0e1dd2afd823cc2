// node validate.mjs SCHEMA FILE...: checks YAML files against a JSON Schema with ajv, as an editor does
// (YAML 1.2, a date is text). Prints "valid FILE" or "invalid FILE" for each.
// Exit code 77 (the test is skipped) if ajv or yaml is not at hand.
import {createRequire} from 'node:module';
import {readFileSync} from 'node:fs';

const require = createRequire(import.meta.url);
const [schemaFile, ...files] = process.argv.slice(2);
let Ajv, YAML;
try {
    Ajv = require('ajv/dist/2020');
    YAML = require('yaml');
} catch {
    console.log('skipped: the npm packages ajv and yaml are not at hand');
    process.exit(77);
}
const schema = JSON.parse(readFileSync(schemaFile, 'utf8'));
const validate = new Ajv.default({strict: true, allowUnionTypes: true, strictTypes: false, strictRequired: false}).compile(schema);
const decoder = new TextDecoder('utf-8', {fatal: true});

function isValid(file) {
    try {
        const value = YAML.parse(decoder.decode(readFileSync(file)), {merge: true, logLevel: 'error'});
        return validate(value);
    } catch {
        return false;
    }
}

for (const file of files) {
    console.log(isValid(file) ? 'valid' : 'invalid', file);
}
