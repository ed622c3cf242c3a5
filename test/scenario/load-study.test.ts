import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { loadStudy } from '../../src/cli/load-study.ts'
import { validateStudies } from '../../src/cli/validate.ts'
import { codeOf, systemsOf } from '../../src/scenario/baselines.ts'
import { concreteStudy } from '../../src/scenario/resolve.ts'
import { SHOCK_KINDS } from '../../src/scenario/study.ts'
import { SMALL_STUDY } from './helpers.ts'

const folder = mkdtempSync(join(tmpdir(), 'fairwait-study-'))
afterAll(() => rmSync(folder, { recursive: true }))

function written(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}
const shippedStudy = (name: string): string => fileURLToPath(new URL(`../../scenarios/${name}.yaml`, import.meta.url))

describe('the studies that are shipped', () => {
  it.each(['recovery', 'england', 'laboratory'])('%s is sound and can be made concrete', async (name) => {
    const { study, inputs } = await loadStudy(shippedStudy(name))
    const concrete = concreteStudy(study, 0)
    expect(concrete.steps).toBe(study.time.weeks)
    expect(concrete.baselines[0].groups.map(({ id }) => id)).toEqual(name === 'laboratory' ? ['1', '2'] : ['1', '2', '3', '4', '5'])
    expect(inputs).toHaveLength(name === 'laboratory' ? 1 : 2)
    expect(inputs.every(({ sha256 }) => /^[0-9a-f]{64}$/.test(sha256))).toBe(true)
  })

  it('recovery has the promised scenarios, and equal money wherever there is money', async () => {
    const { study } = await loadStudy(shippedStudy('recovery'))
    expect(study.scenarios.map(({ id }) => id)).toEqual([
      'no-investment',
      'capacity-universal',
      'capacity-proportionate',
      'core20-targeted',
      'attendance-and-outreach',
      'strikes',
    ])
    const money = study.scenarios.map(({ invest }) => invest.reduce((sum, { budget }) => sum + Number(budget.perYear), 0))
    expect(money).toEqual([0, 24e6, 24e6, 24e6, 24e6, 0])
    const terms = study.scenarios.flatMap(({ invest }) => invest.map(({ budget }) => JSON.stringify({ ...budget, perYear: 0 })))
    expect(new Set(terms).size).toBe(1)
    expect(study.scenarios.every(({ policies }) => policies.length === 0)).toBe(true)
  })
})

describe('the guide to the study file', () => {
  const guide = readFileSync(new URL('../../docs/study-file.md', import.meta.url), 'utf8')
  const blocks = [...guide.matchAll(/```yaml\n(.*?)```/gs)].map(([, source]) => source)
  const blockWith = (words: string): string => blocks.find((block) => block.startsWith(words) || (block.includes(words) && !words.endsWith(':'))) ?? `no block with ${words}`
  const indented = (block: string): string => block.replaceAll(/^(?=.)/gm, '    ')
  const onPack = (lines: string, scenario = '  base: {}'): string =>
    `schemaVersion: 1\nname: guide\nbaseline: baselines/QYG-2026-01.json\ntime: { weeks: 160 }\n${lines}scenarios:\n${scenario}\n`

  it('shows a whole study that is sound', async () => {
    const { study } = await loadStudy(written('guide.yaml', blockWith('name: winter')))
    expect(study.scenarios.map(({ id }) => id)).toEqual(['as-planned', 'fairer-recovery'])
  })

  it('shows an inline baseline that is sound', async () => {
    const head = 'schemaVersion: 1\nname: inline\nscenarios: { base: {} }\n'
    const { study } = await loadStudy(written('guide-inline.yaml', head + blockWith('code: T_001')))
    expect(study.baseline.kind).toBe('inline')
  })

  it('shows priority, dimensions and what varies, sound together', async () => {
    const lines = ['priority:', 'dimensions:', 'assumptions:'].map(blockWith).join('')
    const { study } = await loadStudy(written('guide-people.yaml', onPack(lines)))
    expect([study.priority.levels.length, study.dimensions.length, study.adjustments.length]).toEqual([2, 1, 5])
  })

  it('shows policies and every kind of shock, sound together', async () => {
    const scenario = `  base:\n${indented(blockWith('policy:'))}${indented(blockWith('shocks:'))}`
    const { study } = await loadStudy(written('guide-scenario.yaml', onPack('', scenario)))
    expect(study.scenarios[0].policies).toHaveLength(1)
    expect(new Set(study.scenarios[0].shocks.map(({ kind }) => kind))).toEqual(new Set(SHOCK_KINDS))
  })

  it('shows several systems that are sound', async () => {
    const { study, inputs } = await loadStudy(written('guide-systems.yaml', `schemaVersion: 1\nname: guide\n${blockWith('systems: [baselines')}`))
    expect(systemsOf(study.baseline).map(codeOf)).toEqual(['QYG', 'QOP'])
    expect(inputs).toHaveLength(3)
  })

  it('shows how draws are spread and tied, sound with the distributions that it names', async () => {
    const uncertain = 'assumptions: { dnaRate: { dist: beta, mean: 0.07, sd: 0.01 } }\n'
    const cost = 'parameters: { costPerAdmission: { dist: gamma, mean: 4000, sd: 400 } }'
    const plan = `  plan:\n    invest: [{ lever: capacity, budget: { perYear: 1000000 }, ${cost} }]`
    const { study } = await loadStudy(written('guide-draws.yaml', onPack(uncertain + blockWith('draws:'), plan)))
    expect([study.draws, study.correlations.length]).toEqual([64, 1])
  })

  it('has every block of YAML tried above', () => {
    expect(blocks).toHaveLength(9)
  })
})

describe('several packs', () => {
  const systems = (second: string): string =>
    `schemaVersion: 1\nname: packs\nbaseline:\n  systems:\n    - baselines/QYG-2026-01.json\n    - ${second}\ntime: { weeks: 4 }\nscenarios: { base: {} }\n`

  it('that are not all there are told with the place of the one that is missing', async () => {
    await expect(loadStudy(written('packs.yaml', systems('baselines/QOP-2026-1.json')))).rejects.toThrow(
      /packs\.yaml:6:7 baseline\.systems\[1\]: there is no baseline pack "baselines\/QOP-2026-1\.json"/,
    )
  })

  it('cannot hold one twice', async () => {
    await expect(loadStudy(written('twice.yaml', systems('baselines/QYG-2026-01.json')))).rejects.toThrow(
      /twice\.yaml:6:7 baseline\.systems\[1\]\.code: another system is called "QYG"; give each a code of its own$/,
    )
  })

  it('may stand beside a baseline that is written out, which then has its groups and its first day', async () => {
    const inline = '{ code: OWN, groups: [1, 1, 1, 1, 1], specialties: [{ code: C_110, clockStartsPerWeek: 5, firstAppointmentsPerWeek: 5 }] }'
    const { study } = await loadStudy(written('mixed.yaml', systems(inline)))
    const { baselines } = concreteStudy(study, 0)
    expect(baselines.map(({ system, asOf }) => [system.code, asOf])).toEqual([['QYG', '2026-02-01'], ['OWN', '2026-02-01']])
    expect(study.assumptions.dnaRate).toEqual([0.076, 0.07, 0.064, 0.058, 0.052])
  })
})

describe('changes from the command line', () => {
  it('replace seed, replications, weeks and sample; dates beyond a shorter study are no fault', async () => {
    const { study } = await loadStudy(shippedStudy('recovery'), { seed: 'other', replications: 2, weeks: 4, sample: 0.1 })
    expect(study).toMatchObject({ seed: 'other', replications: 2, sample: 0.1, time: { weeks: 4 } })
  })

  it('keep the named scenarios and the reference, in the order of the file', async () => {
    const { study } = await loadStudy(shippedStudy('recovery'), { scenarios: ['strikes', 'capacity-universal'] })
    expect(study.scenarios.map(({ id }) => id)).toEqual(['no-investment', 'capacity-universal', 'strikes'])
    expect(study.reference).toBe('no-investment')
  })

  it('refuse a scenario that is not there', async () => {
    await expect(loadStudy(shippedStudy('recovery'), { scenarios: ['strike'] })).rejects.toThrow(
      'unknown scenario "strike"; did you mean "strikes"?',
    )
  })
})

describe('a file that is no study', () => {
  const utf16 = new Uint8Array([0xff, 0xfe, ...Buffer.from(SMALL_STUDY, 'utf16le')])
  it.each([
    ['is missing', () => join(folder, 'smal.yaml'), /smal\.yaml: there is no such file; did you mean ".*small\.yaml"\?$/],
    ['is a folder', () => folder, /: is a folder; name a study file in it$/],
    ['is UTF-16', () => written('utf16.yaml', utf16), /utf16\.yaml: is not UTF-8 text; save it as UTF-8$/],
    ['is UTF-16 without a mark', () => written('utf16b.yaml', utf16.subarray(2)), /is not UTF-8 text/],
    ['is Latin-1', () => written('latin.yaml', new Uint8Array([0x61, 0x3a, 0xe9])), /is not UTF-8 text/],
    ['is empty', () => written('empty.yaml', ''), /empty\.yaml: the file is empty/],
  ])('%s: says so', async (_what, path, message) => {
    written('small.yaml', SMALL_STUDY)
    await expect(loadStudy(path())).rejects.toThrow(message)
  })

  it('may start with a byte-order mark', async () => {
    const { study } = await loadStudy(written('bom.yaml', `\uFEFF${SMALL_STUDY}`))
    expect(study.name).toBe('small')
  })
})

describe('a baseline pack', () => {
  const withPack = (path: string): string =>
    `schemaVersion: 1\nname: packed\nbaseline: ${path}\ntime: { weeks: 4 }\nscenarios: { base: {} }\n`

  it('that is missing is told with its place and the nearest file', async () => {
    mkdirSync(join(folder, 'packs'))
    written('packs/QYG-2026-01.json', '{}')
    await expect(loadStudy(written('missing.yaml', withPack('packs/QYG-2026-1.json')))).rejects.toThrow(
      /missing\.yaml:3:11 baseline: there is no baseline pack "packs\/QYG-2026-1\.json" beside the study or among those shipped; did you mean "packs\/QYG-2026-01\.json"\?$/,
    )
  })

  it('that is not JSON is refused by name', async () => {
    written('broken.json', '{')
    await expect(loadStudy(written('broken.yaml', withPack('broken.json')))).rejects.toThrow(/^broken\.json: is not JSON/)
  })

  it('that is no pack is refused', async () => {
    written('other.json', '{"format":"other"}')
    await expect(loadStudy(written('other.yaml', withPack('other.json')))).rejects.toThrow(/^other\.json/)
  })

  it('that is shipped is found from any folder, and gives the study its first day', async () => {
    const { study } = await loadStudy(written('far.yaml', withPack('baselines/QYG-2026-01.json')))
    expect(study.time).toEqual({
      start: '2026-02-01',
      weeks: 4,
      stepDays: 7,
      workingDays: true,
      warmUpWeeks: 0,
      seasonality: { clockStarts: null, capacity: null },
    })
    expect(study.assumptions.dnaRate).toEqual([0.076, 0.07, 0.064, 0.058, 0.052])
  })

  it('cannot start on another day than after its list was counted', async () => {
    const source = withPack('baselines/QYG-2026-01.json').replace('weeks: 4', 'start: 2026-04-01, weeks: 4')
    await expect(loadStudy(written('late.yaml', source))).rejects.toThrow(
      /late\.yaml:4:16 time\.start: must be 2026-02-01, the day after the baseline's list was counted$/,
    )
  })

  it('knows its specialties', async () => {
    const source = withPack('baselines/QYG-2026-01.json').replace(
      '{ base: {} }',
      '{ base: { invest: [{ lever: capacity, specialties: [C_1109], budget: { perYear: 1 } }] } }',
    )
    await expect(loadStudy(written('code.yaml', source))).rejects.toThrow(/code\.yaml:5:64 .*unknown specialty "C_1109"; did you mean "C_110"\?$/)
  })
})

describe('validating several files', () => {
  it('tells of a referral that is changed alone, which refers nobody more, and calls the study sound', async () => {
    const said: string[] = []
    const changed = (factor: string): string =>
      SMALL_STUDY.replace('  base: {}', `  base:\n    adjust:\n      - { assumption: referralPropensity, multiply: 1.1, deprivation: [1] }${factor}`)
    const files = [
      written('alone.yaml', changed('')),
      written('both.yaml', changed('\n      - { assumption: needFactor, multiply: 1.1, deprivation: [1] }')),
      written('others.yaml', changed('\n      - { assumption: needFactor, multiply: 1.1, deprivation: [2] }')),
    ]
    await validateStudies(files, (line) => said.push(line))
    const notes = said.filter((line) => line.includes('note:'))
    expect(said.filter((line) => line.endsWith(': ok'))).toHaveLength(3)
    expect(notes).toHaveLength(2)
    expect(notes[0]).toMatch(/alone\.yaml: note: scenarios\.base\.adjust\[0\]: referralPropensity changes and needFactor does not/)
    expect(notes[1]).toContain('others.yaml')
  })

  it('tells of what capital builds and nobody pays to run once its money has ended', async () => {
    const notes = async (programmes: string): Promise<string[]> => {
      const said: string[] = []
      const source = SMALL_STUDY.replace('weeks: 20', 'weeks: 200').replace('  base: {}', `  base:\n    invest:\n${programmes}`)
      await validateStudies([written('hub.yaml', source)], (line) => said.push(line))
      return said.filter((line) => line.includes('note:'))
    }
    const hub = (from: string, years: number, rest = ''): string => `      - { lever: surgical-hub, budget: { perYear: 1000000, from: ${from}, years: ${years} }${rest} }\n`
    expect(await notes(hub('2026-04-06', 1))).toEqual([expect.stringMatching(/scenarios\.base\.invest\[0\]: what surgical-hub has built .*runningCostShare: 1, which builds nothing/)])
    expect(await notes(hub('2026-04-06', 1) + hub('2027-04-06', 3, ', parameters: { runningCostShare: 1 }'))).toEqual([])
    expect(await notes(hub('2026-04-06', 4))).toEqual([])
  })

  it('tells of the sound ones, and of every problem of the others', async () => {
    const sound: string[] = []
    const bad = [written('bad1.yaml', 'name: 1\n'), written('bad2.yaml', '')]
    const failing = validateStudies([bad[0], written('good.yaml', SMALL_STUDY), bad[1]], (line) => sound.push(line))
    await expect(failing).rejects.toMatchObject({ exitCode: 3 })
    await expect(failing).rejects.toThrow(/bad1\.yaml:1:7 name[\s\S]*bad2\.yaml: the file is empty/)
    expect(sound).toEqual([`${join(folder, 'good.yaml')}: ok`])
  })
})
