import { writeFileSync } from 'node:fs';

/** A jest reporter that writes jest's own result as JSON to the file it is given; .ci/run counts from it. */
export default class ResultFile {
  #file;

  constructor(_config, { file }) {
    this.#file = file;
  }

  onRunComplete(_contexts, result) {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numRuntimeErrorTestSuites } =
      result;
    const counts = {
      numPassedTests,
      numFailedTests,
      numPendingTests,
      numTodoTests,
      numRuntimeErrorTestSuites,
    };
    writeFileSync(this.#file, JSON.stringify(counts));
  }
}
