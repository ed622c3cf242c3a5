/** Studies and baseline packs that come with the package. */
import { existsSync } from 'node:fs'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The package's own folder; null where it cannot be found. */
export function packageFolder(): string | null {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json'))) {
    if (dirname(folder) === folder) return null
    folder = dirname(folder)
  }
  return folder
}

/** The file of that relative path under `scenarios/` that comes with the package; null where there is none. */
export function shipped(path: string): string | null {
  const folder = isAbsolute(path) ? null : packageFolder()
  if (folder === null) return null
  const candidate = resolve(folder, path)
  return candidate.startsWith(join(folder, 'scenarios')) && existsSync(candidate) ? candidate : null
}
