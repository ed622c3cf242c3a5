/** What a sweep promises to somebody whose machine stops: nothing finished is lost, and the results are the same. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import seedrandom from 'seedrandom'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startFairwait } from './fairwait-process.ts'
import { FIXED_DAY, resultHashes, runsDone, slotsDesign, writeDesign } from './sweep-fixture.ts'

const KILLS = Number(process.env['FAIRWAIT_KILLS'] ?? 10)

let folder = ''
let seconds = 0
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fairwait-kill-'))
  writeDesign(folder, slotsDesign(50))
  const start = performance.now()
  await sweep('whole').finished
  seconds = (performance.now() - start) / 1000
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const sweep = (out: string) => startFairwait(['sweep', 'design.yaml', '--out', out], folder, FIXED_DAY)
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

describe('a sweep of 500 runs', () => {
  it(`killed ${KILLS} times at random moments gives the same bytes as one left alone`, async () => {
    const random = seedrandom('kill')
    const out = join(folder, 'killed')
    expect(runsDone(join(folder, 'whole'))).toBe(500)
    const reached: number[] = []
    let kills = 0
    while (kills < KILLS) {
      const { child, finished } = sweep('killed')
      await wait(200 + random() * seconds * 1000)
      child.kill('SIGKILL')
      const { code } = await finished
      if (code === null) {
        kills += 1
        reached.push(runsDone(out))
      } else rmSync(out, { recursive: true, force: true })
    }
    // Kills that only came before the first or after the last run would show nothing.
    expect(reached.filter((done) => done > 0 && done < 500)).not.toEqual([])
    expect((await sweep('killed').finished).code).toBe(0)
    expect(resultHashes(out)).toEqual(resultHashes(join(folder, 'whole')))
  }, 600_000)

  it('on a disk that fills up says so, loses nothing, and ends with the same bytes once there is room', async ({ skip }) => {
    const disk = join(folder, 'disk')
    mkdirSync(disk)
    const mounted = process.platform === 'linux' && spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', disk]).status === 0
    if (!mounted) skip('a small file system can only be mounted by root on Linux')
    try {
      // Room for a good part of the runs, and not for the results.
      const filler = join(disk, 'filler')
      const { bavail, bsize } = statfsSync(disk)
      writeFileSync(filler, Buffer.alloc(bavail * bsize - 160_000))
      const { code, stderr } = await sweep('disk/out').finished
      expect(code).toBe(1)
      expect(stderr).toContain('no space left on the disk')
      expect(stderr).not.toContain('    at ')
      const done = runsDone(join(disk, 'out'))
      expect(done).toBeGreaterThan(0)
      expect(existsSync(join(disk, 'out', 'runs.csv'))).toBe(false)
      rmSync(filler)
      expect((await sweep('disk/out').finished).code).toBe(0)
      expect(resultHashes(join(disk, 'out'))).toEqual(resultHashes(join(folder, 'whole')))
    } finally {
      spawnSync('umount', [disk])
    }
  }, 120_000)
})
