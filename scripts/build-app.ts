/** Builds the browser app: `dist/app/` for static hosts, and `dist/fairwait.html`, one file that runs from disk. */
import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { appConfig } from './app-config.ts'
import { ROOT } from './app-parts.ts'
import { licenceNotices } from './licence-notices.ts'

/** What a browser fetches before the first picture, compressed, without packs. */
const MOST_FIRST_LOAD_BYTES = 3_000_000

const dist = join(ROOT, 'dist')
const fileDir = join(dist, 'app-file')

await build(appConfig('app', { outDir: join(dist, 'app') }))
await build(appConfig('file', { outDir: fileDir }))
renameSync(join(fileDir, 'index.html'), join(dist, 'fairwait.html'))
rmSync(fileDir, { recursive: true })

const app = join(dist, 'app')
const NOTICES = 'third-party-licences.txt'
writeFileSync(join(app, NOTICES), licenceNotices(ROOT))
const firstLoad = readdirSync(app, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name !== NOTICES && !entry.parentPath.endsWith('baselines'))
  .reduce((bytes, { parentPath, name }) => bytes + gzipSync(readFileSync(join(parentPath, name))).length, 0)
const kilobytes = (bytes: number): string => `${Math.round(bytes / 1000).toLocaleString('en-GB')} kB`
process.stdout.write(`dist/app: first load ${kilobytes(firstLoad)} compressed, without packs\n`)
process.stdout.write(`dist/fairwait.html: ${kilobytes(statSync(join(dist, 'fairwait.html')).size)}\n`)
if (firstLoad > MOST_FIRST_LOAD_BYTES) throw new Error(`the first load is larger than ${kilobytes(MOST_FIRST_LOAD_BYTES)}`)
