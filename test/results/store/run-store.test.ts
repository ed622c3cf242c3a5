import { spawnSync } from 'node:child_process'
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parquetReadObjects } from 'hyparquet'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { batchBytes } from '../../../src/results/store/batch-file.ts'
import type { StoredRun } from '../../../src/results/store/batch-file.ts'
import { openRunStore, readAside, readRunStore } from '../../../src/results/store/run-store.ts'
import type { RunStore } from '../../../src/results/store/run-store.ts'

const ENGINE = 'fairwait-9.9.9'
const id = (n: number): string => n.toString(16).padStart(4, '0').repeat(8)
const run = (n: number, values: number[] = [n, Number.NaN, -n / 3, 0.1 + n]): StoredRun => ({
  id: id(n),
  point: n,
  scenario: 'base',
  draw: 0,
  replication: n,
  keys: [
    { specialty: 'all', stage: 'all', dimension: 'all', group: 'all', measure: 'waiting' },
    { specialty: 'all', stage: 'all', dimension: 'deprivation', group: '1', measure: 'waiting' },
  ],
  dates: ['2026-01-01', '2026-01-08'],
  values: Float64Array.from(values),
})

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'fairwait-store-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const journal = (): string => join(root, ENGINE, 'journal', 'main.jsonl')
const batches = (): string[] => readdirSync(join(root, ENGINE, 'batches'))
const put = (store: RunStore, ...runs: StoredRun[]): void => store.write(store.begin(runs.map((each) => each.id)), runs)
const withStore = (use: (store: RunStore) => void): void => {
  const store = openRunStore(root, ENGINE)
  try {
    use(store)
  } finally {
    store.close()
  }
}

describe('a run store', () => {
  it('gives every value back to the last bit, also to another process', async () => {
    withStore((store) => put(store, run(1), run(2)))
    const store = readRunStore(root, ENGINE)
    expect(store.size).toBe(2)
    expect(await store.read(id(2))).toEqual(run(2).values)
    expect(await store.read(id(1))).toEqual(run(1).values)
    expect(await store.read(id(3))).toBeNull()
  })

  it('holds thousands of runs apart', async () => {
    withStore((store) => {
      for (let batch = 0; batch < 10; batch += 1) put(store, ...Array.from({ length: 300 }, (_, k) => run(1 + batch * 300 + k)))
    })
    const store = readRunStore(root, ENGINE)
    expect(store.size).toBe(3000)
    for (const n of [1, 299, 300, 301, 1777, 3000]) expect(await store.read(id(n))).toEqual(run(n).values)
    expect(store.has(id(3001))).toBe(false)
  })

  it('writes tidy Parquet that other tools can read', async () => {
    const bytes = batchBytes([run(3)])
    const rows = await parquetReadObjects({ file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer })
    expect(rows).toHaveLength(4)
    expect(rows[1]).toEqual({ run: id(3), point: 3, scenario: 'base', draw: 0, replication: 3, date: '2026-01-08', specialty: 'all', stage: 'all', dimension: 'all', group: 'all', measure: 'waiting', value: null })
  })

  it('keeps what a run needs to be run alone, until it has worked', () => {
    withStore((store) => store.setAside(id(5), 'it broke', { study: 'x' }))
    expect(readRunStore(root, ENGINE).aside.get(id(5))?.reason).toBe('it broke')
    expect(readAside(root, ENGINE, id(5))?.inputs).toEqual({ study: 'x' })
    withStore((store) => put(store, run(5)))
    expect(readRunStore(root, ENGINE).aside.size).toBe(0)
  })
})

describe('after a fault, a run store', () => {
  it('ignores a torn last line, cuts it off, and goes on', async () => {
    withStore((store) => put(store, run(1)))
    const whole = readFileSync(journal(), 'utf8')
    appendFileSync(journal(), '{"state":"done","batch":"half')
    expect(readRunStore(root, ENGINE).size).toBe(1)
    withStore((store) => put(store, run(2)))
    expect(readFileSync(journal(), 'utf8').startsWith(whole)).toBe(true)
    expect(readRunStore(root, ENGINE).size).toBe(2)
  })

  it.each([
    ['has no runs', (line: string) => line.replace('"runs":', '"rums":')],
    ['counts other runs than it names', (line: string) => line.replace('"values":[4]', '"values":[4,4]')],
    ['is nothing', () => 'null'],
    ['says what no journal says', () => '{"state":"lost"}'],
  ])('does not rely on a line of the journal that %s, or on what follows it, and goes on', async (_, damaged) => {
    withStore((store) => put(store, run(1)))
    withStore((store) => put(store, run(2)))
    const lines = readFileSync(journal(), 'utf8').split('\n')
    writeFileSync(journal(), lines.map((line, index) => (index === 1 ? damaged(line) : line)).join('\n'))
    expect(readRunStore(root, ENGINE).size).toBe(0)
    withStore((store) => put(store, run(1), run(2)))
    expect(await readRunStore(root, ENGINE).read(id(2))).toEqual(run(2).values)
  })

  it('refuses a batch of another length than the journal says', async () => {
    withStore((store) => put(store, run(1)))
    writeFileSync(journal(), readFileSync(journal(), 'utf8').replace('"values":[4]', '"values":[3]'))
    await expect(readRunStore(root, ENGINE).read(id(1))).rejects.toThrow(/damaged.*delete it/)
  })

  it('takes no notice of a batch that was written and never entered, and writes it again', () => {
    withStore((store) => put(store, run(1)))
    const kept = readFileSync(journal(), 'utf8').split('\n').find((line) => line.includes('running'))
    writeFileSync(journal(), `${kept}\n`)
    expect(readRunStore(root, ENGINE)).toMatchObject({ size: 0, running: 1 })
    withStore((store) => put(store, run(1)))
    expect(batches()).toHaveLength(1)
  })

  it('sweeps up half-written batches', () => {
    withStore((store) => put(store, run(1)))
    writeFileSync(join(root, ENGINE, 'batches', 'x.parquet.partial-main'), 'half')
    withStore(() => undefined)
    expect(batches()).toHaveLength(1)
  })

  it('runs the runs of a deleted batch again', () => {
    withStore((store) => put(store, run(1)))
    withStore((store) => put(store, run(2)))
    rmSync(join(root, ENGINE, 'batches', batches()[0]))
    expect(readRunStore(root, ENGINE).size).toBe(1)
  })

  it('refuses a damaged batch, and says what to do', async () => {
    withStore((store) => put(store, run(1)))
    const path = join(root, ENGINE, 'batches', batches()[0])
    const bytes = readFileSync(path)
    bytes[20] ^= 1
    writeFileSync(path, bytes)
    await expect(readRunStore(root, ENGINE).read(id(1))).rejects.toThrow(/damaged.*delete it/)
  })
})

describe('the lock of a run store', () => {
  const lock = (): string => join(root, ENGINE, 'journal', 'main.lock')

  it('keeps a second process out, and names the first', () => {
    withStore(() => {
      expect(() => openRunStore(root, ENGINE)).toThrow(`is being written by process ${process.pid}`)
    })
    expect(existsSync(lock())).toBe(false)
  })

  it('lets processes with journals of their own in together', () => {
    withStore((store) => {
      const other = openRunStore(root, ENGINE, 'task-1')
      put(store, run(1))
      put(other, run(2))
      other.close()
    })
    expect(readRunStore(root, ENGINE).size).toBe(2)
  })

  it('is taken over from a process that is gone', () => {
    withStore(() => undefined)
    const { pid } = spawnSync('true')
    writeFileSync(lock(), JSON.stringify({ pid, host: hostname(), started: '1' }))
    withStore((store) => put(store, run(1)))
    expect(readRunStore(root, ENGINE).size).toBe(1)
  })

  it('is taken over where its id belongs to another process by now', () => {
    withStore(() => undefined)
    writeFileSync(lock(), JSON.stringify({ pid: process.pid, host: hostname(), started: '1' }))
    withStore((store) => put(store, run(1)))
    expect(readRunStore(root, ENGINE).size).toBe(1)
  })

  it.each(['5', '{}', '{"pid":"1","host":"elsewhere"}'])('is taken over where it names nobody: %s', (text) => {
    withStore(() => undefined)
    writeFileSync(lock(), text)
    withStore((store) => put(store, run(1)))
    expect(readRunStore(root, ENGINE).size).toBe(1)
  })

  it('is left to a process on another host', () => {
    withStore(() => undefined)
    writeFileSync(lock(), JSON.stringify({ pid: 1, host: 'elsewhere', started: null }))
    expect(() => openRunStore(root, ENGINE)).toThrow('process 1 on elsewhere')
    rmSync(lock())
  })
})

describe('the engine of a run store', () => {
  it('is the only one whose runs it holds', () => {
    mkdirSync(join(root, 'fairwait-0.0.1'))
    expect(() => openRunStore(root, ENGINE)).toThrow(/made by fairwait-0.0.1.*this is fairwait-9.9.9.*another folder/)
    expect(() => readRunStore(root, ENGINE)).toThrow(/must not be mixed/)
  })

  it('finds nothing in a folder that is not there, and makes none by reading', () => {
    const nowhere = join(root, 'nowhere')
    expect(readRunStore(nowhere, ENGINE).size).toBe(0)
    expect(existsSync(nowhere)).toBe(false)
  })
})

describe('on a disk without space, a run store', () => {
  it('says so, keeps what it had, and goes on when there is room', ({ skip }) => {
    const disk = join(root, 'disk')
    mkdirSync(disk)
    const mounted = process.platform === 'linux' && spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=96k', 'tmpfs', disk]).status === 0
    if (!mounted) skip('a small file system can only be mounted by root on Linux')
    try {
      const store = openRunStore(disk, ENGINE)
      put(store, run(1))
      const filler = join(disk, 'filler')
      writeFileSync(filler, '')
      const fill = (): void => {
        try {
          for (;;) appendFileSync(filler, Buffer.alloc(1024))
        } catch {
          // Full.
        }
      }
      fill()
      const large = run(2, Array.from({ length: 4 }, Math.random))
      expect(() => {
        for (let n = 2; n < 400; n += 1) put(store, { ...large, id: id(n) })
      }).toThrow(/no space left on the disk.*run the same command again/)
      store.close()
      const before = readRunStore(disk, ENGINE).size
      expect(before).toBeGreaterThanOrEqual(1)
      rmSync(filler)
      const again = openRunStore(disk, ENGINE)
      put(again, run(999))
      again.close()
      expect(readRunStore(disk, ENGINE).size).toBe(before + 1)
    } finally {
      spawnSync('umount', [disk])
    }
  })
})
