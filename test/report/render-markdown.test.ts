import { test } from '@jest/globals';
import { renderMarkdown } from '../../src/report/render-markdown.ts';
import { expectGolden } from '../support/golden.ts';
import { allFine, emptyReport, morningSweep } from '../support/report-samples.ts';

test.each([
  ['morning-sweep', morningSweep],
  ['empty', emptyReport],
  ['all-fine', allFine],
])('Markdown of %s reads as committed', (name, sample) => {
  expectGolden(`test/report/golden/${name}.md`, renderMarkdown(sample));
});
