// Prints the one line that scripts/test.sh reads.

export default class CountingReporter {
  passed = 0;
  failed = 0;

  onTestEnd(test, result) {
    if (result.status === "skipped") return;
    if (result.status === test.expectedStatus) this.passed += 1;
    else this.failed += 1;
  }

  onEnd() {
    console.log(`browser tests: ${this.passed} passed, ${this.failed} failed`);
  }

  printsToStdio() {
    return false;
  }
}
