/** Studies small enough to run in a moment on a busy machine, and the command line's answer to each. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadStudy } from '../../../src/cli/load-study.ts'
import { createInlineBackend } from '../../../src/execution/inline.ts'
import { runStudy } from '../../../src/experiment/run-study.ts'
import { fileBytes } from '../../../src/results/file-bytes.ts'
import { writeRunsCsv } from '../../../src/results/runs-csv.ts'
import { withoutSmallNumbers } from '../../../src/results/small-numbers.ts'
import { writeResults } from '../../../src/results/write-results.ts'

/** One board for a quarter, a twentieth of its pathways, with much money so that little time shows an effect. */
export const SMALL = `
schemaVersion: 1
name: small
title: A small study
baseline: baselines/QYG-2026-01.json
time: { weeks: 13 }
replications: 2
sample: 0.05
scenarios:
  as-it-is: { title: As it is }
  more-slots:
    title: More slots
    invest:
      - lever: capacity
        budget: { perYear: 40000000, from: 2026-02-01, years: 1 }
        allocate: { rule: proportionate, theta: 0.5 }
  found:
    title: People found
    invest:
      - lever: outreach
        budget: { perYear: 3000000, from: 2026-02-01, years: 1 }
targets:
  - { id: quarter, title: 60% within 18 weeks by April, measure: within-18-weeks, atLeast: 0.6, by: 2026-04-20 }
`

/** What the command line makes of a study file: the files of its results folder by name, and `runs.csv`. */
export async function onCommandLine(path: string, folder: string, scenarios: readonly string[] = []): Promise<Record<string, Buffer>> {
  const { study, inputs } = await loadStudy(path, { scenarios })
  const results = await runStudy(study, createInlineBackend())
  await writeResults(results, folder, inputs)
  const runs = await fileBytes((file) => writeRunsCsv(withoutSmallNumbers(results), file))
  const files = readdirSync(folder).map((name): [string, Buffer] => [name, readFileSync(join(folder, name))])
  return { ...Object.fromEntries(files), 'runs.csv': Buffer.from(runs) }
}

/** Writes a study beside others. */
export function studyFile(folder: string, text: string): string {
  const path = join(folder, 'study.yaml')
  writeFileSync(path, text)
  return path
}
