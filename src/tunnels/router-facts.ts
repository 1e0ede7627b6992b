import type { Source } from '../evidence/source.ts';
import { outputsOf, type ParsedRecording, sourceOf } from '../parsers/parse-recording.ts';
import { showClock } from '../parsers/show-clock/parse.ts';
import type { LogMessage } from '../parsers/show-logging/facts.ts';
import { showLogging } from '../parsers/show-logging/parse.ts';
import { withClock } from '../parsers/show-logging/years.ts';
import type { IosRelease, VersionFacts } from '../parsers/show-version/facts.ts';
import { showVersion } from '../parsers/show-version/parse.ts';
import { type RouterClock, routerClock } from './clock.ts';
import { type LogCoverage, logCoverage } from './log-coverage.ts';
import { newestSamples } from './newest-samples.ts';

export interface LoggedLine {
  readonly message: LogMessage;
  readonly source: Source;
}

/** What belongs to the router and not to one tunnel. */
export interface RouterFacts {
  readonly router: string;
  readonly parsed: ParsedRecording;
  readonly platform: VersionFacts['platform'];
  readonly version: string | null;
  readonly versionSource: Source | null;
  readonly release: IosRelease | null;
  readonly hostname: string | null;
  readonly clock: RouterClock;
  readonly log: LogCoverage;
  readonly lines: readonly LoggedLine[];
}

export function routerFacts(parsed: ParsedRecording): RouterFacts {
  const lines = loggedLines(parsed);
  const messages = lines.map((line) => line.message);
  const clock = routerClock(parsed, messages);
  const [version] = outputsOf(parsed, showVersion);
  const facts = version?.parsed.facts ?? null;
  return {
    router: parsed.recording.router,
    parsed,
    platform: facts?.platform ?? null,
    version: facts?.version?.text ?? null,
    versionSource: version !== undefined && facts?.version ? sourceOf(version, facts.version.lines) : null,
    release: facts?.version?.release ?? null,
    hostname: facts?.hostname?.name ?? null,
    clock,
    log: logCoverage(parsed, messages, clock),
    lines,
  };
}

function loggedLines(parsed: ParsedRecording): readonly LoggedLine[] {
  const [clockOutput] = outputsOf(parsed, showClock);
  const clock = clockOutput?.parsed.facts.clock ?? null;
  // A later answer holds the lines of the earlier ones.
  return newestSamples(outputsOf(parsed, showLogging)).flatMap((output) =>
    withClock(output.parsed.facts, clock).messages.map((message) => ({
      message,
      source: sourceOf(output, message.lines),
    })),
  );
}
