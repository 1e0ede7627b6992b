import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { packageRoot } from '../../src/app/package-root.ts';
import type { Report } from '../../src/report/report.ts';

const FILE = join(packageRoot(), 'docs', 'schema', 'tunneldoc.report-1.schema.json');
const validate = new Ajv2020({ strict: true, allErrors: true }).compile(
  JSON.parse(readFileSync(FILE, 'utf8')),
);

/** The one JSON document of stdout as a report; throws with what is wrong when it is not, or not by the schema that ships. */
export function reportOf(stdout: string): Report {
  const value: unknown = JSON.parse(stdout);
  if (!validate(value)) throw new Error(`not by the schema: ${JSON.stringify(validate.errors, null, 1)}`);
  return value as Report;
}
