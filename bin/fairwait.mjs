#!/usr/bin/env node
/** The `fairwait` command: the built package, or the source of a checkout that is not built. */
import { existsSync } from 'node:fs'

const built = new URL('../dist/src/cli/main.js', import.meta.url)
const source = new URL('../src/cli/main.ts', import.meta.url)
const [major, minor] = process.versions.node.split('.').map(Number)

if (major < 22 || (major === 22 && minor < 12)) {
  refuse(`fairwait needs Node 22.12 or later; this is ${process.version}.`)
} else if (existsSync(built)) {
  await start(built)
} else if (process.features.typescript) {
  await start(source)
} else {
  refuse(`fairwait is not built, and Node ${process.version} does not run its TypeScript source.`)
}

async function start(module) {
  const { runProcess } = await import(module.href)
  await runProcess()
}

function refuse(reason) {
  process.stderr.write(`${reason}\nIn a checkout, \`npx node bin/fairwait.mjs\` uses the Node that npm installed.\n`)
  process.exitCode = 1
}
