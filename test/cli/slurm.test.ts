/** Sweeps on a real Slurm of this one machine; skipped, with the reason, where it cannot be had. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fileHashes, submissionOf } from './cluster-fixture.ts'
import { fairwait } from './fairwait-process.ts'
import { FIXED_DAY, runsDone, slotsDesign, writeDesign } from './sweep-fixture.ts'

const SCRIPT = fileURLToPath(new URL('../../scripts/slurm-one-host.sh', import.meta.url))
const CANNOT = 77

const folder = mkdtempSync(join(tmpdir(), 'fairwait-slurm-'))
const cluster = join(folder, 'cluster')
const at = (name: string): string => join(folder, name)
const SLURM = { ...FIXED_DAY, SLURM_CONF: join(cluster, 'slurm.conf') }
const run = (...args: string[]) => fairwait(args, folder, SLURM)
const onSlurm = (out: string, tasks: number, ...more: string[]) =>
  run('sweep', 'design.yaml', '--out', out, '--on', 'slurm', '--tasks', String(tasks), '--profile', 'profile.yaml', ...more)
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Runs a program of Slurm, or the script that sets it up. */
function slurm(program: string, ...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', env: { ...process.env, SLURM_CONF: SLURM.SLURM_CONF }, stdio: ['ignore', 'pipe', 'pipe'] })
  return { status, stdout, stderr }
}

/** The daemons must not keep our pipes open: what the script says goes to a file. */
function oneHost(action: 'start' | 'node' | 'stop'): { status: number | null; said: string } {
  const log = join(folder, `${action}.log`)
  const { status } = spawnSync('bash', ['-c', '"$0" "$1" "$2" >"$3" 2>&1', SCRIPT, action, cluster, log], { stdio: 'ignore' })
  return { status, said: readFileSync(log, 'utf8').trim() }
}

let reason = ''
beforeAll(async () => {
  const { status, said } = oneHost('start')
  if (status === CANNOT) {
    reason = said
    process.stderr.write(`Slurm specs skipped: ${said}\n`)
    return
  }
  if (status !== 0) throw new Error(`Slurm did not start: ${said}`)
  writeDesign(folder, slotsDesign(24))
  writeFileSync(at('profile.yaml'), 'schemaVersion: 1\nslurm: { partition: main, time: 5, graceSeconds: 60, memory: 500M }\n')
  await run('sweep', 'design.yaml', '--out', 'whole', '--workers', '1')
})
beforeEach(({ skip }) => {
  if (reason !== '') skip(reason)
})
afterAll(() => {
  oneHost('stop')
  rmSync(folder, { recursive: true, force: true })
})

async function until(what: string, isSo: () => boolean, seconds = 60): Promise<void> {
  for (const end = performance.now() + seconds * 1000; performance.now() < end; await wait(100)) if (isSo()) return
  throw new Error(`waited ${seconds} s in vain for ${what}\n${slurm('squeue').stdout}`)
}
const queueIsEmpty = (): boolean => slurm('squeue', '--noheader').stdout.trim() === ''
const logs = (out: string, submission: number): string => {
  const place = join(at(out), 'cluster', String(submission))
  return readdirSync(place).filter((name) => name.endsWith('.log')).toSorted().map((name) => readFileSync(join(place, name), 'utf8')).join('')
}

/** Processes of the tasks of a sweep, and the daemons of Slurm that watch over them. */
function taskProcesses(out: string): number[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((pid) => {
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
      if (!words.includes('sweep-task') || !words.includes(at(out))) return []
      const parent = /\)\s+\S\s+(\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]
      return [Number(parent), Number(pid)]
    } catch {
      return []
    }
  })
}

/** Batches that tasks began and did not finish. */
function batchesLost(out: string): number {
  const [engine] = readdirSync(at(`${out}/store`))
  const folderOfJournals = join(at(`${out}/store`), engine, 'journal')
  const names = readdirSync(folderOfJournals).filter((name) => name.startsWith('task-') && name.endsWith('.jsonl'))
  const text = names.map((name) => readFileSync(join(folderOfJournals, name), 'utf8')).join('')
  return (text.match(/^\{"state":"running"/gm) ?? []).length - (text.match(/^\{"state":"done"/gm) ?? []).length
}

describe('fairwait sweep --on slurm', () => {
  it.each([1, 4])('with %i tasks gives the files of an undisturbed run here, byte for byte', async (tasks) => {
    const out = `tasks-${tasks}`
    const { code, stdout } = await onSlurm(out, tasks)
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^Job \d+: \d tasks? for 234 runs\. Job \d+ collects/) as string })
    const again = await onSlurm(out, tasks)
    expect({ code: again.code, stderr: again.stderr }).toEqual({ code: 1, stderr: expect.stringContaining('still in the queue') as string })
    await until('the array', queueIsEmpty)
    expect(readdirSync(join(at(out), 'cluster', '1')).filter((name) => name.startsWith('task-')).length).toBe(tasks)
    expect(logs(out, 1)).toContain('240 more are shared with other points or had been run before.')
    expect(runsDone(at(out))).toBe(240)
    expect(fileHashes(at(out))).toEqual(fileHashes(at('whole')))
  }, 90_000)

  it('with a node killed in mid-array loses at most the batches in flight, and submits again only what is missing', async () => {
    await onSlurm('lost', 4)
    await until('some runs', () => runsDone(at('lost')) >= 40)
    const job = /"(\d+)","(\d+)"/.exec(readFileSync(at('lost/cluster/1/jobs.json'), 'utf8'))?.slice(1) ?? []
    const pids = [Number(readFileSync(join(cluster, 'slurmd.pid'), 'utf8')), ...taskProcesses('lost')]
    expect(pids.length).toBeGreaterThan(1)
    for (const pid of pids) process.kill(pid, 'SIGKILL')
    slurm('scancel', ...job)
    const before = runsDone(at('lost'))
    expect(before).toBeLessThan(240)
    expect(oneHost('node')).toEqual({ status: 0, said: '' })
    await until('the queue', queueIsEmpty)
    expect(runsDone(at('lost'))).toBe(before)
    // Two tasks were at work, each on one batch.
    expect(batchesLost('lost')).toBeLessThanOrEqual(2)

    expect((await onSlurm('lost', 3)).stdout).toContain(`3 tasks for ${240 - before} runs`)
    expect(submissionOf(at('lost'), 2).ranges.length).toBeGreaterThan(0)
    await until('the second array', queueIsEmpty)
    // Every run once: none that had been stored was run again.
    expect(runsDone(at('lost'))).toBe(240)
    expect(fileHashes(at('lost'))).toEqual(fileHashes(at('whole')))
    expect(readdirSync(at('lost/store')).flatMap((engine) => readdirSync(join(at('lost/store'), engine, 'journal'))).filter((name) => name.includes('.lock'))).toEqual([])
  }, 120_000)

  it('ends before its time limit, and the same command goes on from there', async () => {
    // Of two minutes, the tasks leave all but one second unused: less than the sweep takes on any machine.
    writeFileSync(at('short.yaml'), 'schemaVersion: 1\nslurm: { partition: main, time: 2, graceSeconds: 119, memory: 500M }\n')
    await onSlurm('short', 1, '--profile', 'short.yaml')
    const [job] = JSON.parse(readFileSync(at('short/cluster/1/jobs.json'), 'utf8')) as string[]
    await until('the array', queueIsEmpty)
    expect(slurm('scontrol', 'show', 'job', `${job}_0`).stdout).toMatch(/JobState=COMPLETED[^]*TimeLimit=00:02:00/)
    expect(logs('short', 1)).toMatch(/Stopped as its time ended, with \d+ runs of its share left/)
    expect(logs('short', 1)).toContain('are missing, and nothing was written')
    const done = runsDone(at('short'))
    expect(done).toBeLessThan(240)
    expect((await onSlurm('short', 2)).stdout).toContain(`2 tasks for ${240 - done} runs`)
    await until('the second array', queueIsEmpty)
    expect(fileHashes(at('short'))).toEqual(fileHashes(at('whole')))
  }, 90_000)

  it('passes on why Slurm refuses', async () => {
    writeFileSync(at('wrong.yaml'), 'schemaVersion: 1\nslurm: { partition: nowhere }\n')
    const { code, stderr } = await onSlurm('wrong', 1, '--profile', 'wrong.yaml')
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/^sbatch failed: .*partition/i) as string })
  })
})
