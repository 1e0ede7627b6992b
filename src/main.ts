#!/usr/bin/env node
import { hideBin } from 'yargs/helpers';
import { systemTerminal } from './cli/system-terminal.ts';
import { run } from './cli/program.ts';

process.exitCode = await run(hideBin(process.argv), systemTerminal());
