/** A results folder that somebody changed: commands that read it say which file, and leave the folder as it was. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { command } from '../captured-command.ts'
import { SMALL_GROUP_STUDY } from './small-study.ts'

let folder = ''
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fairwait-changed-'))
  writeFileSync(join(folder, 'study.yaml'), SMALL_GROUP_STUDY.replace('weeks: 8', 'weeks: 4'))
  const { code, text } = await command(['run', join(folder, 'study.yaml'), '--workers', '1', '--quiet', '--out', join(folder, 'out')])
  if (code !== 0) throw new Error(text)
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A copy of the folder, one of whose files is another text. */
function changed(name: string, file: string, change: (text: string) => string): string {
  const copy = join(folder, name)
  cpSync(join(folder, 'out'), copy, { recursive: true })
  const text = readFileSync(join(copy, file), 'utf8')
  expect(change(text)).not.toBe(text)
  writeFileSync(join(copy, file), change(text))
  return copy
}

describe('a changed results folder', () => {
  it.each([
    ['is cut short', (text: string) => text.slice(1)],
    ['lists nothing', () => '{"resources": 7}'],
    ['is empty', () => 'null'],
  ])('whose data package %s gets no new report, and a refusal that names the file', async (what, change) => {
    const copy = changed(what, 'datapackage.json', change)
    const before = readFileSync(join(copy, 'manifest.json'), 'utf8')
    const { code, text } = await command(['report', copy])
    expect({ code, text }).toMatchObject({ code: 3, text: expect.stringMatching(/datapackage\.json: is no data package; run the study again/) as string })
    expect(readFileSync(join(copy, 'manifest.json'), 'utf8')).toBe(before)
  })

  it.each(['report', 'reproduce'])('whose study lacks its scenarios’ parts is refused by %s in words, with the reason', async (name) => {
    const copy = changed(name, 'manifest.json', (text) => {
      const manifest = JSON.parse(text) as { study: { scenarios: object[]; assumptions: object } }
      return JSON.stringify({ ...manifest, study: { ...manifest.study, assumptions: null, scenarios: manifest.study.scenarios.map((scenario) => ({ ...scenario, programmes: 7, invest: 7 })) } })
    })
    const { code, text } = await command([name, copy])
    expect(code).toBe(3)
    expect(text.replaceAll(/\s+/g, ' ')).toMatch(/manifest\.json:? nothing can be made of the study in it \(.+\): it was changed after it was written, or is another version/)
  })
})
