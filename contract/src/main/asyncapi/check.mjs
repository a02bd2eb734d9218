// Validates the AsyncAPI document with the parser in the folder that is given; prints errors and warnings, and fails at any.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

const [folder, file] = process.argv.slice(2);
const { Parser } = createRequire(`${folder}/`)('@asyncapi/parser');
const { document, diagnostics } = await new Parser().parse(readFileSync(file, 'utf8'), { source: file });

// Hints and information, such as that there is a newer version of AsyncAPI, are no fault of the document.
const faults = diagnostics.filter(({ severity }) => severity <= 1);
for (const { severity, path, message, range } of faults) {
  console.error(`${file}:${range.start.line + 1}: ${severity === 0 ? 'error' : 'warning'}: ${path.join('.')}: ${message}`);
}
if (!document || faults.length > 0) {
  process.exit(1);
}
console.log(`${file}: valid, ${document.channels().length} channels, ${document.components().messages().length} messages`);
