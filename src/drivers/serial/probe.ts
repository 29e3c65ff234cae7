import { openSerialLine } from '../../serial-line/open-serial-line.js'
import { isPseudoTerminal } from '../../serial-line/pseudo-terminal-path.js'
import type { Surroundings } from '../contract.js'
import { DriverFault } from '../fault.js'
import type { Point, ProbeReport } from '../probe-report.js'
import { deviceAddress, parseSerialAddress } from './address.js'
import { textOfBytes } from './byte-text.js'
import { detectSettings } from './detect-settings.js'
import { extract } from './extract.js'
import { type Heard, hear } from './hear.js'
import { identityOfAnswer } from './identity.js'
import { type LineSettings, settingsOf, settingsQuery } from './port-options.js'
import { type Recognised, recognise } from './recognise.js'
import type { SerialAddress } from './serial-address.js'
import { meaningOfUnit } from './value-kind.js'

const SAMPLES = 3
const LONGEST_SAMPLE = 120

/**
 * Listens to a port (and asks, where the address has a question), finds the speed where none is given, and says what values the
 * messages hold.
 * @throws DriverFault NO_DATA where nothing came, or nothing of what was wanted; what opening the port throws
 */
export async function probeSerial(text: string, around: Surroundings): Promise<ProbeReport> {
  const address = parseSerialAddress(text)
  const settings = await settle(address, around)
  const heard = await listen(address, { settings, around })
  const texts = (heard.answer ? [heard.answer] : heard.messages).map((message) => message.text)
  if (texts.length === 0) throw nothingHeard(text, { path: address.path, heard, asked: address.question !== null })
  const base = baseQuery(text, settings)
  const identity = (heard.answer && identityOfAnswer(heard.answer.text)) ?? null
  // What a device says of itself are no measurements.
  const { points, format } = identity ? ({ points: [], format: 'text' } as const) : valuesIn(texts, { address, text, base })
  if (points.length === 0 && address.wanted !== null && identity === null) throw nothingWanted(text, texts)
  return {
    device: {
      address: deviceAddress(address.path, base),
      identity: identity && { maker: identity.maker, model: identity.model, revision: identity.revision },
      description: identity ? `${identity.maker} ${identity.model}` : `serial device that sends ${format}`,
      facts: factsOf({ settings, path: address.path, heard, texts, serialNumber: identity?.serialNumber ?? null }),
    },
    points,
    warnings: identity ? [] : warningsOf(heard, { points, format }),
  }
}

async function listen(
  { path, framing, question }: SerialAddress,
  { settings, around }: { readonly settings: LineSettings; readonly around: Surroundings },
): Promise<Heard> {
  await using line = await openSerialLine({ path, ...settings, signal: around.signal })
  const heard = await hear(line, { framing, question, around })
  if (around.signal.aborted) throw interrupted(path)
  return heard
}

interface Shown {
  readonly address: SerialAddress
  readonly text: string
  readonly base: ReadonlyMap<string, string>
}

/** The value that the address names; where it names none, all that the messages hold by their form. */
function valuesIn(texts: readonly string[], shown: Shown): Pick<Recognised, 'points' | 'format'> {
  const { address, base } = shown
  if (address.wanted !== null && !isOnlyAsking(address)) return { points: wantedPoint(texts, shown), format: 'text' }
  const addressOf = (query: readonly (readonly [string, string])[]): string => deviceAddress(address.path, new Map([...base, ...query]))
  const found = recognise(texts, { addressOf, decimal: address.decimal })
  return found.points.length > 0 || address.question === null ? found : { points: wantedPoint(texts, shown), format: found.format }
}

async function settle({ path, settings, question }: SerialAddress, around: Surroundings): Promise<LineSettings> {
  // Only a real line has a speed.
  if (settings.baud !== 'auto' && (settings.baud !== null || (await isPseudoTerminal(path)))) return settingsOf(settings)
  return (await detectSettings(path, { merged: settings, question, around })).settings
}

/** A question, and nothing that says which part of the answer is wanted. */
function isOnlyAsking({ wanted }: SerialAddress): boolean {
  return wanted?.kind === 'number'
}

/** What the address says beside the value: settings, framing, question. */
function baseQuery(text: string, settings: LineSettings): ReadonlyMap<string, string> {
  const kept = ['delimiter', 'length', 'gap', 'send', 'expect', 'decimal']
  const query = new URLSearchParams(text.split('?').slice(1).join('?').replaceAll('+', '%2B'))
  return new Map([...settingsQuery(settings), ...kept.flatMap((name) => (query.has(name) ? [[name, query.get(name) ?? ''] as const] : []))])
}

/** The value that the address names, as the messages show it. */
function wantedPoint(texts: readonly string[], { address, text, base }: Shown): readonly Point[] {
  const found = texts.map((each) => extract(address, each)).filter((each) => each !== undefined)
  const last = found.at(-1)
  if (!last || (last.kind === 'text' && address.wanted?.kind !== 'text')) return []
  const { unit, kind } = meaningOfUnit(last.kind === 'number' ? last.unit : null)
  return [
    {
      address: address.wanted?.kind === 'number' ? deviceAddress(address.path, base) : text,
      name: null,
      kind,
      type: 'text',
      order: null,
      scale: 1,
      unit,
      value: last.kind === 'number' ? last.value : last.kind === 'text' ? last.text : null,
      confidence: 0.8,
      alternatives: [],
      evidence: `${found.length} of ${texts.length} messages hold it, e.g. '${shorten(texts.at(-1) ?? '')}'`,
    },
  ]
}

interface Facts {
  readonly settings: LineSettings
  readonly path: string
  readonly heard: Heard
  readonly texts: readonly string[]
  readonly serialNumber: string | null
}

function factsOf({ settings, path, heard, texts, serialNumber }: Facts): Readonly<Record<string, string>> {
  const { baudRate, dataBits, parity, stopBits } = settings
  const samples = texts.slice(-SAMPLES).map((text, index) => [`sample ${index + 1}`, shorten(text)] as const)
  return {
    port: path,
    line: path.startsWith('/dev/pts/')
      ? 'a pseudo-terminal, which has no speed'
      : `${baudRate} baud, ${dataBits}${parity.charAt(0).toUpperCase()}${stopBits}`,
    heard: `${heard.messages.length + Number(heard.answer !== null)} messages in ${(heard.forMs / 1000).toFixed(1)} s`,
    ...(serialNumber === null ? {} : { 'serial number': serialNumber }),
    ...Object.fromEntries(samples),
  }
}

function warningsOf(heard: Heard, { points, format }: { readonly points: readonly Point[]; readonly format: string }): readonly string[] {
  const isUnread = points.length === 0
  return [
    ...(isUnread
      ? [`no values were recognised in ${format}; say where they are by match=, template= or column=; a decimal comma needs decimal=comma`]
      : []),
    ...(heard.tooLong > 0
      ? [`${heard.tooLong} messages were longer than 4096 bytes and are left out; say where one ends by delimiter=, length= or gap=`]
      : []),
  ]
}

function nothingHeard(
  address: string,
  { path, heard, asked }: { readonly path: string; readonly heard: Heard; readonly asked: boolean },
): DriverFault {
  const { unfinished, forMs } = heard
  const seconds = (forMs / 1000).toFixed(1)
  const silent = asked ? 'the question was sent, and nothing came back' : 'a device that only answers needs a question: send=MEAS?\\n'
  return new DriverFault('NO_DATA', {
    message: asked ? `${path} gave no answer within ${seconds} s` : `no message came from ${path} within ${seconds} s`,
    because:
      unfinished === ''
        ? silent
        : `'${textOfBytes(new TextEncoder().encode(unfinished.slice(0, 60)))}' came, without a line end; say where a message ends by delimiter=, length= or gap=50ms`,
    where: { port: path },
    advice: { address },
    retry: true,
  })
}

function nothingWanted(address: string, texts: readonly string[]): DriverFault {
  return new DriverFault('NO_DATA', {
    message: `${texts.length} messages came, and none holds what the address wants`,
    because: `the last was '${shorten(texts.at(-1) ?? '')}'`,
    where: { address },
    advice: { address: address.split('?')[0] ?? address },
    retry: false,
  })
}

function interrupted(path: string): DriverFault {
  return new DriverFault('INTERRUPTED', { message: `stopped while listening to ${path}`, retry: false })
}

function shorten(text: string): string {
  return text.length > LONGEST_SAMPLE ? `${text.slice(0, LONGEST_SAMPLE)}…` : text
}
