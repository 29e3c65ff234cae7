// The generated parts of README.md: command reference (from the manifest), drivers (from the table), faults (from the catalogue).
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { writeOrCheck } from './generated.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const { commands } = JSON.parse(readFileSync(`${root}/oclif.manifest.json`, 'utf8'))
const { DRIVERS } = await import('../dist/drivers/registry.js')
const { CATALOGUE } = await import('../dist/faults/catalogue.js')

const sections = { commands: commandReference(), drivers: driverTable(), faults: faultTable() }
let readme = readFileSync(`${root}/README.md`, 'utf8')
for (const [name, text] of Object.entries(sections)) {
  const block = new RegExp(`(<!-- generated: ${name} -->\\n)[\\s\\S]*?(<!-- end: ${name} -->)`)
  if (!block.test(readme)) throw new Error(`README.md has no place for '${name}'`)
  readme = readme.replace(block, (_, begin, end) => `${begin}${text}\n${end}`)
}
writeOrCheck(`${root}/README.md`, readme, 'npm run readme')

function commandReference() {
  return Object.values(commands)
    .filter((command) => !command.hidden)
    .map(({ id, summary, args, flags, strict, examples = [] }) => {
      const words = Object.values(args).map(({ name, required }) => (required ? name.toUpperCase() : `[${name.toUpperCase()}]`))
      const options = Object.values(flags).map(({ name, char, description = '', type, helpValue, multiple }) => {
        const value = type === 'boolean' ? '' : ` ${Array.isArray(helpValue) ? helpValue.join('|') : (helpValue ?? '<value>')}`
        return `| ${char ? `\`-${char}\`, ` : ''}\`--${name}${value.replaceAll('|', '\\|')}\`${multiple ? ' …' : ''} | ${description.replaceAll('|', '\\|')} |`
      })
      return [
        `#### \`chatterfix ${[id.replaceAll(':', ' '), ...words].join(' ')}${strict ? '' : '…'}\``,
        '',
        summary ?? '',
        ...(options.length === 0 ? [] : ['', '| flag | |', '|---|---|', ...options]),
        ...(examples.length === 0
          ? []
          : ['', '```sh', ...examples.map((example) => String(example).replaceAll('<%= config.bin %>', 'chatterfix')), '```']),
        '',
      ].join('\n')
    })
    .join('\n')
}

function driverTable() {
  return [
    '| driver | schemes | example |',
    '|---|---|---|',
    ...DRIVERS.map(
      ({ name, schemes, example }) =>
        `| [${name}](src/drivers/${name}/README.md) | ${schemes.map((scheme) => `\`${scheme}\``).join(' ')} | \`${example}\` |`,
    ),
  ].join('\n')
}

function faultTable() {
  return [
    '| code | exit | meaning |',
    '|---|---|---|',
    ...Object.entries(CATALOGUE)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([code, { exitCode, meaning }]) => `| ${code} | ${exitCode} | ${meaning} |`),
  ].join('\n')
}
