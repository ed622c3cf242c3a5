/** A page without a screen: gives tests the engine as it is built. */
import { createEngine } from '../../../../src/app/engine/index.ts'

declare global {
  interface Window {
    fairwait: ReturnType<typeof createEngine>
  }
}

window.fairwait = createEngine()
const state = document.getElementById('state')
if (state !== null) state.textContent = 'ready'
