import type { PortHolder } from './port-holder.js'

/** `minicom (process 4242) has it open`. */
export function describeHolder({ pid, program, evidence }: PortHolder): string {
  if (pid === 0) return `${program} ${evidence}`
  return `${program === '' ? 'a program' : program} (process ${pid}) ${evidence}`
}

/** The command that would free the port, null where there is no single one; services that grab modems are stopped as services, since they come back when killed. */
export function remedyForHolder({ pid, program }: PortHolder): string | null {
  if (pid === 0) return null
  return SERVICES.has(program) ? `sudo systemctl stop ${program}` : `kill ${pid}`
}

const SERVICES = new Set(['ModemManager', 'gpsd', 'brltty'])
