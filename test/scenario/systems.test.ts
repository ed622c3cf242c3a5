import { describe, expect, it } from 'vitest'
import { systemsOf } from '../../src/scenario/baselines.ts'
import { concreteStudy } from '../../src/scenario/resolve.ts'
import { complaints, FULL_STUDY, resolved, SMALL_STUDY } from './helpers.ts'

const system = (code: string, rest = ''): string =>
  `{ ${code === '' ? '' : `code: ${code}, `}groups: [10, 20], specialties: [{ code: T_1, clockStartsPerWeek: 1, firstAppointmentsPerWeek: 1 }]${rest} }`
const study = (systems: readonly string[], scenario = '{}'): string =>
  `schemaVersion: 1\nname: two\nbaseline:\n  systems:\n${systems.map((each) => `    - ${each}\n`).join('')}time: { start: 2026-04-06, weeks: 20 }\nscenarios:\n  base: ${scenario}\n`

describe('a study of several systems', () => {
  it('keeps each with its code, and gives one baseline for each', async () => {
    const full = await resolved(FULL_STUDY)
    expect(systemsOf(full.baseline)).toHaveLength(2)
    expect(concreteStudy(full, 0).baselines.map((baseline) => baseline.system.code)).toEqual(['AAA', 'BBB'])
    expect(full.scenarios[1].invest[0].systems).toEqual(['AAA'])
    expect(full.scenarios[1].mutualAid[0]).toEqual({
      from: 'BBB',
      to: 'AAA',
      specialties: ['T_1'],
      firstSlotsPerWeek: 2,
      admissionSlotsPerWeek: 0,
      uptake: [0.5, 1, 1],
      startsOn: '2026-06-01',
      endsOn: null,
    })
  })

  it('of one system has one baseline, called INLINE where it is written out without a code', async () => {
    const { baselines } = concreteStudy(await resolved(SMALL_STUDY), 0)
    expect(baselines.map((baseline) => baseline.system.code)).toEqual(['INLINE'])
  })

  const two = [system('AAA'), system('BBB')]
  const aid = (written: string, systems = two): string => study(systems, `{ mutualAid: [{ ${written} }] }`)
  const cases: readonly (readonly [string, string, RegExp])[] = [
    ['two systems of the same code', study([system('AAA'), system('AAA')]), /^study\.yaml:6:15 baseline\.systems\[1\]\.code: another system is called "AAA"; give each a code of its own \(code: …\)$/],
    ['two systems without a code', study([system(''), system('')]), /baseline\.systems\[1\]\.code: another system is called "INLINE"/],
    ['one system in a list', study([system('AAA')]), /baseline\.systems: must have at least 2 entries/],
    ['different groups', study([system('AAA'), system('BBB').replace('[10, 20]', '[10, 20, 30]')]), /baseline\.systems\[1\]: BBB has 3 deprivation groups and AAA has 2; systems of one study need the same groups$/],
    ['groups of different names', study([system('AAA'), system('BBB').replace('[10, 20]', '[{ label: Core20, population: 10 }, 20]')]), /baseline\.systems\[1\]\.groups: BBB calls a deprivation group "Core20" that AAA calls "Group 1"/],
    ['an unknown lender', aid('from: BBC, to: AAA, firstSlotsPerWeek: 1'), /mutualAid\[0\]\.from: unknown system "BBC"; did you mean "BBB"\?$/],
    ['aid to itself', aid('from: AAA, to: AAA, firstSlotsPerWeek: 1'), /mutualAid\[0\]\.to: must be another system than "from"$/],
    ['aid of nothing', aid('from: AAA, to: BBB'), /mutualAid\[0\]: offers nothing; give firstSlotsPerWeek or admissionSlotsPerWeek$/],
    ['aid that nobody takes', aid('from: AAA, to: BBB, firstSlotsPerWeek: 1, uptake: 0'), /mutualAid\[0\]\.uptake: must be above 0 for at least one group$/],
    ['aid in a specialty that one has not', aid('from: AAA, to: BBB, firstSlotsPerWeek: 1, specialties: [T_1]', [system('AAA').replace('T_1', 'T_2'), system('BBB')]), /specialties\[0\]: AAA has no specialty T_1$/],
    ['aid without a common specialty', aid('from: AAA, to: BBB, firstSlotsPerWeek: 1', [system('AAA').replace('T_1', 'T_2'), system('BBB')]), /mutualAid\[0\]: AAA and BBB have no specialty in common$/],
    ['aid after the study', aid('from: AAA, to: BBB, firstSlotsPerWeek: 1, startsOn: 2030-01-01'), /mutualAid\[0\]\.startsOn: must lie within the study/],
    ['aid in a study of one system', SMALL_STUDY.replace('base: {}', 'base: { mutualAid: [{ from: A, to: B, firstSlotsPerWeek: 1 }] }'), /mutualAid\[0\]: needs a study of several systems/],
    ['a programme in an unknown system', study(two, '{ invest: [{ lever: capacity, systems: [CCC], budget: { perYear: 1 } }] }'), /invest\[0\]\.systems\[0\]: unknown system "CCC"; did you mean "AAA"\?$|allowed: AAA, BBB$/],
  ]
  it.each(cases)('is refused for %s', async (_what, source, message) => {
    const lines = await complaints(source)
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(message)
  })
})
