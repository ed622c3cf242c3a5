/**
 * Builds the package: TypeScript in `src/` and `workers/` becomes JavaScript with declarations in `dist/`.
 * The data it reads stands in `scenarios/`, which the package ships as it is.
 */
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

// The app, which `build:app` makes, stands beside them.
for (const made of ['src', 'workers']) rmSync(new URL(`../dist/${made}`, import.meta.url), { recursive: true, force: true })
const compiler = fileURLToPath(new URL('../node_modules/typescript/bin/tsc', import.meta.url))
const { status } = spawnSync(process.execPath, [compiler, '--project', 'tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
})
process.exitCode = status ?? 1
