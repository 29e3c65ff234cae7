// npm run bench [name…]: figures as ratios measured in one run; never a pass or a fail.
import { readdirSync } from 'node:fs'
import process from 'node:process'

const wanted = process.argv.slice(2)
const files = readdirSync(new URL('../bench', import.meta.url))
  .filter((file) => file.endsWith('.mjs'))
  .sort()
for (const file of files) {
  const name = file.replace('.mjs', '')
  if (wanted.length > 0 && !wanted.includes(name)) continue
  process.stdout.write(`\n${name}\n`)
  for (const measure of Object.values(await import(`../bench/${file}`))) console.table(await measure())
}
