/** What `fairwait app` says. */

/** Help of the command. */
export const APP = {
  summary: 'open the app in a browser',
  description: `Serve the app on this machine alone and open it in a browser. Everything runs in
the browser; no data leave the machine.

Examples:
  fairwait app
  fairwait app --port 8080 --no-open`,
  port: 'port to listen on (default: one that is free)',
  open: 'do not open a browser',
} as const

export const appMessages = {
  portRule: 'It must be a whole number from 0 to 65,535.',
  notBuilt: 'the app has not been built; in a checkout of the sources, run "npm run build:app" first',
  portTaken: (port: number): string => `port ${port} is in use or not allowed; name another with --port, or leave it out`,
  ready: (url: string): string => `The app is at ${url}\nCtrl-C ends it.`,
  noBrowser: 'No browser could be started: open the address yourself.',
} as const
