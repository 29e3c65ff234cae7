import type { MachineDescription } from '../analysis/rotating/machine-description.js'
import { Fault } from '../faults/fault.js'
import type { BeltDrive, GearStage, MachineKind } from '../readings/machine-facts.js'

/** The flags about the machine, as they were given. */
export interface MachineSaid {
  readonly machine?: MachineKind | undefined
  readonly 'line-frequency'?: number | undefined
  readonly poles?: number | undefined
  readonly 'rotor-bars'?: number | undefined
  readonly teeth?: readonly string[] | undefined
  readonly blades?: number | undefined
  readonly belt?: string | undefined
  readonly group?: '1' | '2' | undefined
}

/** What was said, and nothing else. @throws Fault USAGE where a gear or a belt is none. */
export function machineSaid(said: MachineSaid): MachineDescription {
  const { machine, poles, teeth = [], blades, belt } = said
  if (poles !== undefined && poles % 2 === 1) throw misstated(`--poles ${poles}`, 'a motor has an even number of poles', '--poles 4')
  return {
    ...(machine === undefined ? {} : { kind: machine }),
    ...(said['line-frequency'] === undefined ? {} : { lineFrequencyHz: said['line-frequency'] }),
    ...(poles === undefined ? {} : { poles }),
    ...(said['rotor-bars'] === undefined ? {} : { rotorBars: said['rotor-bars'] }),
    ...(teeth.length === 0 ? {} : { gears: teeth.map(gearOf) }),
    ...(blades === undefined ? {} : { blades }),
    ...(belt === undefined ? {} : { belt: beltOf(belt) }),
    ...(said.group === undefined ? {} : { isoGroup: said.group === '1' ? 1 : 2 }),
  }
}

/** `23`, `23:61`, `23:61x2.5`. */
function gearOf(text: string): GearStage {
  const [, teeth, mate, ratio] = /^(\d{1,4})(?::(\d{1,4}))?(?:x(\d*\.?\d+))?$/.exec(text) ?? []
  const stage = { teeth: Number(teeth), mate: mate === undefined ? null : Number(mate), ratio: ratio === undefined ? null : Number(ratio) }
  if (!(stage.teeth >= 3) || (stage.mate !== null && stage.mate < 3) || (stage.ratio !== null && !(stage.ratio > 0)))
    throw misstated(`--teeth ${text}`, 'expected TEETH, TEETH:TEETH OF ITS MATE, either with xRATIO behind', '--teeth 23:61')
  return {
    teeth: stage.teeth,
    ...(stage.mate === null ? {} : { matingTeeth: stage.mate }),
    ...(stage.ratio === null ? {} : { speedRatio: stage.ratio }),
  }
}

/** `pulley=140,length=1600,other=200`. */
function beltOf(text: string): BeltDrive {
  const parts = new Map(text.split(',').map((part) => part.split('=').map((piece) => piece.trim()) as [string, string | undefined]))
  const numberOf = (name: string) => Number(parts.get(name) ?? Number.NaN)
  const isKnown = [...parts.keys()].every((name) => ['pulley', 'length', 'other'].includes(name))
  const [pulley, length, other] = [numberOf('pulley'), numberOf('length'), parts.has('other') ? numberOf('other') : null]
  // A belt goes half round each pulley at least.
  if (!isKnown || !(pulley > 0) || !(length > Math.PI * pulley) || (other !== null && !(other > 0 && other < length)))
    throw misstated(`--belt ${text}`, 'expected both the pulley and the longer belt around it', '--belt pulley=140,length=1600,other=200')
  return { pulleyDiameterMm: pulley, beltLengthMm: length, ...(other === null ? {} : { otherPulleyDiameterMm: other }) }
}

function misstated(what: string, because: string, help: string): Fault {
  return new Fault('USAGE', { message: `${what} describes none`, because, advice: { help } })
}
