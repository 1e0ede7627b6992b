// The last step of `npm run build`: the playbooks as JSON (a problem in one of them fails the build) and the bin executable.
import { chmod } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { compilePlaybooks } from './app/compile-playbooks.ts';
import { packageRoot } from './app/package-root.ts';

const { problems } = await compilePlaybooks(packageRoot());
for (const problem of problems) process.stderr.write(`${problem}\n`);
if (problems.length > 0) process.exitCode = 1;
await chmod(fileURLToPath(new URL('main.js', import.meta.url)), 0o755);
