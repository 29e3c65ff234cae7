import { readFileSync } from 'node:fs'

const GROUPS = [
  ['Find out', ['discover', 'probe', 'read', 'init', 'profiles', 'clone']],
  ['Watch and keep', ['watch', 'record', 'replay', 'query', 'recordings']],
  ['Work out', ['analyze']],
  ['Hand over', ['config', 'licence', 'write']],
  ['Try it', ['demo', 'simulate']],
]

/** The first page of help, out of the manifest alone. */
export function rootHelp() {
  const manifest = JSON.parse(readFileSync(new URL('../oclif.manifest.json', import.meta.url), 'utf8'))
  const { version, description, oclif } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  const commands = Object.values(manifest.commands).filter((command) => !command.hidden)
  const rows = (word) => {
    const own = commands.find((command) => command.id === word)
    if (own) return [[word, own.summary ?? own.description ?? '']]
    const below = commands.filter((command) => command.id.startsWith(`${word}:`)).map((command) => command.id.slice(word.length + 1))
    return below.length === 0 ? [] : [[`${word} ${below.join('|')}`, oclif.topics[word]?.description ?? '']]
  }
  const width = Math.max(...GROUPS.flatMap(([, words]) => words.flatMap(rows)).map(([left]) => left.length)) + 2
  const sections = GROUPS.filter(([, words]) => words.some((word) => rows(word).length > 0)).map(([title, words]) =>
    [title, ...words.flatMap(rows).map(([left, right]) => `  ${left.padEnd(width)}${right}`)].join('\n'),
  )
  return [
    `chatterfix ${version} – ${description}`,
    '',
    'Usage: chatterfix COMMAND [ARGUMENTS] [--json]',
    '',
    sections.join('\n\n'),
    '',
    "Every command: 'chatterfix COMMAND --help'. New here? 'chatterfix demo' shows the whole road on an embedded plant.",
    '',
  ].join('\n')
}
