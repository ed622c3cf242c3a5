/** Small files in the form of the RTT full CSV, for specs. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const pad = (weeks: number): string => String(weeks).padStart(2, '0')

export const HEADER: readonly string[] = [
  'Period',
  'Provider Org Code',
  'Provider Org Name',
  'Commissioner Parent Org Code',
  'Commissioner Org Code',
  'RTT Part Type',
  'Treatment Function Code',
  'Treatment Function Name',
  ...Array.from({ length: 104 }, (_, week) => `Gt ${pad(week)} To ${pad(week + 1)} Weeks SUM 1`),
  'Gt 104 Weeks SUM 1',
  'Total',
  'Patients with unknown clock start date',
  'Total All',
]

export interface TestRow {
  period?: string
  area?: string
  commissioner?: string
  part: string
  code?: string
  name?: string
  provider?: string
  bands?: Readonly<Record<number, number | string>>
  unknown?: number
  /** Instead of the sum of bands and unknown. */
  total?: number | string
}

/** One row in the header's order; blank `Total` where the published files leave it blank. */
export function row(spec: TestRow): string[] {
  const bands = Array.from({ length: 105 }, (_, week) => String(spec.bands?.[week] ?? (spec.part === 'Part_3' ? '' : 0)))
  const people = sum(bands.map(Number))
  const stops = spec.part.startsWith('Part_1')
  return [
    spec.period ?? 'RTT-January-2026',
    'RBX',
    spec.provider ?? 'TRUST, WITH A COMMA',
    spec.area ?? 'QYG',
    spec.commissioner ?? '99A',
    spec.part,
    spec.code ?? 'C_110',
    spec.name ?? 'Trauma and Orthopaedic Service',
    ...bands,
    stops ? String(people) : '',
    spec.unknown === undefined ? '' : String(spec.unknown),
    String(spec.total ?? people + (spec.unknown ?? 0)),
  ]
}

function cell(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

export function csv(rows: readonly (readonly string[])[], newline = '\n'): string {
  return rows.map((cells) => cells.map(cell).join(',') + newline).join('')
}

/** All five parts of one specialty and area: 30 waiting, 10 with decision, 4 admitted, 6 not, 13 starts. */
export function monthRows(extra: Partial<TestRow> = {}): string[][] {
  return [
    row({ ...extra, part: 'Part_1A', bands: { 3: 3, 60: 1 } }),
    row({ ...extra, part: 'Part_1B', bands: { 0: 4, 20: 2 } }),
    row({ ...extra, part: 'Part_2', bands: { 0: 10, 17: 8, 18: 7, 52: 4, 104: 1 } }),
    row({ ...extra, part: 'Part_2A', bands: { 0: 2, 17: 4, 52: 4 } }),
    row({ ...extra, part: 'Part_3', total: 13 }),
  ]
}

export function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0)
}

/** A folder of its own for each spec file. */
export function scratchFolder(): { path: (name: string) => string; write: (name: string, data: string | Uint8Array) => string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'fairwait-test-'))
  const path = (name: string): string => join(folder, name)
  return {
    path,
    write: (name, data) => {
      writeFileSync(path(name), data)
      return path(name)
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** A file of the shared published data, beside the project. */
export function sharedData(name: string): string {
  return fileURLToPath(new URL(`../../../shared/data/${name}`, import.meta.url))
}
