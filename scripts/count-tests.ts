/**
 * Counts what Vitest's JSON report holds, for `.ci/run`: names of failures, then `PASSED FAILED` on the last
 * line. Skipped specs count as neither. A report that is missing, or that shows no failure although Vitest
 * failed (an error outside any spec), counts as one failure.
 *
 *     node scripts/count-tests.ts REPORT VITEST_EXIT_CODE
 */
import { readFileSync } from 'node:fs'

/** The part of the report that is read. */
interface Report {
  readonly numPassedTests: number
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly message: string
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[]
  }[]
}

const [reportPath, exitCode] = process.argv.slice(2)

function readReport(): Report | null {
  try {
    return JSON.parse(readFileSync(reportPath, 'utf8')) as Report
  } catch {
    return null
  }
}

/** Failed specs, and files that failed before any spec ran. */
function failuresOf(report: Report): string[] {
  return report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const specs = assertionResults.filter((each) => each.status === 'failed').map((each) => `${name}: ${each.fullName}`)
    return status === 'failed' && specs.length === 0 ? [`${name}: ${message}`] : specs
  })
}

const report = readReport()
const failures = report === null ? ['the test report is missing'] : failuresOf(report)
if (failures.length === 0 && exitCode !== '0') failures.push(`vitest ended with code ${exitCode} outside any spec`)
for (const failure of failures) console.log(`FAILED: ${failure}`)
console.log(`${report?.numPassedTests ?? 0} ${failures.length}`)
