/** The package as npm makes it from this checkout, and an empty project that has installed it. */
import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
/** Not copied: what is installed or made, and what the package's build does not read. */
const LEFT_OUT = ['node_modules', 'dist', 'output', '.git', '.ci', 'test', 'bench', 'docs']

/** A process that has ended. */
export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** The tarball and the project. */
export interface Packed {
  /** Path of the tarball. */
  readonly tarball: string
  /** Its size, bytes. */
  readonly bytes: number
  /** Folder of a project whose only dependency is the tarball. */
  readonly project: string
  /** The package as it was installed there. */
  readonly installed: string
  remove(): void
}

/**
 * Runs a program to its end, with this process's Node first in the path.
 * @param limitSeconds after which it is killed
 * @param until what it says on standard output when it has done enough, and is ended
 */
export function ended(command: string, args: readonly string[], cwd: string, limitSeconds: number, until?: RegExp): Promise<Ended> {
  const path = [dirname(process.execPath), process.env['PATH']].join(delimiter)
  const child = spawn(command, args, { cwd, timeout: limitSeconds * 1000, env: { ...process.env, PATH: path, NO_COLOR: '1', FORCE_COLOR: undefined } })
  const output = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text
    if (until?.test(output.stdout) === true) child.kill()
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, ...output }))
  })
}

/** Packs a copy of this checkout, so that its own `dist` is left alone, and installs the tarball. */
export async function pack(): Promise<Packed> {
  const folder = mkdtempSync(join(tmpdir(), 'fairwait-package-'))
  const [copy, project] = [join(folder, 'checkout'), join(folder, 'project')]
  mkdirSync(copy)
  for (const name of readdirSync(ROOT).filter((each) => !LEFT_OUT.includes(each))) {
    cpSync(join(ROOT, name), join(copy, name), { recursive: true })
  }
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'))
  await succeeded('npm', ['pack', '--pack-destination', folder], copy, 300)
  const name = readdirSync(folder).find((each) => each.endsWith('.tgz'))
  if (name === undefined) throw new Error('npm pack made no tarball')
  const tarball = join(folder, basename(name))
  mkdirSync(project)
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'empty', private: true, type: 'module' }))
  await succeeded('npm', ['install', tarball, '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts'], project, 240)
  return {
    tarball,
    bytes: statSync(tarball).size,
    project,
    installed: join(project, 'node_modules', 'fairwait'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

async function succeeded(command: string, args: readonly string[], cwd: string, limitSeconds: number): Promise<void> {
  const { code, stdout, stderr } = await ended(command, args, cwd, limitSeconds)
  if (code !== 0) throw new Error(`${command} ${args[0]} ended with ${code}\n${stdout}\n${stderr}`)
}
