import process from 'node:process'
import { Command } from '@oclif/core/command'
import type { RoadReport } from '../acquisition/acquire.js'
import type { Surroundings } from '../drivers/contract.js'
import { EXIT, type ExitCode } from '../faults/exit-code.js'
import { type FaultPaint, formatFault, reportFault } from '../output/fault-report.js'
import { jsonSafe } from '../output/json-safe.js'
import type { ProfileChoice } from '../profiles/profile-choice.js'
import { credentialsFrom } from './credentials.js'
import { faultOf } from './fault-of.js'
import { profileFolders } from './profile-folders.js'
import { secretEnvironment } from './secret-environment.js'
import { stateFolder } from './state-folder.js'
import { stderrLog } from './stderr-log.js'
import { StopSignals } from './stop-signals.js'
import { systemClock } from './system-clock.js'

const DEFAULT_TIMEOUT_MS = 1000

/**
 * What all commands share: `--json`, faults in one form, signals, surroundings.
 * A command parses, makes one call, and returns its result; text goes out through `say`, JSON by itself.
 */
export abstract class BaseCommand extends Command {
  static override enableJsonFlag = true
  /** Aborts on Ctrl-C, SIGTERM and SIGHUP; a second one ends the process at once. */
  protected readonly stop = new StopSignals()
  /** What was found out before something went wrong, by name; `--json` gives it beside the error. */
  protected foundOut: Readonly<Record<string, unknown>> = {}
  /** Read once, however many units a probe looks into. */
  #profiles: Promise<ProfileChoice> | undefined

  /** What drivers get to see of the world; `until` ends it earlier. */
  protected around(options: { readonly timeoutMs?: number; readonly until?: AbortSignal; readonly profile?: string } = {}): Surroundings {
    return {
      signal: options.until ? AbortSignal.any([this.stop.signal, options.until]) : this.stop.signal,
      clock: systemClock,
      log: stderrLog(/\bchatterfix\b/.test(process.env['DEBUG'] ?? '') ? 'notes' : 'warnings'),
      credentials: credentialsFrom(secretEnvironment(process.env)),
      timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      stateFolder: stateFolder(),
      profiles: () => (this.#profiles ??= loadedProfiles(options.profile ?? null)),
    }
  }

  /** Text for people: stdout, and nothing with `--json`. */
  protected say(text: string): void {
    if (!this.jsonEnabled()) process.stdout.write(`${text}\n`)
  }

  /** Progress for people: stderr, and nothing with `--json`. */
  protected mention(text: string): void {
    if (!this.jsonEnabled()) process.stderr.write(`${text}\n`)
  }

  protected endWith(code: ExitCode): void {
    process.exitCode = code
  }

  /** A run in which a line failed for good, or nobody gave a value, does not end as if all had been well. */
  protected endAs({ produced, lines }: Pick<RoadReport, 'produced' | 'lines'>): void {
    const lost = lines.find(({ state, fault }) => fault !== null && (state === 'failed' || state === 'broken'))?.fault
    if (lost) process.exitCode = reportFault(lost).exitCode
    else if (produced === 0) process.exitCode = EXIT.unreachable
  }

  /** A command that had an end of its own, but was stopped before it, says so. */
  protected endInterrupted(): void {
    if (this.stop.signal.aborted) process.exitCode = EXIT.interrupted
  }

  override logJson(json: unknown): void {
    process.stdout.write(`${jsonSafe(json, 2)}\n`)
  }

  override async catch(thrown: unknown): Promise<void> {
    // oclif ends `--help` this way.
    if ((thrown as { code?: string }).code === 'EEXIT') throw thrown as Error
    const fault = faultOf(thrown, (this.id ?? '').replaceAll(':', ' '), Object.keys({ ...this.ctor.baseFlags, ...this.ctor.flags }))
    const report = reportFault(fault)
    if (this.jsonEnabled()) this.logJson({ schema: 'chatterfix/error/1', error: report, ...this.foundOut })
    else process.stderr.write(`${formatFault(report, await this.#faultPaint())}\n`)
    if (fault.code === 'BUG' && fault.cause instanceof Error) this.around().log.note(fault.cause.stack ?? '')
    process.exitCode = report.exitCode
  }

  async #faultPaint(): Promise<FaultPaint> {
    const { paintFor } = await import('./paint.js')
    const paint = paintFor(process.stderr, process.env)
    return { headline: (text) => paint.red.bold(text), label: (text) => paint.dim(text) }
  }

  override async finally(): Promise<void> {
    this.stop.release()
    await Promise.resolve()
  }
}

async function loadedProfiles(wanted: string | null): Promise<ProfileChoice> {
  const { profileChoice } = await import('../profiles/profile-choice.js')
  return profileChoice(profileFolders(), wanted)
}
