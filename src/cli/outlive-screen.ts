import process from 'node:process'

/** How a recording goes on when nobody looks any more. */
export interface OutliveScreen {
  /** A hang-up no longer ends the run. */
  readonly outliveTerminal: () => void
  /** For people, on stderr. */
  readonly mention: (text: string) => void
}

const CAUSES = {
  quit: '',
  'reader-gone': 'nobody reads the lines any more; ',
  'terminal-gone': 'the terminal is gone; ',
  broken: 'the dashboard has failed, which is our mistake; ',
} as const

/** Lets a run outlive its screen and its terminal. @returns what is to be done when the screen is left. */
export function outliveScreen(how: OutliveScreen, folder: string): (cause: keyof typeof CAUSES) => void {
  how.outliveTerminal()
  // Whatever is written to a terminal that has hung up comes back as an error, which would end the process.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', ignore)
  return (cause) => {
    const { pid } = process
    how.mention(`${CAUSES[cause]}recording goes on into ${folder}; Ctrl-C here, or kill ${pid}, ends it in order`)
  }
}

function ignore(): void {
  // Nobody is there to be told.
}
