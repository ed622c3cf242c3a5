import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fairwait, startFairwait } from './fairwait-process.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fairwait-cli-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const STACK_TRACE = /^\s+at .+:\d+/m

describe('help', () => {
  it('shows examples, usage and every command, within 80 columns, and succeeds', async () => {
    const { code, stdout, stderr } = await fairwait(['--help'], folder)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout.indexOf('Examples:')).toBeLessThan(stdout.indexOf('Usage:'))
    for (const command of ['run', 'validate', 'assumptions', 'schema', 'import']) {
      expect(stdout).toMatch(new RegExp(`^  ${command} `, 'm'))
    }
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  })

  it.each(['run', 'validate', 'assumptions', 'schema', 'import'])('of %s fits 80 columns', async (command) => {
    const { code, stdout } = await fairwait([command, '--help'], folder)
    expect(code).toBe(0)
    expect(stdout).toContain(`Usage: fairwait ${command}`)
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  })

  it('goes to standard error, as wrong usage, when no command is given', async () => {
    const { code, stdout, stderr } = await fairwait([], folder)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain('Usage:')
  })

  it('gives the version of the package', async () => {
    const { stdout } = await fairwait(['--version'], folder)
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  })
})

describe('wrong usage', () => {
  it.each([
    [['rnu'], /unknown command 'rnu'\n\(Did you mean run\?\)/],
    [['run', 'a.yaml', '--week', '3'], /unknown option '--week'\n\(Did you mean --weeks\?\)/],
    [['run'], /missing required argument 'study'/],
    [['run', 'a.yaml', 'b.yaml'], /too many arguments/],
    [['run', 'a.yaml', '--weeks', '0'], /whole number from 1 to 1,040/],
    [['run', 'a.yaml', '--weeks', '1e3'], /whole number from 1 to 1,040/],
    [['run', 'a.yaml', '--weeks', '12.5'], /whole number/],
    [['run', 'a.yaml', '--replications', '10001'], /whole number from 1 to 10,000/],
    [['run', 'a.yaml', '--replications', '-1'], /whole number from 1 to 10,000/],
    [['run', 'a.yaml', '--workers', 'two'], /whole number from 1 to 1,024/],
    [['run', 'a.yaml', '--seed', ''], /must not be empty/],
  ])('%j exits with 2 and says what is allowed', async (args, message) => {
    const { code, stdout, stderr } = await fairwait(args, folder)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(message)
    expect(stderr).not.toMatch(STACK_TRACE)
  })
})

describe('invalid input', () => {
  it.each([
    ['missing.yaml', null],
    ['empty.yaml', ''],
    ['not-a-study.yaml', 'just some text\n'],
    ['typo.yaml', 'schemaVersion: 1\nname: x\nscenarois: {}\n'],
  ])('%s exits with 3, names the file, and leaves no output folder', async (name, text) => {
    if (text !== null) writeFileSync(join(folder, name), text)
    const before = readdirSync(folder)
    const { code, stdout, stderr } = await fairwait(['run', name], folder)
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' })
    expect(stderr).toContain(name)
    expect(stderr).not.toMatch(STACK_TRACE)
    expect(stderr).not.toContain('unexpectedly')
    expect(readdirSync(folder)).toEqual(before)
  })
})

describe('a reader that goes away', () => {
  it('is no failure and no noise', async () => {
    const { child, finished } = startFairwait(['assumptions'], folder)
    child.stdout?.destroy()
    const { code, stderr } = await finished
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  })
})
