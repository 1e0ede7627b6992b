import { TERMINAL_WIDTH } from './body.ts';
import { isJoined, type Line } from './lines.ts';

/** True for a line that was put together from printed lines narrower than a terminal: no wrap made them, so they may be lines of their own. */
export function isLoose(line: Line): boolean {
  return isJoined(line) && line.raw.length <= TERMINAL_WIDTH * (line.last - line.number);
}
