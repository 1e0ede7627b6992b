import { expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { z } from 'zod';
import { renderJson } from '../../src/report/render-json.ts';
import { reportSchema } from '../../src/report/report.ts';
import { expectGolden } from '../support/golden.ts';
import { allFine, emptyReport, morningSweep, report } from '../support/report-samples.ts';

const SCHEMA_FILE = 'docs/schema/tunneldoc.report-1.schema.json';
const { $schema, ...body } = z.toJSONSchema(reportSchema);
const schema = { $schema, $id: 'urn:tunneldoc:report:1', title: 'tunneldoc report, version 1', ...body };
const validate = new Ajv2020({ strict: true, allErrors: true }).compile(schema);

test('the schema that ships is the one the program writes by', () => {
  expectGolden(SCHEMA_FILE, `${JSON.stringify(schema, null, 2)}\n`);
});

test.each([
  ['a morning sweep', morningSweep],
  ['healthy tunnels', allFine],
  ['no tunnel', emptyReport],
  ['nothing at all', report({})],
])('JSON of %s is valid by the schema that ships', (_name, sample) => {
  validate(JSON.parse(renderJson(sample)));
  expect(validate.errors ?? []).toEqual([]);
});

test.each([
  ['an unknown verdict', { tunnels: [{ ...allFine.tunnels[0], verdict: 'fine' }] }],
  ['a missing field', { tunnels: [{ ...allFine.tunnels[0], causes: undefined }] }],
  ['another format', { format: 'tunneldoc.report/2' }],
  ['a time that is a number', { at: 1 }],
])('the schema refuses %s', (_name, change) => {
  const broken = JSON.parse(JSON.stringify({ ...allFine, ...change }));
  expect(validate(broken)).toBe(false);
  expect(() => renderJson(broken)).toThrow();
});

test('equal reports give equal bytes, whatever order their keys were made in', () => {
  const reversed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(reversed);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, inner]) => [key, reversed(inner)]),
    );
  };
  const other = reversed(morningSweep) as typeof morningSweep;
  expect(Object.keys(other)[0]).toBe('sweep');
  expect(renderJson(other)).toBe(renderJson(morningSweep));
  expect(renderJson(morningSweep)).toMatch(/^\{\n {2}"format": "tunneldoc\.report\/1",\n[\s\S]*\n\}\n$/);
});

test('device text comes back from JSON unchanged, though no raw control character is in it', () => {
  const quote = 'a\x1b]8;;http://x\x07\x9b31m\x7f\u202eb\u200b\u2028\ufeff\u061c';
  const [hub] = emptyReport.routers;
  if (hub === undefined) throw new Error('the sample has a router');
  const text = renderJson(report({ routers: [{ ...hub, why: quote }] }));
  expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\ufeff]/);
  expect((JSON.parse(text) as { routers: { why: string }[] }).routers[0]?.why).toBe(quote);
});
