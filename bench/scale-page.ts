/** The tables of `docs/scale.md` that `npm run bench -- --sweeps` fills in. */
import { filled, section, table, verdict, whole } from './markdown.ts'
import type { BenchRecord, SweepsRecord } from './record.ts'

/** Aims: milliseconds that a run may cost beside its simulation, and growth that a sweep may show, bytes a run. */
const OVERHEAD_MILLISECONDS = 2
/** The index of runs is 28 bytes a slot, at most 0.7 full and doubled when it is; the journal's names are some 30 a run. */
const BYTES_PER_RUN = 1000

const MEGABYTE = 2 ** 20
const megabytes = (bytes: number): string => (bytes / MEGABYTE).toFixed(1)

/** @throws Error where the page has no place for the tables */
export function scalePage(page: string, { sweeps }: BenchRecord): string {
  const overhead = filled('docs/scale.md', page, 'overhead', section(sweeps, overheadTable))
  return filled('docs/scale.md', overhead, 'sweep-memory', section(sweeps, memoryTable))
}

function overheadTable({ runs, bareSeconds, sweepSeconds }: SweepsRecord): string {
  const each = ((sweepSeconds.median - bareSeconds.median) / runs) * 1000
  const row = (what: string, { median, least, greatest }: SweepsRecord['bareSeconds']): string[] => [what, median.toFixed(1), `${least.toFixed(1)}–${greatest.toFixed(1)}`]
  return [
    table([`${whole(runs)} runs`, 'processor seconds, median', 'range'], [
      row('simulation alone, in a loop', bareSeconds),
      row('a sweep with one worker, stored and collected', sweepSeconds),
    ]),
    '',
    `The difference is ${each.toFixed(2)} ms a run; ${verdict(each < OVERHEAD_MILLISECONDS, `below ${OVERHEAD_MILLISECONDS} ms`)}.`,
  ].join('\n')
}

function memoryTable({ memory, alive, warmUpRuns, runs }: SweepsRecord): string {
  const heads = memory.map(({ workers }) => `resident, ${workers} worker${workers === 1 ? '' : 's'}: median (range), MB`)
  const rows = alive.map((look, k) => [
    whole(look.runs),
    ...memory.map(({ resident }) => `${megabytes(resident[k].bytes.median)} (${megabytes(resident[k].bytes.least)}–${megabytes(resident[k].bytes.greatest)})`),
    megabytes(look.heapBytes),
    megabytes(look.bufferBytes),
  ])
  return [
    table(['runs', ...heads, 'live heap, MB', 'live buffers, MB'], rows),
    '',
    ...memory.map(({ workers, bytesPerRun: { mean, lower, upper, processes } }) =>
      `- ${workers} worker${workers === 1 ? '' : 's'}: resident memory changes by ${whole(mean)} bytes a run from run ${whole(warmUpRuns)} to ${whole(runs)} ` +
      `(95% interval ${whole(lower)} to ${whole(upper)}, over ${processes} processes); ${verdict(mean < BYTES_PER_RUN, `below ${whole(BYTES_PER_RUN)}`)}.`),
  ].join('\n')
}
