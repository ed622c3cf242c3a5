/** The browser app for Vite's own commands, such as `vite build --config vite.app.config.ts`; `npm run build:app` makes both forms. */
import { defineConfig } from 'vite'
import { appConfig } from './scripts/app-config.ts'

export default defineConfig(({ mode }) => appConfig(mode === 'file' ? 'file' : 'app', { outDir: new URL('./dist/app', import.meta.url).pathname }))
