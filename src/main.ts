#!/usr/bin/env node
import { hideBin } from 'yargs/helpers';
import { run } from './cli/program.ts';
import { systemTerminal } from './cli/system-terminal.ts';

process.exitCode = await run(hideBin(process.argv), systemTerminal());
