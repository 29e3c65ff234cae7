/** Says the steps of the demo: what happens, the commands that repeat it by hand, what came of it. */
export interface Stage {
  step(title: string, commands: string | readonly string[]): void
  result(text: string): void
}

const INDENT = '      '

/** A stage that numbers its steps. */
export function numberedStage(steps: number, say: (text: string) => void): Stage {
  let number = 0
  return {
    step: (title, commands) => {
      number++
      const byHand = [commands].flat().map((command, index) => `${INDENT}${index === 0 ? 'by hand: ' : '         '}${command}`)
      say([`\n[${number}/${steps}] ${title}`, ...byHand].join('\n'))
    },
    result: (text) =>
      say(
        text
          .split('\n')
          .map((line) => `${INDENT}${line}`)
          .join('\n'),
      ),
  }
}
