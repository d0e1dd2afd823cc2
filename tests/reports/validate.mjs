// node validate.mjs SCHEMA DOCUMENT...: checks JSON documents against a JSON Schema with ajv.
// Exit code 77 (the test is skipped) if ajv is not at hand: npm install ajv, and NODE_PATH to its node_modules.
import {createRequire} from 'node:module';
import {readFileSync} from 'node:fs';

const require = createRequire(import.meta.url);
const [schemaFile, ...documents] = process.argv.slice(2);

// Our own schemas leave room for keys of later versions; here every key must be declared.
function close(node) {
    if (node?.properties && node.additionalProperties === undefined) {
        node.additionalProperties = false;
    }
    Object.values(node && typeof node === 'object' ? node : {}).forEach(close);
}

const schema = JSON.parse(readFileSync(schemaFile, 'utf8'));
const draft = schema.$schema.includes('2020-12') ? 'ajv/dist/2020' : 'ajv';
if (schema.$id?.startsWith('urn:topolint:')) {
    close(schema);
}
let Ajv;
try {
    Ajv = require(draft);
} catch {
    console.log('skipped: ajv is not at hand');
    process.exit(77);
}
const validate = new (Ajv.default ?? Ajv)({
    strict: false, validateFormats: false, allErrors: true,
    unicodeRegExp: false,  // the published SARIF schema has a pattern that Unicode mode refuses
}).compile(schema);
let failed = false;
for (const file of documents) {
    if (!validate(JSON.parse(readFileSync(file, 'utf8')))) {
        failed = true;
        for (const error of validate.errors) {
            console.log(`${file}: ${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
        }
    }
}
process.exit(failed ? 1 : 0);
