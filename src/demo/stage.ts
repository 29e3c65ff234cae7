/** Says the steps of the demo: what happens, the command that repeats it by hand, what came of it. */
export interface Stage {
  step(title: string, command: string): void
  result(text: string): void
}

/** A stage that numbers its steps. */
export function numberedStage(steps: number, say: (text: string) => void): Stage {
  let number = 0
  return {
    step: (title, command) => {
      number++
      say(`\n[${number}/${steps}] ${title}\n      by hand: ${command}`)
    },
    result: (text) =>
      say(
        text
          .split('\n')
          .map((line) => `      ${line}`)
          .join('\n'),
      ),
  }
}
