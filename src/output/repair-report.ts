import type { RepairedRecording } from '../recordings/repair-recording.js'
import { formatVerdict } from './recording-list.js'
import { terminalSafe } from './terminal-safe.js'

/** `recordings repair` for people. */
export function formatRepaired({ path, dryRun, problems, actions, mended, verdict }: RepairedRecording): string {
  if (problems.length === 0) return `nothing to repair\n${verdict === null ? terminalSafe(path) : formatVerdict(verdict)}`
  const found = problems.flatMap((problem, i) => [
    `  ${terminalSafe(problem)}`,
    `      ${dryRun ? 'would' : 'done:'} ${terminalSafe(actions[i] ?? '')}`,
  ])
  const parts = mended.map(({ name, salvaged, lost }) => `  ${terminalSafe(name)}: salvaged ${salvaged}, lost ${lost}`)
  return [
    `${dryRun ? 'would repair' : 'repaired'}  ${terminalSafe(path)}`,
    ...found,
    ...(parts.length > 0 ? ['rows of damaged parts', ...parts] : []),
    ...(verdict === null ? [] : ['read back', formatVerdict(verdict)]),
  ].join('\n')
}
