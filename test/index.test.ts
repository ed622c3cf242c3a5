import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'

const HEAVY = ['mathjs', 'vega', 'vega-lite', 'vega-interpreter', 'hyparquet-writer', 'write-excel-file', 'zod', 'yaml', 'commander', 'csv-parse']

/** Imports the library in a process of its own and tells what that loaded and left running. */
const PROBE = `
  const { registerHooks } = await import('node:module')
  const loaded = []
  registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context) } })
  const start = performance.now()
  await import(process.argv[1])
  const milliseconds = performance.now() - start
  const alive = process.getActiveResourcesInfo().filter((name) => /Worker|MessagePort|Timeout|Server/.test(name))
  console.log(JSON.stringify({ loaded, milliseconds, alive }))
`

describe('importing the library', () => {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', PROBE, new URL('../src/index.ts', import.meta.url).href],
    { encoding: 'utf8' },
  )

  it('loads none of the heavy libraries, quickly, and starts nothing', () => {
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const { loaded, milliseconds, alive } = JSON.parse(stdout) as { loaded: string[]; milliseconds: number; alive: string[] }
    expect(loaded.some((url) => url.endsWith('/src/index.ts'))).toBe(true)
    const heavy = loaded.filter((url) => HEAVY.some((name) => url.includes(`/node_modules/${name}/`)))
    expect(heavy).toEqual([])
    expect(milliseconds).toBeLessThan(1000)
    expect(alive).toEqual([])
  })
})
