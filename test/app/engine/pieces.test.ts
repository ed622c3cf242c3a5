import { createHash } from 'node:crypto'
import { crc32 as nodeCrc32 } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createByteCache } from '../../../src/app/engine/byte-cache.ts'
import { runKeys } from '../../../src/app/engine/run-keys.ts'
import { createSha256, quickSha256, sha256 } from '../../../src/app/engine/sha256.ts'
import { editedStudy, readStudy, studyYaml } from '../../../src/app/engine/study-reading.ts'
import { connectEngine, serveEngine } from '../../../src/app/engine/wire.ts'
import { GivenProblems, type Engine, type RunUpdate } from '../../../src/app/contract.ts'
import { crc32 } from '../../../src/baseline/crc32.ts'
import { InputError } from '../../../src/errors.ts'
import { createBrowserBackend, type WorkerLike } from '../../../src/execution/browser.ts'
import { serveTasks } from '../../../src/execution/protocol.ts'
import type { Study } from '../../../src/scenario/study.ts'
import { channel, workerOn } from './channel.ts'

const bytes = fc.uint8Array({ maxLength: 300 })

describe('checksums', () => {
  it('SHA-256 is that of the platform, in one piece or several', async () => {
    await fc.assert(
      fc.asyncProperty(bytes, bytes, async (first, second) => {
        const expected = createHash('sha256').update(first).update(second).digest('hex')
        const hash = createSha256()
        hash.update(first)
        hash.update(second)
        expect(hash.digest()).toBe(expected)
        const whole = new Uint8Array([...first, ...second])
        expect(sha256(whole)).toBe(expected)
        expect(await quickSha256(whole)).toBe(expected)
      }),
      { seed: 31 },
    )
    expect(sha256('£')).toBe(createHash('sha256').update('£').digest('hex'))
  })

  it('CRC-32 is that of the platform, in one piece or several', () => {
    fc.assert(
      fc.property(bytes, bytes, (first, second) => {
        expect(crc32(second, crc32(first))).toBe(nodeCrc32(second, nodeCrc32(first)))
      }),
      { seed: 32 },
    )
  })
})

describe('a cache of runs', () => {
  it('never holds more than its limit, and lets go of what was not used for longest', () => {
    const cache = createByteCache(24)
    for (const key of ['a', 'b', 'c']) cache.set(key, new Float64Array(1))
    cache.get('a')
    cache.set('d', new Float64Array(1))
    expect(['a', 'b', 'c', 'd'].filter((key) => cache.get(key) !== null)).toEqual(['a', 'c', 'd'])
    cache.set('large', new Float64Array(4))
    expect(['a', 'c', 'd', 'large'].filter((key) => cache.get(key) !== null)).toEqual([])
  })
})

const STUDY = `
schemaVersion: 1
name: tiny
title: Tiny
baseline:
  groups: [{ label: Most, population: 100 }, { label: Least, population: 100 }]
  specialties:
    - { code: T, name: Test, clockStartsPerWeek: [5, 5], waiting: { firstAppointment: [9, 9] }, firstAppointmentsPerWeek: 10, admittedShare: 0, admissionsPerWeek: 0 }
time: { start: 2026-04-06, weeks: 4 }
replications: 2
assumptions: { needFactor: "1.02^year" }
scenarios:
  a: {}
  b: { title: Second, policy: { headStartWeeks: { deprivation: { 1: 2 } } } }
`
const noPack = (): never => {
  throw new Error('no pack is named')
}
const read = async (text: string): Promise<Study> => (await readStudy(text, noPack)).study

describe('keys of runs', () => {
  it('stay where only words and amounts of running change', async () => {
    const [before, after] = [runKeys(await read(STUDY)), runKeys(await read(STUDY.replace('Second', 'Other').replace('title: Tiny', 'title: Else').replace('replications: 2', 'replications: 5')))]
    expect(after).toEqual(before)
  })

  it('change for the scenario that changed, and for all where something common did', async () => {
    const before = runKeys(await read(STUDY)).scenarios
    const one = runKeys(await read(STUDY.replace('1: 2 }', '1: 3 }'))).scenarios
    expect([one[0] === before[0], one[1] === before[1]]).toEqual([true, false])
    for (const [from, to] of [['1.02^year', '1.03^year'], ['weeks: 4', 'weeks: 5'], ['[5, 5]', '[5, 6]'], ['name: tiny', 'name: tinier\nseed: other']]) {
      const all = runKeys(await read(STUDY.replace(from, to))).scenarios
      expect(all.some((key, index) => key === before[index])).toBe(false)
    }
  })
})

describe('a study that the screen edits', () => {
  it('is read, written and read again as the same study, formulas as text', async () => {
    const { file, study } = await readStudy(STUDY, noPack)
    const yaml = await studyYaml(file)
    expect(yaml).toContain('needFactor: 1.02^year')
    const again = await readStudy(yaml, noPack)
    expect(again.study).toEqual(study)
    expect((await editedStudy(again.file, noPack)).study).toEqual(study)
    expect(await studyYaml(again.file)).toBe(yaml)
  })

  it('keeps the scenarios asked for and the reference', async () => {
    const { file } = await readStudy(STUDY, noPack)
    expect((await editedStudy(file, noPack, [])).study.scenarios.map(({ id }) => id)).toEqual(['a'])
    await expect(editedStudy(file, noPack, ['c'])).rejects.toThrow('no scenario "c"')
  })

  it('may have a horizon shorter than its dates, as with --weeks', async () => {
    const late = STUDY.replace('b: {', 'b: { shocks: [{ kind: industrial-action, weeks: [2026-06-01], capacityLoss: 0.5 }],')
    const { study } = await readStudy(late, noPack)
    expect(study.time.weeks).toBe(4)
    expect(study.scenarios[1].shocks).toHaveLength(1)
  })
})

const PRECISION = { sample: 1, replications: 0, of: 1, progress: 0 } as const

/** An engine that answers what it is told to. */
function stand(parts: Partial<Engine>): Engine {
  const never = (): never => {
    throw new Error('not asked for')
  }
  return { packs: never, studies: never, addPack: never, check: never, write: never, run: never, cancel: never, exportFile: never, openResults: never, explain: never, stopExplaining: never, close: never, ...parts }
}

describe('the wire', () => {
  it('brings answers back to their questions, and problems as problems', async () => {
    const [page, worker] = channel()
    serveEngine(worker, stand({
      packs: () => new Promise((resolve) => {
        setTimeout(() => resolve([]), 5)
      }),
      write: (file) => Promise.resolve(file.name),
      check: () => Promise.reject(new InputError({ path: 'x', message: 'wrong' })),
      studies: () => Promise.reject(new Error('a defect')),
    }))
    const engine = connectEngine(page, () => undefined)
    const [packs, name] = await Promise.all([engine.packs(), engine.write({ name: 'n' } as Parameters<Engine['write']>[0])])
    expect([packs, name]).toEqual([[], 'n'])
    const refused = await engine.check('').catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(GivenProblems)
    expect((refused as GivenProblems).problems).toEqual([{ path: 'x', message: 'wrong' }])
    await expect(engine.studies()).rejects.toThrow('Fairwait failed unexpectedly: a defect')
  })

  it('ends an earlier run for its listener, and lets nothing late of it through', async () => {
    const [page, worker] = channel()
    const emits: ((update: RunUpdate) => void)[] = []
    serveEngine(worker, stand({ run: (_, onUpdate) => void emits.push(onUpdate), cancel: () => undefined }))
    const engine = connectEngine(page, () => undefined)
    const heard: string[][] = [[], []]
    const file = {} as Parameters<Engine['run']>[0]
    engine.run(file, ({ kind }) => void heard[0].push(kind))
    engine.run(file, ({ kind }) => void heard[1].push(kind))
    await new Promise((resolve) => setTimeout(resolve, 5))
    for (const emit of emits) emit({ kind: 'progress', precision: { phase: 'refining', ...PRECISION } })
    await new Promise((resolve) => setTimeout(resolve, 5))
    engine.cancel()
    emits[1]({ kind: 'progress', precision: { phase: 'refining', ...PRECISION } })
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(heard).toEqual([['cancelled'], ['progress', 'cancelled']])
  })

  it('says that the engine is gone, now and later', async () => {
    const engine = connectEngine(channel()[0], () => undefined)
    const waiting = engine.packs()
    engine.fail('it crashed')
    await expect(waiting).rejects.toThrow('has stopped: it crashed')
    await expect(engine.packs()).rejects.toThrow('has stopped: it crashed')
    const kinds: string[] = []
    engine.run({} as Parameters<Engine['run']>[0], ({ kind }) => void kinds.push(kind))
    expect(kinds).toEqual(['failed'])
  })
})

describe('browser workers', () => {
  const tasks = [0, 1, 2, 3].map((replication) => ({ scenario: 0, draw: 0, replication }))

  /** Workers in this thread that take a while, and a count of those alive. */
  function workforce(milliseconds: number) {
    const state = { started: 0, ended: 0 }
    const start = (): WorkerLike => {
      state.started += 1
      const [own, other] = channel()
      let isAlive = true
      serveTasks({ ...other, postMessage: (message) => setTimeout(() => isAlive && other.postMessage(message, []), milliseconds) }, () => ({ replication }) => ({
        values: Float64Array.of(replication),
        pathways: 1,
        kernelSeconds: 0,
      }))
      return workerOn(own, () => {
        isAlive = false
        state.ended += 1
      })
    }
    return { state, start }
  }

  it('hand outcomes over in order, and stand for the next run', async () => {
    const study = await read(STUDY)
    const { state, start } = workforce(1)
    const backend = createBrowserBackend({ workers: 2, start, onAbort: 'terminate' })
    for (let run = 0; run < 2; run += 1) {
      const got: number[] = []
      await backend.run(study, tasks, (_, { values }) => void got.push(values[0]))
      expect(got).toEqual([0, 1, 2, 3])
    }
    expect(state).toEqual({ started: 2, ended: 0 })
    backend.close()
    expect(state.ended).toBe(2)
  })

  it.each([['terminate', { started: 2, ended: 1 }], ['finish', { started: 1, ended: 0 }]] as const)('on an abort %s at once, and serve the next run', async (onAbort, expected) => {
    const study = await read(STUDY)
    const { state, start } = workforce(20)
    const backend = createBrowserBackend({ workers: 1, start, onAbort })
    const controller = new AbortController()
    const run = backend.run(study, tasks, () => undefined, controller.signal)
    setTimeout(() => controller.abort(new Error('enough')), 5)
    await expect(run).rejects.toThrow('enough')
    const got: number[] = []
    await backend.run(study, tasks.slice(2), (_, { values }) => void got.push(values[0]))
    expect(got).toEqual([2, 3])
    expect(state).toEqual(expected)
  })
})
