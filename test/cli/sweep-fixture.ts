/** Small sweeps for specs: a laboratory of a few weeks, and designs of it. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const STUDY = `schemaVersion: 1
name: tiny
baseline:
  name: Laboratory
  groups:
    - { label: Most deprived, population: 50000 }
    - { label: Least deprived, population: 50000 }
  specialties:
    - code: T_001
      name: Test specialty
      clockStartsPerWeek: [30, 30]
      waiting:
        firstAppointment: [60, 60, 60]
        admission: [15, 15, 15]
      firstAppointmentsPerWeek: 55
      admissionsPerWeek: 12
      admittedShare: 0.25
time: { start: 2026-04-06, weeks: 20 }
seed: tiny
replications: 2
reference: base
scenarios:
  base: {}
  ahead:
    policy: { headStartWeeks: { deprivation: { 1: 6 } } }
`

/** A factor that changes every scenario. */
export const SLOTS = 'baseline.specialties[0].firstAppointmentsPerWeek'

/** Writes study and design into a folder; `rest` is the design without its head. Returns the design's path. */
export function writeDesign(folder: string, rest: string, name = 'design.yaml'): string {
  writeFileSync(join(folder, 'tiny.yaml'), STUDY)
  const path = join(folder, name)
  writeFileSync(path, `schemaVersion: 1\nname: tiny-sweep\nstudy: tiny.yaml\nmeasures: [waiting, within-18-weeks, "slope-index:within-18-weeks"]\n${rest}`)
  return path
}

/** Points × 5 replications × 2 scenarios, no two of which are the same run. */
export function slotsDesign(points: number): string {
  return `method: latin-hypercube\nruns: ${points}\nreplications: 5\nfactors:\n  - { path: "${SLOTS}", range: [50, 60] }\n`
}

/** SHA-256 of every result of a sweep, by name; the plan is not a result. */
export function resultHashes(out: string): Record<string, string> {
  const names = readdirSync(out).filter((name) => name !== 'sweep.json' && name !== 'store').toSorted()
  return Object.fromEntries(names.map((name) => [name, createHash('sha256').update(readFileSync(join(out, name))).digest('hex')]))
}

/** Runs entered as done in a sweep's journals. */
export function runsDone(out: string): number {
  const store = join(out, 'store')
  if (!existsSync(store)) return 0
  return readdirSync(store).flatMap((engine) => {
    const folder = join(store, engine, 'journal')
    if (!existsSync(folder)) return []
    return readdirSync(folder).filter((name) => name.endsWith('.jsonl')).map((name) => doneIn(readFileSync(join(folder, name), 'utf8')))
  }).reduce((sum, each) => sum + each, 0)
}

function doneIn(journal: string): number {
  return journal.split('\n').reduce((sum, line) => {
    if (!line.startsWith('{"state":"done"') || !line.endsWith('}')) return sum
    return sum + (JSON.parse(line) as { runs: string[] }).runs.length
  }, 0)
}

/** The day on which results say that they were made, so that they are the same on two days. */
export const FIXED_DAY = { SOURCE_DATE_EPOCH: '1767225600' }
