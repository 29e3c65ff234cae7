import { reasonOf } from '../../../faults/fault.js'
import { ticks } from '../../plant-time.js'
import type { PlantServer, RunningPlant } from '../../running-plant.js'
import { openPseudoTerminal, type PseudoTerminal } from './pseudo-terminal.js'

const LONGEST_COMMAND = 64
const LINE_EVERY_S = 1

/**
 * A flow meter with an ASCII interface on a pseudo-terminal: a line each second, and an answer to `MEAS?` and `*IDN?`.
 * Null, with a note why, where the system has no pseudo-terminals.
 */
export async function startFlowMeter(plant: RunningPlant): Promise<PlantServer | null> {
  let terminal: PseudoTerminal
  try {
    terminal = await openPseudoTerminal()
  } catch (thrown) {
    plant.log.note(`no serial flow meter: ${reasonOf(thrown)}`)
    return null
  }
  answerCommands(plant, terminal)
  const loop = sendLines(plant, terminal)
  return {
    address: `serial://${terminal.path}?baud=9600`,
    port: null,
    close: async () => {
      await loop
      terminal.close()
    },
  }
}

function answerCommands(plant: RunningPlant, { onBytes, send }: PseudoTerminal): void {
  let pending = ''
  onBytes((bytes) => {
    const commands = (pending + bytes.toString('latin1')).split(/[\r\n]+/)
    pending = (commands.pop() ?? '').slice(-LONGEST_COMMAND)
    for (const command of commands) {
      const asked = command.trim().toUpperCase()
      if (asked === 'MEAS?') send(measurement(plant, plant.time.elapsedS()))
      else if (asked === '*IDN?') send('ChatterFix Embedded Plant,Flow Meter FM-1,000247,1.2.0\r\n')
      else if (asked !== '') send('ERR\r\n')
    }
  })
}

async function sendLines(plant: RunningPlant, { send }: PseudoTerminal): Promise<void> {
  for await (const tick of ticks(plant.time, LINE_EVERY_S, plant.signal)) {
    if (send(measurement(plant, tick * LINE_EVERY_S))) plant.published.serialLines++
  }
}

function measurement(plant: RunningPlant, timeS: number): string {
  return `FLOW ${(plant.model.scalar('pump-247/flow', timeS) ?? 0).toFixed(2)} m3/h\r\n`
}
