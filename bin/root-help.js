import { readFileSync } from 'node:fs'

const COLUMNS = 80

const GROUPS = [
  ['Find out', ['discover', 'probe', 'read', 'init', 'profiles', 'clone']],
  ['Watch and keep', ['watch', 'record', 'replay', 'query', 'recordings', 'layouts']],
  ['Work out', ['analyze']],
  ['Set and hand over', ['write', 'commissioning', 'config', 'licence']],
  ['Try it', ['demo', 'simulate']],
]

/** The first page of help, out of the manifest alone. */
export function rootHelp() {
  const manifest = JSON.parse(readFileSync(new URL('../oclif.manifest.json', import.meta.url), 'utf8'))
  const { version, description, oclif } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  const commands = Object.values(manifest.commands).filter((command) => !command.hidden)
  const rowOf = (word) => {
    const own = commands.find((command) => command.id === word)
    if (own) return [word, own.summary ?? own.description ?? '']
    const below = commands.filter((command) => command.id.startsWith(`${word}:`)).map((command) => command.id.slice(word.length + 1))
    return below.length === 0 ? null : [word, oclif.topics[word]?.description ?? '', `${word} ${below.join(' | ')}`]
  }
  const sections = GROUPS.map(([title, words]) => [title, words.map(rowOf).filter((row) => row !== null)]).filter(
    ([, rows]) => rows.length > 0,
  )
  const width = Math.max(...sections.flatMap(([, rows]) => rows.map(([word]) => word.length))) + 2
  const besides = ([word, ...texts]) =>
    texts.flatMap((text) => wrapped(text, COLUMNS - 2 - width)).map((line, i) => `  ${(i === 0 ? word : '').padEnd(width)}${line}`)
  return [
    ...wrapped(`chatterfix ${version} – ${description}`, COLUMNS),
    '',
    'Usage: chatterfix COMMAND [ARGUMENTS] [--json]',
    '',
    sections.map(([title, rows]) => [title, ...rows.flatMap(besides)].join('\n')).join('\n\n'),
    '',
    "Every command: 'chatterfix COMMAND --help'.",
    "New here? 'chatterfix demo' shows the whole road on an embedded plant.",
    '',
  ].join('\n')
}

/** Lines of at most so many characters, broken at spaces. */
function wrapped(text, columns) {
  const lines = ['']
  for (const word of text.split(' ')) {
    const line = lines[lines.length - 1]
    if (line === '') lines[lines.length - 1] = word
    else if (line.length + 1 + word.length <= columns) lines[lines.length - 1] = `${line} ${word}`
    else lines.push(word)
  }
  return lines
}
