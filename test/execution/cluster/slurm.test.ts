import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { parseProfile } from '../../../src/execution/cluster/profile.ts'
import type { SlurmProfile } from '../../../src/execution/cluster/profile.ts'
import { arrayScript, collectScript } from '../../../src/execution/cluster/slurm.ts'

function profileOf(block: object): SlurmProfile {
  const { slurm } = parseProfile(JSON.stringify({ schemaVersion: 1, slurm: block }), 'p.json', 'slurm')
  if (slurm === null) throw new Error('no slurm block')
  return slurm
}

const FULL = profileOf({
  partition: 'short', account: 'nhs', qos: 'low', time: '1:00:00', graceSeconds: 60, memory: '4G', cpus: 2, tasks: 8, mostAtOnce: 3,
  setup: ['module load nodejs/24'], options: ['--constraint=avx2', '--exclusive'],
})
const array = (changes: object = {}) => ({ name: 'theta', profile: FULL, tasks: 8, command: ['fairwait'], out: '/data/theta', submission: 2, ...changes })

describe('the script of a job array', () => {
  it('asks for what the profile says, and replaces the shell by its task', () => {
    expect(arrayScript(array()).split('\n')).toEqual([
      '#!/bin/bash',
      '#SBATCH --job-name=fairwait-theta',
      '#SBATCH --array=0-7%3',
      '#SBATCH --partition=short',
      '#SBATCH --account=nhs',
      '#SBATCH --qos=low',
      '#SBATCH --time=60',
      '#SBATCH --ntasks=1',
      '#SBATCH --open-mode=append',
      '#SBATCH --output=task-%a.log',
      '#SBATCH --cpus-per-task=2',
      '#SBATCH --mem=4G',
      '#SBATCH --signal=B:TERM@30',
      '#SBATCH --requeue',
      '#SBATCH --constraint=avx2',
      '#SBATCH --exclusive',
      'module load nodejs/24',
      'left=$((3540 - SECONDS))',
      `exec 'fairwait' 'sweep-task' '/data/theta' '--submission' '2' '--workers' '2' --task "$SLURM_ARRAY_TASK_ID" --stop-after "$((left > 0 ? left : 0))"`,
      '',
    ])
  })

  it('hands its arguments over as they are, whatever a folder is called', () => {
    const out = `/data/it's $(touch x) "a" \`b\` \\ *`
    const script = arrayScript(array({ command: ['printf', '%s\\n'], out, profile: profileOf({}) }))
    const { stdout, status } = spawnSync('bash', ['-c', script], { encoding: 'utf8', env: { ...process.env, SLURM_ARRAY_TASK_ID: '5' } })
    expect(status).toBe(0)
    expect(stdout.split('\n')).toEqual(['sweep-task', out, '--submission', '2', '--workers', '1', '--task', '5', '--stop-after', expect.stringMatching(/^34(80|79)$/), ''])
  })

  it('takes the time that setup needs off the time that is left, down to none', () => {
    const profile = profileOf({ time: 1, graceSeconds: 59, setup: ['SECONDS=30'] })
    const { stdout } = spawnSync('bash', ['-c', arrayScript(array({ command: ['echo'], profile }))], { encoding: 'utf8', env: { ...process.env, SLURM_ARRAY_TASK_ID: '0' } })
    expect(stdout.trimEnd().endsWith('--stop-after 0')).toBe(true)
  })

  it('is followed by one that collects only what is complete', () => {
    expect(collectScript(array()).split('\n').slice(-3)).toEqual(['module load nodejs/24', "exec 'fairwait' 'collect' '/data/theta' '--complete' '--quiet'", ''])
  })
})
