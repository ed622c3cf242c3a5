/** What one task of a job array promises, with no cluster: its manifest's arguments are run as a pod would run them. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { fileHashes, submissionOf } from './cluster-fixture.ts'
import { commandIn } from '../captured-command.ts'
import { fairwait, startFairwait } from './fairwait-process.ts'
import { FIXED_DAY, runsDone, slotsDesign, writeDesign } from './sweep-fixture.ts'

let folder = ''
const at = (name: string): string => join(folder, name)
const run = (args: readonly string[], env = {}) => commandIn(args, folder, { ...FIXED_DAY, ...env })
const runProcess = (args: readonly string[], env = {}) => fairwait(args, folder, { ...FIXED_DAY, ...env })
const submit = (out: string, design = 'design.yaml', tasks = 3) =>
  run(['sweep', design, '--out', out, '--on', 'kubernetes', '--profile', 'profile.yaml', '--tasks', String(tasks)])

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fairwait-task-'))
  writeDesign(folder, slotsDesign(12))
  writeFileSync(at('profile.yaml'), 'schemaVersion: 1\nkubernetes: { image: fairwait, volumeClaim: sweeps, folder: pods }\n')
  await run(['sweep', 'design.yaml', '--out', 'whole'])
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs the pods of a submission, one after the other, with what Kubernetes gives them: in this process unless told otherwise. */
async function runPods(out: string, number: number, indices: readonly number[], runOne: typeof run | typeof runProcess = run): Promise<(number | null)[]> {
  const manifest = parse(readFileSync(join(at(out), 'cluster', String(number), 'job.yaml'), 'utf8')) as {
    spec: { template: { spec: { containers: { args: string[] }[] } } }
  }
  const args = manifest.spec.template.spec.containers[0].args.map((arg) => (arg.startsWith('/fairwait/') ? out : arg))
  const codes: (number | null)[] = []
  for (const index of indices) codes.push((await runOne(args, { JOB_COMPLETION_INDEX: String(index) })).code)
  return codes
}

describe('tasks of a Kubernetes Job', () => {
  it('make the files of an undisturbed run, and what a lost one leaves is submitted again', async () => {
    expect((await submit('pods')).stdout).toContain('3 pods for 114 runs')
    expect(await runPods('pods', 1, [0, 2], runProcess)).toEqual([0, 0])
    const early = await run(['collect', 'pods', '--complete'])
    expect({ code: early.code, files: Object.keys(fileHashes(at('pods'))) }).toEqual({ code: 1, files: [] })
    expect(early.stderr).toContain('38 runs of pods are missing, and nothing was written')
    expect((await submit('pods')).stdout).toContain('3 pods for 38 runs')
    expect(submissionOf(at('pods'), 2)).toMatchObject({ ranges: [[22, 41]], tasks: 3 })
    expect(await runPods('pods', 2, [2, 1, 0])).toEqual([0, 0, 0])
    expect(runsDone(at('pods'))).toBe(120)
    expect((await run(['collect', 'pods', '--complete'])).code).toBe(0)
    expect(fileHashes(at('pods'))).toEqual(fileHashes(at('whole')))
  })

  it('share out points where replications are adaptive, with the same files', async () => {
    const until = '{ measure: waiting, scenario: ahead, halfWidth: 0.4, maxReplications: 8, batch: 4 }'
    const design = slotsDesign(7).replace('replications: 5\n', `until: ${until}\n`)
    writeDesign(folder, design, 'until.yaml')
    await run(['sweep', 'until.yaml', '--out', 'until'])
    await submit('until-pods', 'until.yaml')
    expect(submissionOf(at('until-pods'), 1).ranges).toEqual([[0, 7]])
    expect(await runPods('until-pods', 1, [0, 1])).toEqual([0, 0])
    await submit('until-pods', 'until.yaml')
    expect(submissionOf(at('until-pods'), 2)).toMatchObject({ ranges: [[4, 7]] })
    expect(await runPods('until-pods', 2, [0, 1, 2])).toEqual([0, 0, 0])
    expect((await run(['collect', 'until-pods', '--complete'])).code).toBe(0)
    expect(fileHashes(at('until-pods'))).toEqual(fileHashes(at('until')))
  })

  it('share runs between points without harm: the values are the same whichever task ran them', async () => {
    const grid = 'method: grid\nreplications: 6\nfactors:\n  - { path: scenarios.ahead.policy.headStartWeeks.deprivation.1, values: [2, 4, 8, 12] }\n'
    writeDesign(folder, grid, 'shared.yaml')
    await run(['sweep', 'shared.yaml', '--out', 'shared'])
    await submit('shared-pods', 'shared.yaml', 4)
    expect(await runPods('shared-pods', 1, [3, 1, 0, 2])).toEqual([0, 0, 0, 0])
    expect((await run(['collect', 'shared-pods', '--complete'])).code).toBe(0)
    expect(fileHashes(at('shared-pods'))).toEqual(fileHashes(at('shared')))
  })
})

describe('fairwait sweep-task', () => {
  it('told to stop finishes its batch, stores it, and ends with 130', async () => {
    writeDesign(folder, slotsDesign(60), 'long.yaml')
    await submit('told', 'long.yaml', 1)
    const before = runsDone(at('told'))
    const { child, finished } = startFairwait(['sweep-task', 'told', '--submission', '1', '--task', '0'], folder, FIXED_DAY)
    while (runsDone(at('told')) === before) await new Promise((resolve) => setTimeout(resolve, 20))
    child.kill('SIGTERM')
    const { code, stderr } = await finished
    expect({ code, stderr }).toEqual({ code: 130, stderr: expect.stringMatching(/^Told to stop, with \d+ runs of its share left/) as string })
    const done = runsDone(at('told'))
    expect(done).toBeLessThan(600)
    expect((await submit('told', 'long.yaml', 1)).stdout).toContain(`1 pod for ${600 - done} runs`)
  })

  it('stops by its own clock, with success', async () => {
    await submit('clock', 'design.yaml', 1)
    const { code, stdout } = await run(['sweep-task', 'clock', '--submission', '1', '--task', '0', '--stop-after', '0'])
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'Task 0 of 1: 0 runs, 0 found in the store.\nStopped as its time ended, with 114 runs of its share left to submit again.\n' })
  })

  it.each([
    ['of a submission that is not there', ['--submission', '9', '--task', '0'], 'no submission 9'],
    ['without a number', ['--submission', '1'], 'no task: give --task'],
    ['beyond the last', ['--submission', '1', '--task', '3'], 'tasks are 0 to 2'],
  ])('%s ends with 3', async (_, args, message) => {
    const { code, stderr } = await run(['sweep-task', 'pods', ...args])
    expect({ code, stderr }).toEqual({ code: 3, stderr: expect.stringContaining(message) as string })
  })

  it('refuses a share of another design', async () => {
    await submit('moved')
    const plan = readFileSync(at('moved/sweep.json'), 'utf8')
    writeFileSync(at('moved/sweep.json'), plan.replace('"replications": 5', '"replications": 6'))
    const { code, stderr } = await run(['sweep-task', 'moved', '--submission', '1', '--task', '0'])
    expect({ code, stderr }).toEqual({ code: 3, stderr: expect.stringContaining('the sweep has changed since submission 1') as string })
  })

  it.each([
    ['has no tasks', (text: string) => text.replace('"tasks":3', '"tasks":0')],
    ['goes beyond the sweep', (text: string) => text.replace(/\[\[\d+,\d+\]\]/, '[[3,2000000000000]]')],
    ['would write into another folder', (text: string) => text.replace('"id":"', '"id":"../')],
    ['is cut short', (text: string) => text.slice(0, 40)],
  ])('refuses a submission that %s, and runs nothing', async (_, damaged) => {
    await submit('damaged')
    const path = at('damaged/cluster/1/submission.json')
    const whole = readFileSync(path, 'utf8')
    writeFileSync(path, damaged(whole))
    const before = runsDone(at('damaged'))
    const { code, stderr } = await run(['sweep-task', 'damaged', '--submission', '1', '--task', '0'])
    expect({ code, stderr }).toEqual({ code: 3, stderr: expect.stringContaining('submission.json: is damaged') as string })
    expect(runsDone(at('damaged'))).toBe(before)
    writeFileSync(path, whole)
  })
})

describe('fairwait sweep --on', () => {
  it.each([
    ['a profile without it', ['--profile', 'profile.yaml'], 2, 'are for --on'],
    ['an unknown place', ['--on', 'slurn'], 2, 'Allowed choices are slurm, kubernetes'],
    ['no profile for Kubernetes', ['--on', 'kubernetes'], 3, 'needs a profile'],
    ['a profile that is not there', ['--on', 'slurm', '--profile', 'nowhere.yaml'], 3, 'nowhere.yaml: there is no such file'],
    ['a profile of another engine', ['--on', 'slurm', '--profile', 'profile.yaml'], 3, 'has no block "slurm"'],
    ['a store that pods cannot see', ['--on', 'kubernetes', '--profile', 'profile.yaml', '--store', 'elsewhere'], 3, 'is outside the folder of the sweep'],
  ])('with %s is refused and leaves nothing', async (_, args, expected, message) => {
    const { code, stderr } = await run(['sweep', 'design.yaml', '--out', 'refused', ...args])
    expect({ code, stderr }).toEqual({ code: expected, stderr: expect.stringContaining(message) as string })
    expect(existsSync(at('refused'))).toBe(false)
  })

  it('without Slurm on the machine says so, and leaves the script to look at', async () => {
    const { code, stderr } = await run(['sweep', 'design.yaml', '--out', 'without', '--on', 'slurm'], { PATH: '/nonexistent' })
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('sbatch was not found on this machine') as string })
    expect(readFileSync(at('without/cluster/1/job.sh'), 'utf8')).toContain('#SBATCH --array=0-3')
  })
})
