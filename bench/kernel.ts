/**
 * How fast the kernel is: `npm run bench [-- REPEATS]`.
 *
 * Simulates the reference scenario of the recovery study (one integrated care board, every specialty, five years) and
 * the same at a tenth of the size, in turn, after a warm-up; prints nanoseconds of kernel time per pathway, median
 * and least, and the ratio between the sizes (1 where time grows with size alone). The counts of every repeat must
 * agree before a time is believed.
 */
import { loadStudy } from '../src/cli/load-study.ts'
import { seedWords } from '../src/experiment/run-task.ts'
import { clearCensus, createCensus } from '../src/model/census.ts'
import { compileScenario } from '../src/model/compile.ts'
import { serviceKey } from '../src/model/identity.ts'
import { createKernelMemory, simulateService } from '../src/model/simulate.ts'
import type { CompiledScenario, ServiceTables, StageSlots } from '../src/model/tables.ts'
import { concreteStudy } from '../src/scenario/resolve.ts'

const NANOSECONDS = 1e6
const repeats = Number(process.argv[2] ?? 5)

const { study } = await loadStudy('scenarios/recovery.yaml')
const seed = seedWords(study.seed)
const whole = compileScenario(concreteStudy(study, 0), 0)
const sizes = [
  { name: 'one ICB', compiled: whole, times: [] as number[], counts: new Set<string>() },
  { name: 'a tenth of it', compiled: scaled(whole, 0.1), times: [] as number[], counts: new Set<string>() },
]
const memory = createKernelMemory(whole.steps, whole.strata, whole.services[0].stepsPerWeek)
const census = createCensus(whole.steps, whole.strata)

for (let repeat = -1; repeat < repeats; repeat++) {
  for (const size of sizes) {
    const { nanoseconds, pathways, waiting } = run(size.compiled)
    size.counts.add(`${pathways}/${waiting}`)
    if (repeat >= 0) size.times.push(nanoseconds / pathways)
  }
}
for (const { name, times, counts } of sizes) {
  if (counts.size > 1) throw new Error(`${name}: repeats differ: ${[...counts].join(', ')}`)
  console.log(`${name.padEnd(14)} ${median(times).toFixed(0)} ns per pathway (least ${Math.min(...times).toFixed(0)}) over ${times.length} repeats; pathways/waiting ${[...counts][0]}`)
}
console.log(`ratio of medians, whole to tenth: ${(median(sizes[0].times) / median(sizes[1].times)).toFixed(2)}`)
console.log(`Node ${process.version}, ${process.arch}; resident ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB`)

/** One replication of every specialty: kernel time, pathways, and people waiting at the end. */
function run(compiled: CompiledScenario): { nanoseconds: number; pathways: number; waiting: number } {
  let nanoseconds = 0
  let pathways = 0
  let waiting = 0
  for (const tables of compiled.services) {
    const key = serviceKey(seed, 0, compiled.systemCode, tables.code)
    const started = performance.now()
    clearCensus(census)
    pathways += simulateService(tables, key, memory, census)
    nanoseconds += (performance.now() - started) * NANOSECONDS
    const row = 2 * census.strata * census.bands
    for (const people of census.waiting.subarray(census.steps * row)) waiting += people
  }
  return { nanoseconds, pathways, waiting }
}

function scaled(compiled: CompiledScenario, factor: number): CompiledScenario {
  const real = (values: Float64Array): Float64Array => values.map((value) => value * factor)
  const count = (values: Int32Array): Int32Array => values.map((value) => Math.round(value * factor))
  const stage = (slots: StageSlots): StageSlots => ({
    ...slots,
    open: count(slots.open),
    openInTurn: count(slots.openInTurn),
    independent: slots.independent === null ? null : count(slots.independent),
  })
  const services = compiled.services.map((tables): ServiceTables => ({
    ...tables,
    initialFirst: count(tables.initialFirst),
    initialAdmission: count(tables.initialAdmission),
    initialUnmetNeed: count(tables.initialUnmetNeed),
    clockStarts: real(tables.clockStarts),
    directStarts: tables.directStarts === null ? null : real(tables.directStarts),
    unreferredNeed: real(tables.unreferredNeed),
    firstSlots: stage(tables.firstSlots),
    admissionSlots: stage(tables.admissionSlots),
  }))
  return { ...compiled, services }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
