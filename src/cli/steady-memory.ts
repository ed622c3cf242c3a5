/** Memory of a command that works for hours: what it takes in its first minute is what it takes. */
import { setFlagsFromString } from 'node:v8'

/**
 * Keeps the heaps' young generations at the size that they have, here and in threads started from now on. V8 doubles
 * them as objects survive, however few at a time, up to 32 MB each; in a long sweep nothing else goes on growing.
 */
export function keepMemorySteady(): void {
  // Read by V8 each time that it would grow a young generation, so that it may be set while a program runs.
  setFlagsFromString('--semi-space-growth-factor=1')
}
