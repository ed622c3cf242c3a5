/**
 * No-regression fingerprints: not right answers, but the tables that studies were compiled to when this was written.
 * What a study means may change on purpose, and is then told in the changelog; whoever does so, or edits the study of
 * every mechanism, writes them anew: what is found is printed.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compileScenario } from '../../../src/model/compile/index.ts'
import type { CompiledScenario } from '../../../src/model/tables.ts'
import { parseStudy } from '../../../src/scenario/parse.ts'
import { concreteStudy, inlineStudyBaseline, resolveStudy } from '../../../src/scenario/resolve.ts'
import type { ConcreteStudy } from '../../../src/scenario/study.ts'
import { programme } from '../../investment/programmes.ts'
import { adjust, AGE, aid, compiled, policy, shock, specialty, system, TWO_LEVELS, type StudyParts } from './study-builder.ts'

/** Everything that a value holds, its numbers in single precision: enough to tell, and the same on every machine. */
function fingerprint(value: unknown): string {
  const hash = createHash('sha256')
  const add = (part: unknown): void => {
    if (ArrayBuffer.isView(part)) hash.update(Float32Array.from(part as Float64Array))
    else if (typeof part === 'number') hash.update(Float32Array.of(part))
    else if (typeof part === 'object' && part !== null) {
      for (const [key, own] of Object.entries(part)) {
        hash.update(key)
        add(own)
      }
    } else hash.update(String(part))
  }
  add(value)
  return hash.digest('hex').slice(0, 12)
}

const fingerprints = (scenarios: readonly CompiledScenario[]): Record<string, string> => Object.fromEntries(scenarios.map((scenario) => [scenario.id, fingerprint(scenario)]))

/** The study of every mechanism, a little over a year of it. */
const everyMechanism = (async (): Promise<ConcreteStudy> => {
  const source = readFileSync(new URL('../../../scenarios/mechanisms.yaml', import.meta.url), 'utf8').replace('weeks: 104', 'weeks: 70').replaceAll('2028-03-31', '2027-07-31')
  const { file, positions } = await parseStudy(source, 'mechanisms.yaml')
  if (typeof file.baseline === 'string') throw new Error('the study of every mechanism writes its baseline out')
  return concreteStudy(resolveStudy(file, inlineStudyBaseline(file, file.baseline), positions), 0)
})()

/** By scenario of the study of every mechanism. */
const PRINTS = {
  advice: '1ced81d70034',
  'as-it-is': '74b428af7622',
  cancellations: '4ab126668763',
  capacity: 'e245f1ff495b',
  hub: 'd1cbf89d8d21',
  'in-turn': 'b5ba4e5b465b',
  'late-presentation': '7c2c8c4fb8dd',
  'long-waits-first': '70732075a597',
  'no-deterioration': '681f0f80d911',
  outreach: 'dedd6f815021',
  pandemic: '02afb23c6c1d',
  points: 'a2b0bc014e83',
  prevention: '3236d70648d3',
  'reserved-slots': '78244ac201f5',
  'staff-loss': 'ada701aa72ea',
  strikes: 'f392f35830fc',
  'tests-and-follow-on': '6ff777942b5f',
  winter: '22c08c3912f5',
}

const TWO_SYSTEMS: StudyParts = {
  baselines: [
    system('A', [specialty('T_1', { chanceWeightFirst: [3, 1, 1, 2], removedPerWeek: [0, 0.002, 0.004] }), specialty('T_2')]),
    system('B', [specialty('T_1', { firstAppointmentsPerWeek: 60, withdrewPerWeek: [0.001, 0.006] }), specialty('T_2')], [9000, 12_000, 15_000]),
  ],
  priority: TWO_LEVELS,
  dimensions: [AGE],
  time: { warmUpWeeks: 8, workingDays: true },
  assumptions: {
    dnaRate: [0.1, 0.08, 0.05],
    referralPropensity: [0.7, 0.8, 0.9],
    unmetNeedInitialWeeks: 20,
    unmetNeedResolutionPerWeek: 0.01,
    inTurnShareFirst: 0.4,
    inTurnShareAdmission: 0.7,
    independentSectorShareFirst: 0.1,
    independentSectorAccess: [0.7, 1, 1.2],
    hubShareAdmission: 0.2,
    hubAccess: [0.8, 1, 1.1],
    frailtyVariance: 0.4,
    deteriorationPerWeekFirst: [0.004, 0.003, 0.002],
  },
}

const SHARING: StudyParts['scenarios'] = [
  { id: 'aid', mutualAid: [aid({ firstSlotsPerWeek: 10, admissionSlotsPerWeek: 3, uptake: [0.5, 0.8, 1], specialties: ['T_1'], startsOn: '2026-05-04', endsOn: '2027-01-31' })] },
  {
    id: 'rules',
    policies: [
      policy({ headStartWeeks: [8, 4, 0], reservedShare: [0.2, 0, 0], inTurnShareFirst: 0.9, from: '2026-06-01', to: '2026-12-31' }),
      policy({ longWait: { fromWeeks: 26, headStartWeeks: 52, chanceWeight: 20 }, chanceWeight: [2, 1.5, 1], from: '2027-01-01' }),
    ],
    shocks: [shock({ weeks: ['2026-07-13', '2026-08-10'], capacityLoss: 0.35, recovered: 0.4, recoveryWeeks: 6, systems: ['A'] }), shock({ kind: 'pandemic', weeks: ['2026-11-02', '2026-11-09'], referralLoss: [0.5, 0.4, 0.3], referralReturn: [0.2, 0.4, 0.6], returnWeeks: 9, dnaOdds: [1.5, 1.2, 1], emergencyFactor: [1.4, 1.2, 1], deathFactor: [1.3, 1.2, 1.1] })],
  },
  {
    id: 'money',
    adjustments: [adjust('dnaRate', 'odds', 1.5, { dimensions: [{ dimension: 'age', groups: ['65+'] }] }), adjust('needFactor', 'multiply', 0.9, { specialties: ['T_2'], from: '2026-10-01' })],
    invest: [
      programme({ id: 'more', perYear: 300_000, from: '2026-04-06', rampWeeks: 13, allocate: { rule: 'proportionate', theta: 1.5, need: 'use' } }),
      programme({ id: 'hubs', lever: 'surgical-hub', perYear: 200_000, from: '2026-06-01' }),
      programme({ id: 'old', lever: 'attendance-support', perYear: 50_000, from: '2026-04-06', people: [{ dimension: 'age', groups: ['65+'] }] }),
      programme({ id: 'find', lever: 'outreach', perYear: 60_000, from: '2026-04-06' }),
    ],
  },
]

describe('compile still makes the tables that it made', () => {
  it('of every mechanism, none forgotten', async () => {
    const { scenarios } = await everyMechanism
    expect(scenarios.map(({ id }) => id).toSorted()).toEqual(Object.keys(PRINTS).toSorted())
  })

  it.each(Object.entries(PRINTS))('of every mechanism, one by one: %s', async (id, print) => {
    const study = await everyMechanism
    expect(fingerprint(compileScenario(study, study.scenarios.findIndex((scenario) => scenario.id === id)))).toBe(print)
  })

  it('of two systems apart, and of two that share, with policies, shocks and money', () => {
    expect(fingerprints(compiled({ ...TWO_SYSTEMS, scenarios: SHARING.slice(1) }))).toEqual({ rules: '262551394994', money: '43dda5ce57ca' })
    expect(fingerprints(compiled({ ...TWO_SYSTEMS, scenarios: SHARING }))).toEqual({ aid: '2e641baeef10', rules: '58cf8e8f279a', money: '3ed91b4602c3' })
  })
})
