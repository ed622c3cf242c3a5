/** The page's entry point. */
import { createEngine } from './engine/index.ts'
import { startScreen } from './screen/screen.ts'

const root = document.getElementById('app')
if (root !== null) void startScreen(root, createEngine())
