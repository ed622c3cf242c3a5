/**
 * The waiting list of model.ts through Fairwait's tables.
 *
 *     node fairwait.ts MODEL.json     a PeerModel with the `keys` of its replications
 *
 * One line of JSON for each replication, as the other programs print.
 */
import { readFileSync } from 'node:fs'
import { clearCensus, createCensus, FLOWS, type Flow, type ServiceCensus } from '../../src/model/census.ts'
import type { Key } from '../../src/model/identity.ts'
import { createKernelMemory, simulateService } from '../../src/model/simulate.ts'
import { EXIT_CAUSES } from '../../src/scenario/study.ts'
import { processorMilliseconds } from '../children/processor-time.ts'
import { mean } from '../statistics.ts'
import type { PeerAnswer } from './answer.ts'
import { GROUPS, PRIORITIES, STRATA, type PeerModel } from './model.ts'
import { peerKeys, peerTables } from './tables.ts'

const model = JSON.parse(readFileSync(process.argv[2], 'utf8')) as PeerModel & { readonly keys: readonly Key[] }
const tables = peerTables(model)
const memory = createKernelMemory(tables.steps, tables.strata, tables.stepsPerWeek)
const census = createCensus(tables.steps, tables.strata)

for (const key of model.keys) {
  const begun = processorMilliseconds()
  clearCensus(census)
  const pathways = simulateService(tables, peerKeys(key), memory, census)
  const nanoseconds = (processorMilliseconds() - begun) * 1e6
  const answer: PeerAnswer = { nanoseconds, pathways, measures: measuresOf(census) }
  process.stdout.write(`${JSON.stringify(answer)}\n`)
}

/** In the order of `MEASURES`. */
function measuresOf(counts: ServiceCensus): number[] {
  const weeks = Array.from({ length: counts.steps }, (_, step) => step + 1)
  const waiting = (stage: number): number => mean(weeks.map((row) => people(counts, row, stage, () => true)))
  const atEnd = (who: (stratum: number, band: number) => boolean): number =>
    people(counts, counts.steps, 0, who) + people(counts, counts.steps, 1, who)
  return [
    waiting(0),
    waiting(1),
    ...Array.from({ length: PRIORITIES }, (_, level) => atEnd((stratum) => stratum % PRIORITIES === level)),
    ...Array.from({ length: GROUPS }, (_, group) => atEnd((stratum) => Math.floor(stratum / PRIORITIES) === group)),
    atEnd((_, band) => band < 18) / atEnd(() => true),
    flow(counts, 'nonAdmitted'),
    flow(counts, 'admitted'),
    ...EXIT_CAUSES.map((cause) => flow(counts, cause)),
    flow(counts, 'dna'),
    meanBand(counts.nonAdmittedByBand, counts.bands),
    meanBand(counts.admittedByBand, counts.bands),
  ]
}

function people(counts: ServiceCensus, row: number, stage: number, who: (stratum: number, band: number) => boolean): number {
  let total = 0
  for (let stratum = 0; stratum < STRATA; stratum++) {
    const from = ((row * 2 + stage) * STRATA + stratum) * counts.bands
    for (let band = 0; band < counts.bands; band++) if (who(stratum, band)) total += counts.waiting[from + band]
  }
  return total
}

function flow(counts: ServiceCensus, name: Flow): number {
  let total = 0
  for (let at = FLOWS.indexOf(name); at < counts.flows.length; at += FLOWS.length) total += counts.flows[at]
  return total
}

function meanBand(byBand: Int32Array, bands: number): number {
  let stops = 0
  let weeks = 0
  for (const [index, count] of byBand.entries()) {
    stops += count
    weeks += count * (index % bands)
  }
  return weeks / stops
}
