/** Laboratory studies for decompositions: written as a study file is, and loaded as one. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadStudy } from '../../../src/cli/load-study.ts'
import type { Study } from '../../../src/scenario/study.ts'

/** What a laboratory study may say; the rest is alike in both groups and switched off. */
export interface Laboratory {
  /** Baselines of several systems, in place of the one below. */
  readonly systems?: readonly object[]
  readonly clockStartsPerWeek?: readonly [number, number]
  /** People waiting for a first appointment by whole weeks waited, of both groups together or of each. */
  readonly list?: readonly number[] | readonly (readonly number[])[]
  readonly firstAppointmentsPerWeek?: number
  readonly admissionsPerWeek?: number
  /** Assumptions as the study file writes them. */
  readonly assumptions?: object
  /** Adjustments as the study file writes them. */
  readonly adjust?: readonly object[]
  /** Scenarios as the study file writes them. */
  readonly scenarios?: object
  readonly weeks?: number
  readonly replications?: number
  readonly draws?: number
  readonly seed?: string
}

/** Two groups of 50,000 residents and one specialty, as text of a study file. */
function laboratoryText(lab: Laboratory): string {
  return JSON.stringify({
    schemaVersion: 1,
    name: 'laboratory',
    baseline: lab.systems !== undefined ? { systems: lab.systems } : {
      name: 'Laboratory',
      groups: [
        { label: 'Most deprived', population: 50_000 },
        { label: 'Least deprived', population: 50_000 },
      ],
      specialties: [
        {
          code: 'T_001',
          name: 'Test',
          clockStartsPerWeek: lab.clockStartsPerWeek ?? [60, 60],
          waiting: { firstAppointment: lab.list ?? Array.from({ length: 10 }, () => 120) },
          firstAppointmentsPerWeek: lab.firstAppointmentsPerWeek ?? 110,
          admissionsPerWeek: lab.admissionsPerWeek ?? 0,
          admittedShare: 0,
        },
      ],
    },
    ...(lab.assumptions !== undefined && { assumptions: lab.assumptions }),
    ...(lab.adjust !== undefined && { adjust: lab.adjust }),
    time: { start: '2026-04-06', weeks: lab.weeks ?? 40 },
    seed: lab.seed ?? 'laboratory',
    replications: lab.replications ?? 4,
    ...(lab.draws !== undefined && { draws: lab.draws }),
    reference: 'reference',
    scenarios: { reference: {}, ...lab.scenarios },
  })
}

/** The study of {@link laboratoryText}. */
export async function laboratory(lab: Laboratory): Promise<Study> {
  const folder = await mkdtemp(join(tmpdir(), 'fairwait-decompose-'))
  try {
    const path = join(folder, 'laboratory.json')
    await writeFile(path, laboratoryText(lab))
    return (await loadStudy(path)).study
  } finally {
    await rm(folder, { recursive: true })
  }
}

/**
 * Two groups that differ in whether they come and how far private care reaches, and a head start: eight combinations.
 */
export const headStartLaboratory = (replications: number): string =>
  laboratoryText({
    assumptions: {
      inTurnShareFirst: 0,
      dnaRate: { deprivation: { 1: 0.4, 2: 0.05 } },
      privatePerWeek: { deprivation: { 1: 0, 2: 0.01 } },
    },
    scenarios: { 'head-start': { title: 'A head start', policy: { headStartWeeks: { deprivation: { 1: 6 } }, inTurnShare: { firstAppointment: 1 } } } },
    weeks: 20,
    replications,
  })
