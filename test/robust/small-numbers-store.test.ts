/** Small numbers and `run --store`: what is too small to be told is not kept, and results do not depend on that. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commandIn } from '../captured-command.ts'
import { SMALL_GROUP_STUDY } from './small-study.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fairwait-small-store-'))
  writeFileSync(join(folder, 'small.yaml'), SMALL_GROUP_STUDY)
  writeFileSync(join(folder, 'shown.yaml'), `${SMALL_GROUP_STUDY}smallNumbers: 0\n`)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs a study with a store; returns what it said on standard error. */
async function runWith(study: string, out: string, ...options: string[]): Promise<string> {
  const { code, stderr } = await commandIn(['run', study, '--out', out, ...options], folder)
  expect(code).toBe(0)
  return stderr
}

/** Files of runs in a store. */
const batches = (store: string): string[] =>
  readdirSync(join(folder, store), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.parquet')).toSorted()

const results = (out: string): Buffer[] => ['series.csv', 'runs.parquet'].map((name) => readFileSync(join(folder, out, name)))

describe('run --store', () => {
  it('keeps no run in which a group is too small to be told, says so, and gives the same results', async () => {
    await runWith('small.yaml', 'alone')
    const said = await runWith('small.yaml', 'stored', '--store', 'kept')
    expect(said).toContain('6 runs are not kept in the store: fewer than 10 people wait')
    expect(batches('kept')).toEqual([])
    expect(results('stored')).toEqual(results('alone'))
  })

  it('keeps them where the study says that nothing is too small', async () => {
    expect(await runWith('shown.yaml', 'shown', '--store', 'all')).not.toContain('not kept')
    expect(batches('all')).not.toEqual([])
  })

  it('takes those that are kept from the store and runs the others again, in their order', async () => {
    // Whether "few" is small is a matter of the run at this limit.
    writeFileSync(join(folder, 'between.yaml'), `${SMALL_GROUP_STUDY.replace('0.295, 0.005', '0.2, 0.1').replace('0.195, 0.005', '0.1, 0.1')}smallNumbers: 9\n`)
    await runWith('between.yaml', 'between')
    const said = await runWith('between.yaml', 'once', '--store', 'some')
    expect(said).toMatch(/^[1-5] runs? (is|are) not kept/m)
    const kept = batches('some')
    expect(kept).not.toEqual([])
    expect(await runWith('between.yaml', 'twice', '--store', 'some')).toEqual(said)
    expect(batches('some')).toEqual(kept)
    expect(results('once')).toEqual(results('between'))
    expect(results('twice')).toEqual(results('between'))
  })
})
