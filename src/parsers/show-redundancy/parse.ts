import {
  countOf,
  hasLabelOf,
  ignored,
  type LabelTable,
  labelTableRule,
  textOf,
  type ValueReader,
  within,
} from '../labelled-values.ts';
import { type LineRule, readerOf } from '../line-rules.ts';
import { isJoined, type Line, parsedFrom, scanLines } from '../lines.ts';
import { isLoose } from '../loose.ts';
import type { Parsed, Parser } from '../parsed.ts';
import { noRecords, openRecord, type Records } from '../records.ts';
import type { RedundancyFacts, RedundancyProcessor, RedundancySystem } from './facts.ts';

interface RedundancyScan {
  readonly system: Records<RedundancySystem>;
  readonly processors: Records<RedundancyProcessor>;
}

/** `show redundancy` and `show redundancy states`: which unit is active, and whether the other could take over. */
export const showRedundancy: Parser<RedundancyFacts> = {
  command: 'show redundancy',
  parse(text: string): Parsed<RedundancyFacts> {
    const state: RedundancyScan = { system: noRecords(), processors: noRecords() };
    const scan = scanLines(text, (line) => !isTwoLines(line) && readLine(state, line), isLabelled);
    return parsedFrom({ system: state.system.all[0] ?? null, processors: state.processors.all }, scan);
  },
};

/** True for a label that was cut off, with the label and value of the next line behind it. */
function isTwoLines(line: Line): boolean {
  // Active Location = Current Software state = ACTIVE
  return isLoose(line) || (isJoined(line) && line.body.indexOf(' = ') !== line.body.lastIndexOf(' = '));
}

const SYSTEM: LabelTable<RedundancySystem> = {
  'available system uptime': textOf('uptime'),
  'switchovers system experienced': countOf('switchovers'),
  'standby failures': countOf('standbyFailures'),
  'last switchover reason': textOf('lastSwitchoverReason'),
  'hardware mode': textOf('hardwareMode'),
  mode: textOf('hardwareMode'),
  'configured redundancy mode': textOf('configuredMode'),
  'redundancy mode (configured)': textOf('configuredMode'),
  'operating redundancy mode': textOf('operatingMode'),
  'redundancy mode (operational)': textOf('operatingMode'),
  'maintenance mode': textOf('maintenanceMode'),
  communications: communications,
  'my state': unitState('myState'),
  'peer state': unitState('peerState'),
  unit: textOf('unit'),
  'unit id': textOf('unitId'),
  'manual swact': textOf('manualSwitchover'),
  'redundancy state': textOf('redundancyState'),
  'client count': ignored(),
  client_notification_tmr: ignored(),
  'keep_alive tmr': ignored(),
  'keep_alive count': ignored(),
  'keep_alive threshold': ignored(),
  'rf debug mask': ignored(),
};

const PROCESSOR: LabelTable<RedundancyProcessor> = {
  'active location': location('active'),
  'standby location': location('standby'),
  location: textOf('location'),
  'current software state': textOf('state'),
  'uptime in current state': textOf('uptimeInState'),
  'image version': textOf('image'),
  boot: ignored(),
  config_file: ignored(),
  bootldr: ignored(),
  'configuration register': ignored(),
};

const RULES: readonly LineRule<RedundancyScan>[] = [
  {
    // Current Processor Information :   |   Peer Processor Information :
    word: '*',
    pattern: /^(Current|Peer) Processor Information ?:$/i,
    take(state, match, line) {
      openRecord(state.processors, line, {
        which: match[1]?.toLowerCase() === 'peer' ? 'peer' : 'current',
        location: null,
        role: null,
        state: null,
        uptimeInState: null,
        image: null,
      });
      return true;
    },
  },
  {
    // Redundant System Information :
    word: 'redundant',
    pattern: /^Redundant System Information ?:$/i,
    take: () => true,
  },
  within((state) => state.system, labelTableRule('=', SYSTEM, blankSystem)),
  within((state) => state.processors, labelTableRule('=', PROCESSOR)),
  {
    // -----------------------------
    word: '',
    pattern: /^-{4,100}$/,
    take: () => true,
  },
  {
    // Copyright (c) 1986-2017 by Cisco Systems, Inc.   |   Compiled Tue 25-Apr-17 06:17 by mcpre   |   Technical Support: http://…   (the image again)
    word: '*',
    pattern: /^(?:Copyright \(c\) |Compiled [A-Z]|Technical Support: |Peer \(slot: |RELEASE SOFTWARE)/,
    take: () => true,
  },
];

const readLine = readerOf(RULES);
const isLabelled = hasLabelOf('=', SYSTEM, PROCESSOR);

/** `13 -ACTIVE`: the number is the state's own, the word is what counts. */
function unitState(field: 'myState' | 'peerState'): ValueReader<RedundancySystem> {
  return (value) => {
    // 8  -STANDBY HOT
    const word = /^(?:\d{1,3} ?-)? ?([A-Z][A-Z ()-]{1,60})$/i.exec(value)?.[1];
    return word === undefined ? null : { [field]: word.trim() };
  };
}

function communications(value: string): Partial<RedundancySystem> | null {
  // Up   |   Down Reason: Simplex mode
  const match = /^(Up|Down)(?: Reason: ?(\S.{0,100}))?$/i.exec(value);
  return match === null ? null : { communications: match[1] ?? null, communicationsReason: match[2] ?? null };
}

function location(role: 'active' | 'standby'): ValueReader<RedundancyProcessor> {
  return (value) => (value === '' ? null : { location: value, role });
}

function blankSystem(): Omit<RedundancySystem, 'lines'> {
  return {
    uptime: null,
    switchovers: null,
    standbyFailures: null,
    lastSwitchoverReason: null,
    hardwareMode: null,
    configuredMode: null,
    operatingMode: null,
    redundancyState: null,
    maintenanceMode: null,
    communications: null,
    communicationsReason: null,
    myState: null,
    peerState: null,
    unit: null,
    unitId: null,
    manualSwitchover: null,
  };
}
