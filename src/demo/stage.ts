/** Says the steps of the demo: what happens, the commands that repeat it by hand, what came of it. */
export interface Stage {
  step(title: string, commands: string | readonly string[]): void
  /** Commands that are known only once the step is done. */
  byHand(command: string): void
  result(text: string): void
}

const INDENT = '      '
const BY_HAND = 'by hand: '

/** A stage that numbers its steps. */
export function numberedStage(steps: number, say: (text: string) => void): Stage {
  let number = 0
  return {
    step: (title, commands) => {
      number++
      const byHand = [commands].flat().map((command, index) => `${INDENT}${index === 0 ? BY_HAND : ' '.repeat(BY_HAND.length)}${command}`)
      say([`\n[${number}/${steps}] ${title}`, ...byHand].join('\n'))
    },
    byHand: (command) => say(`${INDENT}${BY_HAND}${command}`),
    result: (text) =>
      say(
        text
          .split('\n')
          .map((line) => `${INDENT}${line}`)
          .join('\n'),
      ),
  }
}
