import process from 'node:process'
import { boolean, integer, string } from '@oclif/core/flags'
import { BaseCommand } from '../cli/base-command.js'
import { durationFlag } from '../cli/duration-flag.js'
import { plainSensorFlags, plainSensorsOf } from '../cli/plain-sensor-flags.js'

export default class Simulate extends BaseCommand {
  static override readonly summary =
    'run the embedded plant: Modbus TCP and RTU, MQTT, Sparkplug B, OPC UA and a serial line on this machine'
  static override readonly description =
    `Two machines with real physics on loopback: pump-247 with a worn drive-end bearing, fan-112 in good health. The same seed gives the same plant.
All servers start; a port that is not named is the usual one (5020, 1883, 4840, 5021), or a free one where that is taken. Port 0 picks a free one.
Faults: bearing, cavitation, unbalance, stuck-sensor, noisy-sensor, silent-unit, exception-register, clock-drift, dropout.
With --json prints one line when it is ready: {"schema":"chatterfix/plant/1","addresses":{…},"seed":7,"faults":[]}.`
  static override readonly examples = [
    '<%= config.bin %> simulate',
    '<%= config.bin %> simulate --fault cavitation --fault silent-unit',
    '<%= config.bin %> simulate --from meter.yaml --modbus 5020',
    '<%= config.bin %> simulate --mqtt 0 --sensors 1000 --rate 10 --json',
  ]
  static override readonly flags = {
    modbus: integer({ description: 'port of the Modbus TCP server', min: 0, max: 65_535 }),
    mqtt: integer({ description: 'port of the MQTT broker', min: 0, max: 65_535 }),
    opcua: integer({ description: 'port of the OPC UA server', min: 0, max: 65_535 }),
    line: integer({ description: 'port of the Modbus RTU line (RTU over TCP)', min: 0, max: 65_535 }),
    seed: integer({ description: 'the same seed gives the same plant', default: 7, min: 0, max: 4_294_967_295 }),
    fault: string({ description: 'what is wrong; may be repeated', multiple: true, multipleNonGreedy: true }),
    ...plainSensorFlags,
    from: string({ description: 'serve this clone of a device instead; may be repeated', multiple: true, multipleNonGreedy: true }),
    for: durationFlag({ description: 'end after so long; until stopped where it is missing' }),
    'with-parent': boolean({ description: 'end when the process that started it has ended' }),
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(Simulate)
    const { runClones } = await import('../plant/run-clones.js')
    const { plantFaultNames } = await import('../plant/plant-faults.js')
    const { startPlant } = await import('../plant/start-plant.js')
    const { plantPorts } = await import('../plant/default-ports.js')
    const { plantLine, plantScreen } = await import('../plant/describe-plant.js')
    const { untilOver } = await import('../plant/until-over.js')
    const { clock, log, signal, stateFolder } = this.around()
    const parent = flags['with-parent'] ? 'watched' : 'ignored'
    // What was said is looked at before any port is.
    plantFaultNames(flags.fault ?? [])
    if (flags.from) return runClones(flags.from, { clock, log, signal, port: flags.modbus, durationMs: flags.for, parent })
    const options = {
      ...(await plantPorts(flags, log)),
      serial: 'on',
      seed: flags.seed,
      faults: flags.fault ?? [],
      plainSensors: plainSensorsOf(flags),
      stateFolder,
    } as const
    await using plant = await startPlant(options, { clock, log, signal })
    if (this.jsonEnabled()) process.stdout.write(`${JSON.stringify(plantLine(plant, options))}\n`)
    this.say(plantScreen(plant, options))
    await untilOver({ clock, signal, durationMs: flags.for, parent })
  }

  /** The line at the start was all there is to say. */
  override logJson(json: unknown): void {
    if (json !== undefined) super.logJson(json)
  }
}
