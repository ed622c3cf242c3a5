#!/usr/bin/env node
/** The `fairwait` command: the built package, or the source of a checkout that is not built. */
import { existsSync } from 'node:fs'

const built = new URL('../dist/src/cli/main.js', import.meta.url)
const source = new URL('../src/cli/main.ts', import.meta.url)

if (existsSync(built)) {
  await start(built)
} else if (process.features.typescript) {
  await start(source)
} else {
  process.stderr.write(
    `fairwait is not built, and Node ${process.version} cannot run its TypeScript source.\n` +
      'Run `npm run build`, or use Node 22.18 or later (`npx node bin/fairwait.mjs` uses the one that npm installed).\n',
  )
  process.exitCode = 1
}

async function start(module) {
  const { runProcess } = await import(module.href)
  await runProcess()
}
