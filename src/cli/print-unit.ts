import { access } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { resolve } from 'node:path'
import process from 'node:process'
import { absoluteArguments, absolutePlace } from '../headless/absolute-arguments.js'
import { isPattern } from '../headless/folder-of-start.js'
import { systemdUnit } from '../headless/systemd-unit.js'
import { schemeOf } from '../readings/address.js'
import { DEFAULT_SITE_FILE, loadSite } from '../site/load-site.js'

const SECRET = /^CHATTERFIX_\w+_(USER|PASSWORD|TOKEN)$/
const PORT = /\/dev\/(?:serial\/[^/?#]+\/[^/?#]+|[^/?#]+)/

/** `record --print-systemd`: the unit as text, and what its reader should know. */
export interface PrintedUnit {
  readonly schema: 'chatterfix/systemd-unit/1'
  readonly unit: string
  readonly notes: readonly string[]
}

interface UnitParts {
  /** As they were given after `record`. */
  readonly words: readonly string[]
  readonly targets: readonly string[]
  readonly flags: {
    readonly out: string
    readonly site?: string | undefined
    readonly status?: string | undefined
    readonly 'keep-trying': boolean
  }
}

/** @throws Fault as `loadSite`, where the site file is needed. */
export async function printedUnit({ words, targets, flags }: UnitParts): Promise<PrintedUnit> {
  const folder = process.cwd()
  const needsSite = targets.length === 0 || targets.some((target) => schemeOf(target) === undefined)
  const site = needsSite ? await loadSite(flags.site) : null
  const given = absoluteArguments(words, folder)
  const sited = site !== null && flags.site === undefined ? [...given, '--site', absolutePlace(DEFAULT_SITE_FILE, folder)] : given
  const addresses = [...targets, ...(site?.sensors.map(({ address }) => address) ?? [])]
  const status = flags.status === undefined ? [] : [absolutePlace(flags.status.replace(/^unix:/, ''), folder)]
  const unit = systemdUnit({
    command: [process.execPath, ...(await programOf()), 'record', ...sited],
    workingFolder: folder,
    out: absolutePlace(flags.out, folder),
    writes: status,
    reads: site === null ? [] : [site.path],
    ports: [...new Set(addresses.flatMap((address) => PORT.exec(address)?.[0] ?? []))],
    user: userInfo().username,
    secrets: Object.keys(process.env).filter((name) => SECRET.test(name)),
  })
  return { schema: 'chatterfix/systemd-unit/1', unit, notes: notesOn(unit, flags) }
}

async function programOf(): Promise<readonly string[]> {
  const program = resolve(process.argv[1] ?? '')
  return await access(program).then(
    () => [program],
    () => [],
  )
}

function notesOn(unit: string, flags: UnitParts['flags']): readonly string[] {
  return [
    ...(isPattern(flags.out)
      ? []
      : [
          `${flags.out} is complete after an orderly stop, and the next start is refused: --out '${flags.out}-{start}' takes a new folder each time`,
        ]),
    ...(flags['keep-trying'] ? [] : ['without --keep-trying it fails, and is started again, for as long as nobody can be reached']),
    ...(unit.includes('User=root') ? ['it runs as root: with --out below /var/lib/chatterfix it gets a user of its own'] : []),
  ]
}
