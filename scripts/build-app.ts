/** Builds the browser app: `dist/app/` for static hosts, and `dist/fairwait.html`, one file that runs from disk. */
import { renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { appConfig } from './app-config.ts'
import { ROOT } from './app-parts.ts'

const dist = join(ROOT, 'dist')
const fileDir = join(dist, 'app-file')

await build(appConfig('app', { outDir: join(dist, 'app') }))
await build(appConfig('file', { outDir: fileDir }))
renameSync(join(fileDir, 'index.html'), join(dist, 'fairwait.html'))
rmSync(fileDir, { recursive: true })
