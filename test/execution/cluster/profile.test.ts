import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { InputError } from '../../../src/errors.ts'
import { parseProfile } from '../../../src/execution/cluster/profile.ts'
import type { Engine } from '../../../src/execution/cluster/profile.ts'

const slurm = (block: string): string => `schemaVersion: 1\nslurm:\n${block.split('\n').map((line) => `  ${line}\n`).join('')}`

function refusal(source: string, engine: Engine = 'slurm'): string {
  try {
    parseProfile(source, 'p.yaml', engine)
  } catch (error) {
    if (error instanceof InputError) return error.message
    throw error
  }
  return 'accepted'
}

describe('a cluster profile', () => {
  it('has defaults for all of Slurm', () => {
    expect(parseProfile('schemaVersion: 1\nslurm: {}\n', 'p.yaml', 'slurm').slurm).toEqual({
      partition: null, account: null, qos: null, timeSeconds: 3600, graceSeconds: 120, memory: '2G', cpus: 1, tasks: 4,
      mostAtOnce: null, setup: [], options: [], command: null,
    })
  })

  it.each([
    ['90', 5400],
    ['"2:30"', 120],
    ['"1:02:00"', 3720],
    ['"1-00:00:00"', 86_400],
  ])('takes the time %s as whole minutes, rounded down', (written, seconds) => {
    expect(parseProfile(slurm(`time: ${written}`), 'p.yaml', 'slurm').slurm?.timeSeconds).toBe(seconds)
  })

  it.each([
    ['an unknown key', slurm('partitoin: main'), 'p.yaml:3:3 slurm.partitoin: unknown key "partitoin"; did you mean "partition"?'],
    ['a partition that is a command', slurm('partition: "main; rm x"'), 'p.yaml:3:14 slurm.partition: must be letters'],
    ['a time without end', slurm('time: forever'), 'p.yaml:3:9 slurm.time: must be minutes'],
    ['a time below a minute', slurm('time: "0:30"'), 'of at least one minute'],
    ['a grace as long as the limit', slurm('time: 2\ngraceSeconds: 120'), 'p.yaml:4:17 slurm.graceSeconds: 120 seconds leave nothing of the time limit of 2'],
    ['an option with a line of its own', slurm('options: ["--constraint=a\\n#SBATCH --uid=0"]'), 'must be one long option of sbatch'],
    ['an option that the script sets', slurm('options: ["--array=0-9"]'), '--array is set by Fairwait'],
    ['setup of two lines', slurm('setup: ["a\\nb"]'), 'must be one line of shell'],
    ['no memory unit', slurm('memory: "200"'), 'must be a whole number and K, M, G or T'],
    ['nothing', '', 'the profile is empty'],
    ['a list', '- 1', 'a profile is a block of settings'],
  ])('with %s is refused, with its place', (_, source, message) => {
    expect(refusal(source)).toContain(message)
  })

  it('without the block of the engine asked for is refused', () => {
    expect(refusal('schemaVersion: 1\nslurm: {}\n', 'kubernetes')).toContain('has no block "kubernetes"')
  })

  it.each([
    ['image', 'a b'],
    ['volumeClaim', 'Sweeps_1'],
    ['folder', '../elsewhere'],
    ['folder', '/absolute'],
    ['memory', '2G; x'],
  ])('of Kubernetes with %s %j is refused', (key, value) => {
    const block = { image: 'fairwait:1', volumeClaim: 'sweeps', folder: 'theta', [key]: value }
    expect(refusal(JSON.stringify({ schemaVersion: 1, kubernetes: block }), 'kubernetes')).toContain(`kubernetes.${key}: must be`)
  })

  it('as shipped is taken by both engines', () => {
    const source = readFileSync(new URL('../../../scenarios/clusters/example.yaml', import.meta.url), 'utf8')
    expect(refusal(source)).toBe('accepted')
    expect(refusal(source, 'kubernetes')).toBe('accepted')
  })
})
