/**
 * Small numbers in what `sensitivity`, `solve`, `optimise` and `decompose` write and print: they answer for everybody and
 * for deprivation groups, so that a small group of a further dimension is not named in it, nor can it be asked for.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { command } from '../captured-command.ts'
import { SMALL_GROUP_STUDY } from './small-study.ts'

/** A name that nothing else has, in place of the small group's. */
const NAME = 'zquincunx'
const STUDY = SMALL_GROUP_STUDY.replace('{ id: few, label: Few }', `{ id: ${NAME}, label: ${NAME} }`).replace('replications: 3', 'replications: 2')
/** Study files that a search writes are the study itself, as private as what it was made from. */
const isStudy = (path: string): boolean => path.endsWith('.yaml') || basename(path) === 'manifest.json'

let folder = ''
let study = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fairwait-small-analyses-'))
  study = join(folder, 'study.yaml')
  if (!STUDY.includes(NAME)) throw new Error('the study has no such group')
  writeFileSync(study, STUDY)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const BUDGET = 'scenarios.ahead.invest[0].budget.perYear'
const QUICK = ['--workers', '1', '--quiet', '--json']
const ANALYSES: readonly (readonly [string, readonly string[]])[] = [
  ['sensitivity', ['--method', 'tornado', '--on', `${BUDGET}=0.5:2`, '--scenario', 'ahead', '--measure', 'waiting']],
  ['solve', ['--vary', BUDGET, '--between', '0', '500000', '--target', 'waiting <= 460 by 2026-05-25', '--probability', '0.5', '--replications-cap', '4']],
  ['optimise', ['--population', '4', '--generations', '1', '--fresh', '2']],
  ['decompose', ['--scenario', 'ahead', '--max-runs', '24']],
]

/** Every file below a folder, with the bytes as text. */
function textsIn(of: string): [string, string][] {
  const paths = readdirSync(of, { recursive: true }).map((name) => join(of, String(name))).filter((path) => statSync(path).isFile())
  return paths.map((path) => [path, readFileSync(path, 'latin1')])
}

describe('a group of a handful of people', () => {
  it.each(ANALYSES)('is not named in what %s writes or prints', async (name, options) => {
    const out = join(folder, name)
    const { code, text } = await command([name, study, ...options, '--out', out, ...QUICK])
    expect({ code: code === 4 ? 0 : code, text }).toEqual({ code: 0, text: expect.not.stringContaining(NAME) as string })
    const files = textsIn(out)
    expect(files.length).toBeGreaterThan(1)
    expect(files.filter(([path, content]) => !isStudy(path) && content.includes(NAME)).map(([path]) => path)).toEqual([])
  }, 300_000)

  it.each([
    ['sensitivity', ['--on', `${BUDGET}=0.5:2`, '--group', NAME]],
    ['sensitivity', ['--on', `${BUDGET}=0.5:2`, '--measure', `waiting of ${NAME}`]],
    ['solve', ['--vary', BUDGET, '--target', `waiting of group ${NAME} <= 3 by 2026-05-25`]],
    ['decompose', ['--measure', `waiting:${NAME}`]],
    ['decompose', ['--index', NAME]],
  ])('cannot be asked for: %s %j is refused', async (name, options) => {
    const { code, text } = await command([name, study, ...options, '--out', join(folder, 'refused'), ...QUICK])
    expect({ code: [2, 3].includes(code), text }).toEqual({ code: true, text: expect.stringContaining(NAME) as string })
    expect(readdirSync(folder)).not.toContain('refused')
  })
})
