import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commandIn } from '../captured-command.ts'
import { writeDesign } from './sweep-fixture.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fairwait-store-'))
  writeDesign(folder, 'method: grid\nreplications: 2\nfactors:\n  - { path: "baseline.specialties[0].firstAppointmentsPerWeek", values: [55] }\n')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A command with `FAIRWAIT_STORE`, which is done. */
async function done(store: string, ...args: string[]): Promise<void> {
  expect(await commandIn(args, folder, { FAIRWAIT_STORE: store })).toMatchObject({ code: 0 })
}

/** The store of a sweep, as its plan names it. */
function storeOf(out: string): unknown {
  const { store } = JSON.parse(readFileSync(join(folder, out, 'sweep.json'), 'utf8')) as { readonly store: unknown }
  return store
}

/** Files of runs in a store. */
function batches(store: string): string[] {
  return readdirSync(join(folder, store), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.parquet')).toSorted()
}

describe('FAIRWAIT_STORE', () => {
  it('is the store of run and of new sweeps, so that nothing is run again', async () => {
    await done('ours', 'run', 'tiny.yaml', '--out', 'first', '--quiet')
    await done('ours', 'sweep', 'design.yaml', '--out', 'swept', '--quiet')
    const kept = batches('ours')
    expect(kept.length).toBeGreaterThan(1)
    await done('ours', 'run', 'tiny.yaml', '--out', 'second', '--quiet')
    await done('ours', 'sweep', 'design.yaml', '--out', 'swept-again', '--quiet')
    expect(batches('ours')).toEqual(kept)
    expect(storeOf('swept')).toBe(join('..', 'ours'))
    expect(existsSync(join(folder, 'swept', 'store'))).toBe(false)
  })

  it('gives way to --store, and to the store that a sweep began with', async () => {
    await done('ours', 'run', 'tiny.yaml', '--out', 'third', '--quiet', '--store', 'other')
    expect(existsSync(join(folder, 'other'))).toBe(true)
    await done('', 'sweep', 'design.yaml', '--out', 'alone', '--quiet')
    await done('ours', 'sweep', 'design.yaml', '--out', 'alone', '--quiet')
    expect(storeOf('alone')).toBe('store')
  })
})
