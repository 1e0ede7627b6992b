/** Line numbers inside one command's output, 1-based, both ends inclusive. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}

/** Where a fact was read; a report can always quote the line. */
export interface Source {
  readonly router: string;
  readonly command: string;
  /** 2 for the second sample of the command …; left out for the first. */
  readonly sample?: number;
  readonly firstLine: number;
  readonly lastLine: number;
  /** The line itself as stored (first line of the range, or the joined lines of a continued message). */
  readonly quote: string;
}
